"""JSON Schema of records: editors accept what the checks accept, and see wrong keys and choices."""

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from generator.forms.file import read_forms
from generator.forms.form import Form
from generator.forms.schema import record_schema
from generator.records.review import REVIEW_BLANKS

ROOT = Path(__file__).parents[2]

PAPER = """\
名称: 示例表
金额单位: 万元
版面:
  - 标题: "{年度}年度"
  - 行: "{单位}{收入/合计}{收入/其他}{公开}{落款/日期}"
填空:
  年度: 年度
  单位: {类型: 文本, 必填: 是}
  收入/合计: {类型: 金额, 必填: 是}
  收入/其他: 金额
  公开: {类型: 选一, 选项: [是, 否]}
  落款/日期: 日期
"""
NOTE = """\
名称: 说明
版面:
  - 正文: "{正文}"
填空:
  正文: 长文本
"""
LIST = """\
名称: 清单
版面:
  - 标题: 清单
  - 列宽: [1, 1]
    表格:
      - [名称, 数]
      - {重复: 项目, 一行: ["{项目/名称}", "{项目/数}"]}
填空:
  项目/名称: {类型: 文本, 必填: 是}
  项目/数: 整数
"""


@pytest.fixture
def forms(tmp_path: Path) -> dict[str, Form]:
    (tmp_path / "示例表2022.yaml").write_text(PAPER, encoding="utf-8")
    (tmp_path / "清单.yaml").write_text(LIST, encoding="utf-8")
    (tmp_path / "part.yaml").write_text(NOTE, encoding="utf-8")  # as a name of the schema's own
    review = NOTE.replace("名称: 说明", "名称: 说明\n用于: 审签")
    (tmp_path / "100% 表~1（二）.yaml").write_text(review, encoding="utf-8")
    return read_forms(tmp_path)


@pytest.fixture
def validator(forms: dict[str, Form]) -> Draft202012Validator:
    schema = record_schema(forms)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def record() -> dict[str, Any]:
    return {
        "附件1": {
            "表式": "示例表2022",
            "单位": "示例县民政局",
            "收入": {"合计": 704.70, "其他": "不适用"},
            "公开": "是",
            "落款": None,
        },
        "附件12": {"表式": "part", "正文": "一\n二"},
        "附件2": {"表式": "清单", "项目": [{"名称": "甲", "数": 1}, {"名称": "乙"}]},
        "审签": {"表式": "100% 表~1（二）", "正文": None},
    }


def test_a_good_record_is_good(validator: Draft202012Validator) -> None:
    validator.validate(record())


def test_optional_parts_may_be_left_out(validator: Draft202012Validator) -> None:
    instance = record()
    del instance["审签"], instance["附件12"], instance["附件1"]["公开"], instance["附件1"]["落款"]
    del instance["附件1"]["收入"]["其他"]
    validator.validate(instance)


# the way to a node, what is put there, and where the editor's mark is
WRONG: list[tuple[list[str], Any, str]] = [
    (["附件1", "单元"], "x", "附件1"),
    (["附件1", "年度"], "2022", "附件1"),
    (["附件1", "收入", "总计"], "1", "附件1/收入"),
    (["附件1", "公开"], "对", "附件1/公开"),
    (["附件1", "收入", "合计"], "1,234.5", "附件1/收入/合计"),
    (["附件1", "收入", "合计"], None, "附件1/收入/合计"),
    (["附件1", "收入"], None, "附件1/收入"),
    (["附件1", "收入"], "704.70", "附件1/收入"),
    (["附件1", "落款", "日期"], "2023年5月", "附件1/落款/日期"),
    (["附件1", "表式"], "示例表", "附件1/表式"),
    (["附件12", "收入"], {"合计": "1"}, "附件12"),  # a key of another form
    (["附件12", "正文"], ["一"], "附件12/正文"),
    (["审签", "正文"], ["一"], "审签/正文"),
    # lists
    (["附件2", "项目"], {"名称": "甲"}, "附件2/项目"),
    (["附件2", "项目"], "甲", "附件2/项目"),
    (["附件2", "项目"], [{"名称": "甲"}, "乙"], "附件2/项目/1"),
    (["附件2", "项目"], [{"名称": "甲"}, None], "附件2/项目/1"),
    (["附件2", "项目"], [{"名称": "甲", "数": "多"}], "附件2/项目/0/数"),
    (["附件2", "项目"], [{"名称": "甲", "数目": 1}], "附件2/项目/0"),
    (["附件2", "项目"], [{"数": 1}], "附件2/项目/0"),
    (["附件2", "名称"], "甲", "附件2"),
    # forms for other parts, and what an import left
    (["附件1"], {"表式": "100% 表~1（二）"}, "附件1/表式"),
    (["审签"], {"表式": "part"}, "审签/表式"),
    (["元数据"], {"表式": "part"}, "元数据/表式"),
    (["未识别"], ["甲"], ""),
    (["附件0"], {"表式": "part"}, ""),
    (["附件一"], {"表式": "part"}, ""),
    (["附件100"], {"表式": "part"}, ""),
    (["年度"], "2022", ""),
    (["附件1"], None, "附件1"),
    (["附件1"], {"单位": "x"}, "附件1"),
]


@pytest.mark.parametrize(("way", "node", "place"), WRONG)
def test_wrong_records_are_seen_where_they_are_wrong(
    way: list[str], node: Any, place: str, validator: Draft202012Validator
) -> None:
    instance = record()
    branch = instance
    for key in way[:-1]:
        branch[key] = dict(branch[key] or {})
        branch = branch[key]
    branch[way[-1]] = node
    places = {"/".join(map(str, error.absolute_path)) for error in validator.iter_errors(instance)}
    assert places == {place}


@pytest.mark.parametrize("rows", [None, [], [{"名称": "不适用", "数": None}]])
def test_a_list_may_have_any_number_of_rows(
    rows: list[dict[str, Any]] | None, validator: Draft202012Validator
) -> None:
    instance = record()
    instance["附件2"]["项目"] = rows
    validator.validate(instance)
    del instance["附件2"]["项目"]
    validator.validate(instance)


def test_required_blanks_are_required(validator: Draft202012Validator) -> None:
    for way in (["单位"], ["收入"], ["收入", "合计"]):
        instance = record()
        branch = instance["附件1"]
        for key in way[:-1]:
            branch = branch[key]
        del branch[way[-1]]
        assert not validator.is_valid(instance), way


def test_an_empty_record_is_none(validator: Draft202012Validator) -> None:
    assert not validator.is_valid({})
    assert not validator.is_valid(None)


def test_keys_are_offered_in_the_order_of_the_form(forms: dict[str, Form]) -> None:
    schema = record_schema(forms)["$defs"]["表式-示例表2022"]
    assert list(schema["properties"]) == ["表式", "单位", "收入", "公开", "落款"]
    assert schema["title"] == "示例表"


@pytest.mark.parametrize(
    "path", sorted((ROOT / "data" / "records").rglob("*.yaml")), ids=lambda path: path.stem
)
def test_the_projects_own_records_are_good(path: Path) -> None:
    forms = read_forms(ROOT / "data" / "forms")
    validator = Draft202012Validator(record_schema(forms, REVIEW_BLANKS))
    instance = YAML(typ="safe", pure=True).load(path)  # as editors read it, YAML 1.2
    validator.validate(instance)
    instance["附件3"]["自评结论"] = "好"
    instance["附件3"]["编制人员"] = 35
    wrong = {"/".join(map(str, error.absolute_path)) for error in validator.iter_errors(instance)}
    assert wrong == {"附件3", "附件3/自评结论"}
