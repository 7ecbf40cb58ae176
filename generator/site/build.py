"""The disclosures of a site: every record read, checked, rendered and written in one pass.

    data/ --open--> chunks --worker processes--> pages, summaries, search entries
                                    summaries --> index pages, site map
                                    entries   --> search index

Any problem that stops makes the whole build fail, with all problems of all files.
"""

import tempfile
from collections.abc import Iterable, Mapping
from contextlib import nullcontext
from os import cpu_count
from pathlib import Path

from filelock import FileLock

from generator.checks.check import check_sources
from generator.errors import BuildError, DataError, Problem
from generator.pages.addresses import SEARCH, record_address
from generator.pages.catalogue import Catalogue, Summary
from generator.pages.environment import make_environment
from generator.pages.indexes import index_pages
from generator.records.data import open_data
from generator.site.frame import Frame
from generator.site.render import chunks_of, render_all, spooled_shards, write_page
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
) -> tuple[Problem, ...]:
    """Write every page that comes from `data`, the search index and the site map into `site`.

    Args:
        site: folder that has the hand-written pages and assets already.
        frames: page kind -> the frame to pour its pages into.
        jobs: worker processes, by default one for each processor.
        site_url: where the site will stand; without it there is no site map.
        hand_written: addresses of the other pages, for the site map.
        cache: folder that keeps the search index's parts between builds.

    Returns:
        提示 that did not stop it.

    Raises:
        DataError: something under `data` cannot be published; with every problem found.
        BuildError: a frame is missing, or the search index cannot be made.
    """
    opened = open_data(data)
    chunks = list(chunks_of(opened.records))
    summaries: list[Summary] = []
    problems = [*opened.problems, *check_sources(opened.folder)]
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        spool = Path(folder) if search else None
        for rendered in render_all(opened, site, frames, spool, chunks, jobs or cpu_count() or 1):
            summaries += rendered.summaries
            problems += rendered.problems
        if any(problem.stops for problem in problems):
            raise DataError(problems)
        if spool:
            with FileLock(cache.with_name("search.lock")) if cache else nullcontext():
                write_index(site, spooled_shards(chunks, spool), cache, jobs)
    addresses = [record_address(each.region, each.unit, each.year) for each in summaries]
    for page in index_pages(Catalogue(opened.regions, summaries), make_environment()):
        write_page(site, frames, page)
        addresses.append(page.address)
    _verify(site, addresses)
    if site_url:
        write_sitemap(site, site_url, {*addresses, *hand_written} - {SEARCH})
    return tuple(sorted(problems))


def _verify(site: Path, addresses: Iterable[str]) -> None:
    """Every page is there before the site may take the old one's place."""
    for address in addresses:
        page = site / address / "index.html"
        if not page.is_file() or not page.stat().st_size:
            raise BuildError(f"页面 {address or '首页'} 没有写成，请检查磁盘空间后重试")
