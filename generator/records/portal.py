"""门户网址: where the government portal has the same page. As a link it is read strictly."""

import re
from collections.abc import Mapping
from typing import ClassVar
from urllib.parse import urlsplit

from generator.errors import Problem
from generator.forms.schema import PORTAL_KEY
from generator.forms.types import Blank, Mistake, Schema
from generator.forms.values import State, Value
from generator.yaml import Node, YamlFile

LONGEST = 2000
"""Characters of an address: more than some browsers and servers take."""

_CHARACTERS = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_OTHER = re.compile(_CHARACTERS.replace("[", "[^", 1))
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(?:\.{_LABEL})+")
_EXAMPLE = "https://www.example.gov.cn/a/b.html"


class WebAddress:
    """An http(s) address without a name and password in it."""

    word: ClassVar[str] = "网址"

    def parse(self, written: str) -> str:
        """The address as it was written. Raises Mistake."""
        if not re.match("https?://", written):
            raise Mistake(f"网址要以 https:// 或 http:// 开头，写全，如 {_EXAMPLE}")
        if found := _OTHER.search(written):
            what = "空格或换行" if found[0].isspace() else "网址里不能有的字"
            raise Mistake(f"这里有{what}，请从浏览器的地址栏复制整个网址", found.start())
        if len(written) > LONGEST:
            raise Mistake(f"网址超过 {LONGEST} 个字符，请核对", LONGEST)
        try:
            parts = urlsplit(written)
            _ = parts.port  # asked for, since it is read only then
        except ValueError:
            raise Mistake("网址的写法不对，请从浏览器的地址栏复制整个网址") from None
        if "@" in parts.netloc:
            raise Mistake("网址里不能有用户名和密码", len(parts.scheme) + 3)
        if not _HOST.fullmatch(parts.hostname or ""):
            raise Mistake(f"看不出是哪个网站，请写全，如 {_EXAMPLE}", len(parts.scheme) + 3)
        return written

    def show(self, value: Value) -> str:
        """As it was written."""
        return value.written

    def schema(self) -> Schema:
        """JSON Schema of an address."""
        return {"type": "string", "pattern": f"^https?://{_CHARACTERS}+$", "maxLength": LONGEST}


PORTAL = Blank(PORTAL_KEY, WebAddress())


def read_portal(file: YamlFile, root: Mapping[str, Node], problems: list[Problem]) -> str:
    """The address of a record's page on the portal; "" without one. Mistakes go to `problems`."""
    node = root.get(PORTAL_KEY, "")
    try:
        value = PORTAL.read(node)
    except Mistake as mistake:
        offset = mistake.offset if isinstance(node, str) else None
        problems.append(file.problem((PORTAL_KEY,), mistake.message, offset))
        return ""
    if value.state is State.NOT_APPLICABLE:
        message = f"“{PORTAL_KEY}”不能写“不适用”；没有就留空，或删去这一行"
        problems.append(file.problem((PORTAL_KEY,), message, 0))
        return ""
    return value.written
