"""The benchmarks measure what they say, and refuse what cannot be compared."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from generator.records.data import open_data
from generator.records.review import content_code
from generator.yaml import YamlFile
from tests.benchmarks.hugo_site import hugo_command, hugo_program, write_hugo_site
from tests.benchmarks.measure import CommandError, Run, Tree, run, tree_of
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
from tests.benchmarks.results import (
    MB,
    Row,
    Runs,
    Target,
    growth,
    middle,
    ratio,
    rows,
    search_ratio,
    table,
    targets_table,
)
from tests.benchmarks.same_text import (
    DifferentTextError,
    check_same_text,
    hugo_text,
    mkdocs_text,
    our_text,
)

BURN = """
import time
held = bytearray(150_000_000)
while time.process_time() < 0.6: pass
"""
IN_A_CHILD = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {BURN!r}], check=True)"


def test_a_child_counts(tmp_path: Path) -> None:
    measured = run([sys.executable, "-c", IN_A_CHILD], tmp_path)
    assert measured.cpu >= 0.6
    assert measured.wall >= 0.5
    assert 150 * MB <= measured.memory < 300 * MB


def test_what_was_written_is_counted(tmp_path: Path) -> None:
    command = ["sh", "-c", "mkdir -p site/a; printf 12345 > site/a/b; printf 12 > site/c"]
    measured = run(command, tmp_path / "site", tmp_path)
    assert measured.output == Tree(2, 7)
    assert tree_of(tmp_path / "site" / "c") == Tree(1, 2)
    assert tree_of(tmp_path / "nothing") == Tree(0, 0)


def test_a_failure_is_told_with_its_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="left with 3:\nno disk"):
        run(["sh", "-c", "echo no disk >&2; exit 3"], tmp_path)


def runs_of(*walls: float, memory: int = 0) -> list[Run]:
    return [Run(wall, 2 * wall, memory, Tree(1, 10)) for wall in walls]


RUNS: Runs = {
    "no_search": runs_of(1, 2, 10, memory=300 * MB),
    "cold": runs_of(3, 4, 14, memory=500 * MB),
    "hugo": runs_of(2, 3, 30, memory=900 * MB),
    "pagefind": runs_of(4, 1, 4, memory=1000 * MB),
    "mkdocs": [],
}


def test_a_ratio_is_the_median_of_the_rounds() -> None:
    assert middle(RUNS, "no_search", "wall") == 2
    assert middle(RUNS, "no_search", "cpu") == 4
    assert ratio(RUNS, "hugo", "no_search") == 2  # of 2, 1.5, 3; not 3 / 2
    assert search_ratio(RUNS) == 1  # of 0.5, 2, 1
    for missing in ("mkdocs", "nothing"):
        assert middle(RUNS, missing, "wall") is None
        assert ratio(RUNS, missing, "no_search") is None


@pytest.mark.parametrize(
    ("small", "large", "expected"),
    [((1, 1), (10, 10), 1), ((1, 2), (11, 22), 1.1), ((1, 10), (20, 100), 1.5)],
)
def test_growth_is_of_a_page(
    small: Sequence[float], large: Sequence[float], expected: float
) -> None:
    results = {1000: {"cold": runs_of(*small)}, 10_000: {"cold": runs_of(*large)}}
    assert growth(results, "cold") == pytest.approx(expected)


def test_growth_needs_two_sizes() -> None:
    assert growth({1000: RUNS}, "cold") is None


def test_the_figures_to_reach() -> None:
    measured = {row.target.what: row for row in rows({5000: RUNS, 10_000: RUNS})}
    than_hugo = measured["全新生成（不要检索），快于 Hugo"]
    assert (than_hugo.records, than_hugo.value, than_hugo.target.at_least) == (5000, 2, True)
    memory = measured["最大内存（含检索）"]
    assert (memory.records, memory.value, memory.cpu) == (10_000, 500, None)
    assert measured["含检索的生成，内存比 Pagefind"].value == 0.5
    assert measured["没有改动"].value is None


@pytest.mark.parametrize(
    ("at_least", "value", "said"),
    [
        (True, 1.5, "达到"),
        (True, 1.49, "未达到"),
        (False, 1.5, "达到"),
        (False, 1.51, "未达到"),
        (False, None, "没有测"),
    ],
)
def test_what_is_said_of_a_figure(at_least: bool, value: float | None, said: str) -> None:
    row = Row(Target("甲", 1000, 1.5, at_least, "倍"), 1000, value)
    last = targets_table([row]).splitlines()[-1]
    assert last.split("|")[-2].strip() == said


def test_the_table_has_what_was_measured() -> None:
    printed = table({1000: RUNS}, 1000, {"no_search": "甲", "mkdocs": "乙"})
    [line] = printed.splitlines()[2:]
    cells = [cell.strip() for cell in line.strip("|").split("|")]
    assert cells == ["甲", "2.00", "2.00", "4.00", "4.00", "300", "1", "0", "1.00", "1.00"]


def page(folder: Path, content: str) -> Path:
    path = folder / "a" / "index.html"
    path.parent.mkdir(parents=True)
    path.write_text(f"<!doctype html><meta charset=utf-8><p>页</p>{content}", encoding="utf-8")
    return folder


OURS = (
    '<div class="gk-document"><p>收入<sup class="gk-marks">注1</sup> 10</p>'
    '<caption><span class="gk-hidden">表</span></caption>\n<p>支出 8</p></div>'
)


@pytest.mark.parametrize(
    ("theirs", "difference"),
    [
        ("<p>收入\n10</p><p>支出 8</p>", None),
        ('<h2>收入 10<a class="headerlink">¶</a></h2><p>支出8', None),
        ("<p>收入 10</p><p>支出 9</p>", "支出8.*支出9"),
        ("<p>收入 10</p>", "支出8"),
        ("<p>收入 10</p><p>支出 8</p><p>又一行</p>", "又一行"),
    ],
)
def test_another_text_is_refused(theirs: str, difference: str | None, tmp_path: Path) -> None:
    ours = page(tmp_path / "ours", OURS)
    peer = page(tmp_path / "peer", f'<hr class="begin">{theirs}<hr class="end"><p>末</p>')
    if difference is None:
        check_same_text(ours, peer, ["a"], mkdocs_text)
        assert our_text(ours / "a" / "index.html") == "收入10支出8"
    else:
        with pytest.raises(DifferentTextError, match=difference):
            check_same_text(ours, peer, ["a"], mkdocs_text)


def test_a_page_without_documents_is_refused(tmp_path: Path) -> None:
    empty = page(tmp_path / "ours", "")
    with pytest.raises(DifferentTextError, match="no documents"):
        check_same_text(empty, empty, ["a"], hugo_text)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    folder = tmp_path_factory.mktemp("bench")
    write_records(folder / "data", 20, 1)
    return copy_project(folder / "project", folder / "data")


def test_there_are_as_many_records_as_wanted(project: Project) -> None:
    assert len(open_data(project.data).records) == 20


def test_each_edit_is_taken_back_by_the_next(project: Project) -> None:
    record = a_report(project.data)
    form, share = a_form(project.data)
    assert 0 < share <= 1
    edits = (
        (record, lambda: change_record(record)),
        (project.data / "forms" / f"{form}.yaml", lambda: change_form(project, form)),
        (project.folder / "theme/pages/record.html", lambda: change_template(project)),
    )
    for path, change in edits:
        before = path.read_bytes()
        change()
        assert path.read_bytes() != before
        change()
        assert path.read_bytes() == before


def test_a_changed_record_may_still_be_published(project: Project) -> None:
    record = a_report(project.data)
    change_record(record)
    root = YamlFile.read(record).root
    assert isinstance(root, dict)
    assert isinstance(root["审核"], dict)
    assert root["审核"]["校验码"] == content_code(root)
    change_record(record)


def test_nothing_is_kept_for_a_cold_build(project: Project, tmp_path: Path) -> None:
    own = replace(project, folder=tmp_path / "project")
    kept = ["site/index.html", ".site.manifest", ".site.parts/a", "project/.cache/b", "other/a"]
    for name in kept:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    forget(own, tmp_path / "site")
    assert [name for name in kept if (tmp_path / name).exists()] == ["other/a"]


@pytest.mark.soak
def test_peers_say_what_we_say(project: Project, tmp_path: Path) -> None:
    if hugo_program() is None:
        pytest.skip("hugo is not installed: see `make bench`")
    ours, hugo, mkdocs = (tmp_path / name for name in ("ours", "hugo", "mkdocs"))
    run(project.command(ours, "--no-search"), ours, tmp_path, project.environment)
    data = open_data(project.data)
    addresses = [f"{each.region}/{each.unit}/{each.year}" for each in data.records]
    write_hugo_site(tmp_path / "hugo-site", data, ours)
    run(hugo_command(tmp_path / "hugo-site", hugo), hugo)
    check_same_text(ours, hugo, addresses, hugo_text)
    write_mkdocs_site(tmp_path / "mkdocs-site", data)
    run(mkdocs_command(tmp_path / "mkdocs-site", mkdocs), mkdocs)
    check_same_text(ours, mkdocs, addresses, mkdocs_text)
    for site in (hugo, mkdocs):
        assert all((site / address / "index.html").is_file() for address in addresses)
