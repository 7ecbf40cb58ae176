"""Words explained where they first stand; what was there stays as it was."""

import re

import pytest
from lxml import html
from markupsafe import Markup, escape

from generator.pages.environment import make_environment
from generator.pages.glossary import Explainer, glossary_page
from generator.records.glossary import Term, read_glossary
from tests.conftest import ROOT
from tests.hostile import HOSTILE

ENVIRONMENT = make_environment()
THREE = Term(
    "“三公”经费", ("“三公”经费", "三公经费", '"三公"经费'), "三类费用。\n第二段。", "143号"
)
TAX = Term("非税收入", ("非税收入",), "税收以外的收入。")
SPECIAL = Term("专户非税", ("纳入专户管理的非税收入",), "存在专户里的。")
UNSEEN = Term("索引号", (), "编号。")
GLOSSARY = (THREE, TAX, SPECIAL, UNSEEN)


def marked(text: str, glossary: tuple[Term, ...] = GLOSSARY) -> str:
    """With `[anchor]` for each button, `(` and `)` around what stays together."""
    made = str(Explainer(glossary, ENVIRONMENT).page().mark(Markup(text)))  # noqa: S704 - of this test
    made = re.sub(r'<button [^>]*popovertarget="名词-(\w+)"[^>]*></button>', r"[\1]", made)
    return re.sub(r'<span class="gk-nowrap">(.*?\])(.?)</span>', r"(\1\2)", made)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>非税收入</p>", "<p>非税收(入[非税收入])</p>"),
        ("<td>其中三公经费支出</td>", "<td>其中三公经(费[三公经费])支出</td>"),
        ('<th scope="row">非税收入</th>', '<th scope="row">非税收(入[非税收入])</th>'),
        (
            "<dl><dt>非税收入</dt><dd>0</dd></dl>",
            "<dl><dt>非税收(入[非税收入])</dt><dd>0</dd></dl>",
        ),
        # a closing sign does not begin a line
        ("<p>(非税收入),另有</p>", "<p>(非税收(入[非税收入])),另有</p>"),
        ("<p>非税收入。</p>", "<p>非税收(入[非税收入]。)</p>"),
        # the first only, in whatever spelling
        ("<p>三公经费</p><p>“三公”经费</p>", "<p>三公经(费[三公经费])</p><p>“三公”经费</p>"),
        ("<p>&#34;三公&#34;经费</p>", "<p>&#34;三公&#34;经(费[三公经费])</p>"),
        # the longest
        ("<p>纳入专户管理的非税收入</p>", "<p>纳入专户管理的非税收(入[专户非税])</p>"),
        ("<p>纳入专户,非税收入</p>", "<p>纳入专户,非税收(入[非税收入])</p>"),
        # behind other things in a cell or paragraph
        ("<p>一<br>非税收入</p>", "<p>一<br>非税收(入[非税收入])</p>"),
        (
            '<p>一<sup class="gk-marks"><a href="#x">注1</a></sup>非税收入</p>',
            '<p>一<sup class="gk-marks"><a href="#x">注1</a></sup>非税收(入[非税收入])</p>',
        ),
        # two of them
        ("<td>三公经费与非税收入</td>", "<td>三公经(费[三公经费])与非税收(入[非税收入])</td>"),
    ],
)
def test_a_term_is_explained_where_it_first_stands(text: str, expected: str) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<p>别的字</p>",
        "<p>索引号</p>",  # only on the page of all
        "<h2>非税收入</h2>",
        '<h2><span class="gk-label">附件1</span> <span class="gk-title">非税收入</span></h2>',
        '<h3 id="a">一、非税收入<sup><a href="#b">注1</a></sup>非税收入</h3>',
        '<p>见<a href="#a">非税收入</a></p>',
        '<p>见<a href="#a"><b>一</b>非税收入</a></p>',
        '<caption><div class="gk-caption"><p class="gk-line">非税收入</p></div></caption>',
        '<caption><span class="gk-hidden">非税收入</span></caption>',
        '<p><span class="gk-ticks" role="img"><span class="gk-tick">非税收入☑</span></span></p>',
        '<td><sup class="gk-marks">非税收入</sup></td>',
        '<section aria-label="非税收入"></section>',
        '<p title="a &gt; 非税收入">一</p>',
        "<details><summary>非税收入</summary><p>非税收入</p></details>",
        "<svg><text>非税收入</text></svg>",
        "<p>三公\n经费</p>",
        "非税收入",
    ],
)
def test_elsewhere_it_is_not(text: str) -> None:
    assert marked(text) == text


def test_what_is_passed_over_is_explained_further_down() -> None:
    assert marked("<h2>非税收入</h2><p>非税收入</p>").startswith("<h2>非税收入</h2><p>非税收(入[")


def test_several_pieces_of_a_page_share_what_was_explained() -> None:
    page = Explainer(GLOSSARY, ENVIRONMENT).page()
    first, again = (page.mark(Markup("<p>非税收入</p>")) for _ in range(2))
    third = page.mark(Markup("<td>三公经费</td>"))
    assert "<button" in first
    assert "<button" not in again
    assert "<button" in third
    assert page.terms == (TAX, THREE)
    opened = html.fragment_fromstring(page.texts("../../"), create_parent=True)
    assert [each.get("id") for each in opened] == ["名词-非税收入", "名词-三公经费"]
    assert [each.get("popover") is not None for each in opened] == [True, True]
    assert opened[1].text_content().split() == [
        "“三公”经费：三类费用。第二段。",
        "依据：143号",
        "全部名词解释",
    ]
    assert opened[1].findall(".//a")[0].get("href") == "../../glossary/#名词-三公经费"


def test_another_page_begins_anew() -> None:
    explainer = Explainer(GLOSSARY, ENVIRONMENT)
    pages = [explainer.page().mark(Markup("<p>非税收入</p>")) for _ in range(2)]
    assert pages[0] == pages[1]


def test_a_button_has_a_name_and_no_text() -> None:
    made = Explainer(GLOSSARY, ENVIRONMENT).page().mark(Markup("<p>非税收入</p>"))
    (button,) = html.fragment_fromstring(made).iter("button")
    assert button.text_content() == ""
    assert button.get("type") == "button"
    assert button.get("aria-label") == "非税收入的解释"


def test_without_a_glossary_nothing_changes() -> None:
    page = Explainer((), ENVIRONMENT).page()
    assert page.mark(Markup("<p>非税收入</p>")) == "<p>非税收入</p>"
    assert page.texts("../") == ""


@pytest.mark.parametrize("name", ["record", "record-indicators", "record-empty"])
def test_the_text_of_documents_stays_to_the_letter(name: str) -> None:
    """With the project's own glossary, over whole documents."""
    page = (ROOT / "tests" / "golden" / f"{name}.html").read_text(encoding="utf-8")
    documents = page[page.index('<div class="gk-document">') : page.index("<!-- contents -->")]
    plain = re.sub(r"<button[^>]*gk-term.*?</button>", "", documents)
    explained = Explainer(read_glossary(ROOT / "data" / "glossary.yaml"), ENVIRONMENT).page()
    made = str(explained.mark(Markup(plain)))  # noqa: S704 - a golden page
    assert len(explained.terms) > 10
    assert html.fromstring(made).text_content() == html.fromstring(plain).text_content()
    for button in html.fromstring(made).iter("button"):
        above = [each.tag for each in button.iterancestors()]
        assert not {"a", "caption", "h2", "h3", "h4", "h5", "sup"} & set(above)


def test_parts_of_escaped_signs_are_no_words() -> None:
    terms = tuple(
        Term(word, (word,), "解释。") for word in ("amp", "lt", "gt;x", "#39", "34;", "t;", "quot")
    )
    text = f"<p>{escape('& < >x')} {escape(chr(39) + chr(34))}</p>"
    assert marked(text, terms) == text


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_terms_are_shown_as_typed(hostile: str) -> None:
    text = hostile.replace("\n", " ").strip()
    term = Term(text, (text,), hostile, hostile)
    page = Explainer((term,), ENVIRONMENT).page()
    made = page.mark(Markup("<p>{}</p>").format(f"a {text} b"))
    if not text:
        return
    fragment = html.fragment_fromstring(f"<div>{made}{page.texts('')}</div>")
    assert {each.tag for each in fragment.iter()} <= {"div", "p", "span", "button", "dfn", "a"}
    names = {name for each in fragment.iter() for name in each.attrib}
    assert names <= {"class", "type", "popovertarget", "aria-label", "id", "popover", "href"}
    written = html.fragment_fromstring(str(Markup("<p>{}</p>").format(f"a {text} b")))
    assert fragment[0].text_content() == written.text_content()


def test_all_terms_stand_on_a_page_of_their_own() -> None:
    page = glossary_page(GLOSSARY, ENVIRONMENT)
    made = html.fragment_fromstring(page.content, create_parent=True)
    headings = [(each.get("id"), each.text_content()) for each in made.iter("h2")]
    assert headings == [(term.anchor, term.name) for term in GLOSSARY]
    assert page.address == "glossary/"
    assert 'href="#名词-非税收入"' in page.toc
    texts = [section.text_content() for section in made.iter("section")]
    assert "第二段。" in texts[0]
    assert "依据：143号" in texts[0]
    assert "写法：“三公”经费、三公经费、" in texts[0]
    assert "写法" not in texts[1] + texts[3]
