"""A thing that tells of a person, and how people write what it is made of."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["手机号码", "身份证号码", "银行卡号", "电子邮箱", "家庭住址", "出生日期"]


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """A number, address or date of a person, where it stands and as it may be published."""

    start: int
    end: int
    kind: Kind
    masked: str

    @property
    def rule(self) -> str:
        """Which of the rules it breaks."""
        return "I1" if self.kind == "手机号码" else "I2"


DIGIT = "[0-9０-９]"
SPACE_OR_DASH = r"[ \t\u00a0\u2000-\u200a\u202f　\-\u2010-\u2015\u2212－]"
"""One space or dash of any kind."""
SEPARATOR = f"{SPACE_OR_DASH}{{0,2}}"


def plain(written: str) -> str:
    """A number without what separates its digits, in half-width characters."""
    return re.sub(r"[^0-9Xx]", "", unicodedata.normalize("NFKC", written))
