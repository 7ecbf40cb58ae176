"""The site's frame: what stands around every page, rendered once and poured many times."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from markupsafe import escape

from generator.errors import BuildError
from generator.pages.page import Page
from generator.site.keys import digest

NAMES = ("title", "description", "address", "head", "toc", "content")
"""The parts of a page; each has one mark in the frame, written by `theme/main.html`."""

_MARK = re.compile(r"<!--gongkai:([a-z]+)-->")


@dataclass(frozen=True, slots=True)
class Frame:
    """The HTML around a page, cut at its marks; small and picklable, for worker processes.

    Its links are relative, so a frame fits only pages as deep below the root as the one it was
    rendered for.
    """

    literals: tuple[str, ...]
    """The HTML before, between and after the marks: one more than `names`."""
    names: tuple[str, ...]
    """Which part of a page each mark stands for, in the order of the frame."""

    @classmethod
    def cut(cls, html: str) -> Self:
        """Cut rendered HTML at its marks.

        Raises BuildError when a mark is missing, doubled or unknown.
        """
        pieces = _MARK.split(html)
        literals, names = tuple(pieces[::2]), tuple(pieces[1::2])
        wrong = [f"{name}（{names.count(name)} 次）" for name in NAMES if names.count(name) != 1]
        wrong += sorted({f"{name}（无此标记）" for name in names if name not in NAMES})
        if wrong:
            raise BuildError(f"页面框架的标记应各出现一次，请检查 theme/：{'、'.join(wrong)}")
        return cls(literals, names)

    def pour(self, page: Page) -> str:
        """The whole HTML of a page."""
        parts = {
            "title": escape(page.title),
            "description": escape(page.description),
            "address": escape(page.address),
            "head": page.head,
            "toc": page.toc,
            "content": page.content,
        }
        # str.join: the literals are finished HTML, and Markup.join would escape them.
        first, *rest = self.literals
        poured = [first]
        for name, literal in zip(self.names, rest, strict=True):
            poured += parts[name], literal
        return "".join(poured)


@dataclass(frozen=True, slots=True)
class Frames:
    """The frames of a site: one for each depth of address, and those of pages written by hand."""

    by_depth: Mapping[int, Frame]
    """Slashes in a page's address -> the frame that leads from there to the root."""
    hand_written: Mapping[str, Frame]
    """Kind of page -> the frame that holds its text already: home, search, rules."""
    key: str
    """Names the frames of `by_depth`, in which nearly all pages stand."""

    @classmethod
    def of(cls, by_depth: Mapping[int, Frame], hand_written: Mapping[str, Frame]) -> Self:
        """Some frames."""
        parts = [
            text
            for depth, frame in sorted(by_depth.items())
            for text in (str(depth), *frame.literals, *frame.names)
        ]
        return cls(by_depth, hand_written, digest(*parts))

    def pour(self, page: Page) -> str:
        """The whole HTML of a page."""
        frame = self.hand_written.get(page.kind) or self.by_depth[page.address.count("/")]
        return frame.pour(page)
