"""The commands check and rules: what is wrong with records, and what is asked of them."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from generator.checks.check import check_sources
from generator.checks.day import this_day
from generator.checks.finding import FORMAT_RULE, Finding, Outcome, in_order, of_problem
from generator.checks.published import changed_silently
from generator.checks.rules import RuleText, describe_rules
from generator.checks.run import Result, check_records
from generator.cli_shared import Command, data_folder, data_option, help_option, jobs_option
from generator.cli_words import WrongValue
from generator.errors import DataError, GongkaiError, Problem
from generator.files import write_file
from generator.findings.github import write_github
from generator.findings.json_file import write_json
from generator.findings.rules_text import write_markdown, write_rule, write_rules
from generator.findings.sarif import write_sarif
from generator.findings.text import write_text
from generator.git import changed_files, text_at
from generator.pages.environment import make_environment
from generator.pages.findings import write_html
from generator.records.data import Data, open_data
from generator.records.store import SHARED, RecordPath, identify

FORMATS = ("text", "json", "github", "sarif", "html")
RULE_FORMATS = ("text", "md")
CACHE = Path(".cache") / "checks.sqlite"
"""Beside the folder of data."""


class _FormatType(click.ParamType[str]):
    name = "format"

    def __init__(self, formats: Sequence[str]) -> None:
        self._formats = formats

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self._formats:
            raise WrongValue(f"应是 {'、'.join(self._formats)} 之一，不是“{value}”", ctx, param)
        return value


_output_option = click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="把结果写到文件（默认：显示在屏幕上）。",
)


@click.command("check", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--format",
    "kind",
    type=_FormatType(FORMATS),
    default="text",
    metavar="格式",
    help=f"结果的格式：{'、'.join(FORMATS)}（默认：text）。",
)
@_output_option
@click.option(
    "--changed-since",
    "since",
    metavar="版本",
    help="只检查 git 里从这个版本以来改过的记录，和受它们影响的记录。",
)
@click.option("--strict", is_flag=True, help="有警告也算不通过。")
@click.option("--verbose", is_flag=True, help="另外列出已说明的问题，和各种结果的数量。")
@jobs_option
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[文件或文件夹]…")
def check_command(
    data: Path | None,
    kind: str,
    output: Path | None,
    since: str | None,
    strict: bool,
    verbose: bool,
    jobs: int | None,
    paths: tuple[Path, ...],
) -> int:
    """检查数据，列出全部问题。

    每处问题写明：文件:行:列、等级、规则编号、问题和改法。不写文件或文件夹就检查全部记录。
    有错误时退出状态是 1；已在“核对说明”里说明的不算。
    """
    try:
        opened = open_data(data_folder(data))
        wanted, sources, result = _find(opened, paths, since, jobs)
    except DataError as error:  # forms, regions or word lists
        if kind == "text":
            raise
        told = in_order(of_problem(each) for each in error.problems)
        _put(_written(kind, told, {}, {}, None), output, to_stderr=False)
        return 1
    findings = in_order([*sources, *result.all_findings])
    rules = describe_rules(opened.forms)
    names = {
        each.path: f"{opened.regions[each.region].units[each.unit].name} {each.year} 年度"
        for each in opened.records
    }
    written = _written(kind, findings, rules, names, result.outcomes if verbose else None)
    _put(written, output, to_stderr=kind == "text")
    failed = any(finding.stops or (strict and _is_warning(finding)) for finding in findings)
    if kind == "text":
        count = sum(finding.stops for finding in findings)
        if any(each.rule == FORMAT_RULE and each.stops for each in result.all_findings):
            click.echo("写法有误的记录，改好以后才能检查其余规则。", err=True)
        if count:
            click.echo(f"共 {count} 处需要改正。", err=True)
        elif failed:
            click.echo("有警告，按 --strict 不算通过。", err=True)
        else:
            click.echo(f"检查了 {len(wanted)} 份记录，没有必须改正的问题。")
    return 1 if failed else 0


def _find(
    opened: Data, paths: tuple[Path, ...], since: str | None, jobs: int | None
) -> tuple[Sequence[RecordPath], list[Finding], Result]:
    """The records that are asked for, what is wrong besides them, and what is found in them."""
    wanted: Sequence[RecordPath] = _records_at(paths, opened) if paths else opened.records
    sources = [of_problem(each) for each in opened.problems] + check_sources(opened.folder)
    if since is not None:
        files = changed_files(opened.folder.resolve(), since)
        changed = _changed(opened, files)
        wanted = [each for each in wanted if each in changed]
        sources += _silent_changes(opened, since, files)
    cache = opened.folder.resolve().parent / CACHE
    return wanted, sources, check_records(opened, wanted, this_day(), cache, jobs)


def _is_warning(finding: Finding) -> bool:
    return finding.severity == "警告" and finding.answer is None


def _written(
    kind: str,
    findings: list[Finding],
    rules: Mapping[str, RuleText],
    names: Mapping[Path, str],
    outcomes: Mapping[Outcome, int] | None,
) -> str:
    match kind:
        case "json":
            return write_json(findings, outcomes or {})
        case "github":
            return write_github(findings)
        case "sarif":
            return write_sarif(findings, rules)
        case "html":
            return write_html(findings, rules, names, make_environment())
        case _:
            return write_text(findings, names, outcomes, with_answered=outcomes is not None)


def _put(text: str, output: Path | None, *, to_stderr: bool) -> None:
    if output:
        write_file(output, click.unstyle(text).encode(), may_replace=True)
    elif text:
        click.echo(text, err=to_stderr, nl=not text.endswith("\n"))


@click.command("rules", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--format",
    "kind",
    type=_FormatType(RULE_FORMATS),
    default="text",
    metavar="格式",
    help="一览的格式：text、md（默认：text）。",
)
@_output_option
@click.argument("identifier", required=False, metavar="[编号]")
def rules_command(
    data: Path | None, kind: str, output: Path | None, identifier: str | None
) -> None:
    """列出全部检查规则；写编号（如 C1）则显示这一条的原因、依据和例子。"""
    rules = describe_rules(open_data(data_folder(data)).forms)
    if identifier is None:
        _put(write_markdown(rules) if kind == "md" else write_rules(rules), output, to_stderr=False)
        return
    known = {id_.upper(): id_ for id_ in rules}
    if identifier.upper() not in known:
        raise GongkaiError(f"没有编号为“{identifier}”的规则，gongkai rules 列出全部编号")
    _put(write_rule(rules[known[identifier.upper()]]), output, to_stderr=False)


def _silent_changes(data: Data, since: str, files: Iterable[Path]) -> Iterable[Finding]:
    """What was public in a version of git, and was changed or taken away without a word."""
    folder = data.folder.resolve()
    for file in files:
        if file.is_relative_to(folder / "records") and file.suffix == ".yaml":
            before = text_at(folder, since, file)
            # As people named the folder, which is how other findings name it.
            path = data.folder / file.relative_to(folder)
            if before is not None and (finding := changed_silently(path, before)):
                yield finding


def _changed(data: Data, files: Iterable[Path]) -> set[RecordPath]:
    """The records that a change touches, and those of the next year, which are checked beside."""
    folder = data.folder.resolve()
    files = list(files)
    if any(path.is_relative_to(folder / name) for path in files for name in SHARED):
        return set(data.records)
    touched = {path.resolve() for path in files}
    years = {(path.parent, int(path.stem) + 1) for path in touched if path.stem.isdigit()}
    return {
        each
        for each in data.records
        if (real := each.path.resolve()) in touched or (real.parent, each.year) in years
    }


def _records_at(paths: Iterable[Path], data: Data) -> list[RecordPath]:
    """The records that people named by their files or folders. Raises DataError for others."""
    records: dict[tuple[str, str, int], RecordPath] = {}
    problems: list[Problem] = []
    known = {each.path.resolve(): each for each in data.records}
    for path in paths:
        try:
            found = _records_below(path, data, known)
        except DataError as error:
            problems += error.problems
        else:
            records |= {(each.region, each.unit, each.year): each for each in found}
    if problems:
        raise DataError(problems)
    return [records[key] for key in sorted(records)]


def _records_below(
    path: Path, data: Data, known: Mapping[Path, RecordPath]
) -> Iterable[RecordPath]:
    if path.exists():
        place, folder = path.resolve(), data.folder.resolve()
        found = [each for real, each in known.items() if real.is_relative_to(place)]
        if found or (path.is_dir() and place.is_relative_to(folder)):
            return found
        if path.is_file() and place.parent in {folder / name for name in SHARED}:
            return []  # forms, regions and word lists are checked in every run
    return [identify(path, data.folder / "records", data.regions)]
