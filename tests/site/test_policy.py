"""What a page may load and run, as the page says it and as DEPLOY.md tells servers to say it."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.errors import BuildError
from generator.site.policy import (
    MARK,
    allow_live_reload,
    allowing_live_reload,
    inline_hashes,
    policy_of,
    with_policy,
)

ROOT = Path(__file__).resolve().parents[2]
ONE = "'sha256-Gl7hxrDaZZgaa4G77+8HUNXkvc8jlXqRl5uWEleqe3c='"  # of "let one", by openssl


def test_the_policy_replaces_its_mark() -> None:
    page = with_policy(f"<head>{MARK}</head>")
    assert page.startswith('<head><meta http-equiv="Content-Security-Policy" content="default-src')
    assert MARK not in page
    assert "unsafe" not in page


@pytest.mark.parametrize("html", ["<head></head>", MARK + MARK])
def test_a_page_has_one_policy(html: str) -> None:
    with pytest.raises(BuildError, match="应出现一次"):
        with_policy(html)


@pytest.mark.parametrize(
    ("html", "count"),
    [
        ("<script>a</script>", 1),
        ("<script>a</script><script>a</script><script>b</script>", 2),
        ('<script type="module">a</script>', 1),
        ("<script type=text/javascript>a</script>", 1),
        ('<script src="a.js"></script>', 0),
        ('<script type="application/ld+json">{}</script>', 0),
        ('<script id="x" type="application/json">{}</script>', 0),
        ("<p>script</p>", 0),
    ],
)
def test_inline_scripts_that_run_are_allowed_by_hash(html: str, count: int) -> None:
    assert len(inline_hashes(html, "script")) == count
    assert inline_hashes(html, "style") == []


def test_a_hash_is_that_of_the_bytes_between_the_tags() -> None:
    assert inline_hashes("<script>let one</script>", "script") == [ONE]
    assert f"script-src 'self' {ONE};" in with_policy(f"{MARK}<script>let one</script>")
    assert inline_hashes("<style>\n字\n</style>", "style") != inline_hashes(
        "<style>字</style>", "style"
    )


def test_deploy_md_has_the_policy_of_the_site(built_site: Path) -> None:
    """The one that allows what every page has: 404.html has a style of its own."""
    pages = [path.read_text(encoding="utf-8") for path in built_site.rglob("*.html")]
    kinds = {
        tuple(tuple(inline_hashes(page, tag)) for tag in ("script", "style")) for page in pages
    }
    scripts = sorted({each for found, _ in kinds for each in found})
    styles = sorted({each for _, found in kinds for each in found})
    policy = f"{policy_of(scripts, styles)}; frame-ancestors 'self'"
    told = (ROOT / "DEPLOY.md").read_text(encoding="utf-8")
    assert re.findall('Content-Security-Policy "(.*?)"', told) == [policy, policy]
    for page in pages:
        assert page.count('<meta http-equiv="Content-Security-Policy"') == 1


SCRIPT = b"<script>\nvar livereload = function() {}\nlivereload(1, 2);\n</script>"
PAGE = with_policy(f"<head>{MARK}</head><body></body>").encode()


def test_a_served_page_may_reload_itself() -> None:
    served = PAGE.replace(b"</body>", SCRIPT + b"</body>")
    (allowed,) = inline_hashes(served.decode(), "script")
    assert f"script-src 'self' {allowed};".encode() in allow_live_reload(served)
    assert allow_live_reload(PAGE) == PAGE
    other = PAGE.replace(b"</body>", b"<script>alert(1)</script></body>")
    assert allow_live_reload(other) == other


@pytest.mark.parametrize("kind", ["text/html", "text/css"])
def test_the_server_of_the_preview_allows_it(kind: str) -> None:
    served = PAGE + SCRIPT

    def application(environ: Any, start_response: Any) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Type", kind), ("Content-Length", str(len(served)))])
        return [served[:10], served[10:]]

    told: list[Any] = []
    body = b"".join(
        allowing_live_reload(application)({}, lambda *given: told.append(given))  # type: ignore[arg-type, func-returns-value]
    )
    ((status, headers),) = told
    assert status == "200 OK"
    assert dict(headers) == {"Content-Type": kind, "Content-Length": str(len(body))}
    assert body == (allow_live_reload(served) if kind == "text/html" else served)
