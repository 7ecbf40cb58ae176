"""The disclosures of a site: every record read, checked, rendered and written in one pass.

    data/ --open--> chunks --worker processes--> pages, summaries, search entries
                                    summaries --> index pages, site map
                                    entries   --> search index

Any problem that stops makes the whole build fail, with all problems of all files.
"""

import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from os import cpu_count
from pathlib import Path

from filelock import FileLock

from generator.checks.across import IndexNumber, repeated_numbers
from generator.checks.case import read_library
from generator.checks.check import check_sources, this_day
from generator.checks.rules import describe_rules
from generator.errors import SEVERITIES, BuildError, DataError, Problem, Severity
from generator.pages.addresses import SEARCH, record_address
from generator.pages.catalogue import Catalogue, Summary
from generator.pages.environment import make_environment
from generator.pages.indexes import index_pages
from generator.pages.rules import rules_page
from generator.records.data import open_data
from generator.site.frame import Frame
from generator.site.render import Settings, chunks_of, render_all, spooled_shards, write_page
from generator.site.search import write_index
from generator.site.sitemap import write_sitemap


def write_disclosures(
    site: Path,
    frames: Mapping[str, Frame],
    data: Path,
    jobs: int | None = None,
    search: bool = True,
    site_url: str | None = None,
    hand_written: Iterable[str] = (),
    cache: Path | None = None,
    preview: bool = False,
) -> tuple[Problem, ...]:
    """Write every page that comes from `data`, the search index and the site map into `site`.

    Args:
        site: folder that has the hand-written pages and assets already.
        frames: page kind -> the frame to pour its pages into.
        jobs: worker processes, by default one for each processor.
        site_url: where the site will stand; without it there is no site map.
        hand_written: addresses of the other pages, for the site map.
        cache: folder that keeps the search index's parts between builds.
        preview: also show records that are not public, marked as such, and whatever is wrong.

    Returns:
        提示 that did not stop it: what is not shown, how much else was found.

    Raises:
        DataError: something under `data` cannot be published; with every problem found.
        BuildError: a frame is missing, or the search index cannot be made.
    """
    opened = open_data(data)
    library = read_library(data)
    chunks = list(chunks_of(opened.records))
    summaries: list[Summary] = []
    numbers: list[IndexNumber] = []
    hidden: Counter[str] = Counter()
    notices: Counter[Severity] = Counter()
    problems = [*opened.problems, *(each.problem for each in check_sources(opened.folder))]
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        spool = Path(folder) if search else None
        settings = Settings(opened, library, site, frames, spool, preview, this_day())
        for rendered in render_all(settings, chunks, jobs or cpu_count() or 1):
            summaries += rendered.summaries
            problems += rendered.problems
            numbers += rendered.index_numbers
            hidden += rendered.hidden
            notices += rendered.notices
        problems += (finding.problem for finding in repeated_numbers(numbers))
        if hidden:
            problems.append(_hidden_notice(opened.folder / "records", hidden))
        if any(problem.stops for problem in problems):
            raise DataError(problems)
        if notices:
            problems.append(_other_notice(opened.folder / "records", notices))
        if spool:
            with FileLock(cache.with_name("search.lock")) if cache else nullcontext():
                write_index(site, spooled_shards(spool), cache, jobs)
    addresses = [record_address(each.region, each.unit, each.year) for each in summaries]
    environment = make_environment()
    rules = rules_page(describe_rules(opened.forms), environment)
    for page in (*index_pages(Catalogue(opened.regions, summaries), environment), rules):
        write_page(site, frames, page)
        addresses.append(page.address)
    _verify(site, addresses)
    if site_url:
        write_sitemap(site, site_url, {*addresses, *hand_written} - {SEARCH})
    return tuple(sorted(problems))


def _hidden_notice(folder: Path, hidden: Counter[str]) -> Problem:
    states = "、".join(f"{state} {count} 份" for state, count in sorted(hidden.items()))
    message = f"有 {hidden.total()} 份记录没有公开，不在网站里：{states}；用 gongkai serve 预览"
    return Problem(folder, 1, 1, message, stops=False)


def _other_notice(folder: Path, notices: Counter[Severity]) -> Problem:
    """Not one by one: a county has hundreds, and `gongkai check` tells them."""
    counts = "、".join(f"{notices[each]} 处{each}" for each in SEVERITIES if notices[each])
    message = f"另有 {counts}，不妨碍这次生成；用 gongkai check 查看"
    return Problem(folder, 1, 1, message, stops=False)


def _verify(site: Path, addresses: Iterable[str]) -> None:
    """Every page is there before the site may take the old one's place."""
    for address in addresses:
        page = site / address / "index.html"
        if not page.is_file() or not page.stat().st_size:
            raise BuildError(f"页面 {address or '首页'} 没有写成，请检查磁盘空间后重试")
