"""The documents stay true: commands shown are run, links lead somewhere, nothing is left out."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from functools import cache
from pathlib import Path

import pytest

from generator.errors import DataError
from generator.forms.file import read_form, read_forms
from generator.forms.schema import AUDIT_KEY, OPEN_KEYS
from generator.forms.types import TYPES, Choice
from generator.forms.values import EMPTY
from generator.records.record import read_record
from generator.records.store import RecordPath
from generator.yaml import YamlFile

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = [
    ROOT / line
    for line in subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    if not line.startswith("content/")  # pages, not documents
]
SHOWN = [
    (path, line.strip())
    for path in DOCUMENTS
    for block in re.findall(r"^ *```sh\n(.*?)```", path.read_text("utf-8"), re.M | re.S)
    for line in block.splitlines()
    if line.strip()
]

# Not run to their end here: what runs them instead.
ELSEWHERE = {
    "make serve": "test_make_serve_shows_the_site",
    "make test": "continuous integration, with this test in it",
    "make lint": "make test",
    "make soak": "nothing: it takes half an hour",
    "make bench": "nothing: it takes minutes, and times on a busy machine say nothing",
    "make screenshots": "nothing: it takes the pictures that are in git again",
    "make pins": "nothing: it asks the package registries for newer versions",
    ".venv/bin/pytest tests/forms": "make test",
    ".venv/bin/python -m tests.corpus.measure C1": "tests/corpus/test_trust.py, in its process",
    ".venv/bin/pytest tests/pages/test_golden.py --write-golden": "nothing: it would hide faults",
}


# command -> the one shown before it, without which it has nothing to work on
FIRST = {
    ".venv/bin/gongkai build --no-downloads --data demo --site site-demo": (
        ".venv/bin/gongkai demo demo --regions 1 --units 12 --years 5 --seed 1"
    ),
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, with this environment as its `.venv`."""
    assert (ROOT / ".venv" / ".runtime").exists(), "set up with `make test`"
    copy = tmp_path_factory.mktemp("checkout") / "gongkai"
    copy.mkdir()
    for name in ("content", "data", "generator", "theme", "tests"):
        shutil.copytree(ROOT / name, copy / name)
    for path in ROOT.iterdir():
        if path.is_file():
            shutil.copy(path, copy)
    for name in ("requirements.txt", "requirements-test.txt", "pyproject.toml"):
        os.utime(copy / name, (0, 0))  # or make would install the copy into our environment
    (copy / ".venv").symlink_to(ROOT / ".venv")
    (copy / "data" / "forms" / EXAMPLE).write_text(example_drawn(), encoding="utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.invalid"]
    for words in (["init", "-q"], ["add", "data"], ["commit", "-q", "-m", "a"]):
        subprocess.run([*git, *words], cwd=copy, check=True)
    return copy


def test_documents_show_commands() -> None:
    assert {"README.md", "README.zh-CN.md", "CONTRIBUTING.md"} <= {path.name for path, _ in SHOWN}


@pytest.mark.parametrize("command", sorted({command for _, command in SHOWN} - ELSEWHERE.keys()))
def test_command_shown_works(command: str, checkout: Path) -> None:
    shutil.rmtree(checkout / "demo", ignore_errors=True)
    if first := FIRST.get(command):
        assert first in {shown for _, shown in SHOWN}
        subprocess.run(shlex.split(first), cwd=checkout, check=True)
    result = subprocess.run(
        shlex.split(command), cwd=checkout, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("command", ELSEWHERE)
def test_command_run_elsewhere_is_shown_and_exists(command: str, checkout: Path) -> None:
    assert command in {shown for _, shown in SHOWN}
    program, *arguments = shlex.split(command)
    if program == "make":
        subprocess.run([program, "--dry-run", *arguments], cwd=checkout, check=True)
    elif arguments[0] == "-m":
        assert (checkout / program).exists()
        assert (checkout / arguments[1].replace(".", "/")).with_suffix(".py").exists()
    else:
        assert all((checkout / path).exists() for path in (program, arguments[0]))


def test_make_serve_shows_the_site(checkout: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    server = subprocess.Popen(
        ["make", "serve", f"ADDRESS={address}"],
        cwd=checkout,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        url = f"http://{address}/430524/xingzheng-shenpi/2022/"
        assert "704.72" in fetched(url, seconds=30)
    finally:
        os.killpg(server.pid, signal.SIGINT)
        server.wait(10)


def fetched(url: str, seconds: float) -> str:
    """The page, as soon as the server answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?://|#)([^)#\s]+)", document.read_text("utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


def test_no_document_names_a_host_but_examples() -> None:
    for document in DOCUMENTS:
        hosts = re.findall(r"https?://([^/\s)>]+)", document.read_text("utf-8"))
        assert set(hosts) <= {"127.0.0.1:8000", "example.org"}, document


def test_both_readmes_show_the_same_commands() -> None:
    def shown(name: str) -> list[str]:
        return [command for path, command in SHOWN if path == ROOT / name]

    assert shown("README.md") == shown("README.zh-CN.md")


# --- The data dictionary ---

DICTIONARY = (ROOT / "data" / "README.md").read_text("utf-8")


def test_dictionary_names_every_form_and_every_blank() -> None:
    """But for the tick questions, which it counts."""
    ticks = 0
    for form in read_forms(ROOT / "data" / "forms").values():
        assert form.name in DICTIONARY
        for name, blank in form.blanks.items():
            if isinstance(blank.type, Choice) and blank.type.ticks:
                ticks += 1
            elif blank.type.word != "年度":
                assert name.split("/")[-1] in DICTIONARY, (form.name, name)
    assert f"共 {ticks} 问" in DICTIONARY


def test_dictionary_explains_every_type() -> None:
    rows = re.findall(r"^\| (\S+) \|", DICTIONARY, re.M)
    assert set(TYPES) <= set(rows)


YAML_SHOWN = re.findall(r"^```yaml\n(.*?)```", DICTIONARY, re.M | re.S)


EXAMPLE = "公务用车情况表.yaml"


def example_drawn() -> str:
    """The whole form of the worked example."""
    (drawn,) = (block for block in YAML_SHOWN if "\n版面:" in block and "\n填空:" in block)
    return str(drawn)


@pytest.fixture
def drawn_example(tmp_path: Path) -> Path:
    """The worked example in a file of the name that the dictionary gives it."""
    path = tmp_path / EXAMPLE
    assert f"`{path.name}`" in DICTIONARY
    path.write_text(example_drawn(), encoding="utf-8")
    return path


def test_worked_example_is_checked_as_shown(checkout: Path) -> None:
    """The command of the step, with what it prints below it."""
    command = f".venv/bin/gongkai form check data/forms/{EXAMPLE}"
    assert command in {shown for _, shown in SHOWN}
    result = subprocess.run(
        shlex.split(command), cwd=checkout, capture_output=True, text=True, check=True
    )
    assert result.stderr == ""
    assert f"```text\n{result.stdout}```" in DICTIONARY


def test_steps_of_the_worked_example_are_parts_of_the_whole(drawn_example: Path) -> None:
    """Nobody who follows the steps ends with something else than the whole."""
    whole = drawn_example.read_text("utf-8")
    start = DICTIONARY.index("### 第二步")
    steps = re.findall(
        r"^```yaml\n(.*?)```", DICTIONARY[start : DICTIONARY.index("### 第四步")], re.M | re.S
    )
    head, *drawing = steps
    assert whole.startswith(f"{head}\n{''.join(drawing)}\n填空:")


def test_record_of_the_worked_example_can_be_read(drawn_example: Path) -> None:
    (shown,) = (block for block in YAML_SHOWN if "  表式: 公务用车情况表" in block)
    form = read_form(drawn_example)
    path = drawn_example.with_name("2022.yaml")
    record = read_record(
        YamlFile(path, shown), RecordPath("990001", "shili", 2022, path), {form.name: form}
    )
    (part,) = record.parts
    assert len(part.rows["车辆"]) == 3
    assert EMPTY not in part.values.values()


# The forms that the county's records use now; `gongkai blank` makes a blank record of any form.
IN_USE = ["信息公开元数据", "基础数据表2022", "自评报告", "三审"]


def test_blank_record_has_every_blank_and_only_lacks_what_must_be_filled() -> None:
    forms = read_forms(ROOT / "data" / "forms")
    path = ROOT / "data" / "blank.yaml"
    file = YamlFile.read(path)
    with pytest.raises(DataError) as caught:
        read_record(file, RecordPath("990001", "shili", 2022, path), forms)
    assert [problem.message for problem in caught.value.problems] == [
        "“单位名称”必须填写",
        "“正文”必须填写",
    ]
    assert isinstance(file.root, dict)
    assert written(file.root[AUDIT_KEY]) >= {"状态", "三审/日期", "发布日期", "校验码"}
    disclosed = [part for key, part in file.root.items() if key not in OPEN_KEYS]
    named = {part["表式"]: written(part) - {"表式"} for part in disclosed}
    assert named == {
        name: {each for each, blank in forms[name].blanks.items() if blank.type.word != "年度"}
        for name in IN_USE
    }


def written(node: object, above: str = "") -> set[str]:
    """Names of all values in a part of a record, nested ones with `/`."""
    assert isinstance(node, dict)
    names: set[str] = set()
    for key, inner in node.items():
        names |= written(inner, f"{above}{key}/") if isinstance(inner, dict) else {above + key}
    return names


# What is shown of findings is what is told.

FINDINGS = ROOT / "generator" / "findings" / "README.md"


@cache
def told(*words: str) -> str:
    command = [ROOT / ".venv" / "bin" / "gongkai", "check", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("kind", ["text", "json", "github", "sarif"])
def test_findings_are_shown_as_they_are_told(kind: str) -> None:
    section = FINDINGS.read_text(encoding="utf-8").partition(f"## `--format {kind}`")[2]
    (shown,) = re.findall(r"```\w+\n(.*?)```", section.partition("\n## ")[0], re.S)
    written = told("--format", kind, "--verbose")
    lines = {line.strip().removesuffix(",") for line in written.splitlines()}
    assert [
        line for line in shown.splitlines() if line.strip().removesuffix(",") not in lines
    ] == []


@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_the_finding_in_the_readme_is_told(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    (shown,) = re.findall(r"```text\n(data/.*?)```", text, re.S)
    assert shown in told("--verbose")
