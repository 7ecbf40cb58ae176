"""The commands that make the site: build, serve."""

from pathlib import Path

import click

from generator.cli_shared import CHECKOUT, Command, data_folder, data_option, help_option, report
from generator.cli_words import WrongValue
from generator.site.address import Address
from generator.site.build import build_site
from generator.site.options import Options
from generator.site.progress import shown_progress

_jobs_option = click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="个数",
    help="同时工作的进程数（默认：处理器个数）。",
)
_no_search_option = click.option("--no-search", is_flag=True, help="不制作检索索引。")


@click.command("build", cls=Command, options_metavar="[选项]")
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
def build_command(data: Path | None, site: Path, jobs: int | None, no_search: bool) -> None:
    """检查数据并生成网站。

    有问题时不生成，原来的网站保持不变；全部生成并核对后才一次替换。
    """
    options = Options(data_folder(data), jobs, search=not no_search)
    built = build_site(_config(), site, options, shown_progress)
    report(built.notices)
    if built.changed:
        click.echo(f"网站已生成在 {site}（{built.pages} 页）。")
    else:
        click.echo(f"没有变化，{site} 仍是最新的（{built.pages} 页）。")


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


@click.command("serve", cls=Command, options_metavar="[选项]")
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
def serve_command(data: Path | None, address: Address, jobs: int | None, no_search: bool) -> None:
    """在本机预览网站；数据、页面或样式一改就自动刷新。"""
    # MkDocs' server is of no use to the other command.
    from generator.site.mkdocs import run_mkdocs_serve

    run_mkdocs_serve(_config(), data_folder(data), jobs, not no_search, address)


def _config() -> Path:
    here = Path("mkdocs.yml")
    return here if here.is_file() else CHECKOUT / "mkdocs.yml"
