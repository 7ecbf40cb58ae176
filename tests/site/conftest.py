"""Sites that several tests look at, and MkDocs' part of all others."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from generator.site import mkdocs
from generator.site.base import Base
from generator.site.build import build_site
from generator.site.keys import digest, digest_of_folder
from generator.site.mkdocs import make_base
from generator.site.options import DATA, Options

ROOT = Path(__file__).resolve().parents[2]
READ_BY_MKDOCS = ("content", "theme")


class Bases:
    """What MkDocs made, by all that it reads: the same again is copied, which takes no second."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Base] = {}

    def make(self, config: Path, site: Path, data: Path) -> Base:
        """As `make_base`."""
        folders = [config.absolute().parent / name for name in READ_BY_MKDOCS]
        key = digest(config.read_bytes(), *map(digest_of_folder, folders))
        if key not in self._made:
            self._made[key] = make_base(config, self._folder / key, data)
        shutil.copytree(self._folder / key, site, dirs_exist_ok=True)
        return replace(self._made[key], folders=tuple(map(str, folders)))


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory) -> Bases:
    return Bases(tmp_path_factory.mktemp("bases"))


@pytest.fixture
def mkdocs_once(bases: Bases, monkeypatch: pytest.MonkeyPatch) -> None:
    """MkDocs is run in this process once for each content and theme, for tests of all else."""
    monkeypatch.setattr(mkdocs, "make_base", bases.make)


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the fictional 示例县, with the project's own forms and words."""
    folder = tmp_path_factory.mktemp("example")
    data, site = folder / "data", folder / "site"
    shutil.copytree(ROOT / "tests" / "example", data)
    for name in ("forms", "checks"):
        shutil.copytree(ROOT / "data" / name, data / name)
    if (ROOT / "data" / "glossary.yaml").exists():
        shutil.copy(ROOT / "data" / "glossary.yaml", data)
    build_site(ROOT / "mkdocs.yml", site, Options(data, jobs=1, downloads=(DATA,)))
    return site
