"""The commands about forms: their JSON Schema, and looking at what somebody has drawn."""

import json
from pathlib import Path

import click

from generator.cli_shared import Command, Group, data_folder, data_option, help_option, report
from generator.errors import DataError, Problem
from generator.forms.advice import advise
from generator.forms.file import read_form, read_forms
from generator.forms.form import Form, Table
from generator.forms.schema import record_schema
from generator.forms.types import Year
from generator.records.review import REVIEW_BLANKS
from generator.yaml import YamlFile


@click.command("schema", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到文件（默认：显示在屏幕上）。",
)
def schema_command(data: Path | None, output: Path | None) -> None:
    """由表式生成记录的 JSON Schema，供编辑器提示和补全。"""
    forms = read_forms(data_folder(data) / "forms")
    text = json.dumps(record_schema(forms, REVIEW_BLANKS), ensure_ascii=False, indent=1) + "\n"
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
    else:
        click.echo(text, nl=False)


@click.group("form", cls=Group, options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
@help_option
def form_group() -> None:
    """画表式的人用的命令。"""


@form_group.command("check", options_metavar="[选项]")
@help_option
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
def check_form(paths: tuple[Path, ...]) -> None:
    """检查表式文件，列出画错的地方；容易读错的画法另有提示。

    文件不必放在数据文件夹里。提示不影响使用，按原表必须这样画的不用改。
    """
    problems: list[Problem] = []
    good: list[str] = []
    for path in paths:
        if path.is_file() and path.suffix != ".yaml":
            problems.append(Problem(path, 1, 1, "这不是表式文件：表式的文件名以 .yaml 结尾"))
            continue
        try:
            drawn = read_form(path)
        except DataError as error:
            problems += error.problems
            continue
        advice = advise(drawn, YamlFile.read(path))
        problems += advice
        good.append(_form_summary(drawn, len(advice)))
    if any(problem.stops for problem in problems):
        raise DataError(problems)
    report(problems)
    click.echo("\n".join(good))


def _form_summary(drawn: Form, advice: int) -> str:
    blanks = sum(not isinstance(blank.type, Year) for blank in drawn.blanks.values())
    tables = sum(isinstance(block, Table) for block in drawn.blocks)
    size = f"{blanks} 个填空，{tables} 张表（{drawn.use}用）"
    if advice:
        return f"表式“{drawn.name}”可以使用：{size}；有 {advice} 处提示，请看看要不要改。"
    return f"表式“{drawn.name}”没有问题：{size}。"
