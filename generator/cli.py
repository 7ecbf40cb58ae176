"""The command `gongkai`: parse, call one library function, report.

Exit status: 0 fine, 1 something to put right, 2 wrong usage.
"""

import json
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import NoReturn

import click

from generator.cli_checks import check_command, rules_command
from generator.cli_documents import COMMANDS
from generator.cli_mask import mask_command
from generator.cli_shared import CHECKOUT, Group, data_folder, data_option, help_option, report
from generator.cli_words import WrongValue, explain_usage
from generator.errors import DataError, GongkaiError, Problem, os_reason
from generator.forms.advice import advise
from generator.forms.file import read_form, read_forms
from generator.forms.form import Form, Table
from generator.forms.schema import record_schema
from generator.forms.types import Year
from generator.records.review import REVIEW_BLANKS
from generator.site.address import Address
from generator.site.mkdocs import run_mkdocs_build, run_mkdocs_serve
from generator.site.replace import staged
from generator.yamlfile import YamlFile

_jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="个数",
    help="同时工作的进程数（默认：处理器个数）。",
)
_no_search_option = click.option("--no-search", is_flag=True, help="不制作检索索引。")


@click.group(cls=Group, options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
@help_option
@click.version_option(package_name="gongkai", message="gongkai %(version)s", help="显示版本。")
def gongkai() -> None:
    """公开：把各单位每年的公开信息（每单位每年一个 YAML 文件）做成静态网站。"""


@gongkai.command(options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--site",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="目录",
    default=Path("site"),
    help="网站文件夹（默认：当前目录的 site）。",
)
@_jobs_option
@_no_search_option
def build(data: Path | None, site: Path, jobs: int | None, no_search: bool) -> None:
    """检查数据并生成网站。

    有问题时不生成，原来的网站保持不变；全部生成并核对后才一次替换。
    """
    config, folder = _config(), data_folder(data)
    with staged(site, keep=[folder, config]) as staging:
        run_mkdocs_build(config, staging, folder, jobs, not no_search)
    pages = sum(1 for _ in site.rglob("index.html"))
    click.echo(f"网站已生成在 {site}（{pages} 页）。")


class _AddressType(click.ParamType[Address]):
    """Where to show the preview; click shows `name` to nobody, the option has a metavar."""

    name = "address"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> Address:
        try:
            return Address.parse(value)
        except ValueError as error:
            raise WrongValue(str(error), ctx, param) from None


@gongkai.command(options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--address",
    type=_AddressType(),
    metavar="主机:端口",
    default="127.0.0.1:8000",
    help="预览地址（默认：127.0.0.1:8000）。",
)
@_jobs_option
@_no_search_option
def serve(data: Path | None, address: Address, jobs: int | None, no_search: bool) -> None:
    """在本机预览网站；数据、页面或样式一改就自动刷新。"""
    run_mkdocs_serve(_config(), data_folder(data), jobs, not no_search, address)


@gongkai.command(options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到文件（默认：显示在屏幕上）。",
)
def schema(data: Path | None, output: Path | None) -> None:
    """由表式生成记录的 JSON Schema，供编辑器提示和补全。"""
    forms = read_forms(data_folder(data) / "forms")
    text = json.dumps(record_schema(forms, REVIEW_BLANKS), ensure_ascii=False, indent=1) + "\n"
    if output:
        output.write_text(text, encoding="utf-8", newline="\n")
    else:
        click.echo(text, nl=False)


@gongkai.group(cls=Group, options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
@help_option
def form() -> None:
    """画表式的人用的命令。"""


@form.command("check", options_metavar="[选项]")
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


for command in (check_command, rules_command, mask_command, *COMMANDS):
    gongkai.add_command(command)


def main() -> NoReturn:
    """Run the command and leave with its exit status."""
    if isinstance(sys.stdout, TextIOWrapper):  # a console of another encoding must not stop us
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = gongkai.main(prog_name="gongkai", standalone_mode=False) or 0
    except DataError as error:
        report(error.problems)
        count = sum(problem.stops for problem in error.problems)
        click.echo(f"共 {count} 处需要改正。", err=True)
        status = 1
    except GongkaiError as error:
        click.echo(f"错误：{error}", err=True)
        status = 1
    except OSError as error:
        place = f"{error.filename}：" if error.filename else ""
        click.echo(f"错误：{place}{os_reason(error)}", err=True)
        status = 1
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        status = 2
    except click.UsageError as error:
        click.echo(explain_usage(error), err=True)
        status = 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("已中止。", err=True)
        status = 1
    sys.exit(status)


def _config() -> Path:
    here = Path("mkdocs.yml")
    return here if here.is_file() else CHECKOUT / "mkdocs.yml"
