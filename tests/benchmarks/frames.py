"""What stands around our pages, cut from built ones: peers draw the same frame."""

import re
from dataclasses import dataclass
from pathlib import Path

_PLACES = (
    ("title", re.compile(r"(?<=<title>).*?(?=</title>)", re.S)),
    ("description", re.compile(r'(?<=<meta name="description" content=").*?(?=">)', re.S)),
    ("toc", re.compile(r'(?<=<p class="md-nav__title">目录</p>).*?(?=</nav>)', re.S)),
    ("content", re.compile(r'(?<=tabindex="-1" data-gk-address="">).*?(?=</article>)', re.S)),
)
_ADDRESS = re.compile(r'(?<=data-gk-address=")[^"]*')
_NEIGHBOURS = re.compile(r'<link rel="(?:prev|next)"[^>]*>\n?')


@dataclass(frozen=True, slots=True)
class CutFrame:
    """The HTML before, between and after `title`, `description`, `toc` and `content`."""

    literals: tuple[str, ...]
    names: tuple[str, ...]


def cut_frame(page: Path) -> CutFrame:
    """The frame of a page that `gongkai build` made.

    Raises ValueError when the page no longer looks as is known here.
    """
    html = _ADDRESS.sub("", _NEIGHBOURS.sub("", page.read_text(encoding="utf-8")))
    spans = []
    for name, place in _PLACES:
        found = place.search(html)
        if not found:
            raise ValueError(f"{page}: no place for the {name}")
        spans.append((found.start(), found.end(), name))
    spans.sort()
    ends = [0, *(end for _, end, _ in spans)]
    starts = [*(start for start, _, _ in spans), len(html)]
    literals = tuple(html[end:start] for end, start in zip(ends, starts, strict=True))
    return CutFrame(literals, tuple(name for _, _, name in spans))
