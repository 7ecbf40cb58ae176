"""Atom feeds that readers can read, whatever stands in a record."""

import pytest
from lxml import etree

from generator.opendata.feed import Entry, atom_feed, open_search

ATOM = "{http://www.w3.org/2005/Atom}"
ENTRIES = [
    Entry("990001/b/2022/", "乙局 2022年度", "附件1", "2023-05-06", "2024-01-02"),
    Entry("990001/a/2022/", "甲局 <2022> & 年度", "]]>\x00\ud800", "", "2023-05-06"),
]


def test_a_feed_has_what_the_standard_asks_for() -> None:
    made = atom_feed("https://x.example/g", "feed.xml", "", "公开", "示例县", ENTRIES)
    feed = etree.fromstring(made)
    assert feed.findtext(f"{ATOM}id") == "https://x.example/g/feed.xml"
    assert feed.findtext(f"{ATOM}updated") == "2024-01-02T00:00:00+08:00"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "示例县"
    links = {each.get("rel"): each.get("href") for each in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://x.example/g/feed.xml"
    entries = feed.findall(f"{ATOM}entry")
    assert [each.findtext(f"{ATOM}id") for each in entries] == [
        "https://x.example/g/990001/b/2022/",
        "https://x.example/g/990001/a/2022/",
    ]
    for each in entries:
        assert each.findtext(f"{ATOM}title")
        assert each.findtext(f"{ATOM}updated")
    assert entries[1].findtext(f"{ATOM}title") == "甲局 <2022> & 年度"
    assert entries[1].findtext(f"{ATOM}summary") == "]]>\ufffd\ufffd"
    assert entries[1].find(f"{ATOM}published") is None


def test_a_feed_without_entries_is_one() -> None:
    made = atom_feed("https://x.example/", "feed.xml", "", "公开", "示例县", [])
    assert etree.fromstring(made).findtext(f"{ATOM}updated") == "1970-01-01T00:00:00+08:00"


@pytest.mark.parametrize("name", ["公开", '<&"> 这个名字比十六个字还要长得多'])
def test_a_description_leads_to_the_search_page(name: str) -> None:
    root = etree.fromstring(open_search("https://x.example/g/", name, "search/"))
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(root.findtext(f"{space}ShortName") or "") <= 16
    template = root.find(f"{space}Url").get("template")  # type: ignore[union-attr]
    assert template == "https://x.example/g/search/?q={searchTerms}"
