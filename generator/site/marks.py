"""What marks a site as a government's, from `extra` in mkdocs.yml: nothing that is not there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from generator.errors import BuildError
from generator.forms.types import Mistake
from generator.records.portal import WebAddress

_TEXTS = ("主办单位", "承办单位", "联系方式")
_NUMBERS = {
    "网站标识码": (re.compile(r"[0-9]{10}|bm[0-9]{8}"), "4300000001"),
    "ICP备案号": (re.compile(r"\S{1,4}ICP[备证][0-9]+号(?:-[0-9]+)?"), "湘ICP备00000000号-1"),
    "公安备案号": (re.compile(r"\S{1,4}公网安备 ?[0-9]{14}号"), "湘公网安备 43000000000000号"),
}
_ADDRESSES = ("党政机关网站标识", "找错网址")
KEYS = (*_NUMBERS, *_TEXTS, *_ADDRESSES)
"""All that may stand there, beside what Material knows."""


@dataclass(frozen=True, slots=True)
class Marks:
    """For the footer and the tags of every page; "" what is not given."""

    domain: str = ""
    """Of `site_url`."""
    code: str = ""
    """网站标识码."""
    texts: tuple[tuple[str, str], ...] = ()
    """主办单位, 承办单位, 联系方式."""
    icp: str = ""
    """ICP备案号."""
    police: str = ""
    """公安备案号."""
    badge: str = ""
    """Address of 党政机关网站标识."""
    mistakes: str = ""
    """Address of 我为政府网站找错."""

    @property
    def police_digits(self) -> str:
        """By which 公安备案 is looked up."""
        return "".join(re.findall("[0-9]+", self.police))


def read_marks(extra: Mapping[str, Any], site_url: str) -> Marks:
    """The marks in mkdocs.yml. Raises BuildError with all that is wrong with them."""
    given = {key: str(extra[key]).strip() for key in KEYS if extra.get(key) not in (None, "")}
    wrong = [fault for key, text in given.items() if (fault := _fault(key, text))]
    if wrong:
        raise BuildError("mkdocs.yml 的 extra 有误：" + "；".join(wrong))
    return Marks(
        urlsplit(site_url).hostname or "",
        given.get("网站标识码", ""),
        tuple((key, given[key]) for key in _TEXTS if key in given),
        given.get("ICP备案号", ""),
        given.get("公安备案号", ""),
        given.get("党政机关网站标识", ""),
        given.get("找错网址", ""),
    )


def _fault(key: str, text: str) -> str:
    if key in _NUMBERS:
        pattern, example = _NUMBERS[key]
        return "" if pattern.fullmatch(text) else f"“{key}”应写成如 {example}，不是“{text}”"
    if key in _ADDRESSES:
        try:
            WebAddress().parse(text)
        except Mistake as mistake:
            return f"“{key}”：{mistake.message}"
    return "" if "\n" not in text else f"“{key}”只能写一行"
