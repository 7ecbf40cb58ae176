"""Tags and data for programs: equal to what readers see."""

import json
import re
from pathlib import Path

import pytest
from lxml import html
from markupsafe import Markup

from generator.pages.catalogue import Summary
from generator.pages.linked import Download, data_block, record_data, unit_data
from generator.pages.meta import article_tags
from generator.records.regions import Region, Unit
from tests.hostile import HOSTILE
from tests.pages.test_golden import all_pages

REGION = Region("990001", "示例县", {})
UNIT = Unit("shili", "示例县民政局", ("民政局",), ("示例县民政和救助局",))
ADDRESS = "990001/shili/2022/"
TITLE = "示例县民政局 2022年度公开信息"


def data(block: Markup) -> dict:  # type: ignore[type-arg]
    script = html.fragment_fromstring(block)
    assert (script.tag, script.get("type")) == ("script", "application/ld+json")
    found = json.loads(script.text or "")
    assert isinstance(found, dict)
    return found


def tags(head: str) -> dict[str, str]:
    found = html.fragment_fromstring(head, create_parent=True).iter("meta")
    return {str(each.get("name")): str(each.get("content")) for each in found}


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_tags_are_what_the_pages_show(example_data: Path) -> None:
    units: dict[str, dict[str, str]] = {}
    kinds = set()
    for page in all_pages(example_data):
        body = html.fragment_fromstring(page.content, create_parent=True)
        found = tags(page.head)
        heading = next((each.text_content() for each in body.iter("h1")), page.title)
        if page.kind == "record":
            assert squeezed(found["ArticleTitle"]) == squeezed(heading) == squeezed(page.title)
            shown = {each.findtext("dt"): each.findtext("dd") for each in body.iter("div")}
            assert found.get("PubDate") == shown.get("发布日期")
            assert found["ContentSource"] in heading
            assert all(
                word in squeezed(body.text_content()) for word in found["Keywords"].split(",")
            )
            units[page.address.rsplit("/", 2)[0]] = found
        elif "ColumnName" in found:
            assert heading.startswith(found["ColumnName"])
            assert found["ColumnDescription"] == page.description.partition("（第")[0]
            assert found["ColumnKeywords"] in heading
            kinds.add(page.kind)
        if page.kind == "unit" and page.address.rstrip("/") in units:
            own = units[page.address.rstrip("/")]
            assert {name: own[name] for name in found} == found  # the column of its records
    assert kinds >= {"home", "region", "unit", "year"}


@pytest.mark.parametrize(
    ("published", "url", "absent"),
    [("2023-05-11", "https://a.example/x/", set()), ("", "", {"PubDate", "Url"})],
)
def test_what_is_not_known_has_no_tag(published: str, url: str, absent: set[str]) -> None:
    found = dict(article_tags(REGION, UNIT, 2022, TITLE, published, url))
    assert absent.isdisjoint(found)
    assert set(found) | absent >= {"ArticleTitle", "PubDate", "ContentSource", "Url"}
    assert "" not in found.values()


def summary(published: str = "", documents: tuple[str, ...] = ()) -> Summary:
    return Summary("990001", "shili", 2022, documents, published=published, changed=published)


FILES = (Download("表格", f"{ADDRESS}2022.csv", "text/csv"),)


@pytest.mark.parametrize(
    ("site_url", "url", "content"),
    [
        (
            "https://a.example/x/",
            f"https://a.example/x/{ADDRESS}",
            f"https://a.example/x/{ADDRESS}",
        ),
        ("", None, f"../../../{ADDRESS}"),
    ],
)
def test_a_record_is_a_report_and_its_files_a_dataset(
    site_url: str, url: str | None, content: str
) -> None:
    told = summary("2023-05-11", ("附件3 基础数据表",))
    made = data(
        record_data(
            REGION, UNIT, told, TITLE, site_url, ADDRESS, "https://www.example.gov.cn/a", FILES
        )
    )
    report, dataset = made["@graph"]
    assert (report["@type"], dataset["@type"]) == ("Report", "Dataset")
    assert (report["name"], report.get("url")) == (TITLE, url)
    assert report["sameAs"] == "https://www.example.gov.cn/a"
    assert (report["datePublished"], report["temporalCoverage"]) == ("2023-05-11", "2022")
    assert report["publisher"]["@type"] == "GovernmentOrganization"
    assert dataset["distribution"] == [
        {
            "@type": "DataDownload",
            "name": FILES[0].name,
            "encodingFormat": "text/csv",
            "contentUrl": f"{content}2022.csv",
        }
    ]


def test_what_is_not_known_is_left_out_of_the_data() -> None:
    (report,) = data(record_data(REGION, UNIT, summary(), TITLE, "", ADDRESS))["@graph"]
    assert set(report) == {
        "@type", "name", "inLanguage", "temporalCoverage", "publisher", "isAccessibleForFree"
    }  # fmt: skip
    assert "alternateName" not in data(unit_data(REGION, Unit("a", "甲")))


def test_a_unit_is_an_organization() -> None:
    made = data(unit_data(REGION, UNIT))
    assert made["alternateName"] == ["民政局", "示例县民政和救助局"]
    assert made["areaServed"]["identifier"] == "990001"


@pytest.mark.parametrize("hostile", [*HOSTILE, "\u2028\u2029</script>"])
def test_hostile_texts_are_only_text(hostile: str) -> None:
    block = str(data_block({"name": hostile, "list": [hostile]}))
    inside = block.removeprefix('<script type="application/ld+json">').rpartition("</script>")[0]
    assert not set(inside) & set("<>&\u2028\u2029")
    assert json.loads(inside) == (
        {"name": hostile, "list": [hostile]} if hostile else {"list": [""]}
    )
