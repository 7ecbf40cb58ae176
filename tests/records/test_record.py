"""Records: read by the forms that their parts name, with all problems of a file in one run."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from generator.errors import DataError
from generator.forms.file import read_form, read_forms
from generator.forms.values import EMPTY, NOT_APPLICABLE, State
from generator.records.record import Record, read_record
from generator.records.store import RecordPath
from generator.yaml import YamlFile

GOOD = """\
附件1:
  表式: 示例表2022
  单位: 示例县民政局
  人数: 35
  收入:
    合计: 704.70
    其他:
  公开: 否
  方式: [报纸, 网站]
  说明: |-
    一

    二: 三
  落款:
    日期: 2023 年5月6日
"""

Read = Callable[[str], Record]


@pytest.fixture
def read(county: Path) -> Read:
    forms = read_forms(county / "forms")
    path = Path("2022.yaml")
    identity = RecordPath("990001", "minzheng", 2022, path)
    return lambda text: read_record(YamlFile(path, text), identity, forms)


def problems_of(read: Read, text: str) -> list[str]:
    with pytest.raises(DataError) as caught:
        read(text)
    return [str(problem).removeprefix("2022.yaml:") for problem in caught.value.problems]


def test_values_keep_what_was_typed(read: Read) -> None:
    (part,) = read(GOOD).parts
    assert (part.key, part.form.name, part.is_attachment) == ("附件1", "示例表2022", True)
    assert {name: value.written for name, value in part.values.items()} == {
        "年度": "2022",  # from the path
        "上年": "2021",
        "单位": "示例县民政局",
        "人数": "35",
        "收入/合计": "704.70",
        "收入/其他": "",
        "公开": "否",
        "方式": "网站、报纸",
        "说明": "一\n\n二: 三",
        "落款/单位": "",
        "落款/日期": "2023 年5月6日",
    }
    assert part.values["收入/合计"].meaning == Decimal("704.70")
    assert part.values["收入/其他"] is EMPTY


@pytest.mark.parametrize(
    "written", ["no", "否", "010", "12:30", "1_000", "2022-01-02", "~", "0x1F"]
)
def test_texts_are_never_made_into_something_else(written: str, read: Read) -> None:
    (part,) = read(GOOD.replace("示例县民政局", written)).parts
    assert part.values["单位"].written == written


def test_empty_zero_and_not_applicable_are_three_things(read: Read) -> None:
    def other(written: str) -> object:
        (part,) = read(GOOD.replace("其他:", f"其他: {written}")).parts
        return part.values["收入/其他"]

    assert other("") is EMPTY
    assert other("不适用") is NOT_APPLICABLE
    zero = other("0")
    assert zero not in (EMPTY, NOT_APPLICABLE)
    assert getattr(zero, "state", None) is State.FILLED


def test_parts_stand_in_the_order_of_the_page(read: Read) -> None:
    part = GOOD.partition("\n")[2]
    sign = "  表式: 签署\n  一审: 黄*\n"
    head = "  表式: 信息头\n  索引号: 甲\n"
    record = read(f"审签:\n{sign}附件4:\n{part}附件3:\n{part}元数据:\n{head}")
    assert [each.key for each in record.parts] == ["元数据", "附件4", "附件3", "审签"]
    assert [each.is_attachment for each in record.parts] == [False, True, True, False]
    assert record.identity.year == 2022


def test_optional_groups_may_be_empty_or_left_out(read: Read) -> None:
    start = GOOD.index("  落款:")
    for end in ("  落款:\n", "", "  落款: ''\n", "  落款: {}\n"):
        (part,) = read(GOOD[:start] + end).parts
        assert part.values["落款/日期"] is EMPTY


BELOW = "请另起一行、缩进后分别填写："
PARTS = "这里可以写：元数据、附件1、附件2 …、审签、审核、核对说明、更正说明、门户网址"
COLON = "冒号是全角的，请改为半角冒号加一个空格“: ”"

# a change of the good record, then every problem it makes
MISTAKES: list[tuple[str, str, list[str]]] = [
    # keys
    ("  人数:", "  人数量:", ["4:3: 不认识“人数量”，是不是“人数”？"]),
    ("  人数:", "  人　数:", ["4:3: 不认识“人　数”，是不是“人数”？"]),
    (
        "  人数:",
        "  编制:",
        ["4:3: 不认识“编制”，这里可以写：表式、单位、人数、收入、公开、方式、说明、落款"],
    ),
    ("    其他:", "    其它:", ["7:5: 不认识“其它”，是不是“其他”？"]),
    ("    其他:", "    表式:", ["7:5: 不认识“表式”，这里可以写：合计、其他"]),
    ("附件1:", "附件一:", ["1:1: 不认识“附件一”，是不是“附件1”？"]),
    ("附件1:", "附件0:", [f"1:1: 不认识“附件0”，{PARTS}"]),
    ("附件1:", "附件 1:", ["1:1: 不认识“附件 1”，是不是“附件1”？"]),
    ("  单位:", "  年度: 2022\n  单位:", ["3:3: 年度由文件名给出，记录里不写，请删去这一行"]),
    ("  单位:", "  上年:\n  单位:", ["3:3: 年度由文件名给出，记录里不写，请删去这一行"]),
    # what must be filled
    ("  单位: 示例县民政局\n", "", ["1:1: “单位”必须填写"]),
    ("  单位: 示例县民政局\n", "  单位:\n", ["3:3: “单位”必须填写"]),
    ("    合计: 704.70\n", "", ["5:3: “合计”必须填写"]),
    ("  收入:\n    合计: 704.70\n    其他:\n", "", ["1:1: “合计”必须填写"]),
    ("  收入:\n    合计: 704.70\n    其他:\n", "  收入:\n", ["5:3: “合计”必须填写"]),
    # forms
    ("表式: 示例表2022", "表式: 示例表", ["2:7: 没有这个表式，是不是“示例表2022”？"]),
    ("表式: 示例表2022", "表式: 甲", ["2:7: 没有这个表式，可以写：示例表2022"]),
    ("表式: 示例表2022", "表式:", ["2:6: 没有这个表式，可以写：示例表2022"]),
    ("表式: 示例表2022", "表式: [示例表2022]", ["2:7: 没有这个表式，可以写：示例表2022"]),
    ("  表式: 示例表2022\n", "", ["1:1: “附件1”下面要写“表式: …”和各项内容"]),
    # groups and values
    (
        "  落款:\n    日期: 2023 年5月6日\n",
        "  落款: 2023年5月6日\n",
        [
            f"14:3: “落款”下面还有几项，{BELOW}单位、日期",
        ],
    ),
    ("    日期: ", "    日期：", [f"15:7: {COLON}"]),
    (
        "  落款:\n    日期: ",
        "  落款:\n  - 日期: ",
        [f"14:3: “落款”下面还有几项，{BELOW}单位、日期"],
    ),
    ("人数: 35", "人数: {甲: 35}", ["4:3: “人数”应是一个值，这里却是下级内容，请检查缩进"]),
    (
        "人数: 35",
        "人数: [35]",
        ["4:3: 这里只要一个值，请去掉方括号或“- ”；多行文字用“|-”另起一行写"],
    ),
    ("人数: 35", "人数: 35人", ["4:7: “35人”：只写数字，不写单位，请写成 35"]),
    ("人数: 35", "人数: ' '", ["4:8: 这里只有空格；没有填请留空"]),
    ("合计: 704.70", "合计: 1,234.5", ["6:9: “1,234.5”：数字里不要写逗号，请写成 1234.5"]),
    ("公开: 否", "公开: no", ["8:7: “no”不在选项里；可以写：是、否，没有填就留空"]),
    (
        "[报纸, 网站]",
        "[报纸, 报刊]",
        [
            "9:3: “报刊”不在选项里，是不是“报纸”；可以写：网站、报纸，没有填就留空",
        ],
    ),
    (
        "[报纸, 网站]",
        "{报纸: 是}",
        [
            "9:3: “方式”应是一个值或一个列表，这里却是下级内容，请检查缩进",
        ],
    ),
    ("单位: 示例县民政局", "单位: |-\n    示例县\n    民政局", ["4:8: 这里只能写一行"]),
    (
        "日期: 2023 年5月6日",
        "日期: 2023年2月30日",
        ["15:9: “2023年2月30日”：没有这一天，请检查年月日"],
    ),
    # several
    (
        "  单位: 示例县民政局\n  人数: 35\n",
        "  人数: 35人\n  职务: 甲\n",
        [
            "1:1: “单位”必须填写",
            "3:7: “35人”：只写数字，不写单位，请写成 35",
            "4:3: 不认识“职务”，这里可以写：表式、单位、人数、收入、公开、方式、说明、落款",
        ],
    ),
]


@pytest.mark.parametrize(("old", "new", "problems"), MISTAKES)
def test_mistakes_are_told_where_they_are(
    old: str, new: str, problems: list[str], read: Read
) -> None:
    assert GOOD.count(old) == 1
    assert problems_of(read, GOOD.replace(old, new)) == problems


def test_problems_of_all_parts_are_told(read: Read) -> None:
    text = (
        GOOD.replace("704.70", "多") + "附件2: 见附件\n其他: 1\n审签:\n  表式: 签署\n  一审: 黄某\n"
    )
    assert problems_of(read, text) == [
        "6:9: “多”不是金额；没有数据请留空，不适用请写“不适用”",
        "16:1: “附件2”下面要写“表式: …”和各项内容",
        f"17:1: 不认识“其他”，{PARTS}",
        "20:7: 填报人姓名是个人信息，只写姓，名用星号代替，写成如 黄*",
    ]


WHOLE = "记录应由“元数据”“附件3”这样的部分组成"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("示例县\n", f"1:1: {WHOLE}"),
        ("- 附件1\n", f"1:1: {WHOLE}"),
        ("{}\n", f"1:1: {WHOLE}"),
        ("附件1：\n", f"1:4: {COLON}"),
        ("附件1:\n  表式：示例表2022\n", f"2:5: {COLON}"),
        ("附件1:\n", "1:1: “附件1”下面要写“表式: …”和各项内容"),
    ],
)
def test_files_that_are_no_records_are_told(text: str, problem: str, read: Read) -> None:
    assert problems_of(read, text) == [problem]


def test_a_key_that_lost_its_group_is_told_where_it_belongs(tmp_path: Path) -> None:
    """One message for each, and not that of a key that looks alike."""
    path = tmp_path / "2022.yaml"
    path.write_text("附件1:\n  表式: 样表\n  非税收入: 1\n  甲: 乙\n", encoding="utf-8")
    drawn = tmp_path / "样表.yaml"
    drawn.write_text(
        "名称: 样表\n版面:\n  - 行: '{收入/非税收入}{甲}'\n填空: {收入/非税收入: 整数, 甲: 文本}\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        read_record(
            YamlFile.read(path), RecordPath("990001", "jia", 2022, path), {"样表": read_form(drawn)}
        )
    assert [str(problem) for problem in caught.value.problems] == [
        f"{path}:3:3: “非税收入”应写在“收入”下面，请检查缩进和上面的一行"
    ]


def test_another_form_s_part_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "2022.yaml"
    path.write_text("附件1:\n  表式: 甲表\n  丙: 1\n  丁: 1\n  戊: 1\n", encoding="utf-8")
    forms = {}
    for name, blanks in {"甲表": "己", "乙表": "丙丁戊"}.items():
        drawn = "".join(f"{{{blank}}}" for blank in blanks)
        types = ", ".join(f"{blank}: 整数" for blank in blanks)
        file = tmp_path / f"{name}.yaml"
        file.write_text(f"名称: {name}\n版面:\n  - 行: '{drawn}'\n填空: {{{types}}}\n", "utf-8")
        forms[name] = read_form(file)
    with pytest.raises(DataError) as caught:
        read_record(YamlFile.read(path), RecordPath("990001", "jia", 2022, path), forms)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{path}:2:7: 下面的内容不像“甲表”，像是“乙表”，请检查表式写得对不对"
    ]


# --- Lists: rows that repeat ----------------------------------------------------------------------

DRAWN = """\
名称: 清单
金额单位: 万元
版面:
  - 标题: 清单
  - 列宽: [1, 1, 1]
    表格:
      - [项目名称, 预算数, 决算数]
      - 重复: 项目
        一行: ["{项目/名称}", "{项目/预算数}", "{项目/决算数}"]
      - [合计, "{合计/预算数}", "{合计/决算数}"]
填空:
  项目/名称: {类型: 文本, 必填: 是}
  项目/预算数: 金额
  项目/决算数: 金额
  合计/预算数: 金额
  合计/决算数: 金额
"""
ROWS = """\
附件1:
  表式: 清单
  项目:
    - 名称: 甲
      预算数: 1.50
      决算数: 不适用
    - 名称: 乙
      预算数: 0
  合计:
    预算数: 1.50
"""


@pytest.fixture
def read_rows(tmp_path: Path) -> Read:
    drawn = tmp_path / "清单.yaml"
    drawn.write_text(DRAWN, encoding="utf-8")
    forms = {"清单": read_form(drawn)}
    path = Path("2022.yaml")
    identity = RecordPath("990001", "minzheng", 2022, path)
    return lambda text: read_record(YamlFile(path, text), identity, forms)


def test_items_of_a_list_are_rows(read_rows: Read) -> None:
    (part,) = read_rows(ROWS).parts
    assert {name: value.written for name, value in part.values.items()} == {
        "合计/预算数": "1.50",
        "合计/决算数": "",
    }
    first, second = part.rows["项目"]
    assert {name: value.written for name, value in first.items()} == {
        "项目/名称": "甲",
        "项目/预算数": "1.50",
        "项目/决算数": "不适用",
    }
    assert first["项目/决算数"] is NOT_APPLICABLE
    assert second["项目/预算数"].meaning == Decimal(0)
    assert second["项目/决算数"] is EMPTY


@pytest.mark.parametrize("written", ["  项目:\n", "  项目: []\n", "  项目: ''\n", ""])
def test_a_list_may_have_no_rows(written: str, read_rows: Read) -> None:
    start, end = ROWS.index("  项目:"), ROWS.index("  合计:")
    (part,) = read_rows(ROWS[:start] + written + ROWS[end:]).parts
    assert part.rows == {"项目": ()}


EACH_ROW = "“项目”逐行填写，每一行以“- ”开头，分别填写：名称、预算数、决算数"
SECOND = "    - 名称: 乙\n      预算数: 0\n"

ROW_MISTAKES: list[tuple[str, str, list[str]]] = [
    # not a list, not a row
    (
        ROWS[ROWS.index("    - 名称: 甲") : ROWS.index("  合计")],
        "    名称: 甲\n",
        [f"3:3: {EACH_ROW}"],
    ),
    (ROWS[ROWS.index("\n    - 名称: 甲") : ROWS.index("  合计")], " 甲\n", [f"3:3: {EACH_ROW}"]),
    (SECOND, "    - 乙\n", ["7:7: 每一行要分别填写：名称、预算数、决算数"]),
    (SECOND, "    - [乙]\n", ["7:7: 每一行要分别填写：名称、预算数、决算数"]),
    (SECOND, "    -\n", ["7:6: 每一行要分别填写：名称、预算数、决算数"]),
    # an empty row
    (
        SECOND,
        "    - {}\n",
        ["7:7: “名称”必须填写", "7:7: 这一行是空的，请填写或删去"],
    ),
    (
        SECOND,
        "    - 预算数:\n",
        ["7:7: “名称”必须填写", "7:7: 这一行是空的，请填写或删去"],
    ),
    # keys; 预算数 also stands elsewhere in the form, which is nothing to a row
    (
        "    - 名称: 乙\n",
        "    - 名字: 乙\n",
        ["7:7: “名称”必须填写", "7:7: 不认识“名字”，是不是“名称”？"],
    ),
    (
        "      预算数: 0\n",
        "      结余: 0\n",
        ["8:7: 不认识“结余”，这里可以写：名称、预算数、决算数"],
    ),
    (
        "      预算数: 0\n",
        "      表式: 清单\n",
        ["8:7: 不认识“表式”，这里可以写：名称、预算数、决算数"],
    ),
    # values
    (
        "      预算数: 0\n",
        "      预算数: 多\n",
        ["8:12: “多”不是金额；没有数据请留空，不适用请写“不适用”"],
    ),
    (
        "      预算数: 0\n",
        "      预算数: [0]\n",
        ["8:7: 这里只要一个值，请去掉方括号或“- ”；多行文字用“|-”另起一行写"],
    ),
    (
        "预算数: 1.50\n      决",
        "预算数: 1.5万元\n      决",
        ["5:12: “1.5万元”：只写数字，不写单位，请写成 1.5"],
    ),
    # a row's blank outside its list
    ("  合计:\n", "  名称: 甲\n  合计:\n", ["9:3: 不认识“名称”，这里可以写：表式、项目、合计"]),
]


@pytest.mark.parametrize(("old", "new", "problems"), ROW_MISTAKES)
def test_mistakes_in_rows_are_told_where_they_are(
    old: str, new: str, problems: list[str], read_rows: Read
) -> None:
    assert ROWS.count(old) == 1
    assert problems_of(read_rows, ROWS.replace(old, new)) == problems


# --- What an import could not place ---------------------------------------------------------------

UNPLACED = "导入时没有认出的文字，请放到应有的位置，或核对后删去"


@pytest.mark.parametrize(
    ("written", "problems"),
    [
        ("未识别:\n  - 甲\n  - 第 2 页\n", [f"17:5: {UNPLACED}", f"18:5: {UNPLACED}"]),
        ("未识别: 甲\n", [f"16:1: {UNPLACED}"]),
        ("未识别:\n", [f"16:1: {UNPLACED}"]),
        ("未识别: []\n", [f"16:1: {UNPLACED}"]),
        ("未识别: {甲: 乙}\n", [f"16:1: {UNPLACED}"]),
    ],
)
def test_a_record_with_what_an_import_left_does_not_pass(
    written: str, problems: list[str], read: Read
) -> None:
    assert GOOD.endswith("日期: 2023 年5月6日\n")
    assert problems_of(read, GOOD + written) == problems


def test_a_form_is_not_taken_for_another_part(read: Read) -> None:
    assert problems_of(read, "审签:\n  表式: 信息头\n  索引号: 甲\n") == [
        "2:7: “信息头”是元数据的表式，不能用在“审签”里"
    ]
    assert problems_of(read, "附件1:\n  表式: 签署\n  一审: 黄*\n") == [
        "2:7: “签署”是审签的表式，不能用在“附件1”里"
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("审核:\n状态: 已发布\n", "2:1: 不认识“状态”，应写在“审核”下面，请检查缩进"),
        ("核对说名:\n  - {规则: C1}\n", "1:1: 不认识“核对说名”，是不是“核对说明”？"),
        ("审核: {状态: 不适用}\n", "1:10: “状态”不能写“不适用”，请照实填写"),
        (
            "核对说明:\n  - {规则: C1, 说明: 。, 日期: 2023-05-06}\n",
            "2:18: 说明要写明原因，不能只有标点",
        ),
        (
            "更正说明:\n  - {说明: 改正金额, 日期: 不适用}\n",
            "2:20: “日期”不能写“不适用”，请照实填写",
        ),
    ],
)
def test_mistakes_in_the_review_are_told_where_they_are(
    text: str, message: str, read: Read
) -> None:
    assert message in problems_of(read, text)
