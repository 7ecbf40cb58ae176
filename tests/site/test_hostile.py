"""A site of nothing but hostile texts: on every kind of page they are texts, and stay as typed.

Opened without the page's policy, which would stop a script that escaping had let through.
"""

import csv
import html
import json
import re
import shutil
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from docx import Document
from lxml import etree
from lxml import html as lxml_html
from openpyxl import load_workbook
from pypdf import PdfReader

from generator.documents.formats.pdf import write_pdf
from generator.documents.model import Document as Plain
from generator.documents.model import Line, Sheet
from generator.errors import DataError, DocumentError
from generator.site.build import build_site
from generator.site.options import DOWNLOADS, Options
from generator.yaml import YamlFile
from tests.hostile import DIRECTIONS, HOSTILE
from tests.site.hostile_data import LABELS, REGION, REGION_NAME, UNIT, YEAR, write_hostile_data

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

ROOT = Path(__file__).resolve().parents[2]
RECORD = f"{REGION}/{UNIT}/{YEAR}/"
KINDS = {
    "home": "",
    "search": f"search/?q={quote('alert')}",
    "region": f"{REGION}/",
    "coverage": "coverage/",
    "coverage of a region": f"{REGION}/coverage/",
    "unit": f"{REGION}/{UNIT}/",
    "record": RECORD,
    "record, marked": f"{RECORD}?mark=alert",
    "year": f"years/{YEAR}/",
    "compare": "compare/",
    "compared": f"compare/?a={REGION}/{UNIT}/{YEAR}&a={REGION}/{UNIT}/{YEAR - 1}",
    "glossary": "glossary/",
    "data": "data/",
}
LISTEN = """
  window.gkRan = [];
  for (const name of ["alert", "confirm", "prompt", "print", "open"])
    window[name] = what => { gkRan.push(`${name} ${what}`); };
"""
GREW = """() => [...document.querySelectorAll("*")].filter(each =>
  [...each.attributes].some(one => one.name.startsWith("on") || one.name === "style" ||
    /^\\s*(javascript|vbscript|data):/i.test(one.value) && /^(href|src|action)$/.test(one.name))
  || ["IFRAME", "OBJECT", "EMBED", "BASE", "MARQUEE", "X", "PLAINTEXT"].includes(each.nodeName)
  || each.nodeName === "SCRIPT" && !each.src && !/json/.test(each.type)
  || each.nodeName === "META" && each.httpEquiv === "refresh"
  || each.nodeName === "IMG" && !each.src.startsWith(location.origin)
).map(each => each.outerHTML.slice(0, 200))"""


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ATOM, OPEN_SEARCH = "{http://www.w3.org/2005/Atom}", "{http://a9.com/-/spec/opensearch/1.1/}"
ELEMENTS = {
    f"{space}{name}"
    for space, names in {
        ATOM: "feed id title updated author name link entry published summary",
        OPEN_SEARCH: "OpenSearchDescription ShortName Description InputEncoding Url",
    }.items()
    for name in names.split()
}


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile_data(folder / "data")
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, folder / name)
    config = folder / "mkdocs.yml"
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert "# site_url:" in settings
    # Feeds are made where it is known where the site will stand.
    config.write_text(settings.replace("# site_url:", "site_url: https://example.org/ #"), "utf-8")
    # A preview: no rule is content with such records.
    options = Options(folder / "data", jobs=1, downloads=DOWNLOADS, preview=True)
    build_site(config, folder / "site", options)
    return folder / "site"


@pytest.fixture
def context(chromium: "Browser") -> Iterator["BrowserContext"]:
    context = chromium.new_context(bypass_csp=True)
    context.set_default_timeout(20_000)
    context.add_init_script(LISTEN)
    yield context
    context.close()


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= 100
    assert len(LABELS) >= 100


def test_no_text_runs_or_becomes_an_element(
    hostile_site: Path, serve: Callable[[Path], str], context: "BrowserContext"
) -> None:
    base = serve(hostile_site)
    page = context.new_page()
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("dialog", lambda dialog: heard.append(dialog.message))
    page.on(
        "request",
        lambda request: (
            None if request.url.startswith((base, "data:", "blob:")) else heard.append(request.url)
        ),
    )
    for kind, address in KINDS.items():
        answer = page.goto(base + address, wait_until="networkidle")
        assert answer, kind
        assert answer.ok, kind
        page.evaluate(
            """() => document.querySelectorAll("details").forEach(each => { each.open = true })"""
        )
        assert (page.evaluate("gkRan"), page.evaluate(GREW), heard) == ([], [], []), kind


@pytest.mark.parametrize("text", [HOSTILE[0], HOSTILE[22], DIRECTIONS[0], HOSTILE[67]])
def test_what_stands_in_an_address_does_not_run(
    text: str, hostile_site: Path, serve: Callable[[Path], str], context: "BrowserContext"
) -> None:
    base = serve(hostile_site)
    page = context.new_page()
    for address in (
        f"search/?q={quote(text)}&region={quote(text)}&year={quote(text)}",
        f"compare/?a={quote(text)}",
        f"{RECORD}?mark={quote(text)}#{quote(text)}",
    ):
        page.goto(base + address, wait_until="networkidle")
        assert (page.evaluate("gkRan"), page.evaluate(GREW)) == ([], []), address


def tight(text: str) -> str:
    """Without white."""
    return "".join(text.split())


def squeezed(text: str) -> str:
    return " ".join(text.split())


def texts(site: Path, address: str, path: str) -> list[str]:
    document = lxml_html.parse(site / address / "index.html")
    return [squeezed(each.text_content()) for each in document.iterfind(path)]


def test_texts_are_shown_as_they_are_typed(hostile_site: Path) -> None:
    cells = texts(hostile_site, RECORD, ".//section[@id='附件1']//tr/*")
    shown = set(cells)
    assert [text for text in LABELS if squeezed(text) not in shown] == []
    lines = "\n".join(texts(hostile_site, RECORD, ".//div[@class='gk-prose']"))
    whole = tight(lines)
    assert [text for text in HOSTILE if tight(text) not in whole] == []
    remarks = tight("".join(texts(hostile_site, RECORD, ".//article")))
    assert [text for text in HOSTILE if tight(text) not in remarks] == []


def test_names_of_units_are_shown_as_they_are_typed(hostile_site: Path) -> None:
    shown = {
        squeezed(name.text_content())
        for path in (hostile_site / REGION).rglob("index.html")
        if not path.relative_to(hostile_site / REGION).parts[0].startswith("u")
        for name in lxml_html.parse(path).iterfind(".//article//a")
    }
    assert [name for name in HOSTILE if squeezed(name) not in shown] == []
    assert squeezed(REGION_NAME) in texts(hostile_site, f"{REGION}/", ".//h1")[0]


def test_titles_and_descriptions_are_texts(hostile_site: Path) -> None:
    for path in hostile_site.rglob("index.html"):
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        assert head.count("<script") == len(
            re.findall(r'<script (?:type="module" )?src="', head)
        ) + (head.count('<script type="application/ld+json"')), path
        assert "<img" not in head


def test_data_in_pages_is_json(hostile_site: Path) -> None:
    """JSON-LD cannot end its own element."""
    for path in hostile_site.rglob("index.html"):
        for element in lxml_html.parse(path).iterfind(".//script[@type='application/ld+json']"):
            json.loads(html.unescape(element.text or ""))


@pytest.mark.parametrize("text", DIRECTIONS)
def test_what_is_not_seen_is_refused(text: str, tmp_path: Path) -> None:
    """Marks that turn the direction of writing make a text look like another."""
    path = tmp_path / "a.yaml"
    path.write_text(f"甲: |-\n  {text}\n", encoding="utf-8")
    with pytest.raises(DataError):
        YamlFile.read(path)


# Downloads.


def test_csv_has_no_formulas_and_the_texts_can_be_had_back(hostile_site: Path) -> None:
    """Each text as it is typed, but for an apostrophe before what a spreadsheet would reckon."""
    begins = re.compile(r"[=+\-@\t\r＝＋－＠]")
    number = re.compile(r"-[0-9]+(?:\.[0-9]+)?%?")
    for path in hostile_site.rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        wrong = [cell for cell in cells if begins.match(cell) and not number.fullmatch(cell)]
        assert wrong == [], path
    with (hostile_site / RECORD / "data.csv").open(encoding="utf-8-sig", newline="") as file:
        texts = {cell.removeprefix("'") for row in csv.reader(file) for cell in row}
    assert [text for text in LABELS if text not in texts] == []


def test_json_has_the_texts_as_they_are_typed(hostile_site: Path) -> None:
    for path in hostile_site.rglob("*.json"):
        json.loads(path.read_text(encoding="utf-8"))
    texts = set(strings(json.loads((hostile_site / RECORD / "data.json").read_text("utf-8"))))
    assert [text for text in LABELS if text not in texts] == []


def strings(value: object) -> Iterator[str]:
    """All texts in what was read from JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def test_workbooks_have_texts_and_no_formulas(hostile_site: Path) -> None:
    found = set()
    for path in hostile_site.rglob("*.xlsx"):
        for sheet in load_workbook(path).worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    assert cell.data_type != "f", (path, cell.value)
                    assert cell.hyperlink is None, (path, cell.value)
                    found.add(cell.value)
    assert [text for text in LABELS if text not in found] == []


def test_word_files_have_texts_and_no_fields(hostile_site: Path) -> None:
    found = set()
    for path in hostile_site.rglob("*.docx"):
        document = Document(str(path))
        assert not any(part.is_external for part in document.part.rels.values()), path
        elements = list(document.element.iter())
        names = {each.tag.rpartition("}")[2] for each in elements}
        assert not names & {"instrText", "fldSimple", "hyperlink", "object", "altChunk"}, path
        paragraphs = document.element.iter(f"{W}p")
        found |= {tight("".join(each.itertext(f"{W}t"))) for each in paragraphs}
    assert [text for text in LABELS if tight(text) not in found] == []


def test_pdf_files_have_texts_and_nothing_that_acts() -> None:
    texts = list(HOSTILE)
    while True:
        lines = tuple(Line(text, "正文") for text in texts)
        try:
            written = write_pdf(Plain("示例县", (Sheet("附件4", lines),)))
            break
        except DocumentError as error:  # no font here has some signs
            strange = set(re.findall("“(.)”（U", str(error)))
            assert strange
            texts = [text for text in texts if not strange & set(text)]
    assert len(texts) >= 100
    reader = PdfReader(BytesIO(written), strict=True)
    shown = tight("".join(page.extract_text() for page in reader.pages))
    assert [text for text in texts[:20] if tight(text) not in shown] == []
    found = [str(reader.get_object(number)) for number in range(1, reader.trailer["/Size"])]
    assert sum("'/Type': '/Page'," in each for each in found) == len(reader.pages)
    acts = [
        "/JS",
        "/JavaScript",
        "/OpenAction",
        "/AA",
        "/URI",
        "/Launch",
        "/EmbeddedFile",
        "/Annots",
    ]
    assert [each[:200] for each in found if any(f"'{act}'" in each for act in acts)] == []


def test_feeds_have_texts_and_no_elements(hostile_site: Path) -> None:
    found = set()
    for path in (*hostile_site.rglob("feed.xml"), hostile_site / "opensearch.xml"):
        for element in etree.parse(path).iter():
            assert element.tag in ELEMENTS, path
            found.add(squeezed(element.text or ""))
    assert squeezed(f"{HOSTILE[0]} {YEAR}年度公开信息") in found
    assert any(squeezed(REGION_NAME) in text for text in found)
