"""While serving: which pages are shown after each build, and what is said about it."""

from pathlib import Path

import pytest

from generator.errors import BuildError, DataError, Problem
from generator.site.rebuilds import Rebuilds

NOTICE = Problem(Path("a.yaml"), 3, 1, "没有这一节", stops=False)
MOVED = Problem(Path("a.yaml"), 9, 1, "没有这一节", stops=False)
OTHER = Problem(Path("b.yaml"), 3, 1, "没有这一节", stops=False)
WRONG = Problem(Path("c.yaml"), 1, 2, "金额写错了")
COUNT = "数据有 1 处问题，请改正后再生成。"
KEPT = "原来的页面保留，改正后自动更新。"
UPDATED = "已更新，现在显示的是最新的内容。"

Said = pytest.CaptureFixture[str]


def said(capsys: Said) -> list[str]:
    """What was said since the last time; never as an answer."""
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def build(rebuilds: Rebuilds, site: Path, text: str) -> None:
    """As MkDocs: the folder is there and empty, then it has pages."""
    rebuilds.begin(site)
    site.mkdir(exist_ok=True)
    (site / "index.html").write_text(text)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def served(site: Path, capsys: Said) -> Rebuilds:
    """After the first build, which told a 提示."""
    rebuilds = Rebuilds()
    build(rebuilds, site, "first")
    rebuilds.succeed([NOTICE])
    rebuilds.serve()
    return rebuilds


def shown(site: Path) -> str:
    """The page; nothing else is left beside the site."""
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    return (site / "index.html").read_text()


def test_the_first_build_tells_notices_alone(served: Rebuilds, site: Path, capsys: Said) -> None:
    assert said(capsys) == [str(NOTICE)]
    assert shown(site) == "first"


def test_a_notice_is_told_once_while_it_stands(served: Rebuilds, site: Path, capsys: Said) -> None:
    said(capsys)
    told = []
    for notices in ([NOTICE], [MOVED], [MOVED, OTHER], [OTHER], [OTHER, NOTICE]):
        build(served, site, "next")
        served.succeed(notices)
        told.append(said(capsys))
    assert told == [[], [], [str(OTHER)], [], [str(NOTICE)]]


def test_a_mistake_keeps_the_pages_until_it_is_mended(
    served: Rebuilds, site: Path, capsys: Said
) -> None:
    said(capsys)
    build(served, site, "half")
    served.fail(DataError([WRONG, NOTICE]))
    assert said(capsys) == [str(WRONG), COUNT, KEPT]
    assert shown(site) == "first"
    build(served, site, "half")
    served.fail(DataError([WRONG, OTHER]))
    assert said(capsys) == [str(OTHER), str(WRONG), COUNT]
    assert shown(site) == "first"
    build(served, site, "second")
    served.succeed([NOTICE, OTHER])
    assert said(capsys) == [UPDATED]
    assert shown(site) == "second"
    build(served, site, "third")
    served.succeed([NOTICE, OTHER])
    assert said(capsys) == []
    build(served, site, "half")
    served.fail(BuildError("磁盘已满"))
    assert said(capsys) == ["磁盘已满", KEPT]
    assert shown(site) == "third"


def test_what_mkdocs_explains_is_not_explained_again(
    served: Rebuilds, site: Path, capsys: Said
) -> None:
    said(capsys)
    build(served, site, "half")
    served.fail()
    assert said(capsys) == [KEPT]
    assert shown(site) == "first"


def test_before_pages_are_shown_there_is_nothing_to_keep(site: Path, capsys: Said) -> None:
    rebuilds = Rebuilds()
    build(rebuilds, site, "half")
    rebuilds.fail()
    assert said(capsys) == []
    assert shown(site) == "half"


def test_stopping_in_the_middle_of_a_build_leaves_nothing_beside_the_site(
    served: Rebuilds, site: Path
) -> None:
    build(served, site, "half")
    served.forget()
    assert shown(site) == "half"
