"""Every kind of page, and where there is one of it: what is tried on each is tried on all.

A new kind of page is one line more here.
"""

EXAMPLE = {
    "home": "",
    "search": "search/?q=示例县",
    "nothing found": "search/?q=齉龘",
    "about": "about/",
    "help": "help/",
    "rules": "rules/",
    "region": "990001/",
    "unit": "990001/shili-jiaoyu/",
    "unit without records": "990001/shili-shuili/",
    "record": "990001/shili-minzheng/2022/",
    "record with indicators": "990001/shili-jiaoyu/2022/",
    "year": "years/2022/",
    "coverage": "coverage/",
    "coverage of a region": "990001/coverage/",
    "compare": "compare/",
    "compared": "compare/?a=990001/shili-jiaoyu/2022&a=990001/shili-jiaoyu/2021",
    "glossary": "glossary/",
    "data": "data/",
    "not found": "404.html",
}
"""Kind of page -> its address in the site made from tests/example."""
RECORD = "430524/xingzheng-shenpi/2022/"
"""The real record, in the project's own site."""


def files_of(kinds: dict[str, str]) -> list[str]:
    """The files of pages, each once."""
    paths = (address.partition("?")[0] for address in kinds.values())
    return sorted({path if path.endswith(".html") else f"{path}index.html" for path in paths})
