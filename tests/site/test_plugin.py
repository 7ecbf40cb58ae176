"""The plugin inside MkDocs, with the real theme and content; records are stand-ins."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import types
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from markupsafe import Markup
from mkdocs.__main__ import cli

from generator.errors import BuildError, DataError, Problem
from generator.pages.page import Page
from generator.site.base import Base
from generator.site.mkdocs import make_base
from generator.site.options import Options
from generator.site.plugin import wanted_downloads

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[2]
ADDRESSES = {
    "record": "430524/a/2022/",
    "unit": "430524/a/",
    "region": "430524/",
    "year": "years/2022/",
    "home": "",
    "search": "search/",
    "rules": "rules/",
    "coverage": "coverage/",
    "compare": "compare/",
    "data": "data/",
}
HAND_WRITTEN = ["404.html", "about/index.html", "help/index.html"]
POURED = [f"{address}index.html" for address in ADDRESSES.values()]


NOTICE = Problem(Path("data/records/b.yaml"), 7, 1, "这一节没有写", stops=False)


@dataclass
class Disclosures:
    """Stands for `generator.site.build`: pours one page of each kind, or fails."""

    error: Exception | None = None
    calls: list[tuple[Path, int | None, bool, str]] = field(default_factory=list)
    previews: list[bool] = field(default_factory=list)

    def write(
        self, config: Path, site: Path, base: Base, options: Options, last_site: Path | None
    ) -> tuple[Problem, ...]:
        self.previews.append(options.preview)
        self.calls.append((options.data, options.jobs, options.search, base.site_url))
        assert config.name == "mkdocs.yml"
        assert (last_site is None) == (len(self.calls) == 1)
        if self.error:
            raise self.error
        for kind, address in ADDRESSES.items():
            element = "p" if kind in ("home", "search", "data") else "h1"  # theirs is in content/
            content = Markup("<{0}>{1}</{0}>").format(element, (options.data / "title").read_text())
            page = Page(address, kind, f"题 {kind}", "说明", content)  # type: ignore[arg-type]
            target = site / address / "index.html"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(base.frames.pour(page), encoding="utf-8")
        for path in ("feed.xml", "opensearch.xml"):  # which every page names, where it can
            (site / path).touch()
        return (NOTICE,)


@pytest.fixture
def disclosures(monkeypatch: pytest.MonkeyPatch) -> Disclosures:
    stand_in = Disclosures()
    module = types.ModuleType("generator.site.build")
    module.write_disclosures = stand_in.write  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "generator.site.build", module)
    return stand_in


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of the project's site, with other data."""
    project = tmp_path / "project"
    project.mkdir()
    for folder in ("content", "theme"):
        shutil.copytree(ROOT / folder, project / folder)
    shutil.copy(ROOT / "mkdocs.yml", project)
    (project / "data").mkdir()
    (project / "data" / "title").write_text("好")
    return project / "mkdocs.yml"


def set_option(config: Path, line: str) -> None:
    """Settings that come later in a YAML file may not repeat earlier ones, so put it first."""
    config.write_text(f"{line}\n{config.read_text()}")


def mkdocs(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def problem() -> DataError:
    return DataError([Problem(Path("data/records/a.yaml"), 3, 5, "金额写错了")])


def test_strict_build_writes_pages_at_their_addresses(
    disclosures: Disclosures, config: Path, tmp_path: Path
) -> None:
    output = mkdocs("build", "--strict", "-f", config, "-d", tmp_path / "site")
    assert "WARNING" not in output
    made = {p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*")}
    assert {p for p in made if p.endswith(".html")} == {*HAND_WRITTEN, *POURED}
    assert not {p for p in made if "sitemap" in p or "lunr" in p or p.startswith("_")}
    assert str(NOTICE) in output.splitlines()
    assert ".gongkai-site" in made
    assert disclosures.calls == [(config.parent / "data", None, True, "")]


def test_pages_hold_nothing_of_the_pages_the_frames_came_from(
    disclosures: Disclosures, config: Path, tmp_path: Path
) -> None:
    set_option(config, "site_url: https://example.org/sub/")
    set_option(config, "repo_url: https://example.org/repo/")
    set_option(config, "edit_uri: edit/")
    mkdocs("build", "--strict", "-f", config, "-d", tmp_path / "site")
    for path in POURED:
        html = (tmp_path / "site" / path).read_text(encoding="utf-8")
        for word in ("_page", "_/", "gongkai:", "canonical", "edit/"):
            assert word not in html, (path, word)
        for word in ('rel="prev"', 'rel="next"', "Index</", "<h1>Index", 'data-md-component="toc"'):
            assert word not in html, (path, word)
        assert html.count("<h1") == 1
        assert html.count("<title>") == html.count('name="description"') == 1
        assert "<title>题 " in html


@pytest.mark.parametrize("site_url", ["", "https://example.org/", "https://example.org/a/b/"])
def test_links_lead_to_files(
    site_url: str, disclosures: Disclosures, config: Path, tmp_path: Path
) -> None:
    set_option(config, f"site_url: '{site_url}'")
    site = tmp_path / "site"
    mkdocs("build", "--strict", "-f", config, "-d", site)
    base = "/a/b" if site_url.endswith("/a/b/") else ""
    for path in [*HAND_WRITTEN, *POURED]:
        html = (site / path).read_text(encoding="utf-8")
        links = set(re.findall(r'(?:href|src|action)="([^"]*)"', html)) - {"data:,"}
        assert not {link for link in links if ":" in link and "canonical" not in html}, path
        for link in links:
            link = link.partition("#")[0]
            if not link or link.startswith("https:"):
                continue
            if path == "404.html":
                assert link.startswith(f"{base}/"), link
                target = site / link.removeprefix(f"{base}/")
            else:
                assert not link.startswith("/"), (path, link)
                target = (site / path).parent / link
            assert target.exists(), (path, link)


def test_no_inline_handlers_and_no_other_hosts(
    disclosures: Disclosures, config: Path, tmp_path: Path
) -> None:
    mkdocs("build", "-f", config, "-d", tmp_path / "site")
    for path in [*HAND_WRITTEN, *POURED]:
        html = (tmp_path / "site" / path).read_text(encoding="utf-8")
        assert not re.search(r"<[^>]*\son[a-z]+\s*=", html), path
        assert "javascript:" not in html
        assert set(re.findall(r"https?://[^\"'\s]+", html)) <= {"http://www.w3.org/2000/svg"}


def test_404_asks_for_no_file(disclosures: Disclosures, config: Path, tmp_path: Path) -> None:
    """It is shown at any depth, where no relative address leads anywhere."""
    mkdocs("build", "-f", config, "-d", tmp_path / "site")
    html = (tmp_path / "site" / "404.html").read_text(encoding="utf-8")
    assert not re.search(r"<(?:script|img)\b|\bsrc=|url\(|@import", html)
    # An empty icon: without one, browsers ask for /favicon.ico.
    assert re.findall(r"<link.*>", html) == ['<link rel="icon" href="data:,">']
    assert "prefers-color-scheme: dark" in html
    assert html.lstrip().startswith('<!doctype html>\n<html lang="zh">')


@pytest.mark.parametrize("site_url", ["", "https://example.org/a/b/", "https://example.org"])
def test_paper_tells_the_address_of_a_page_where_it_is_known(
    site_url: str,
    chromium: "Browser",
    serve: Callable[[Path], str],
    disclosures: Disclosures,
    config: Path,
    tmp_path: Path,
) -> None:
    set_option(config, f"site_url: '{site_url}'")
    mkdocs("build", "-f", config, "-d", tmp_path / "site")
    base = serve(tmp_path / "site")
    page = chromium.new_page()
    after = "element => getComputedStyle(element, '::after').content"
    for path in (*ADDRESSES.values(), "about/"):
        page.goto(base + path)
        article = page.locator("article")
        assert article.evaluate(after) == "none"
        page.emulate_media(media="print")
        told = f'"网页地址：" "{site_url.rstrip("/")}/{path}"' if site_url else "none"
        assert article.evaluate(after).replace('：" "', "：") == told.replace('：" "', "：")
        page.emulate_media(media="screen")
    page.close()


@pytest.mark.parametrize("command", ["build", "gh-deploy"])
def test_wrong_data_ends_the_command_without_traceback(
    command: str, disclosures: Disclosures, config: Path, tmp_path: Path
) -> None:
    disclosures.error = problem()
    arguments = [command, "-f", str(config), "-d", str(tmp_path / "site")]
    result = CliRunner().invoke(cli, arguments)
    assert result.exit_code == 1
    assert "data/records/a.yaml:3:5: 金额写错了\n数据有 1 处问题" in result.output
    assert "Traceback" not in result.output
    assert (tmp_path / "site" / ".gongkai-site").is_file()  # the next build may replace it


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["--dirty"], "--dirty"), (["--no-directory-urls"], "use_directory_urls")],
)
def test_settings_that_cannot_work(
    arguments: list[str], message: str, disclosures: Disclosures, config: Path, tmp_path: Path
) -> None:
    options = ["-f", str(config), "-d", str(tmp_path / "site"), *arguments]
    result = CliRunner().invoke(cli, ["build", *options])
    assert result.exit_code == 1
    assert message in result.output
    assert disclosures.calls == []


def test_the_base_tells_what_mkdocs_yml_asks_for(config: Path, tmp_path: Path) -> None:
    set_option(config, "site_url: https://example.org/sub/")
    text = config.read_text().replace("- gongkai", "- gongkai: {jobs: 3, search: false}")
    config.write_text(text)
    base = make_base(config, tmp_path / "site", config.parent / "data")
    assert (base.jobs, base.search, base.site_url) == (3, False, "https://example.org/sub/")
    assert sorted(base.frames.by_depth) == [1, 2, 3]
    assert sorted(base.frames.hand_written) == ["data", "home", "rules", "search"]
    assert [Path(folder).name for folder in base.folders] == ["content", "theme"]


@pytest.mark.parametrize(
    ("setting", "preview", "made"),
    [
        (True, False, ("data", "docx", "xlsx", "pdf")),
        (["pdf", "docx"], False, ("data", "docx", "pdf")),
        ([], False, ("data",)),
        (False, False, ()),
        (True, True, ()),
        (False, True, ()),
    ],
)
def test_what_is_made_to_be_downloaded(
    setting: bool | list[str], preview: bool, made: tuple[str, ...]
) -> None:
    assert wanted_downloads(setting, preview) == made


def test_the_base_has_no_disclosures(
    disclosures: Disclosures, config: Path, tmp_path: Path
) -> None:
    make_base(config, tmp_path / "site", config.parent / "data")
    made = {p.relative_to(tmp_path / "site").as_posix() for p in (tmp_path / "site").rglob("*")}
    assert {path for path in made if path.endswith(".html")} == set(HAND_WRITTEN)
    assert disclosures.calls == []


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ("- gongkai", "- search", "缺少 gongkai"),
        ("  - gongkai", "  {}", "缺少 gongkai"),
        ("- gongkai", "- gongkai: {jobs: many}", "网站没有生成"),
        ("- gongkai", "- gongkai: {downloads: [doc]}", "downloads 不认识 doc"),
        ("name: material", "name: nothing", "网站没有生成"),
        ("docs_dir: content", "docs_dir: theme", "index.md、search.md"),
    ],
)
def test_library_turns_wrong_settings_into_build_errors(
    before: str, after: str, message: str, config: Path, tmp_path: Path
) -> None:
    config.write_text(config.read_text().replace(before, after))
    with pytest.raises(BuildError, match=message):
        make_base(config, tmp_path / "site", config.parent / "data")


def test_library_needs_a_file(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="找不到"):
        make_base(tmp_path / "mkdocs.yml", tmp_path / "site", tmp_path)


SERVE = """
import sys, types
from pathlib import Path
from markupsafe import Markup
from generator.errors import DataError, Problem
from generator.pages.page import Page
from generator.site.address import Address
from generator.site.mkdocs import run_mkdocs_serve

def write_disclosures(config, site, base, options, last_site):
    print("with MkDocs", file=sys.stderr)
    (site / "made").mkdir()
    return write(site, options.data)

def build_site(config, site, options):
    print("without MkDocs", file=sys.stderr)
    return types.SimpleNamespace(notices=write(site, options.data))

def write(site, data):
    title = (data / "title").read_text()
    if title == "bad":
        raise DataError([Problem(data / "title", 1, 1, "first"), Problem(data / "b", 2, 1, "b")])
    (site / "made" / "index.html").write_text(f"<h1>{title}</h1>")
    return (Problem(data / "title", 9, 1, "notice", stops=False),)

module = types.ModuleType("generator.site.build")
module.write_disclosures = write_disclosures
module.build_site = build_site
sys.modules["generator.site.build"] = module
try:
    run_mkdocs_serve(Path(sys.argv[1]), address=Address.parse(sys.argv[2]))
except DataError:
    sys.exit("not started")
"""


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310
        return str(answer.read().decode())


def eventually(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + 15
    while time.monotonic() < end:
        try:
            if happened():
                return
        except OSError:
            pass
        time.sleep(0.1)
    pytest.fail("it did not happen")


@contextmanager
def serving(config: Path, log: Path) -> Iterator[str]:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(config), address], stderr=output, cwd=ROOT
        )
    try:
        yield f"http://{address}/"
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(15) == 0


def test_serving_survives_wrong_data(config: Path, tmp_path: Path, chromium: "Browser") -> None:
    title, log = config.parent / "data" / "title", tmp_path / "log"
    footer = config.parent / "theme" / "partials" / "footer.html"
    with serving(config, log) as url:
        eventually(lambda: "好" in get(f"{url}made/"))
        assert f"预览地址：{url}" in log.read_text()
        page = chromium.new_page()
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"{url}help/")
        assert said == ["Enabled live reload"]  # the page's policy lets it
        page.close()
        time.sleep(1)  # its first look at the folders, from which it tells changes
        for rounds, good in enumerate(("乙", "丙"), start=1):
            title.write_text("bad")
            eventually(lambda n=rounds: log.read_text().count("数据有 2 处问题") == n)  # type: ignore[misc]
            assert "<h1>bad" not in get(f"{url}made/")
            assert "<h1>" in get(f"{url}made/")
            assert "检索" in get(f"{url}help/")
            title.write_text(good)
            eventually(lambda good=good: good in get(f"{url}made/"))  # type: ignore[misc]
        footer.write_text("改过的页脚")
        eventually(lambda: "改过的页脚" in get(f"{url}help/"))
    text = log.read_text()
    assert text.count(f"{title}:1:1: first\n数据有") == 2
    assert text.count("原来的页面保留") == text.count("已更新") == 2
    assert text.count("提示：notice") == 1
    assert "Traceback" not in text
    assert "Page skipped" not in text
    made = re.findall("^with(?:out)? MkDocs", text, re.M)
    assert made[0] == made[-1] == "with MkDocs"
    assert set(made[1:-1]) == {"without MkDocs"}  # the footer alone is MkDocs' business


def test_frame_in_a_browser(
    chromium: "Browser",
    serve: Callable[[Path], str],
    disclosures: Disclosures,
    config: Path,
    tmp_path: Path,
) -> None:
    mkdocs("build", "-f", config, "-d", tmp_path / "site")
    base = serve(tmp_path / "site")
    page = chromium.new_page(viewport={"width": 1300, "height": 700}, color_scheme="light")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    page.goto(f"{base}430524/a/2022/")
    ground = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(ground)
    page.get_by_role("button", name="深色").click()
    assert page.evaluate(ground) != light
    page.reload()
    assert page.evaluate(ground) != light

    assert not page.locator(".frame-search-link").is_visible()
    page.get_by_role("searchbox", name="检索全站").fill("三公 经费")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{base}search/?q=*")

    page.set_viewport_size({"width": 400, "height": 700})
    page.goto(f"{base}help/")
    assert not page.get_by_role("searchbox", name="检索全站").is_visible()
    page.get_by_role("link", name="检索", exact=True).first.click()
    page.wait_for_url(f"{base}search/")

    page.goto(f"{base}help/")
    page.emulate_media(media="print")
    for part in (".md-header", ".md-footer", ".md-tabs", ".md-sidebar--secondary"):
        assert not page.locator(part).is_visible()
    page.close()
    assert [url for url in asked if not url.startswith(base)] == []
    assert said == []
