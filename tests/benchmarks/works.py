"""What is measured: every work on the same records, and what must be so before each run."""

import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path

from generator.records.data import Data, open_data
from tests.benchmarks.hugo_site import hugo_command, write_hugo_site
from tests.benchmarks.measure import Run, run
from tests.benchmarks.mkdocs_site import mkdocs_command, write_mkdocs_site
from tests.benchmarks.ours import (
    Project,
    a_form,
    a_report,
    change_form,
    change_record,
    change_template,
    copy_project,
    forget,
)
from tests.benchmarks.records import write_records
from tests.benchmarks.same_text import check_same_text, hugo_text, mkdocs_text

SAMPLE = 50
"""Pages of a peer whose text is compared with ours."""


@dataclass(frozen=True, slots=True)
class Work:
    """One row of the table."""

    key: str
    name: str
    prepare: Callable[[], None]
    """Not measured."""
    command: Sequence[str | Path]
    output: Path
    environment: Mapping[str, str] | None = None
    check: Callable[[], None] | None = None
    """After the first run; raises when its output is not what it should be."""

    def run(self) -> Run:
        """Prepare it and measure it once."""
        self.prepare()
        return run(self.command, self.output, self.output.parent, self.environment)


@dataclass(frozen=True, slots=True)
class Setting:
    """A number of records, with all that is done with them."""

    records: int
    project: Project
    site: Path
    """Where our build with search goes."""
    works: tuple[Work, ...]
    """In the order in which each round does them: later builds of ours find earlier ones."""
    form: str
    """The form that is changed."""
    form_share: float
    """Of the records that use it."""
    record_bytes: int
    """Of all records' files."""


def set_up(
    folder: Path, sources: Path, records: int, seed: int, wanted: Sequence[str] | None = None
) -> Setting:
    """Write the records and every competitor's project, and build our site once unmeasured.

    sources: a copy of the project that nobody edits meanwhile.
    wanted: keys of works, when only these are to be done.
    """
    data, reference = folder / "data", folder / "reference"
    folder.mkdir(parents=True)
    write_records(data, records, seed)
    project = copy_project(folder / "project", data, sources)
    opened = open_data(data)
    run(project.command(reference, "--no-search"), reference, folder, project.environment)
    if wanted is None or "hugo" in wanted:
        write_hugo_site(folder / "hugo", opened, reference)
    if wanted is None or "mkdocs" in wanted:
        write_mkdocs_site(folder / "mkdocs", opened)
    form, share = a_form(data)
    ours = _ours(folder, project, form)
    peers = _peers(folder, opened, reference)
    size = sum(each.path.stat().st_size for each in opened.records)
    works = tuple(
        each for each in (*peers[:2], *ours, *peers[2:]) if wanted is None or each.key in wanted
    )
    return Setting(len(opened.records), project, folder / "site", works, form, share, size)


def _ours(folder: Path, project: Project, form: str) -> list[Work]:
    site, bare = folder / "site", folder / "site-no-search"
    report = a_report(project.data)

    def again(key: str, name: str, prepare: Callable[[], None]) -> Work:
        return Work(key, name, prepare, project.command(site), site, project.environment)

    def change_again() -> None:
        """What an editor does all day: the site before is there, too."""
        change_record(report)
        run(project.command(site), site, folder, project.environment)
        change_record(report)

    return [
        Work(
            "no_search",
            "gongkai 全新生成，不要检索 / cold, no search",
            partial(forget, project, bare),
            project.command(bare, "--no-search"),
            bare,
            project.environment,
        ),
        again("cold", "gongkai 全新生成 / cold", partial(forget, project, site)),
        again("nothing", "gongkai 没有改动 / nothing changed", lambda: None),
        again("record", "gongkai 改一份记录 / one record", change_again),
        again("template", "gongkai 改一个模板 / one template", partial(change_template, project)),
        again("form", "gongkai 改一张表式 / one form", partial(change_form, project, form)),
    ]


def _peers(folder: Path, data: Data, reference: Path) -> list[Work]:
    every = max(1, len(data.records) // SAMPLE)
    sample = [f"{each.region}/{each.unit}/{each.year}" for each in data.records[::every]]

    def work(key: str, name: str, command: Sequence[str | Path], output: Path) -> Work:
        texts = {"hugo": hugo_text, "mkdocs": mkdocs_text}
        check = (
            partial(check_same_text, reference, output, sample, texts[key])
            if key in texts
            else None
        )
        remove = partial(shutil.rmtree, output, ignore_errors=True)
        environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "GOGC": "400"}
        return Work(key, name, remove, command, output, environment, check)

    copy, hugo, mkdocs = folder / "copy", folder / "hugo-site", folder / "mkdocs-site"
    index = folder / "pagefind"
    read_and_copy = (
        f"find {data.folder} -type f -exec cat {{}} + >/dev/null && cp -r {reference} {copy}"
    )
    return [
        work("floor", "只读只写 / floor: read, cp -r", ["sh", "-c", read_and_copy], copy),
        work("hugo", "Hugo", hugo_command(folder / "hugo", hugo), hugo),
        work("mkdocs", "MkDocs Material", mkdocs_command(folder / "mkdocs", mkdocs), mkdocs),
        work("pagefind", "Pagefind extended", _pagefind_command(reference, index), index),
    ]


def _pagefind_command(site: Path, output: Path) -> list[str | Path]:
    """Stock Pagefind over the record pages' articles."""
    package = find_spec("pagefind_bin_extended")
    assert package, "pagefind-bin-extended is not installed: `make bench` installs it"
    assert package.submodule_search_locations
    program = Path(package.submodule_search_locations[0]) / "pagefind_extended"
    records = "[0-9]*/*/[0-9]*/index.html"
    return [
        *(program, "--silent", "--site", site, "--output-path", output),
        *("--glob", records, "--root-selector", "article"),
    ]
