"""The command `gongkai`: parse, call one library function, report.

Exit status: 0 fine, 1 something to put right, 2 wrong usage.
"""

import sys
from io import TextIOWrapper
from typing import NoReturn

import click

from generator.cli_shared import Group, help_option, report
from generator.cli_words import explain_usage
from generator.errors import DataError, GongkaiError, os_reason

COMMANDS = {
    "blank": "generator.cli_documents:blank_command",
    "build": "generator.cli_site:build_command",
    "check": "generator.cli_checks:check_command",
    "demo": "generator.cli_demo:demo_command",
    "export": "generator.cli_documents:export_command",
    "form": "generator.cli_forms:form_group",
    "import": "generator.cli_documents:import_command",
    "mask": "generator.cli_mask:mask_command",
    "rules": "generator.cli_checks:rules_command",
    "schema": "generator.cli_forms:schema_command",
    "serve": "generator.cli_site:serve_command",
}
"""Each is loaded when it is asked for."""


@click.group(cls=Group, later=COMMANDS, options_metavar="[选项]", subcommand_metavar="命令 [参数]…")
@help_option
@click.version_option(package_name="gongkai", message="gongkai %(version)s", help="显示版本。")
def gongkai() -> None:
    """公开：把各单位每年的公开信息（每单位每年一个 YAML 文件）做成静态网站。"""


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
