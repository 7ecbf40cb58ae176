"""Words of the field explained: each where it first stands on a page, and all on one page.

Nothing is added to a sealed text: behind a word comes a button without any text of its own, which
opens the explanation (a popover). It is phrasing content, so it may stand in paragraphs and cells,
and what it opens is cut off by no table's edge. A browser that knows no popovers is served by
tools.js; without scripts it shows the explanations below the documents.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from generator.pages.addresses import GLOSSARY
from generator.pages.contents import Contents, nested
from generator.pages.page import Page
from generator.pages.paging import Place, index_page
from generator.records.glossary import Glossary, Term

# What a word must stand right in: text of cells and paragraphs. Not in headings, captions, links,
# tick boxes or marks, which have a use of their own.
_PLAIN = re.compile(r"<(?:p|(?:td|th|dd|dt|li)\b[^>]*)>")
_VOID = ("<br", "<wbr", "<img", "<hr")
_CLOSING = "，。；：、！？）》”’」』】〉,.;:!?)]"
"""Signs that do not begin a line."""


class Explainer:
    """Finds the words of a glossary in finished HTML; made once, for all pages."""

    def __init__(self, glossary: Glossary, environment: Environment) -> None:
        self._parts = environment.get_template("pages/parts/terms.html").module
        self._texts: dict[tuple[str, str], str] = {}
        self.marks: dict[str, tuple[Term, str, str]] = {}
        """Word, in HTML -> its term, and the HTML of it with its button: begin and end."""
        for term in glossary:
            button = str(self._macro("button")(term)).strip()
            for spelling in term.spellings:
                # The last letter stays on the line of the button.
                head, last = str(escape(spelling[:-1])), str(escape(spelling[-1]))
                opened = f'{head}<span class="gk-nowrap">{last}{button}'
                self.marks[head + last] = term, opened, "</span>"
        self.pattern = _any_of(self.marks) if self.marks else None

    def page(self) -> "Explained":
        """For one page, on which nothing is explained yet."""
        return Explained(self)

    def text(self, root: str, term: Term) -> str:
        """What a button opens; `root`: the way back to the site's root."""
        if (root, term.name) not in self._texts:
            self._texts[root, term.name] = str(self._macro("text")(root, term))
        return self._texts[root, term.name]

    def _macro(self, name: str) -> Callable[..., Markup]:
        macro: Callable[..., Markup] = getattr(self._parts, name)
        return macro


class Explained:
    """What of a page is explained, from its top down."""

    def __init__(self, explainer: Explainer) -> None:
        self._explainer = explainer
        self._terms: dict[str, Term] = {}

    @property
    def terms(self) -> tuple[Term, ...]:
        """In the order of their buttons."""
        return tuple(self._terms.values())

    def texts(self, root: str) -> Markup:
        """What the buttons open, to stand behind all that was marked."""
        texts = [self._explainer.text(root, term) for term in self.terms]
        return Markup("".join(texts))  # noqa: S704 - rendered by our escaping environment

    def mark(self, html: Markup) -> Markup:
        """HTML with a button behind each term that stands in it, and in none before."""
        text = str(html)
        pieces: list[str] = []
        at = 0
        for start, end, term, opened, closed in self._found(text):
            self._terms[term.name] = term
            behind = text[end : end + 1]
            behind = behind if behind in _CLOSING else ""
            pieces += text[at:start], opened, behind, closed
            at = end + len(behind)
        pieces.append(text[at:])
        return Markup("".join(pieces))  # noqa: S704 - what it was, and escaped words

    def _found(self, text: str) -> Iterator[tuple[int, int, Term, str, str]]:
        pattern, marks = self._explainer.pattern, self._explainer.marks
        if not pattern:
            return
        folds = "<details" in text
        for match in pattern.finditer(text):
            term, opened, closed = marks[match[0]]
            start, end = match.span()
            if term.name in self._terms or not _is_plain_text(text, start):
                continue
            if folds and text.rfind("<details", 0, start) > text.rfind("</details>", 0, start):
                continue  # where nobody sees it at first
            yield start, end, term, opened, closed


def _is_plain_text(text: str, at: int) -> bool:
    """Whether a place in HTML is in the text of a cell or paragraph itself."""
    entity = text.rfind("&", max(0, at - 5), at)
    if entity >= 0 and ";" not in text[entity:at]:
        return False
    closed, sign = 0, text.rfind("<", 0, at)
    if text.find(">", sign, at) < 0:  # within a tag
        return False
    while sign >= 0:
        if text.startswith("</", sign):
            closed += 1
        elif not text.startswith(_VOID, sign):
            if not closed:
                return _PLAIN.match(text, sign) is not None
            closed -= 1
        sign = text.rfind("<", 0, sign)
    return False


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some words, of those that begin alike the longest.

    Their common beginnings are tried once: a fourth of the time of `a|ab|abc`.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}

    def pattern(node: dict[str, Any]) -> str:
        ways = [re.escape(letter) + pattern(node[letter]) for letter in sorted(node) if letter]
        if not ways:
            return ""
        return f"(?:{'|'.join(ways)}){'?' if '' in node else ''}"

    return re.compile(pattern(tree))


def glossary_page(glossary: Glossary, environment: Environment) -> Page:
    """All words with their explanations, in the order of the file; each has its anchor."""
    contents = Contents()
    for term in glossary:
        contents.add(2, term.name, term.anchor)
    entries = nested(contents.headings)
    page = index_page(
        environment,
        "pages/glossary.html",
        "glossary",
        "名词解释",
        f"部门预决算和绩效自评公开里的 {len(glossary)} 个名词，用平常的话解释",
        Place(GLOSSARY),
        terms=glossary,
        entries=entries,
    )
    toc = environment.get_template("pages/parts/contents.html").render(entries=entries)
    return replace(page, toc=Markup(toc))  # noqa: S704 - rendered by our escaping environment
