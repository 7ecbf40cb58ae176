"""A folder of data in which every text that a person may write is hostile: see tests/hostile.py."""

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from generator.forms.file import read_form
from tests.hostile import HOSTILE

ROOT = Path(__file__).resolve().parents[2]
REGION, UNIT, YEAR = "990001", "u0", 2022
FORM = "敌意表"
REGION_NAME = "<script>alert('县')</script>\"'><img src=x onerror=alert('县')>{{7*7}}县"
LABELS = tuple(
    text
    for text in HOSTILE
    if not set(text) & set("{}\n") and text.strip() == text and text not in ("^", "<")
)
"""What may stand in the drawing of a form: a blank is in braces there."""


def write_hostile_data(data: Path) -> None:
    """Write regions, forms, a glossary and records into `data`."""
    for folder in ("forms", "checks"):
        shutil.copytree(ROOT / "data" / folder, data / folder)
    _write(data / "forms" / f"{FORM}.yaml", _form())
    _write(data / "regions" / f"{REGION}.yaml", _region())
    _write(data / "glossary.yaml", _glossary())
    for year in (YEAR - 1, YEAR):
        _write(data / "records" / REGION / UNIT / f"{year}.yaml", _record(year))
    read_form(data / "forms" / f"{FORM}.yaml")


def _form() -> object:
    rows = [[label, f"{{甲{number}}}"] for number, label in enumerate(LABELS)]
    options = LABELS[:3]
    return {
        "名称": LABELS[0],
        "金额单位": "万元",
        "版面": [
            {"标题": LABELS[20]},
            {"副题": LABELS[21]},
            {"行": f"{LABELS[22]}{{乙}}"},
            {"列宽": [1, 3], "表格": [*rows, [LABELS[23], "{选}"], [LABELS[24], "{钱}"]]},
            {"落款": f"{LABELS[25]}{{丙}}"},
        ],
        "填空": {
            **{f"甲{number}": "长文本" for number in range(len(rows))},
            "乙": "文本",
            "丙": "文本",
            "选": {"类型": "选一", "选项": list(options)},
            "钱": {"类型": "金额"},
        },
    }


def _region() -> object:
    units: dict[str, object] = {f"u{number}": text for number, text in enumerate(HOSTILE)}
    units[UNIT] = {"名称": HOSTILE[0], "简称": list(HOSTILE[1:9]), "曾用名": list(HOSTILE[9:17])}
    return {"名称": REGION_NAME, "单位": units}


def _glossary() -> object:
    return {
        f"词{number}{text.strip()}"[:30]: {"解释": text, "依据": text}
        for number, text in enumerate(HOSTILE)
    }


def _record(year: int) -> object:
    day = f"{year + 1}-05-08"
    names = HOSTILE[year - 2000 :]  # no two records have the same 索引号
    values = {f"甲{number}": text for number, text in enumerate(_shifted(LABELS))}
    return {
        "元数据": {
            "表式": "信息公开元数据",
            **dict(zip(("文件名称", "统一登记号", "索引号", "发文编号"), names, strict=False)),
            **dict(zip(("公开目录", "公开责任部门", "有效期"), HOSTILE[20:], strict=False)),
        },
        "附件1": {
            "表式": FORM,
            **values,
            "乙": HOSTILE[30],
            "丙": HOSTILE[31],
            "选": LABELS[1],
            "钱": "1.50",
        },
        "附件2": {
            "表式": "自评报告",
            "正文": "\n".join(
                [f"一、{HOSTILE[0]}", *HOSTILE, f"(一){HOSTILE[20]}", f"1.{HOSTILE[40]}。正文"]
            ),
            "落款": {"单位": HOSTILE[32]},
        },
        "附件3": {
            "表式": "部门整体支出自评表",
            "部门名称": HOSTILE[33],
            "年度总体目标": {"预期目标": HOSTILE[34], "实际完成情况": HOSTILE[35]},
            "绩效指标": [
                {"一级指标": one, "二级指标": two, "三级指标": three, "年度指标值": four}
                for one, two, three, four in zip(
                    HOSTILE[40:60], HOSTILE[60:80], HOSTILE[80:100], HOSTILE[100:120], strict=True
                )
            ],
        },
        "审核": {"状态": "已发布", "发布日期": day},
        "核对说明": [
            {"规则": "J1", "说明": "\n".join(HOSTILE[:60]), "日期": day},
            {"规则": "A3", "说明": HOSTILE[61], "日期": day},
        ],
        "更正说明": [{"说明": "\n".join(HOSTILE[60:]), "日期": day}],
    }


def _shifted(texts: Sequence[str]) -> Sequence[str]:
    """So that no text stands beside itself."""
    return [*texts[1:], texts[0]]


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_yaml(content), encoding="utf-8")


def _yaml(content: object) -> str:
    """JSON is YAML, but for what is written with surrogates."""
    return json.dumps(content, ensure_ascii=False, indent=1)
