"""A record of any form, written to any kind of file and imported, is the same record."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.documents.draw import draw_record
from generator.documents.exporting import write_document
from generator.documents.formats.excel_read import read_excel
from generator.documents.formats.text import read_text
from generator.documents.formats.web import read_web
from generator.documents.formats.word import read_word
from generator.documents.importing import Import, blank_part, import_documents, record_text
from generator.documents.model import Block
from generator.forms.file import read_forms
from generator.forms.form import Form
from generator.forms.schema import OPEN_KEYS
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yaml import Node, YamlFile
from tests.documents.record_strategies import parts, records

ROOT = Path(__file__).resolve().parents[2]
FORMS = read_forms(ROOT / "data" / "forms")
READERS = {"docx": read_word, "xlsx": read_excel, "html": read_web, "txt": read_text}


def blocks_of(nodes: dict[str, Node], kind: str | None) -> list[Block]:
    """What a file of that kind holds when the record is written to it; None: no file between."""
    path = Path("2022.yaml")
    file = YamlFile(path, record_text(nodes))
    record = read_record(file, RecordPath("990001", "jia", 2022, path), FORMS)
    document = draw_record(record, "示例")
    if kind is None:
        return [block for sheet in document.sheets for block in sheet.blocks]
    return READERS[kind](write_document(document, kind))


def imported(nodes: dict[str, Node], kind: str | None) -> Import:
    return import_documents([("示例", blocks_of(nodes, kind))], FORMS.values())


def key_of(form: Form) -> str:
    return form.use if form.use != "附件" else "附件3"


def check_a_part(name: str, kind: str | None, part: dict[str, Node]) -> None:
    nodes: dict[str, Node] = {key_of(FORMS[name]): part}
    result = imported(nodes, kind)
    assert result.record() == nodes
    assert not result.undecided
    assert result.years <= {2022}


def check_several_parts(kind: str | None, nodes: dict[str, Node]) -> None:
    result = imported(nodes, kind)
    assert result.record() == nodes
    assert not result.undecided


OF_ANY_SIZE = [HealthCheck.too_slow, HealthCheck.data_too_large]


@pytest.mark.parametrize("kind", [None, *READERS])
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=6, suppress_health_check=OF_ANY_SIZE)
@given(data=st.data())
def test_a_record_of_any_form_comes_back(name: str, kind: str | None, data: st.DataObject) -> None:
    check_a_part(name, kind, data.draw(parts(FORMS[name])))


@pytest.mark.soak
@pytest.mark.parametrize("kind", [None, *READERS])
@pytest.mark.parametrize("name", FORMS)
@settings(max_examples=50, suppress_health_check=OF_ANY_SIZE)
@given(data=st.data())
def test_many_records_of_any_form_come_back(
    name: str, kind: str | None, data: st.DataObject
) -> None:
    check_a_part(name, kind, data.draw(parts(FORMS[name])))


@pytest.mark.parametrize("kind", [None, *READERS])
@settings(max_examples=10, suppress_health_check=OF_ANY_SIZE)
@given(nodes=records(FORMS))
def test_a_record_of_several_forms_comes_back(kind: str | None, nodes: dict[str, Node]) -> None:
    check_several_parts(kind, nodes)


@pytest.mark.soak
@pytest.mark.parametrize("kind", [None, *READERS])
@settings(max_examples=50, suppress_health_check=OF_ANY_SIZE)
@given(nodes=records(FORMS))
def test_many_records_of_several_forms_come_back(kind: str | None, nodes: dict[str, Node]) -> None:
    check_several_parts(kind, nodes)


def check_many(kind: str, rows: int, lines: int) -> None:
    names = ("一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分")
    items: list[Node] = [
        {
            **{name: f"{name}{number // 9 ** (3 - place)}" for place, name in enumerate(names[:3])},
            **dict.fromkeys(names[3:], str(number)),
            "偏差原因分析及改进措施": "甲\n乙" if number % 2 else "",
        }
        for number in range(rows)
    ]
    table = blank_part(FORMS["部门整体支出自评表"])
    report = blank_part(FORMS["自评报告"])
    assert isinstance(table, dict)
    assert isinstance(report, dict)
    table |= {"部门名称": "示例县民政局", "绩效指标": items}
    report |= {"正文": "\n".join(f"({number})第{number}行。" for number in range(lines))}
    nodes: dict[str, Node] = {"附件2": table, "附件4": report}
    is_same = imported(nodes, kind).record() == nodes
    assert is_same  # without pytest's comparison, which takes minutes for so much


@pytest.mark.parametrize("kind", READERS)
def test_hundreds_of_rows_and_lines_come_back(kind: str) -> None:
    check_many(kind, 400, 800)


@pytest.mark.soak
@pytest.mark.parametrize("kind", READERS)
def test_thousands_of_rows_and_lines_come_back(kind: str) -> None:
    check_many(kind, 3000, 6000)


EXAMPLES = sorted((ROOT / "tests" / "example" / "records").rglob("*.yaml"))


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_example_comes_back(path: Path, kind: str) -> None:
    nodes = YamlFile.read(path).root
    assert isinstance(nodes, dict)
    record = imported(nodes, kind).record()
    whole = {key: without_empty(node) for key, node in record.items()}
    own = {key: node for key, node in nodes.items() if key not in OPEN_KEYS}
    assert whole == {key: without_empty(node) for key, node in own.items()}


def without_empty(node: Node) -> Node:
    """A record may leave out what is empty, and tick in any order."""
    if isinstance(node, dict):
        whole = {key: without_empty(each) for key, each in node.items()}
        return {key: each for key, each in whole.items() if each not in ("", {})}
    if isinstance(node, list):
        inner = [without_empty(each) for each in node]
        return sorted(map(str, node)) if all(isinstance(each, str) for each in node) else inner
    return node
