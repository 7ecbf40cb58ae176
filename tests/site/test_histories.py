"""What git and the glossary say is on the pages, and a build makes again only what that changes."""

import shutil
from pathlib import Path

import pytest
from lxml import html

from generator.site.manifest import Manifest
from generator.site.reuse import manifest_of
from tests.repository import Repository
from tests.site.test_incremental import Project, bytes_of, make_project

MINZHENG, JIAOYU = "990001/shili-minzheng/2022", "990001/shili-jiaoyu/2022"


class Committed(Project):
    """A project whose data are in git."""

    def __init__(self, project: Project) -> None:
        super().__init__(project.root)
        self.repository = Repository(project.root)

    def commit(self, day: str) -> None:
        self.repository.git("add", "--all", "data")
        self.repository.git("commit", "--quiet", "--allow-empty", "-m", "改", day=day)

    def edit(self, address: str, words: str) -> None:
        """Change a record in what nobody sees."""
        path = self.data / "records" / f"{address}.yaml"
        path.write_text(f"{path.read_text(encoding='utf-8')}# {words}\n", encoding="utf-8")
        self.age()

    def told(self, address: str) -> list[str]:
        page = html.parse(self.site / address / "index.html")
        events = page.findall(".//section[@aria-labelledby='公开后的变动']/ol/li")
        return [event.text_content().partition("（")[0] for event in events]


@pytest.fixture
def committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Committed:
    return Committed(make_project(tmp_path, monkeypatch))


def manifest(project: Project) -> Manifest:
    found = Manifest.open(manifest_of(project.site), project.data)
    assert found
    return found


def contexts(project: Project) -> dict[str, str]:
    """Unit -> what its pages were made with."""
    known = manifest(project)
    units = [unit for _, unit, _ in known.signatures()]
    found = {unit: known.unit("990001", unit) for unit in units}
    known.close()
    return {unit: each.context for unit, each in found.items() if each}


def test_a_commit_makes_the_pages_of_its_records_again(committed: Committed) -> None:
    committed.commit("2023-05-11")
    committed.build()
    assert committed.told(MINZHENG) == ["2023年5月11日 发布"]
    before = contexts(committed)

    # What is not committed is nothing that git knows.
    committed.edit(MINZHENG, "一")
    assert committed.build().changed
    assert committed.told(MINZHENG) == ["2023年5月11日 发布"]
    assert not committed.build().changed

    committed.commit("2024-05-06")
    assert committed.build().changed
    assert committed.told(MINZHENG) == ["2023年5月11日 发布", "2024年5月6日 记录文件有改动"]
    after = contexts(committed)
    assert {unit for unit in after if after[unit] != before[unit]} == {"shili-minzheng"}

    # A commit that touches no record makes nothing again.
    committed.commit("2024-05-07")
    assert not committed.build().changed

    clean = committed.root / "clean"
    committed.build(clean)
    assert bytes_of(committed.site) == bytes_of(clean)


def test_a_history_that_is_gone_is_told_no_more(committed: Committed) -> None:
    committed.commit("2024-05-06")
    committed.build()
    assert len(committed.told(MINZHENG)) == 2
    shutil.rmtree(committed.root / ".git")
    assert committed.build().changed
    assert committed.told(MINZHENG) == ["2023年5月11日 发布"]


def test_the_glossary_is_on_its_page_and_at_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = make_project(tmp_path, monkeypatch)
    project.build()
    page = project.site / "990001/shili-minzheng/2022/index.html"
    assert "核定的人数" in page.read_text(encoding="utf-8")
    assert (project.site / "glossary/index.html").exists()

    project.change("data/glossary.yaml", "核定的人数", "核定的人的数目")
    assert project.build().changed
    assert "核定的人的数目" in page.read_text(encoding="utf-8")
    assert "核定的人的数目" in (project.site / "glossary/index.html").read_text(encoding="utf-8")

    (project.data / "glossary.yaml").unlink()
    assert project.build().changed
    assert "gk-term" not in page.read_text(encoding="utf-8")
    assert not (project.site / "glossary").exists()
    clean = project.root / "clean"
    project.build(clean)
    assert bytes_of(project.site) == bytes_of(clean)
