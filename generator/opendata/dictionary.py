"""The fields of all forms, in a table that goes with the data."""

from collections.abc import Iterator, Mapping

from generator.forms.form import Form
from generator.forms.types import Choice, Choices, Year
from generator.opendata import csvfile
from generator.opendata.rows import unit_of
from generator.opendata.tables import Column

FIELDS = (
    Column("表式", "表的名称，即数据里的“表式”", required=True),
    Column("表名", "表的全称", required=True),
    Column("用处", "元数据、附件还是审签", required=True),
    Column("字段", "即数据里的“字段”", required=True),
    Column("可增加行", "是：这一格在可以增加行的表里", options=("是", "否"), required=True),
    Column("类型", "文本、整数、金额、日期、选一……", required=True),
    Column("计量单位", "数值的单位"),
    Column("指标", "各张表共用的名称：名称相同的字段，说的是同一件事"),
    Column("选项", "可以选的内容，用“|”分开"),
    Column("必填", "原表是否要求必须填写", options=("是", "否"), required=True),
    Column("应为", "填别的内容时要作说明"),
)
_WORDS = {True: "是", False: "否"}


def field_dictionary(forms: Mapping[str, Form]) -> bytes:
    """The table, as a CSV file, by form in the order of its fields."""
    return csvfile.head(FIELDS) + csvfile.lines(_rows(forms))


def _rows(forms: Mapping[str, Form]) -> Iterator[tuple[str, ...]]:
    for form in sorted(forms.values(), key=lambda each: each.name):
        for blank in form.blanks.values():
            kind = blank.type
            if isinstance(kind, Year):  # no data of a record's own
                continue
            options = kind.options if isinstance(kind, Choice | Choices) else ()
            yield (
                form.name,
                form.title,
                form.use,
                blank.name,
                _WORDS[form.is_in_rows(blank.name)],
                kind.word,
                unit_of(kind),
                blank.indicator,
                "|".join(options),
                _WORDS[blank.required],
                blank.expected,
            )
