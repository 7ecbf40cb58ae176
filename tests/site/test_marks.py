"""What marks a site as a government's: only what mkdocs.yml has."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from generator.errors import BuildError
from generator.site.marks import KEYS, Marks, read_marks
from generator.site.mkdocs import make_base
from tests.conftest import ROOT

ALL: dict[str, Any] = {
    "网站标识码": 4300000001,
    "主办单位": "示例县人民政府<办公室>",
    "承办单位": "示例县数据局",
    "联系方式": "0700-2000000",
    "ICP备案号": "湘ICP备00000000号-1",
    "公安备案号": "湘公网安备 43000000000000号",
    "党政机关网站标识": "https://bszs.example.cn/show?id=1&b=2",
    "找错网址": "https://zfwzzc.example.cn/?site_code=4300000001",
}


def test_without_any_there_is_none() -> None:
    assert read_marks({"generator": False}, "") == Marks()
    assert read_marks(dict.fromkeys(KEYS), "https://www.example.gov.cn:8443/a/") == Marks(
        domain="www.example.gov.cn"
    )


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("网站标识码", "430000001", "“网站标识码”应写成如 4300000001，不是“430000001”"),
        ("ICP备案号", "00000000", "“ICP备案号”应写成如 湘ICP备00000000号-1"),
        ("公安备案号", "430000", "“公安备案号”应写成如 湘公网安备 43000000000000号"),
        ("找错网址", "javascript:alert(1)", "“找错网址”：网址要以 https:// 或 http:// 开头"),
        ("党政机关网站标识", "https://a.example/ b", "“党政机关网站标识”：这里有空格"),
        ("主办单位", "甲\n乙", "“主办单位”只能写一行"),
    ],
)
def test_what_cannot_be_right_is_refused(key: str, value: str, fault: str) -> None:
    with pytest.raises(BuildError, match="的 extra 有误") as caught:
        read_marks({**ALL, key: value}, "")
    assert fault in str(caught.value)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    for folder in ("content", "theme"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "data").mkdir()
    return tmp_path / "mkdocs.yml"


def test_every_page_has_the_marks_and_tags(config: Path, tmp_path: Path) -> None:
    lines = "".join(f'  {key}: "{value}"\n' for key, value in ALL.items())
    text = config.read_text(encoding="utf-8")
    text = text.replace("extra:\n", f"extra:\n{lines}", 1).replace(
        "# site_url:", "site_url: https://www.example.gov.cn/a/"
    )
    config.write_text(text, encoding="utf-8")
    base = make_base(config, tmp_path / "site", config.parent / "data")
    frame = "".join(base.frames.by_depth[3].literals)
    for page in (frame, (tmp_path / "site/about/index.html").read_text(encoding="utf-8")):
        document = html.fromstring(page)
        found = {each.get("name"): each.get("content") for each in document.iter("meta")}
        assert found["SiteName"] == "政务信息公开"
        assert found["SiteDomain"] == "www.example.gov.cn"
        assert found["SiteIDCode"] == "4300000001"
        (marks,) = document.iterfind(".//footer//ul")
        shown = [each.text_content().strip() for each in marks]
        assert shown == [
            "主办单位：示例县人民政府<办公室>",
            "承办单位：示例县数据局",
            "联系方式：0700-2000000",
            "网站标识码：4300000001",
            "湘ICP备00000000号-1",
            "湘公网安备 43000000000000号",
            "党政机关网站标识",
            "我为政府网站找错",
        ]
        links = [each.get("href") for each in marks.iter("a")]
        assert links[:2] == [
            "https://beian.miit.gov.cn/",
            "https://beian.mps.gov.cn/#/query/webSearch?code=43000000000000",
        ]
        assert links[2:] == [ALL["党政机关网站标识"], ALL["找错网址"]]


def test_a_site_that_says_nothing_has_none(built_site: Path) -> None:
    for path in ("index.html", "about/index.html", "430524/index.html"):
        document = html.parse(built_site / path)
        names = {each.get("name") for each in document.iter("meta")}
        assert names & {"SiteName", "SiteDomain", "SiteIDCode"} == {"SiteName"}
        assert document.findall(".//footer//ul[@class='frame-marks']") == []
