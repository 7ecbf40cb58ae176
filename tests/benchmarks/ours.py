"""The works of `gongkai build`, each a fresh process on a copy of the project and of the data.

The copy may be changed: a template, a form, a record are edited there and never in the checkout.
An edit is made and taken back in turn, so that each run finds one change since the build before.
"""

import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.records.data import open_data
from generator.records.review import content_code
from generator.yaml import YamlFile

ROOT = Path(__file__).resolve().parents[2]
_COPIED = ("generator", "theme", "content", "mkdocs.yml")
_RUN = "from generator.cli import main; main()"
_FORM = re.compile(r"表式: (\S+)")
_REMARK = "<!-- bench -->\n"


@dataclass(frozen=True, slots=True)
class Project:
    """A copy of the project with records of its own."""

    folder: Path
    data: Path

    def command(self, site: Path, *options: str) -> list[str | Path]:
        """`gongkai build` of the copy, without the downloads, which peers do not make."""
        build = ["build", "--no-downloads", "--data", self.data, "--site", site, *options]
        return [sys.executable, "-c", _RUN, *build]

    def serve_command(self, address: str) -> list[str | Path]:
        """`gongkai serve` of the copy."""
        serve = ["serve", "--data", self.data, "--address", address]
        return [sys.executable, "-c", _RUN, *serve]

    @property
    def environment(self) -> dict[str, str]:
        """In which Python imports the copy, not the checkout."""
        return {**os.environ, "PYTHONPATH": str(self.folder), "NO_MKDOCS_2_WARNING": "1"}


def copy_sources(folder: Path, root: Path = ROOT) -> Path:
    """What a build needs of the project, as it stands now; where the copy is."""
    folder.mkdir(parents=True)
    for name in _COPIED:
        if (root / name).is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(root / name, folder / name, ignore=ignore)
        else:
            shutil.copy2(root / name, folder / name)
    return folder


def copy_project(folder: Path, data: Path, sources: Path = ROOT) -> Project:
    """The project to be built from, with its data. sources: what is copied."""
    return Project(copy_sources(folder, sources), data)


def forget(project: Project, site: Path) -> None:
    """Remove a site and all that builds keep beside it and the project: the next one is cold."""
    shutil.rmtree(site, ignore_errors=True)
    for path in [*site.parent.glob(f".{site.name}.*"), project.folder / ".cache"]:
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def change_template(project: Project) -> None:
    """The template of all records' pages ends differently."""
    path = project.folder / "theme" / "pages" / "record.html"
    text = path.read_text(encoding="utf-8")
    changed = text.removesuffix(_REMARK) if text.endswith(_REMARK) else text + _REMARK
    path.write_text(changed, encoding="utf-8")


def change_form(project: Project, name: str) -> None:
    """The first column of a form's first table gets another width: other bytes, the same text."""
    path = project.data / "forms" / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")

    def widen(found: re.Match[str]) -> str:
        width = int(found[2])
        return f"{found[1]}{width + 1 if width % 2 else width - 1}"

    changed = re.sub(r"(列宽: \[)([0-9]+)", widen, text, count=1)
    assert changed != text, name
    path.write_text(changed, encoding="utf-8")


def change_record(path: Path, word: str = "认真") -> None:
    """A word more or less in a published record's report, and the right 校验码 for it."""
    text = path.read_text(encoding="utf-8")
    place = re.search(r"^ +正文: \|-?\n(?:.*\n)*? +(?=\S{30})", text, re.M)
    assert place, path
    start = place.end()
    rest = text[start:]
    changed = text[:start] + (rest.removeprefix(word) if rest.startswith(word) else word + rest)
    root = YamlFile(path, changed).root
    assert isinstance(root, dict)
    changed = re.sub("校验码: [a-p]+", f"校验码: {content_code(root)}", changed, count=1)
    path.write_text(changed, encoding="utf-8")


def a_report(data: Path) -> Path:
    """A record with a report, from the middle of all."""
    records = open_data(data).records
    for record in records[len(records) // 2 :]:
        if "\n  正文: |" in record.path.read_text(encoding="utf-8"):
            return record.path
    raise ValueError(f"{data}: no record with a report")


def a_form(data: Path) -> tuple[str, float]:
    """A form with a table that a part of the records use, nearest to a quarter; and the share."""
    paths: Sequence[Path] = [each.path for each in open_data(data).records]
    counts: dict[str, int] = {}
    for path in paths:
        for name in set(_FORM.findall(path.read_text(encoding="utf-8"))):
            counts[name] = counts.get(name, 0) + 1
    shares = {
        name: count / len(paths)
        for name, count in sorted(counts.items())
        if "列宽" in (data / "forms" / f"{name}.yaml").read_text(encoding="utf-8")
    }
    return min(shares.items(), key=lambda each: abs(each[1] - 0.25))
