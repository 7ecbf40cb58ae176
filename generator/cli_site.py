"""The commands that make the site: build, serve."""

from pathlib import Path

import click

from generator.cli_shared import (
    CHECKOUT,
    Command,
    data_folder,
    data_option,
    help_option,
    jobs_option,
    report,
)
from generator.cli_words import WrongUse, WrongValue
from generator.site.address import Address
from generator.site.bucket import SCHEME, Bucket
from generator.site.build import build_release, build_site
from generator.site.options import DOWNLOADS, Options
from generator.site.progress import shown_progress

_no_downloads_option = click.option(
    "--no-downloads", is_flag=True, help="不制作供下载的数据和附件：快得多。"
)
_no_search_option = click.option("--no-search", is_flag=True, help="不制作检索索引。")


class _PlaceType(click.ParamType["Path | Bucket"]):
    """Where a site stands; click shows `name` to nobody, the option has a metavar."""

    name = "place"

    def convert(
        self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None
    ) -> Path | Bucket:
        text = str(value)
        if not text.startswith(SCHEME):
            return _FOLDER.convert(value, param, ctx)
        try:
            return Bucket.parse(text)
        except ValueError as error:
            raise WrongValue(str(error), ctx, param) from None


_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("build", cls=Command, options_metavar="[选项]")
@help_option
@data_option
@click.option(
    "--site",
    type=_PlaceType(),
    metavar="目录",
    default=Path("site"),
    help="网站文件夹（默认：当前目录的 site）；"
    "用 --cluster 时也可以是对象存储（S3）里的位置，写成 s3://桶/前缀。",
)
@jobs_option
@_no_search_option
@_no_downloads_option
@click.option(
    "--cluster",
    metavar="地址",
    help="由多台机器生成：Dask 调度程序的地址，如 tcp://10.0.0.1:8786。总是全部重新生成；"
    "数据和网站文件夹在各台机器的同一路径上。",
)
def build_command(
    data: Path | None,
    site: Path | Bucket,
    jobs: int | None,
    no_search: bool,
    no_downloads: bool,
    cluster: str | None,
) -> None:
    """检查数据并生成网站。

    有问题时不生成，原来的网站保持不变；全部生成并核对后才一次替换。
    在对象存储里每次生成是一个新的版本，写在 releases/ 下，旧的版本留着；
    全部核对后 current.json 才改指新的版本。
    """
    if cluster == "":
        raise WrongUse("--cluster 是空的，请写调度程序的地址，如 tcp://10.0.0.1:8786")
    if jobs and cluster:
        raise WrongUse("--jobs 和 --cluster 不能一起用：有多少工作进程由集群决定")
    options = Options(
        data_folder(data),
        jobs,
        search=not no_search,
        downloads=() if no_downloads else DOWNLOADS,
        cluster=cluster or "",
    )
    if isinstance(site, Path):
        built = build_site(_config(), site, options, shown_progress)
    elif cluster:
        built = build_release(_config(), site, options, shown_progress)
    else:
        raise WrongUse(f"{site} 只能和 --cluster 一起用")
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
@jobs_option
@_no_search_option
def serve_command(data: Path | None, address: Address, jobs: int | None, no_search: bool) -> None:
    """在本机预览网站；数据、页面或样式一改就自动刷新。预览里没有供下载的文件。"""
    # MkDocs' server is of no use to the other command.
    from generator.site.mkdocs import run_mkdocs_serve

    run_mkdocs_serve(_config(), data_folder(data), jobs, not no_search, address)


def _config() -> Path:
    here = Path("mkdocs.yml")
    return here if here.is_file() else CHECKOUT / "mkdocs.yml"
