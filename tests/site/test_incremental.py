"""An unchanged page is not made again, and nobody can tell: the bytes are a clean build's."""

import hashlib
import os
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.errors import DataError
from generator.pages import environment
from generator.site import keys
from generator.site.build import Built, build_site
from generator.site.options import Options
from generator.site.output import Folder
from generator.site.reuse import manifest_of
from tests.publishing import publish

ROOT = Path(__file__).resolve().parents[2]
RECORDS = "data/records/990001"
SINCE = 1_600_000_000
"""Some moment that is long ago, for files: those of a moment ago are compared by their bytes."""


@dataclass
class Project:
    """A copy of all that a site is made from, free to be changed."""

    root: Path
    clock: int = 0
    options: dict[str, bool] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def build(self, site: Path | None = None) -> Built:
        options = Options(self.data, jobs=1, **self.options)
        return build_site(self.root / "mkdocs.yml", site or self.site, options)

    def age(self) -> None:
        """Let time pass, so that files are known by their times, and changes have times of their
        own."""
        self.clock += 10
        for path in self.data.rglob("*"):
            if path.is_file() and path.stat().st_mtime > SINCE + 100_000:
                os.utime(path, (SINCE + self.clock, SINCE + self.clock))

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path, mkdocs_once: None, monkeypatch: pytest.MonkeyPatch) -> Project:
    return make_project(tmp_path, monkeypatch)


def make_project(root: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    for folder in ("content", "theme"):
        shutil.copytree(ROOT / folder, root / folder)
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "tests" / "example", root / "data")
    for folder in ("forms", "checks"):
        shutil.copytree(ROOT / "data" / folder, root / "data" / folder)
    monkeypatch.setattr(environment, "THEME", root / "theme")
    monkeypatch.setattr(keys, "TEMPLATES", root / "theme" / "pages")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    project = Project(root)
    project.age()
    return project


def bytes_of(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def made_again(project: Project, before: dict[str, int]) -> set[str]:
    """Files that were written by the last build, not linked."""
    return {name for name, inode in inodes(project.site).items() if before.get(name) != inode}


def inodes(site: Path) -> dict[str, int]:
    return {
        path.relative_to(site).as_posix(): path.stat().st_ino
        for path in site.rglob("*")
        if path.is_file()
    }


def test_nothing_changed_leaves_the_site_alone(project: Project) -> None:
    assert project.build().changed
    folder = project.site.stat().st_ino
    again = project.build()
    assert not again.changed
    assert again.notices
    assert again.pages == len(list(project.site.rglob("index.html")))
    assert project.site.stat().st_ino == folder


def test_files_that_say_the_same_with_another_time_make_no_page_again(project: Project) -> None:
    """As after `git clone`."""
    project.build()
    before = inodes(project.site)
    for path in (project.root / RECORDS).rglob("*.yaml"):
        os.utime(path, (SINCE + 5000, SINCE + 5000))
    assert project.build().changed
    records = {name for name in before if name.count("/") == 3 and name.startswith("990001/")}
    assert len(records) == 5
    assert not made_again(project, before) & records
    assert not project.build().changed


def test_a_changed_record_makes_its_unit_again_and_no_other(project: Project) -> None:
    project.build()
    before = inodes(project.site)
    project.change(f"{RECORDS}/shili-minzheng/2022.yaml", "只有一行", "还是一行")
    publish(project.data)
    project.age()
    assert project.build().changed
    made = made_again(project, before)
    assert "990001/shili-minzheng/2022/index.html" in made
    assert "990001/shili-minzheng/2021/index.html" in made
    assert not [name for name in made if "shili-jiaoyu" in name]
    assert not [name for name in made if name.startswith(("assets/", "years/", "about/"))]
    assert "990001/index.html" not in made


def test_a_record_under_the_name_of_another_year_is_made_again(project: Project) -> None:
    """No text has changed, but a file's name is its year."""
    project.build()
    folder = project.root / RECORDS / "shili-minzheng"
    (folder / "2021.yaml").rename(folder / "2008.yaml")
    project.build()
    pages = {path.parent.name for path in project.site.glob("990001/shili-minzheng/*/index.html")}
    assert pages == {"2008", "2022"}


def test_a_changed_form_makes_again_what_uses_it(project: Project) -> None:
    project.build()
    before = inodes(project.site)
    used = {
        path.parent.name
        for path in (project.root / RECORDS).rglob("*.yaml")
        if "表式: 基础数据表2022" in path.read_text(encoding="utf-8")
    }
    form = project.data / "forms" / "基础数据表2022.yaml"
    form.write_text(form.read_text(encoding="utf-8") + "# 改了一个字\n", encoding="utf-8")
    project.age()
    assert project.build().changed
    made = {name.split("/")[1] for name in made_again(project, before) if name.count("/") == 3}
    assert made & {"shili-minzheng", "shili-jiaoyu"} == used
    assert used


@pytest.mark.parametrize("harm", ["gone", "text", "cut", "other tables", "other site"])
def test_a_manifest_that_is_no_use_is_noticed(harm: str, project: Project) -> None:
    project.build()
    whole = bytes_of(project.site)
    manifest = manifest_of(project.site)
    if harm == "gone":
        manifest.unlink()
    elif harm == "text":
        manifest.write_text("没有清单")
    elif harm == "cut":
        content = manifest.read_bytes()
        middle = len(content) // 2
        manifest.write_bytes(content[:middle] + b"\0" * (len(content) - middle))
    elif harm == "other tables":
        manifest.unlink()
        connection = sqlite3.connect(manifest)
        connection.execute("CREATE TABLE about (name TEXT, value TEXT)")
        connection.commit()
        connection.close()
    else:
        shutil.rmtree(project.site)
        project.build(project.root / "other")
        (project.root / "other").rename(project.site)
        (project.site / ".gongkai-site").write_text("cafe\n")
    assert project.build().changed
    assert bytes_of(project.site) == whole
    assert not project.build().changed


@pytest.mark.parametrize("harm", ["deleted", "changed"])
def test_a_page_that_somebody_touched_is_mended(harm: str, project: Project) -> None:
    project.build()
    whole = bytes_of(project.site)
    page = project.site / "990001/shili-minzheng/2022/index.html"
    if harm == "deleted":
        page.unlink()
    else:
        page.write_text("别的内容")
    assert project.build().changed
    assert bytes_of(project.site) == whole


def test_a_failed_build_keeps_the_site_and_its_manifest(project: Project) -> None:
    project.build()
    whole = bytes_of(project.site)
    path = project.root / RECORDS / "shili-minzheng/2022.yaml"
    good = path.read_text(encoding="utf-8")
    path.write_text(good + "不认识: 1\n", encoding="utf-8")
    with pytest.raises(DataError):
        project.build()
    assert bytes_of(project.site) == whole
    path.write_text(good, encoding="utf-8")
    project.build()
    assert bytes_of(project.site) == whole


def test_another_day_makes_again_what_depends_on_it(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date that was in the future yesterday may be a date of the past today."""
    project.build()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767312000")  # a day later
    assert not project.build().changed
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1690000000")  # in 2023, as if it had been set back
    changed = False
    try:
        changed = project.build().changed
    except DataError:  # there are records of 2024
        changed = True
    assert changed


# Random changes, one after another.

Change = Callable[[Project, random.Random], None]


def edit_record(project: Project, chance: random.Random) -> None:
    path = chance.choice(records(project))
    text = path.read_text(encoding="utf-8")
    first = text.split("\n")[0]
    path.write_text(text.replace(first, f"{first}  # {chance.random()}", 1), encoding="utf-8")


def edit_text(project: Project, chance: random.Random) -> None:
    path = chance.choice(records(project))
    text = path.read_text(encoding="utf-8")
    new = f"第{chance.randrange(1000)}号"
    path.write_text(text.replace("示例县人民政府", f"示例县人民政府{new}"), encoding="utf-8")


def add_record(project: Project, chance: random.Random) -> None:
    path = chance.choice(records(project))
    year = chance.randrange(2015, 2025)
    target = path.parents[1] / "shili-shuili" / f"{year}.yaml"
    target.parent.mkdir(exist_ok=True)
    if not target.exists():
        text = path.read_text(encoding="utf-8")
        target.write_text(text.replace("2023-", f"{year}-"), encoding="utf-8")


def delete_record(project: Project, chance: random.Random) -> None:
    found = records(project)
    if len(found) > 2:
        chance.choice(found).unlink()


def rename_record(project: Project, chance: random.Random) -> None:
    path = chance.choice(records(project))
    target = path.with_name(f"{chance.randrange(2005, 2025)}.yaml")
    if not target.exists():
        path.rename(target)


def rename_unit(project: Project, chance: random.Random) -> None:
    region = project.data / "regions" / "990001.yaml"
    text = region.read_text(encoding="utf-8")
    region.write_text(text.replace("示例县水利局", "示例县水务水利局", 1), encoding="utf-8")


def add_unit(project: Project, chance: random.Random) -> None:
    region = project.data / "regions" / "990001.yaml"
    number = chance.randrange(10_000)
    text = region.read_text(encoding="utf-8")
    if f"danwei-{number}:" not in text:
        region.write_text(f"{text}  danwei-{number}: 示例县第{number}单位\n", encoding="utf-8")


def edit_form(project: Project, chance: random.Random) -> None:
    form = chance.choice(sorted((project.data / "forms").glob("*.yaml")))
    with form.open("a", encoding="utf-8") as file:
        file.write(f"# {chance.random()}\n")


def edit_glossary(project: Project, chance: random.Random) -> None:
    path = project.data / "glossary.yaml"
    if chance.random() < 0.3:
        path.unlink(missing_ok=True)
        return
    path.write_text(f"编制人数:\n  解释: 第{chance.randrange(1000)}种说法。\n", encoding="utf-8")


def edit_template(project: Project, chance: random.Random) -> None:
    name = chance.choice(["record.html", "region.html", "unit.html", "year.html", "home.html"])
    with (project.root / "theme" / "pages" / name).open("a", encoding="utf-8") as file:
        file.write(f"<p>{chance.randrange(1000)}</p>\n")


def edit_frame(project: Project, chance: random.Random) -> None:
    with (project.root / "theme" / "partials" / "footer.html").open("a", encoding="utf-8") as file:
        file.write(f"<p>{chance.randrange(1000)}</p>\n")


def edit_content(project: Project, chance: random.Random) -> None:
    with (project.root / "content" / "about.md").open("a", encoding="utf-8") as file:
        file.write(f"\n第{chance.randrange(1000)}段。\n")


def change_settings(project: Project, chance: random.Random) -> None:
    path = project.root / "mkdocs.yml"
    name = f"公开{chance.randrange(1000)}"
    lines = path.read_text(encoding="utf-8").split("\n")
    named = [f"site_name: {name}" if line.startswith("site_name:") else line for line in lines]
    path.write_text("\n".join(named), encoding="utf-8")


def change_options(project: Project, chance: random.Random) -> None:
    name = chance.choice(["search", "preview"])
    project.options[name] = not project.options.get(name, name == "search")


def draft(project: Project, chance: random.Random) -> None:
    path = chance.choice(records(project))
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("状态: 已发布", "状态: 草稿"), encoding="utf-8")


CHANGES: list[Change] = [
    edit_record,
    edit_text,
    add_record,
    delete_record,
    rename_record,
    rename_unit,
    add_unit,
    edit_form,
    edit_glossary,
    edit_template,
    edit_frame,
    edit_content,
    change_settings,
    change_options,
    draft,
]


def records(project: Project) -> list[Path]:
    return sorted((project.data / "records").rglob("*.yaml"))


def try_changes(steps: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as monkeypatch:
        project = make_project(Path(folder), monkeypatch)
        project.build()
        for number, (which, seed) in enumerate(steps):
            CHANGES[which](project, random.Random(seed))  # noqa: S311 - the same each time
            publish(project.data)
            project.age()
            with suppress(DataError):  # two units may have the same index number now
                project.build()
            clean = project.root / f"clean-{number}"
            try:
                project.build(clean)
            except DataError:
                continue
            assert bytes_of(project.site) == bytes_of(clean), CHANGES[which].__name__
            shutil.rmtree(clean)


STEPS = st.lists(
    st.tuples(st.integers(0, len(CHANGES) - 1), st.integers(0, 99)), min_size=3, max_size=5
)


@pytest.mark.usefixtures("mkdocs_once")
@settings(max_examples=2, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_after_any_changes_the_site_is_that_of_a_clean_build(steps: list[tuple[int, int]]) -> None:
    try_changes(steps)


@pytest.mark.soak
@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_after_many_changes_the_site_is_that_of_a_clean_build(
    steps: list[tuple[int, int]],
) -> None:
    try_changes(steps)


@pytest.mark.usefixtures("mkdocs_once")
@pytest.mark.parametrize("start", range(0, len(CHANGES), 5))
def test_after_every_kind_of_change_the_site_is_that_of_a_clean_build(start: int) -> None:
    try_changes([(which, 1) for which in range(start, min(start + 5, len(CHANGES)))])


@pytest.mark.soak
@pytest.mark.parametrize("which", range(len(CHANGES)), ids=[each.__name__ for each in CHANGES])
def test_each_kind_of_change_alone(which: int) -> None:
    try_changes([(which, 1)])


def test_files_are_copied_where_they_cannot_be_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(source: str, target: str) -> None:
        if not Path(target).parent.is_dir():
            raise FileNotFoundError
        raise PermissionError

    old, new = Folder(tmp_path / "old"), Folder(tmp_path / "new")
    file = old.write("a/b.html", b"text")
    monkeypatch.setattr(os, "link", refuse)
    new.take(file, old)
    assert new.has(file)
    assert new.read("a/b.html") == b"text"
    assert (tmp_path / "new/a/b.html").stat().st_ino != (tmp_path / "old/a/b.html").stat().st_ino
