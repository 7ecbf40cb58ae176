"""The command demo: a data folder of fictional regions, of any size."""

from pathlib import Path

import click

from generator.cli_shared import CHECKOUT, Command, help_option, jobs_option
from generator.demo.folder import Size, write_demo
from generator.demo.names import MOST_REGIONS, MOST_UNITS

_MOST_YEARS = 20


@click.command("demo", cls=Command, options_metavar="[选项]")
@help_option
@click.option(
    "--regions",
    type=click.IntRange(1, MOST_REGIONS),
    metavar="个数",
    default=1,
    help="地区的个数（默认：1）。",
)
@click.option(
    "--units",
    type=click.IntRange(1, MOST_UNITS),
    metavar="个数",
    default=20,
    help="每个地区的单位个数（默认：20）。",
)
@click.option(
    "--years",
    type=click.IntRange(1, _MOST_YEARS),
    metavar="个数",
    default=5,
    help="每个单位的年度个数，最后一个是 2023 年度（默认：5）。",
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    metavar="数",
    default=1,
    help="种子：同样的种子写出同样的文件（默认：1）。",
)
@jobs_option
@click.argument("folder", type=click.Path(path_type=Path), metavar="目录")
def demo_command(
    folder: Path, regions: int, units: int, years: int, seed: int, jobs: int | None
) -> None:
    """写一个虚构的数据文件夹，供试用和测速。

    地区、单位、人名和数字都是虚构的，只用来看样子；表式和用词表照项目自带的抄一份。
    文件夹要是新的或空的。
    """
    size = Size(regions, units, years)
    write_demo(folder, CHECKOUT / "data", size, seed, jobs)
    click.echo(
        f"已写 {size.records} 份虚构的记录，在 {folder}。"
        f"接着可以运行：gongkai check --data {folder}，gongkai build --data {folder} --site 网站"
    )
