"""README.txt in archives: what the files are and how to read them."""

from generator.opendata import files
from generator.opendata.package import Licence
from generator.opendata.rows import ABSENT
from generator.opendata.tables import LONG, WIDE, Column


def readme(title: str, records: int, licence: Licence, source: str = "") -> bytes:
    """The text, with line ends of Windows. source: address of the page that explains the data."""
    lines = [
        title,
        "",
        f"共 {records} 份记录，一份记录是一个单位一个年度公开的文件。",
        *([f"说明：{source}"] if source else []),
        *_licence(licence),
        "",
        "一、文件",
        "",
        f"{files.FIGURES_CSV}　主要指标，一份记录一行。",
        f"{files.DATA_CSV}　全部字段，一个字段一行。",
        f"{files.DATA_JSON}　全部字段，一行一份记录，还有核对说明和更正说明。",
        f"{files.FIELDS_CSV}　各张表有哪些字段、各是什么类型。",
        f"{files.PACKAGE}　上面各表的列，供程序读（Frictionless Data Package）。",
        "",
        "二、0、空、不适用",
        "",
        "这是几回事，请看“状态”一列，不要都当作 0：",
        "已填　　　写了内容；写的是 0 就是 0。",
        "空　　　　原件这一格没有填。",
        "不适用　　原件写着“不适用”。",
        f"{ABSENT}　这份记录的各张表里都没有这一项（只见于主要指标）。",
        "",
        "三、格式",
        "",
        "CSV 用 UTF-8 编码，开头有 BOM，Excel 可以直接打开；换行是 CRLF，写法照 RFC 4180。",
        "以 = + - @（包括全角）、制表符、换行或单引号开头的文字，前面加了一个单引号（'），"
        "免得被当作公式；读的时候去掉一个即可。数字不加。",
        "JSON 里的数写成文字，小数末尾的 0 不丢。金额的单位见“计量单位”；主要指标的金额都是万元。",
        "",
        f"四、{files.FIGURES_CSV} 的列",
        "",
        *map(_line, WIDE),
        "",
        f"五、{files.DATA_CSV} 的列",
        "",
        *map(_line, LONG),
        "",
    ]
    return "\r\n".join(lines).encode("utf-8-sig", "replace")


def _line(column: Column) -> str:
    return f"{column.name}：{column.meaning}。"


def _licence(licence: Licence) -> list[str]:
    named = " ".join(each for each in (licence.name, licence.url) if each)
    return [f"许可：{named}"] if named else []
