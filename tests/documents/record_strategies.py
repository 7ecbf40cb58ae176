"""Generated records of any form, as the nodes of their parts."""

from collections.abc import Mapping

from hypothesis import strategies as st

from generator.forms.form import Form, Rows, Tree, Use
from generator.forms.schema import USES
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
from generator.forms.values import NOT_APPLICABLE_WORD
from generator.yaml import Node

# What people type, and what trips programs.
_CHARACTERS = (
    "甲乙丙的是否有无一二1230aZ .,，。、：:;（）()“”'\"|<>&{}[]#*=+-_@%$\\/☑□√■~`^!?䶮𫖯€㎡\u3000\t"
)
_text = st.text(_CHARACTERS, min_size=1, max_size=30)
_line = _text.map(str.strip).filter(lambda text: text and text != NOT_APPLICABLE_WORD)
_lines = (
    st.lists(_text | st.just(""), min_size=1, max_size=8)
    .map(lambda lines: "\n".join(lines).strip())
    .filter(lambda text: text and text != NOT_APPLICABLE_WORD)
)
_amount = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False).map(
    str
) | st.sampled_from(["0", "704.70", "0.00", "-3.5", "1234567890123456789.123456789", "12"])


def values(blank: Blank) -> st.SearchStrategy[Node]:
    """What may stand in a blank; empty and 不适用 too."""
    kind = blank.type
    filled: st.SearchStrategy[Node]
    if isinstance(kind, Choice):
        filled = st.sampled_from(kind.options)
    elif isinstance(kind, Choices):
        filled = st.sets(st.sampled_from(kind.options), min_size=1).map(
            lambda chosen: [option for option in kind.options if option in chosen]
        )
    elif isinstance(kind, LongText):
        filled = _lines
    elif isinstance(kind, Date):
        filled = st.sampled_from(
            ["2023年5月6日", "2023 年5月6日", "2023-05-06", "二〇二三年五月六日"]
        )
    elif isinstance(kind, Integer):
        filled = st.integers(-5, 10**9).map(str)
    elif isinstance(kind, Money | Number):
        filled = _amount
    elif isinstance(kind, Percent):
        filled = _amount.map(lambda amount: f"{amount}%")
    elif isinstance(kind, Phone):
        filled = st.sampled_from(["139****9471", "0739-8231234", "12345", "(0739)8231234"])
    elif isinstance(kind, PersonName):
        filled = st.sampled_from(["黄*", "欧阳**", "李*明"])
    else:
        filled = _line
    choices = [filled, filled, filled, st.just(NOT_APPLICABLE_WORD)]
    if not blank.required:
        choices.append(st.just(""))
    return st.one_of(choices)


def parts(form: Form) -> st.SearchStrategy[dict[str, Node]]:
    """A part of a record that the form fills."""
    return _branch(form.tree).map(lambda nodes: {"表式": form.name, **nodes})


def _branch(tree: Tree) -> st.SearchStrategy[dict[str, Node]]:
    return st.fixed_dictionaries(
        {
            key: _entry(entry)
            for key, entry in tree.items()
            if not (isinstance(entry, Blank) and isinstance(entry.type, Year))
        }
    )


def _entry(entry: "Blank | Rows | Tree") -> st.SearchStrategy[Node]:
    if isinstance(entry, Blank):
        return values(entry)
    if isinstance(entry, Rows):
        item = st.fixed_dictionaries({key: values(blank) for key, blank in entry.blanks.items()})
        items = st.lists(item.filter(lambda item: any(item.values())), max_size=4)
        return items.map(lambda items: items or "")
    return _branch(entry)


def records(forms: Mapping[str, Form]) -> st.SearchStrategy[dict[str, Node]]:
    """A record with several parts, some perhaps of the same form."""
    by_use = {use: [form for form in forms.values() if form.use == use] for use in USES}

    def assemble(
        metadata: dict[str, Node], attachments: list[dict[str, Node]], review: dict[str, Node]
    ) -> dict[str, Node]:
        numbered = {f"附件{number}": part for number, part in enumerate(attachments, 1)}
        return {"元数据": metadata, **numbered, "审签": review}

    def some(use: Use) -> st.SearchStrategy[dict[str, Node]]:
        return st.sampled_from(by_use[use]).flatmap(parts)

    attachments = st.lists(some("附件"), min_size=1, max_size=4)
    return st.builds(assemble, some("元数据"), attachments, some("审签"))
