"""Cutting the frame, and pouring pages into it."""

import pickle

import pytest
from markupsafe import Markup

from generator.errors import BuildError
from generator.pages.page import Page
from generator.site.frame import Frame

HTML = (
    "<title><!--gongkai:title--> - 公开</title>"
    '<meta content="<!--gongkai:description-->"><!--gongkai:head--><!-- other -->'
    "<nav><!--gongkai:toc--></nav><article><!--gongkai:content--></article>"
    "<p>/<!--gongkai:address--></p>"
)
PAGE = Page(
    address="430524/a/2022/",
    kind="record",
    title='<甲> & "乙"',
    description='一行 "话" & <i>',
    content=Markup("<h1>题 &amp; 目</h1><!--gongkai:title-->"),
    head=Markup("<link>"),
    toc=Markup("<ul></ul>"),
)


def test_pour_puts_every_part_in_its_place() -> None:
    assert Frame.cut(HTML).pour(PAGE) == (
        "<title>&lt;甲&gt; &amp; &#34;乙&#34; - 公开</title>"
        '<meta content="一行 &#34;话&#34; &amp; &lt;i&gt;"><link><!-- other -->'
        "<nav><ul></ul></nav>"
        "<article><h1>题 &amp; 目</h1><!--gongkai:title--></article>"  # not looked at again
        "<p>/430524/a/2022/</p>"
    )


def test_text_that_looks_like_html_is_escaped_once() -> None:
    page = Page("", "home", "A &amp; B", "", Markup(""))
    assert "<title>A &amp;amp; B - 公开</title>" in Frame.cut(HTML).pour(page)


def test_frame_travels_to_worker_processes() -> None:
    frame = Frame.cut(HTML)
    assert pickle.loads(pickle.dumps(frame)).pour(PAGE) == frame.pour(PAGE)  # noqa: S301


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (HTML.replace("<!--gongkai:toc-->", ""), "toc（0 次）"),
        (HTML + "<!--gongkai:title-->", "title（2 次）"),
        (HTML + "<!--gongkai:footer-->", "footer（无此标记）"),
    ],
)
def test_wrong_marks_are_refused(html: str, message: str) -> None:
    with pytest.raises(BuildError, match=message):
        Frame.cut(html)
