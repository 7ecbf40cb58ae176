"""Content-Security-Policy: what a page may load and run, said in the page itself.

Scripts and styles come from the site's own files; of what stands inline, only that is allowed which
the frame has, by its hash. A frame is looked at before any record is poured into it, so nothing in
a record is ever allowed. `DEPLOY.md` has the same policy for web servers.
"""

import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from generator.errors import BuildError

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

MARK = "<!--gongkai:policy-->"
"""Where the policy goes: in <head>, before anything that it is about."""

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""")
_LIVE_RELOAD = re.compile(rb"<script>(\nvar livereload = .*?)</script>", re.DOTALL)
"""What MkDocs puts into each page while serving: other bytes each time."""


def with_policy(html: str) -> str:
    """A page, or a frame, with its policy at its mark.

    Raises BuildError when it has not one mark.
    """
    if html.count(MARK) != 1:
        raise BuildError(f"页面框架的标记 {MARK} 应出现一次，请检查 theme/")
    policy = policy_of(inline_hashes(html, "script"), inline_hashes(html, "style"))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(MARK, meta)


def policy_of(scripts: Sequence[str] = (), styles: Sequence[str] = ()) -> str:
    """The policy that allows these inline scripts and styles besides the site's own files."""
    return "; ".join(
        (
            "default-src 'none'",
            " ".join(("script-src 'self'", *scripts)),
            " ".join(("style-src 'self'", *styles)),
            "img-src 'self' data:",  # the theme's icons are data: in its style sheet
            "connect-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def inline_hashes(html: str, tag: str) -> list[str]:
    """A page's inline scripts or styles, as a policy names them."""
    found = _INLINE.findall(html)
    texts = {text for kind, attributes, text in found if kind == tag and _counts(attributes)}
    return sorted(_hash(text.encode()) for text in texts)


def _counts(attributes: str) -> bool:
    """Whether the text of an element is run, or applied: not when it has a file, or is data."""
    kind = _TYPE.search(attributes)
    is_data = kind and kind[1] not in ("module", "text/javascript", "text/css")
    return "src=" not in attributes and not is_data


def _hash(text: bytes) -> str:
    return f"'sha256-{b64encode(sha256(text).digest()).decode()}'"


def allow_live_reload(html: bytes) -> bytes:
    """A served page that may also run what MkDocs has put into it; any other as it is."""
    if not (script := _LIVE_RELOAD.search(html)):
        return html
    own = b"script-src 'self'"
    return html.replace(own, own + b" " + _hash(script[1]).encode(), 1)


def allowing_live_reload(application: "WSGIApplication") -> "WSGIApplication":
    """MkDocs' server, whose pages may reload themselves."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []

        def start(status: str, headers: list[tuple[str, str]], *_: object) -> object:
            started.append((status, headers))
            return None

        body = application(environ, start)  # type: ignore[arg-type]  # nobody calls its answer
        status, headers = started[-1]
        if ("Content-Type", "text/html") not in headers:
            start_response(status, headers)
            return body
        html = allow_live_reload(b"".join(body))
        sized = [each for each in headers if each[0] != "Content-Length"]
        start_response(status, [*sized, ("Content-Length", str(len(html)))])
        return [html]

    return answer
