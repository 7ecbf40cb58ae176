"""A blank record: the blanks of a form with nothing in them, and what each takes as a comment."""

from pathlib import Path

from generator.documents.importing import blank_part, record_text
from generator.forms.form import Form, Rows, Tree
from generator.forms.types import (
    Blank,
    Choice,
    Choices,
    Date,
    Integer,
    LongText,
    Money,
    Number,
    Percent,
    PersonName,
    Phone,
    Year,
)
from generator.yaml import Where, YamlFile


def blank_record_text(key: str, form: Form) -> str:
    """The text of a record's file with one part, of this form, under this key."""
    text = record_text({key: blank_part(form)})
    places = YamlFile(Path(f"{form.name}.yaml"), text).places
    lines = text.split("\n")
    for where, hint in _hints(form.tree, (key,)).items():
        line, _ = places[where].key
        lines[line] += f"  # {hint}"
    return "\n".join(lines)


def _hints(tree: Tree, where: Where) -> dict[Where, str]:
    """Where in the record -> what stands behind it."""
    hints: dict[Where, str] = {}
    for key, entry in tree.items():
        here = (*where, key)
        if isinstance(entry, Rows):
            hints[here] = "有几行写几项，每项以“- ”开头"
            hints |= _hints(dict(entry.blanks), (*here, 0))
        elif isinstance(entry, Blank):
            if not isinstance(entry.type, Year) and (hint := _hint(entry)):
                hints[here] = hint
        else:
            hints |= _hints(entry, here)
    return hints


def _hint(blank: Blank) -> str:
    """What to write here, for those who do not know the form's file."""
    hint = _hint_of_type(blank)
    required = "必填" if blank.required else ""
    return "；".join(part for part in (required, hint) if part)


def _hint_of_type(blank: Blank) -> str:
    type_ = blank.type
    if isinstance(type_, Integer | Number | Money):
        return type_.unit
    if isinstance(type_, Choice):
        options = type_.options
        return " 或 ".join(options) if len(options) == 2 else f"{'、'.join(options)} 选一个"
    if isinstance(type_, Choices):
        example = ", ".join(type_.options[:2])
        return f"可选几个，如 [{example}]；选项：{'、'.join(type_.options)}"
    fixed = {
        LongText.word: "多行文字：写 |- 后另起一行、缩进",
        Percent.word: "如 97.14%",
        Date.word: "如 2023年5月6日",
        Phone.word: "座机，或遮盖的手机号 139****9471",
        PersonName.word: "只写姓，如 黄*",
    }
    return fixed.get(type_.word, "")
