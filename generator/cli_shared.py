"""What the commands have in common."""

from collections.abc import Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

import click

from generator.cli_words import HelpFormatter, WrongValue
from generator.errors import Problem

CHECKOUT = Path(__file__).resolve().parents[1]


class Context(click.Context):
    """Help in Chinese."""

    formatter_class = HelpFormatter


class Command(click.Command):
    """A command with help in Chinese."""

    context_class = Context


class Group(click.Group):
    """A group of commands with help in Chinese.

    `later`: name of a command -> "module:name" of it, loaded when somebody asks for it: loading all
    of them takes longer than most of them.
    """

    context_class = Context
    command_class = Command

    def __init__(self, *args: Any, later: Mapping[str, str] = MappingProxyType({}), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self._later = later

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *self._later})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if place := self._later.get(cmd_name):
            module, _, name = place.partition(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        return super().get_command(ctx, cmd_name)


help_option = click.help_option("-h", "--help", help="显示这个说明。")
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="目录",
    help="数据文件夹（默认：当前目录的 data，没有则用项目自带的）。",
)


jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="个数",
    help="同时工作的进程数（默认：处理器个数）。",
)


class FileType(click.ParamType[Path]):
    """A file by its path. Whether it is there and can be used is told by what opens it."""

    name = "file"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path:
        if not str(value).strip():
            raise WrongValue("是空的，请写文件的路径", ctx, param)
        return Path(value)


def data_folder(given: Path | None) -> Path:
    """The folder of data: as said, or here, or the project's own."""
    here = Path("data")
    return given or (here if here.is_dir() else CHECKOUT / "data")


def report(problems: Iterable[Problem]) -> None:
    """Tell every problem, by its place."""
    for problem in sorted(problems):
        click.echo(str(problem), err=True)
