"""Whatever goes wrong, the old site is whole, people are told, and the next build is right."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.checks.case import read_library
from generator.checks.day import this_day
from generator.demo.folder import Size, write_demo
from generator.records.data import read_shared
from generator.records.store import walk_units
from generator.site.build import build_site
from generator.site.frame import NAMES, Frame, Frames
from generator.site.keys import read_inputs
from generator.site.making import CHUNK
from generator.site.options import DOWNLOADS, Options
from generator.site.output import Folder
from generator.site.render import Settings, UnitTask, Worker
from generator.yaml import TextFile
from tests.publishing import publish
from tests.site.test_build import files_of

ROOT = Path(__file__).resolve().parents[2]
GONGKAI = Path(sys.executable).with_name("gongkai")
RECORD = "records/990001/shili-minzheng/2022.yaml"


@dataclass
class Place:
    """Where a site is built from data, both free to be harmed."""

    data: Path
    site: Path
    downloads: tuple[str, ...] = ()

    def command(self, *options: str) -> list[str]:
        places = ["--data", str(self.data), "--site", str(self.site)]
        downloads = () if self.downloads else ("--no-downloads",)
        return [str(GONGKAI), "build", *places, *downloads, *options]

    def build(self, *options: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*options), cwd=ROOT, capture_output=True, text=True, check=False
        )

    def build_here(self) -> None:
        """The same in this process, which takes a tenth of the time where MkDocs is run once."""
        options = Options(self.data, jobs=1, downloads=self.downloads)
        build_site(ROOT / "mkdocs.yml", self.site, options)

    def change_form(self, words: str) -> None:
        """Have nearly every page to be made again."""
        for form in (self.data / "forms").glob("*.yaml"):
            form.write_text(f"{form.read_text(encoding='utf-8')}# {words}\n", encoding="utf-8")

    def is_right(self) -> bool:
        """Whether the site is what a clean build makes of the data."""
        clean = Place(self.data, self.data.parent / "clean", self.downloads)
        clean.build_here()
        same = files_of(self.site) == files_of(clean.site)
        shutil.rmtree(clean.site)
        return same


pytestmark = pytest.mark.usefixtures("mkdocs_once")


@pytest.fixture
def place(example_data: Path, tmp_path: Path) -> Place:
    publish(example_data)
    return Place(example_data, tmp_path / "site")


@pytest.fixture(scope="module")
def many_units(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data that worker processes share: three tasks, and seconds from their start to the end."""
    data = tmp_path_factory.mktemp("many") / "data"
    size = Size(regions=1, units=27, years=5)
    assert 2 * CHUNK < size.records <= 3 * CHUNK
    write_demo(data, ROOT / "data", size, seed=7, jobs=1)
    return data


# Killed.


def kill_often(place: Place, kills: int) -> None:
    """`kill -9` at random moments, of builds of one record, of all, and of nothing."""
    template = (place.data / RECORD).read_text(encoding="utf-8")
    chance = random.Random(20231)  # noqa: S311 - any moments will do, the same each time
    place.build_here()
    place.change_form("甲")
    start = time.monotonic()
    assert place.build().returncode == 0
    duration = time.monotonic() - start
    finished = 0
    for number in range(kills):
        if number % 3:
            (place.data / RECORD).write_text(f"{template}# {number}\n", encoding="utf-8")
        if number % 3 == 1:
            place.change_form(str(number))
        before = files_of(place.site)
        process = subprocess.Popen(
            place.command("--jobs", "2"),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(chance.uniform(0.2, 1.1) * duration)
            finished += 1
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        after = files_of(place.site)
        if after != before:  # then it is the new site, whole: another build finds it right
            assert place.build().returncode == 0
            assert files_of(place.site) == after
        if number % 10 == 9:
            assert place.build().returncode == 0
            assert place.is_right()
    assert finished < kills
    assert place.build().returncode == 0
    assert place.is_right()
    assert sorted(path.name for path in place.site.parent.iterdir()) == [
        ".clean.lock",
        ".clean.manifest",
        ".site.lock",
        ".site.manifest",
        ".site.spare",
        "data",
        "site",
    ]


@pytest.mark.soak
def test_killed_at_fifty_moments(place: Place) -> None:
    kill_often(place, 50)


@pytest.mark.soak
def test_killed_while_files_to_download_are_made(place: Place) -> None:
    place.downloads = DOWNLOADS
    kill_often(place, 30)


def test_killed_at_some_moments(place: Place) -> None:
    kill_often(place, 6)


def children_of(pid: int) -> list[int]:
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(each) for each in found.split()]


@contextmanager
def running(place: Place, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """A build that has started its worker processes."""
    process = subprocess.Popen(
        place.command("--jobs", "2", *options),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        end = time.monotonic() + 60
        while len(children_of(process.pid)) < 2 and process.poll() is None:
            assert time.monotonic() < end
            time.sleep(0.01)
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_a_killed_worker_is_told(many_units: Path, tmp_path: Path) -> None:
    place = Place(many_units, tmp_path / "site")
    with running(place) as process:
        os.kill(children_of(process.pid)[0], signal.SIGKILL)
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert "一个工作进程意外结束" in said
    assert "Traceback" not in said
    assert not place.site.exists()
    place.build_here()


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_ctrl_c_leaves_the_old_site_and_no_process(many_units: Path, tmp_path: Path) -> None:
    place = Place(many_units, tmp_path / "site")
    with running(place) as process:
        workers = children_of(process.pid)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 1
    assert said.splitlines()[-1] == "已中止。"
    assert "Traceback" not in said
    assert [path.name for path in tmp_path.iterdir()] == [".site.lock"]
    assert not [pid for pid in workers if Path(f"/proc/{pid}/exe").exists()]


@pytest.mark.skipif(sys.platform != "linux", reason="finds processes in /proc")
def test_workers_end_with_a_build_that_is_killed(many_units: Path, tmp_path: Path) -> None:
    """Or the next build would find the site in use."""
    place = Place(many_units, tmp_path / "site")
    with running(place) as process:
        workers = children_of(process.pid)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    end = time.monotonic() + 20
    while any(_runs(pid) for pid in workers):
        assert time.monotonic() < end
        time.sleep(0.05)
    place.build_here()


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_a_second_build_is_told_that_there_is_one(many_units: Path, tmp_path: Path) -> None:
    place = Place(many_units, tmp_path / "site")
    with running(place) as process:
        second = place.build()
        assert second.returncode == 1
        assert "另一个生成正在使用" in second.stderr
        process.communicate(timeout=120)
    assert process.returncode == 0


# Disks.

SCRIPT = """
set -eu
mount -t tmpfs -o {options} gongkai-test {disk}
cd {root}
build() {{
  {gongkai} build --no-downloads --data {data} --site {disk}/site 2>&1 || echo "status $?"
}}
build > {out}/first
{harm}
build > {out}/second
(cd {disk}/site && find . -type f -print0 | sort -z | xargs -0 sha256sum) > {out}/after
{mend}
build > {out}/third
(cd {disk}/site && find . -type f -print0 | sort -z | xargs -0 sha256sum) > {out}/right
"""


@dataclass(frozen=True)
class Disk:
    """What happened on a disk of its own: what each build said, and which files there were."""

    out: Path

    def said(self, which: str) -> str:
        return (self.out / which).read_text(encoding="utf-8")


def on_a_disk(place: Place, options: str, harm: str, mend: str) -> Disk:
    """Build on a small file system, harm it, change every form, build, mend it, build again."""
    out, disk = place.data.parent / "out", place.data.parent / "disk"
    out.mkdir()
    disk.mkdir()
    change = f"for form in {place.data}/forms/*.yaml; do echo '# 改' >> $form; done"
    script = SCRIPT.format(
        options=options,
        disk=disk,
        root=ROOT,
        gongkai=GONGKAI,
        data=place.data,
        out=out,
        harm=f"{harm.format(disk=disk)}\n{change}",
        mend=mend.format(disk=disk),
    )
    result = subprocess.run(
        ["unshare", "--mount", "bash", "-c", script], capture_output=True, text=True, check=False
    )
    if "unshare failed" in result.stderr and not os.environ.get("CI"):
        pytest.skip("no file systems of our own may be mounted here")
    assert result.returncode == 0, result.stderr
    return Disk(out)


@pytest.mark.parametrize(
    ("options", "harm", "mend", "reason"),
    [
        (
            "size=64m",
            "head -c 64m /dev/zero > {disk}/filler 2>/dev/null || true",
            "rm {disk}/filler",
            "磁盘已满",
        ),
        (
            "size=64m,nr_inodes=2000",
            "mkdir {disk}/many; (cd {disk}/many && seq 3000 | xargs touch) 2>/dev/null || true",
            "rm -r {disk}/many",
            "磁盘已满",
        ),
        (
            "size=64m",
            "mount -o remount,ro {disk}",
            "mount -o remount,rw {disk}",
            "磁盘是只读的",
        ),
    ],
    ids=["full", "no inodes", "read-only"],
)
@pytest.mark.skipif(sys.platform != "linux", reason="mounts a tmpfs")
def test_a_disk_that_takes_nothing(
    options: str, harm: str, mend: str, reason: str, place: Place
) -> None:
    disk = on_a_disk(place, options, harm, mend)
    assert "网站已生成" in disk.said("first")
    assert reason in disk.said("second")
    assert "status 1" in disk.said("second")
    assert "Traceback" not in disk.said("second")
    assert "网站已生成" in disk.said("third")
    assert disk.said("after").splitlines()
    place.build_here()
    digests = files_of(place.site)
    listed = dict(reversed(line.split(maxsplit=1)) for line in disk.said("right").splitlines())
    assert {name.removeprefix("./"): digest for name, digest in listed.items()} == digests
    old = dict(reversed(line.split(maxsplit=1)) for line in disk.said("after").splitlines())
    assert {name.removeprefix("./") for name in old} == set(digests)


# Records that change while they are read.


FRAME = Frame.cut("".join(f"<!--gongkai:{name}-->" for name in NAMES))


def worker_on(data: Path, site: Path) -> tuple[Worker, UnitTask]:
    forms, regions = read_shared(data)
    library = read_library(data)
    settings = Settings(
        forms,
        regions,
        lambda: library,
        Frames.of({3: FRAME}, {}),
        Folder(site),
        read_inputs(data, preview=False, search=False),
        this_day(),
    )
    unit = next(walk_units(data / "records", regions, []))
    return Worker(settings), UnitTask(unit)


def test_a_unit_whose_record_changes_while_it_is_read_is_read_again(
    example_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(example_data)
    age(example_data)
    worker, task = worker_on(example_data, tmp_path / "site")
    seen = read_and(monkeypatch, lambda path: touched(path, len(seen) == 1))
    (result,) = worker.units([task])
    assert result.problems == ()
    assert len(seen) == 2 * len(task.records)


def test_a_unit_that_never_rests_is_told(
    example_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(example_data)
    age(example_data)
    worker, task = worker_on(example_data, tmp_path / "site")
    seen = read_and(monkeypatch, lambda path: touched(path, True, len(seen)))
    (result,) = worker.units([task])
    (problem,) = result.problems
    assert "正在被修改" in problem.message
    assert problem.path == task.records[0].path.parent
    assert result.made is None


def age(data: Path) -> None:
    for path in data.rglob("*.yaml"):
        os.utime(path, (1_600_000_000, 1_600_000_000))


def touched(path: Path, now: bool, number: int = 0) -> None:
    if now:
        os.utime(path, (1_600_000_001 + number, 1_600_000_001 + number))


def read_and(monkeypatch: pytest.MonkeyPatch, then: object) -> list[Path]:
    """Have something happen after each file that is read; gives the files that were read."""
    seen: list[Path] = []
    read = TextFile.read

    def spy(path: Path) -> TextFile:
        file = read(path)
        seen.append(path)
        assert callable(then)
        then(path)
        return file

    monkeypatch.setattr(TextFile, "read", spy)
    return seen
