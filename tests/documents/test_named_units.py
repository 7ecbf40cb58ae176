"""Whose documents they are, by any name of a registered unit."""

import pytest

from generator.documents.importing import Entry, Import
from generator.documents.named_units import NamedUnit, named_units
from generator.records.regions import Region, Unit

A = Unit("jia", "示例县民政局", ("县民政局",), ("示例县民政和救助局",))
B = Unit("yi", "示例县水利局")
C = Unit("bing", "示范县民政局", ("县民政局",))
REGIONS = {
    "990001": Region("990001", "示例县", {"jia": A, "yi": B}),
    "990002": Region("990002", "示范县", {"bing": C}),
}


def named(*filled: tuple[str, str]) -> list[list[str]]:
    entries = [Entry(name, text, "甲.docx", "") for name, text in filled]
    units = named_units(Import(filled=entries), REGIONS)
    return [[f"{each.region}/{each.slug}" for each in them] for them in units]


# what is filled, and the units that it may be
CASES = [
    ([("附件1/单位名称", "示例县民政局")], [["990001/jia"]]),
    ([("附件1/单位名称", "示例县民政局（盖章）")], [["990001/jia"]]),
    ([("附件4/落款/单位", "示例县 民政和救助局")], [["990001/jia"]]),
    ([("元数据/发文机构", "县民政局")], [["990001/jia", "990002/bing"]]),
    ([("附件1/部门名称", "示例县水利局"), ("附件2/单位名称", "示例县水利局")], [["990001/yi"]]),
    (
        [("附件1/单位名称", "示例县水利局"), ("附件2/单位名称", "示例县民政局")],
        [["990001/yi"], ["990001/jia"]],
    ),
    # others may stand there, and not everybody is registered
    ([("附件1/主管部门", "示例县民政局")], []),
    ([("附件1/实施单位", "示例县民政局")], []),
    ([("附件1/项目第1行/单位", "示例县民政局")], []),
    ([("附件1/单位名称", "示例县财政局")], []),
    ([("附件1/单位名称", "示例县民政局和水利局")], []),
]


@pytest.mark.parametrize(("filled", "units"), CASES)
def test_units_are_known_by_all_their_names(
    filled: list[tuple[str, str]], units: list[list[str]]
) -> None:
    assert named(*filled) == units


def test_a_unit_is_told_by_its_official_name() -> None:
    found = Import(filled=[Entry("附件1/单位名称", "示例县民政和救助局", "甲.docx", "")])
    assert named_units(found, REGIONS) == [(NamedUnit("990001", "jia", "示例县民政局"),)]
