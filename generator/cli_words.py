"""What click says by itself, in Chinese."""

from collections.abc import Callable, Sequence

import click

_SECTIONS = {"Options": "选项", "Commands": "命令", "Arguments": "参数"}


class HelpFormatter(click.HelpFormatter):
    """Help texts with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{_SECTIONS.get(heading, heading)}：\n")


class WrongValue(click.BadParameter):
    """A value that one of our own types refused: its message is Chinese, click's own are not."""


class WrongUse(click.UsageError):
    """Options that do not go together: its message is Chinese."""


def explain_usage(error: click.UsageError) -> str:
    """What is wrong with a command line, and where its help is."""
    for kind, explain in _EXPLANATIONS:
        if isinstance(error, kind):
            message = explain(error)
            break
    else:
        message = "参数不对，或多写了参数"
    command = error.ctx.command_path if error.ctx else "gongkai"
    return f"用法不对：{message}。请看 {command} --help"


def _name(error: click.UsageError) -> str:
    parameter = getattr(error, "param", None)
    return parameter.get_error_hint(error.ctx) if parameter else "参数"


_EXPLANATIONS: Sequence[tuple[type[click.UsageError], Callable[..., str]]] = (
    (click.exceptions.NoSuchCommand, lambda error: f"没有命令 {error.command_name}"),
    (click.NoSuchOption, lambda error: f"没有选项 {error.option_name}"),
    (click.MissingParameter, lambda error: f"缺少 {_name(error)}"),
    (WrongValue, lambda error: f"{_name(error)} {error.message}"),
    (WrongUse, lambda error: error.message),
    (click.BadParameter, lambda error: f"{_name(error)} 的值不对"),
    (click.BadOptionUsage, lambda error: f"选项 {error.option_name} 后面缺少值，或多写了值"),
)
