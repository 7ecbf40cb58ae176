"""Amounts in another unit than the form's: 单位：元 above a form that counts in 万元."""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from generator.documents.match.source import SourceText
from generator.forms.form import Form
from generator.forms.types import Money

_UNIT = "亿元|百万元|万元|千元|百元|元"
_STATED = re.compile(
    rf"单\s*位\s*[:(]\s*(?:人民币)?\s*({_UNIT})(?!\w)|\(\s*(?:人民币)?({_UNIT})\s*\)\s*:?\s*$"
)


def other_units(texts: Iterable[SourceText], form: Form) -> Iterator[tuple[SourceText, str]]:
    """Each text that says another unit than the form's amounts have, and what to do about it."""
    types = (blank.type for blank in form.blanks.values())
    units = sorted({type_.unit for type_ in types if isinstance(type_, Money)})
    if not units:
        return
    for text in texts:
        lines = unicodedata.normalize("NFKC", text.text).splitlines()
        stated = {found[1] or found[2] for line in lines for found in _STATED.finditer(line)}
        if others := sorted(stated - set(units)):
            yield (
                text,
                f"这里的单位是{'、'.join(others)}，表式里的金额是{'、'.join(units)}，"
                "每个金额都要换算，请核对",
            )
