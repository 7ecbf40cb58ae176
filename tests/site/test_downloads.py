"""What readers can download: it is there, it is right, and it is made once."""

import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from zipfile import ZipFile

import jsonschema
import pytest
from frictionless import Package
from lxml import etree, html

from generator.documents.formats import pdf
from generator.opendata import csvfile
from generator.site.build import build_site
from generator.site.options import Options
from tests.publishing import publish
from tests.site.test_incremental import (
    Project,
    bytes_of,
    inodes,
    made_again,
    make_project,
)

URL = "https://example.org/g/"
UNIT = "990001/shili-minzheng"
RECORD = f"{UNIT}/2022"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """A site with data, and attachments as Word files."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        project = make_project(tmp_path_factory.mktemp("project"), monkeypatch)
        project.change("mkdocs.yml", "# site_url:", f"site_url: {URL}")
        project.change(
            "mkdocs.yml", "  generator: false", "  generator: false\n  数据许可: CC-BY-4.0"
        )
        build(project)
        yield project


@pytest.fixture
def site(project: Project) -> Path:
    return project.site


def build(project: Project, site: Path | None = None, *kinds: str) -> tuple[str, ...]:
    """Build; what was told."""
    options = Options(project.data, jobs=1, downloads=("data", *(kinds or ("docx",))))
    built = build_site(project.root / "mkdocs.yml", site or project.site, options)
    return tuple(each.message for each in built.notices)


def test_every_link_of_every_page_leads_to_something(site: Path) -> None:
    missing = []
    for path in site.rglob("*.html"):
        page = path.relative_to(site).as_posix()
        tree = html.fromstring(path.read_bytes())
        ids = set(tree.xpath("//@id"))
        for link in tree.xpath("//@href | //@src | //@action"):
            address, anchor = urldefrag(urljoin(f"{URL}{page}", link))
            if not address.startswith(URL):
                assert urlsplit(address).netloc != "example.org" or page == "404.html", link
                continue
            place = unquote(urlsplit(address).path).removeprefix("/g/")
            target = site / (f"{place}index.html" if not place or place.endswith("/") else place)
            own = anchor and target == path
            if not target.is_file() or (own and unquote(anchor) not in ids):
                missing.append((page, link))
    assert missing == []


def test_a_record_has_its_data_and_attachments_beside_it(site: Path) -> None:
    folder = site / RECORD
    files = {path.name: path.stat().st_size for path in folder.iterdir()}
    assert {"data.csv", "data.json", "data.xlsx", "fujian3.docx"} <= set(files)
    tree = html.fromstring((folder / "index.html").read_bytes())
    listed = {
        each.get("href"): each for each in tree.xpath("//section[@aria-labelledby='下载']//a")
    }
    assert set(files) - {"index.html"} <= set(listed)
    shown = listed["data.csv"].text_content()
    assert shown == f"CSV {max(1, round(files['data.csv'] / 1000))} KB"
    schema = json.loads((site / "data/record.schema.json").read_bytes())
    jsonschema.validate(json.loads((folder / "data.json").read_bytes()), schema)


def test_tables_are_those_of_the_records_together(site: Path) -> None:
    records = sorted(site.glob("990001/*/*/data.csv"))
    rows = [row for path in records for row in list(csvfile.rows_of(path.read_bytes()))[1:]]
    assert list(csvfile.rows_of((site / "data/data.csv").read_bytes()))[1:] == rows
    assert (site / "990001/data.csv").read_bytes() == (site / "data/data.csv").read_bytes()
    of_year = list(csvfile.rows_of((site / "years/2022/data.csv").read_bytes()))[1:]
    assert of_year == [row for row in rows if row[4] == "2022"]
    of_unit = list(csvfile.rows_of((site / UNIT / "data.csv").read_bytes()))[1:]
    assert of_unit == [row for row in rows if row[2] == "shili-minzheng"]
    for path in (site / "data", site / "990001", site / UNIT, site / "years/2022"):
        wide = list(csvfile.rows_of((path / "indicators.csv").read_bytes()))[1:]
        together = json.loads((path / "data.json").read_bytes())
        assert (
            len(wide) == len(together) == len(json.loads((path / "indicators.json").read_bytes()))
        )


@pytest.mark.parametrize("folder", ["data", "990001"])
def test_frictionless_finds_nothing(folder: str, site: Path) -> None:
    report = Package(str(site / folder / "datapackage.json")).validate()
    assert report.flatten(["type", "note", "rowNumber", "fieldName"]) == []


@pytest.mark.parametrize("folder", ["data", "990001", UNIT, "years/2022"])
def test_an_archive_has_all_that_explains_itself(folder: str, site: Path, tmp_path: Path) -> None:
    with ZipFile(io.BytesIO((site / folder / "data.zip").read_bytes())) as zipped:
        assert set(zipped.namelist()) == {
            "README.txt",
            "indicators.csv",
            "data.csv",
            "data.json",
            "fields.csv",
            "datapackage.json",
        }
        assert zipped.testzip() is None
        assert zipped.read("data.csv") == (site / folder / "data.csv").read_bytes()
        assert zipped.read("fields.csv") == (site / "data/fields.csv").read_bytes()
        assert "许可：CC-BY-4.0" in zipped.read("README.txt").decode("utf-8-sig")
        zipped.extractall(tmp_path)
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


@pytest.mark.parametrize("path", ["feed.xml", "990001/feed.xml"])
def test_a_feed_names_the_records_that_changed_last(path: str, site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = etree.fromstring((site / path).read_bytes())
    assert feed.findtext(f"{atom}id") == URL + path
    entries = feed.findall(f"{atom}entry")
    days = [each.findtext(f"{atom}updated") for each in entries]
    assert days == sorted(days, reverse=True)
    assert days
    for each in entries:
        place = str(each.findtext(f"{atom}id")).removeprefix(URL)
        assert (site / place / "index.html").is_file()


def test_the_site_map_has_the_days_of_the_data(site: Path) -> None:
    text = (site / "sitemap.xml").read_text(encoding="utf-8")
    record = json.loads((site / RECORD / "data.json").read_bytes())
    assert f"<loc>{URL}{RECORD}/</loc><lastmod>{record['发布日期'][:4]}" in text
    assert f"<loc>{URL}about/</loc></url>" in text


def test_an_attachment_is_made_again_only_with_its_record(project: Project) -> None:
    other = project.root / "other"
    before = inodes(project.site)
    path = project.data / "records" / f"{RECORD}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("只有一行", "还是一行"), encoding="utf-8")
    publish(project.data)
    project.age()
    build(project)
    made = made_again(project, before)
    assert f"{RECORD}/fujian3.docx" in made
    assert {f"{UNIT}/data.zip", "990001/data.csv", "years/2022/data.csv", "data/data.csv"} <= made
    assert not [name for name in made if name.startswith(f"{UNIT}/2021/") and "index" not in name]
    assert not [name for name in made if "shili-jiaoyu" in name or name.startswith("years/2021/d")]
    build(project, other)
    assert bytes_of(project.site) == bytes_of(other)
    shutil.rmtree(other)


def test_files_that_somebody_took_away_come_back(project: Project) -> None:
    whole = bytes_of(project.site)
    for name in (f"{RECORD}/fujian3.docx", f"{UNIT}/data.zip", "data/data.csv"):
        (project.site / name).unlink()
    build(project)
    assert bytes_of(project.site) == whole


def test_without_downloads_there_are_none_and_no_links_to_them(project: Project) -> None:
    site = project.root / "bare"
    build_site(project.root / "mkdocs.yml", site, Options(project.data, jobs=1))
    found = [path for path in site.rglob("*") if path.suffix in (".csv", ".xlsx", ".zip", ".docx")]
    assert found == []
    assert "下载" not in (site / RECORD / "index.html").read_text(encoding="utf-8")
    assert "没有供下载的数据文件" in (site / "data/index.html").read_text(encoding="utf-8")
    shutil.rmtree(site)


def test_without_a_chinese_font_there_is_no_pdf_but_one_notice(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = project.root / "no-fonts"
    monkeypatch.setattr(pdf, "chosen_fonts", str)
    told = [each for each in build(project, site, "pdf") if "中文字体" in each]
    assert len(told) == 1
    assert not list(site.rglob("*.pdf"))
    assert [each for each in build(project, site, "pdf") if "中文字体" in each] == told
    monkeypatch.undo()
    if pdf.chosen_fonts():
        assert not [each for each in build(project, site, "pdf") if "中文字体" in each]
        assert (site / RECORD / "fujian3.pdf").read_bytes().startswith(b"%PDF-")
    shutil.rmtree(site)
