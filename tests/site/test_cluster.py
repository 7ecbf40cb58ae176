"""A site that several machines make has the bytes of one machine's, whatever happens on the way."""

import json
import os
import shutil
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click
import distributed
import pytest
from distributed.client import FutureCancelledError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker
from hypothesis import given
from hypothesis import strategies as st

from generator.checks.case import read_library
from generator.cli import gongkai
from generator.cli_words import explain_usage
from generator.errors import BuildError, DataError
from generator.git import Log
from generator.records.regions import Region
from generator.records.store import RecordPath
from generator.site import cluster as cluster_module
from generator.site import keys, mkdocs
from generator.site.bucket import Bucket
from generator.site.build import build_release, build_site
from generator.site.cluster import Cluster
from generator.site.frame import Frames
from generator.site.options import Options
from generator.site.output import Folder
from generator.site.render import Settings, UnitTask
from generator.site.replace import MARKER
from generator.site.whole import Maker, RegionWork, works_of
from tests.site.conftest import Bases
from tests.site.elsewhere import (
    BUCKET,
    CONFIG,
    content,
    digests,
    files_of,
    make_demo,
    object_store,
    objects,
    store,
)

DATA = ("data",)
"""What is made for readers to download: attachments are made alike."""

TODAY = date(2026, 1, 1)
RECORD = "records/990003/jiaoyu/2023.yaml"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_demo(tmp_path_factory.mktemp("demo") / "data")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """Address of one that has two workers, who know the store of objects."""
    with (
        object_store(),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address="127.0.0.1:0"
        ) as cluster,
    ):
        yield cluster.scheduler_address


@pytest.fixture
def broken(demo: Path, tmp_path: Path) -> Callable[..., Path]:
    """`broken(*paths)` is a copy of the data in which these records cannot be published."""

    def make(*paths: str) -> Path:
        data = tmp_path / "broken"
        shutil.copytree(demo, data)
        for path in paths:
            with (data / path).open("a", encoding="utf-8") as file:
                file.write("不认识: 1\n")
        return data

    return make


@pytest.fixture(scope="module")
def site_of_one(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("one") / "site"
    build_site(CONFIG, site, Options(demo, jobs=1, downloads=DATA))
    return site


@pytest.fixture(scope="module")
def one_machine(site_of_one: Path) -> dict[str, str]:
    return files_of(site_of_one)


@pytest.fixture(scope="module", autouse=True)
def _mkdocs_once(bases: Bases) -> Iterator[None]:
    """As `mkdocs_once`, for the sites that these tests share, too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mkdocs, "make_base", bases.make)
        yield


def test_the_bytes_are_those_of_one_machine(
    demo: Path, scheduler: str, one_machine: dict[str, str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    built = build_site(CONFIG, site, Options(demo, downloads=DATA, cluster=scheduler))
    assert built.changed
    assert files_of(site) == one_machine
    assert ".gongkai-site" in one_machine
    assert "990099/index.html" in one_machine  # a region without records
    assert {"990001/data.zip", "years/2023/data.csv", "data/indicators.xlsx"} <= one_machine.keys()
    assert sum(name.endswith("index.html") for name in one_machine) == built.pages
    # Its manifest is as good as any: what it made is taken over.
    assert not build_site(CONFIG, site, Options(demo, jobs=1, downloads=DATA)).changed


def test_a_worker_that_is_killed_is_missed_by_nobody(
    demo: Path, scheduler: str, one_machine: dict[str, str], tmp_path: Path
) -> None:
    """Killed in the middle of a region, of which it has written some pages."""
    half = tmp_path / "half"
    killed: list[int] = []

    def kill(pid: int) -> None:
        for _ in range(6000):
            if half.exists():
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
                return
            time.sleep(0.01)

    with distributed.Client(scheduler, set_as_default=False) as client:
        worker, pid = sorted(client.run(os.getpid).items())[0]
        client.run(stop_halfway, str(half), workers=[worker])
    killer = threading.Thread(target=kill, args=(pid,))
    killer.start()
    site = tmp_path / "site"
    build_site(CONFIG, site, Options(demo, downloads=DATA, cluster=scheduler))
    killer.join()
    assert killed == [pid]
    assert files_of(site) == one_machine
    half.unlink()
    assert {path.name for path in tmp_path.iterdir()} == {".site.lock", ".site.manifest", "site"}


def stop_halfway(sign: str) -> None:
    """Runs in a worker: its next region stops for ever when one unit's pages are written."""
    tasks = Maker._tasks

    def some(maker: Maker, work: RegionWork) -> Iterator[UnitTask]:
        for number, task in enumerate(tasks(maker, work)):
            if number:
                Path(sign).touch()
                time.sleep(600)
            yield task

    Maker._tasks = some  # type: ignore[method-assign]


def test_all_problems_are_told_and_the_old_site_stays(
    site_of_one: Path, scheduler: str, tmp_path: Path, broken: Callable[..., Path]
) -> None:
    site = tmp_path / "site"
    shutil.copytree(site_of_one, site)
    data = broken(RECORD, "records/990002/jiaoyu/2023.yaml")
    (data / "records" / "990004" / "2023.yaml").touch()
    before = files_of(site)
    told = []
    for options in (Options(data, jobs=1), Options(data, cluster=scheduler)):
        with pytest.raises(DataError) as caught:
            build_site(CONFIG, site, options)
        told.append(caught.value.problems)
        assert files_of(site) == before
        assert not (tmp_path / ".site.spare").exists()
    assert told[0] == told[1]
    assert {problem.path.relative_to(data).as_posix() for problem in told[1]} == {
        "records/990002/jiaoyu/2023.yaml",
        "records/990004/2023.yaml",
        RECORD,
    }


def test_another_version_of_the_program_is_not_used(
    demo: Path, scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "program", lambda: "0" * 32)
    other = Cluster(scheduler, maker(demo, tmp_path))
    with pytest.raises(BuildError, match=r"工作进程 tcp://127\.0\.0\.1:\d+ 的 gongkai.*版本不同"):
        other.__enter__()


def test_a_scheduler_without_workers(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None at the start, or none any more."""
    monkeypatch.setattr(cluster_module, "PATIENCE", 0.5)
    monkeypatch.setattr(cluster_module, "LONELY", 0.1)
    monkeypatch.setattr(cluster_module, "_LOOK", 0.1)
    with distributed.LocalCluster(
        n_workers=0, host="127.0.0.1", dashboard_address="127.0.0.1:0"
    ) as empty:
        cluster = Cluster(empty.scheduler_address, maker(demo, tmp_path))
        with pytest.raises(BuildError, match="没有工作进程"):
            cluster.__enter__()
        monkeypatch.setattr(Cluster, "_check", lambda cluster: None)
        with cluster:
            made = cluster.make([RegionWork(Region("990001", "示例县", {}), ())])
            with pytest.raises(BuildError, match="都不在了"):
                next(made)


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (KilledWorker("region", None, 3), "接连意外结束"),
        (CommClosedError("closed"), "连接断了"),
        (FutureCancelledError("region", "scheduler-connection-lost"), "连接断了"),
    ],
)
def test_what_goes_wrong_between_machines_is_told(
    error: Exception, message: str, demo: Path, tmp_path: Path
) -> None:
    cluster = Cluster("tcp://127.0.0.1:1", maker(demo, tmp_path))
    with pytest.raises(BuildError, match=message), cluster._told():
        raise error


@pytest.mark.parametrize(
    "address",
    ["", "10.0.0.1:8786", "10.0.0.1：8786", "ftp://a:1", "tcp://a", "tcp://a:99999", "tcp://a:1/b"],
)
def test_what_is_no_address_is_told(address: str, demo: Path, tmp_path: Path) -> None:
    cluster = Cluster(address, maker(demo, tmp_path))
    with pytest.raises(BuildError, match="应写成 tcp://主机:端口"):
        cluster.__enter__()


def test_no_scheduler(demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "PATIENCE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        free = server.getsockname()[1]
    cluster = Cluster(f"tcp://127.0.0.1:{free}", maker(demo, tmp_path))
    with pytest.raises(BuildError, match="连不上调度程序"):
        cluster.__enter__()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--cluster", "tcp://127.0.0.1:1", "--jobs", "2"], "--jobs 和 --cluster 不能一起用"),
        (["--cluster", ""], "--cluster 是空的"),
        (["--site", "s3://gongkai/a"], "s3://gongkai/a 只能和 --cluster 一起用"),
        (["--site", "s3://"], "'--site' 应写成 s3://桶/前缀"),
    ],
)
def test_options_that_do_not_go_together(options: list[str], message: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        gongkai.main(["build", *options], standalone_mode=False)
    assert message in explain_usage(caught.value)


def test_what_is_not_installed_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("cluster", "objects"):
        monkeypatch.delitem(sys.modules, f"generator.site.{module}", raising=False)
    for library in ("distributed", "boto3"):
        monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(BuildError, match=r"pip install 'gongkai\[cluster\]'"):
        __import__("generator.site.cluster")
    with pytest.raises(BuildError, match=r"pip install 'gongkai\[cluster\]'"):
        __import__("generator.site.objects")


# In a store of objects.


def test_a_release_has_the_files_of_the_folder(
    demo: Path, scheduler: str, one_machine: dict[str, str]
) -> None:
    bucket = Bucket.parse(f"s3://{BUCKET}/whole")
    assert build_release(CONFIG, bucket, Options(demo, downloads=DATA, cluster=scheduler)).pages
    identity = content("whole/releases/1/.gongkai-site").decode().strip()
    assert json.loads(content("whole/current.json")) == {"id": identity, "release": "1"}
    assert set(digests("whole/")) == {
        "current.json",
        *(f"releases/1/{name}" for name in one_machine),
    }
    assert digests("whole/releases/1/") == one_machine


def test_a_release_that_fails_is_gone_and_the_current_one_stays(
    demo: Path, scheduler: str, broken: Callable[..., Path]
) -> None:
    bucket = Bucket.parse(f"s3://{BUCKET}/fails")
    store().put_object(Bucket=BUCKET, Key="fails/current.json", Body=b"as it was")
    with pytest.raises(DataError):
        build_release(CONFIG, bucket, Options(broken(RECORD), cluster=scheduler))
    assert objects("fails/") == {"current.json": b"as it was"}


# What a worker does.


def maker(data: Path, site: Path) -> Maker:
    """For checking only: it has no frames to make pages with."""
    inputs = keys.read_inputs(data, preview=False, search=True)
    settings = Settings(
        {}, {}, lambda: read_library(data), Frames.of({}, {}), Folder(site), inputs, TODAY
    )
    return Maker(settings, data, "this build")


def test_a_worker_that_lacks_the_data_says_where(demo: Path, tmp_path: Path) -> None:
    here = maker(demo, tmp_path)
    here.open()
    here.check()
    elsewhere = maker(demo, tmp_path)
    elsewhere._data = tmp_path / "none"
    with pytest.raises(DataError, match=f"none:1:1: 工作进程 {socket.gethostname()} 没有这个"):
        elsewhere.check()


def test_a_worker_that_lacks_the_folder_of_the_site_says_where(demo: Path, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=f"工作进程 {socket.gethostname()} 读不到.*同"):
        maker(demo, tmp_path / "none").check()


@pytest.mark.parametrize("harm", ["closed", "gone", "another build"])
def test_a_worker_whose_build_is_over_makes_no_region(
    harm: str, demo: Path, tmp_path: Path
) -> None:
    """Even where nobody could tell it: the folder may be another build's now."""
    late = maker(demo, tmp_path)
    late.open()
    late.check()
    if harm == "closed":
        late.close()
    elif harm == "gone":
        (tmp_path / MARKER).unlink()
    else:
        (tmp_path / MARKER).write_text("another build")
    unit = (RecordPath("990001", "a", 2020, demo / RECORD),)
    with pytest.raises(BuildError, match=r"停下了|读不到"):
        late.make(RegionWork(Region("990001", "示例县", {}), (unit,)))


@given(st.lists(st.sampled_from("abcdef"), unique=True), st.data())
def test_every_region_is_made_once_with_its_units(codes: list[str], data: st.DataObject) -> None:
    regions = {code: Region(code, code, {}) for code in codes}
    units = {
        code: [
            (RecordPath(code, f"unit-{number}", 2020, Path()),)
            for number in range(data.draw(st.integers(0, 2)))
        ]
        for code in sorted(codes)
    }
    walked = iter([records for found in units.values() for records in found])
    assert list(works_of(walked, regions, Log())) == [
        RegionWork(regions[code], tuple(found)) for code, found in units.items()
    ]
