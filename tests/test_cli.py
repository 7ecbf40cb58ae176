"""The command: exit status, Chinese on the right stream, and never a traceback."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from generator import cli, cli_checks, cli_shared, cli_site

ROOT = Path(__file__).resolve().parents[1]
GONGKAI = Path(sys.executable).with_name("gongkai")
RECORD = "data/records/990001/shili-minzheng/2022.yaml"
GOOD = "检查了 {} 份记录，没有必须改正的问题。\n"


class Result(NamedTuple):
    status: object
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command in this process; an exception that it lets through fails the test."""

    def run(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["gongkai", *arguments])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        return Result(caught.value.code, *capsys.readouterr())

    return run


@pytest.fixture
def here(example_data: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds `data/`, which is the current one; the project's own is not seen."""
    monkeypatch.chdir(example_data.parent)
    for module in (cli_site, cli_shared):
        monkeypatch.setattr(module, "CHECKOUT", example_data.parent / "nowhere")
    return example_data.parent


def break_record(name: str = RECORD) -> str:
    """Write a mistake into a record; gives what is said about it."""
    path = Path(name)
    text = path.read_text(encoding="utf-8")
    assert "编制人数: 12" in text
    path.write_text(text.replace("编制人数: 12", "编制人数: 12人"), encoding="utf-8")
    line = text[: text.index("编制人数: 12")].count("\n") + 1
    return f"{name}:{line}:9: 错误[格式] “12人”：只写数字，不写单位，请写成 12\n"


# --- check ----------------------------------------------------------------------------------------


def test_all_records_are_checked(run: Run, here: Path) -> None:
    result = run("check")
    assert (result.status, result.out) == (0, GOOD.format(5))
    # what does not stop is told, too, but not as the answer
    assert ": 提示[F9] " in result.err
    assert "错误[" not in result.err


@pytest.mark.parametrize(
    ("paths", "count"),
    [
        ([RECORD], 1),
        (["data/records/990001/shili-minzheng"], 2),
        (["data/records/990001"], 5),
        (["data"], 5),
        (["."], 5),
        ([RECORD, "data/records/990001/shili-minzheng", RECORD], 2),
        (["data/forms/三审.yaml"], 0),
        (["data/forms"], 0),
        (["data/regions/990001.yaml"], 0),
        (["data/records/990001/shili-shuili"], 0),
    ],
)
def test_named_files_and_folders_are_checked(
    paths: list[str], count: int, run: Run, here: Path
) -> None:
    Path("data/records/990001/shili-shuili").mkdir()
    assert run("check", *paths)[:2] == (0, GOOD.format(count))


@pytest.mark.parametrize(
    ("folder", "path"),
    [
        ("data/records/990001/shili-minzheng", "2022.yaml"),
        ("data/records/990001/shili-minzheng", "../shili-minzheng/2022.yaml"),
        ("data/records", "990001/shili-minzheng/2022.yaml"),
        ("data/records/990001/shili-jiaoyu", "../shili-minzheng/2022.yaml"),
    ],
)
def test_records_are_found_from_other_folders(
    folder: str, path: str, run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert run("check", "--data", str(here / "data"), path)[:2] == (0, GOOD.format(1))
    for module in (cli_site, cli_shared):
        monkeypatch.setattr(module, "CHECKOUT", here)  # as in a checkout: its data is the default
    assert run("check", path)[:2] == (0, GOOD.format(1))


def test_only_named_records_are_checked(run: Run, here: Path) -> None:
    break_record()
    assert run("check", "data/records/990001/shili-jiaoyu").status == 0


def test_problems_go_to_stderr_and_nothing_to_stdout(run: Run, here: Path) -> None:
    problem = break_record()
    for arguments in (["check"], ["check", RECORD], ["check", "data/records", RECORD]):
        status, out, err = run(*arguments)
        assert (status, out) == (1, "")
        assert err.count(problem) == 1
        assert err.endswith("共 1 处需要改正。\n")


def test_problems_of_all_files_are_told_in_order(run: Run, here: Path) -> None:
    problem = break_record()
    other = Path("data/records/990001/shili-jiaoyu/2023.yaml")
    other.write_bytes(b"\xff\xfe")
    status, out, err = run("check")
    assert (status, out) == (1, "")
    told = [line for line in err.splitlines(keepends=True) if "错误[" in line or "共 " in line]
    assert told == [
        f"{other}:1:1: 错误[格式] 文件是 UTF-16（“Unicode”）编码，请另存为 UTF-8 编码\n",
        problem,
        "共 2 处需要改正。\n",
    ]


NONE = "没有这个文件或文件夹，请检查路径"
ELSEWHERE = "不是记录文件：记录应在 data/records/地区/单位/年度.yaml"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("data/records/990001/shili-minzheng/2030.yaml", NONE),
        ("nothing.yaml", NONE),
        ("loop", NONE),
        ("elsewhere/2022.yaml", ELSEWHERE),
        ("elsewhere", ELSEWHERE),
        ("data/README.md", ELSEWHERE),
        ("/dev/null", ELSEWHERE),
    ],
)
def test_paths_that_are_no_records_are_told(path: str, message: str, run: Run, here: Path) -> None:
    Path("elsewhere").mkdir()
    for name in ("elsewhere/2022.yaml", "data/README.md"):
        Path(name).touch()
    Path("loop").symlink_to("loop")
    assert run("check", path) == (1, "", f"{path}:1:1: {message}\n共 1 处需要改正。\n")


def test_all_wrong_paths_are_told(run: Run, here: Path) -> None:
    assert run("check", "b", RECORD, "a").err == (
        f"a:1:1: {NONE}\nb:1:1: {NONE}\n共 2 处需要改正。\n"
    )


# --- A data folder that is not as it should be ----------------------------------------------------


def _no_forms() -> str:
    shutil.rmtree("data/forms")
    return "data/forms:1:1: 这里没有表式文件，请检查数据文件夹"


def _empty_forms() -> str:
    message = _no_forms()
    Path("data/forms").mkdir()
    return message


def _broken_form() -> str:
    Path("data/forms/三审.yaml").write_text("名称：三审\n", encoding="utf-8")
    return "data/forms/三审.yaml:1:3: 冒号是全角的，请改为半角冒号加一个空格“: ”"


def _form_in_gbk() -> str:
    Path("data/forms/三审.yaml").write_bytes("名称: 三审\n".encode("gbk"))
    return "data/forms/三审.yaml:1:1: 文件是 GBK 编码，请在编辑器里另存为 UTF-8 编码"


@pytest.mark.parametrize("spoil", [_no_forms, _empty_forms, _broken_form, _form_in_gbk])
@pytest.mark.parametrize("command", [["check"], ["schema"], ["check", RECORD]])
def test_spoiled_forms_are_told(
    spoil: Callable[[], str], command: list[str], run: Run, here: Path
) -> None:
    message = spoil()
    assert run(*command) == (1, "", f"{message}\n共 1 处需要改正。\n")


def test_stopping_by_hand_is_told(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(folder: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli_checks, "open_data", stop)
    assert run("check") == (1, "", "\n已中止。\n")


def test_missing_data_is_told(run: Run, here: Path) -> None:
    shutil.rmtree("data")
    status, out, err = run("check")
    assert (status, out) == (1, "")
    assert err.endswith(
        "nowhere/data:1:1: 没有这个数据文件夹，请检查路径或用 --data 指明\n共 1 处需要改正。\n"
    )
    assert run("check", "--data", "x").err.startswith("x:1:1: 没有这个数据文件夹")
    assert run("schema", "--data", "x").err.startswith("x/forms:1:1: 这里没有表式文件")


@pytest.mark.parametrize("folder", ["forms", "regions", "records", "990001", "shili-minzheng"])
def test_unreadable_folders_are_told(
    folder: str, run: Run, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = Path.iterdir

    def refuse(path: Path) -> object:
        if path.name == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "iterdir", refuse)  # modes of files do not stop the root user
    status, out, err = run("check")
    assert (status, out) == (1, "")
    assert re.fullmatch(rf"data/\S*{folder}:1:1: 文件夹读不出来（没有权限）\n共 1 处.*\n", err)


def test_misplaced_files_are_told_whatever_is_checked(run: Run, here: Path) -> None:
    Path("data/records/990001/shili-minzheng/2022 (1).yaml").touch()
    Path("data/records/说明.docx").touch()
    status, out, err = run("check", RECORD)
    assert (status, out) == (1, "")
    assert err.endswith("共 2 处需要改正。\n")


# --- schema ---------------------------------------------------------------------------------------


def test_schema_is_shown_or_written(run: Run, here: Path) -> None:
    status, out, err = run("schema")
    assert (status, err) == (0, "")
    assert json.loads(out)["title"] == "公开记录"
    assert run("schema", "--output", "x.json") == (0, "", "")
    assert Path("x.json").read_bytes() == out.encode()


def test_a_schema_that_cannot_be_written_is_told(run: Run, here: Path) -> None:
    assert run("schema", "--output", "none/x.json") == (
        1,
        "",
        "错误：none/x.json：没有这个文件或文件夹\n",
    )


# --- build and serve ------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["build", "serve"])
def test_missing_settings_are_told(command: str, run: Run, here: Path) -> None:
    status, out, err = run(command, "--jobs", "1")
    assert (status, out) == (1, "")
    assert re.fullmatch(r"错误：找不到网站的设置文件 \S+mkdocs\.yml\n", err)
    assert not Path("site").exists()


def test_an_address_in_use_is_told_before_anything_is_built(run: Run, here: Path) -> None:
    break_record()  # a build would say so
    for name in ("content", "theme"):
        shutil.copytree(ROOT / name, name)
    shutil.copy(ROOT / "mkdocs.yml", ".")
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"127.0.0.1:{other.getsockname()[1]}"
        status, out, err = run("serve", "--address", address)
    assert (status, out) == (1, "")
    assert re.fullmatch(rf"错误：{address} 已被占用，[^\n]*\n", err)


# --- Help and wrong usage -------------------------------------------------------------------------

# The Latin words that a Chinese reader needs.
NAMES = {
    *("gongkai", "check", "build", "serve", "schema", "data", "site", "jobs", "output"),
    *("address", "help", "version", "search", "no", "YAML", "JSON", "Schema", "h", "x"),
    *("import", "export", "blank", "form", "to", "merge", "part", "force", "shenpi", "xingzheng"),
    *("Word", "Excel", "PDF", "docx", "xlsx", "html", "txt", "pdf", "yaml"),
    *("rules", "mask", "format", "text", "json", "github", "sarif", "md", "changed", "since"),
    *("git", "strict", "verbose", "C", "dry", "run"),
    *("demo", "downloads", "regions", "units", "years", "seed"),
    *("cluster", "Dask", "tcp", "S", "s", "releases", "current"),
}
COMMANDS = [
    *("blank", "build", "check", "demo", "export", "form", "import", "mask", "rules", "schema"),
    "serve",
]


@pytest.mark.parametrize("command", [[], ["form", "check"], *([name] for name in COMMANDS)])
def test_help_is_in_chinese(command: list[str], run: Run) -> None:
    status, out, err = run(*command, "--help")
    assert (status, err) == (0, "")
    assert out.startswith(f"用法：{' '.join(['gongkai', *command])} [选项]")
    assert set(re.findall(r"[A-Za-z]+", out)) <= NAMES
    assert "选项：\n  -h, --help" in out
    assert "显示这个说明。" in out
    assert run(*command, "-h").out == out


def test_every_command_has_help(run: Run) -> None:
    commands = run("--help").out.partition("命令：\n")[2]
    assert re.findall(r"^  (\w+)", commands, re.M) == COMMANDS


def test_the_version_is_told(run: Run) -> None:
    status, out, err = run("--version")
    assert (status, err) == (0, "")
    assert re.fullmatch(r"gongkai [0-9.]+\n", out)


def test_no_command_shows_the_help(run: Run) -> None:
    status, out, err = run()
    assert (status, out) == (2, "")
    assert err.startswith("用法：gongkai [选项] 命令")


@pytest.mark.parametrize(
    ("arguments", "message", "command"),
    [
        (["chekc"], "没有命令 chekc", "gongkai"),
        (["--dta"], "没有选项 --dta", "gongkai"),
        (["check", "--dta", "x"], "没有选项 --dta", "gongkai check"),
        (["check", "-x"], "没有选项 -x", "gongkai check"),
        (["check", "--data"], "选项 --data 后面缺少值，或多写了值", "gongkai"),
        (["build", "--no-search=1"], "选项 --no-search 后面缺少值，或多写了值", "gongkai"),
        (["build", "--jobs", "0"], "'--jobs' 的值不对", "gongkai build"),
        (["build", "--jobs", "两个"], "'--jobs' 的值不对", "gongkai build"),
        (["build", "--site", "file"], "'--site' 的值不对", "gongkai build"),
        (
            ["serve", "--address", "127.0.0.1"],
            "'--address' 没有写端口：应写成 主机:端口（半角冒号），如 127.0.0.1:8000",
            "gongkai serve",
        ),
        (
            ["serve", "--address", "127.0.0.1:80a"],
            "'--address' 的端口“80a”不对：端口是 1 到 65535 的整数，如 127.0.0.1:8000",
            "gongkai serve",
        ),
        (
            ["serve", "--address", "example.org:80"],
            "'--address' 的主机“example.org”不对：主机是 localhost 或本机的 IP 地址，"
            "如 127.0.0.1:8000",
            "gongkai serve",
        ),
        (["schema", "--output", "."], "'--output' 的值不对", "gongkai schema"),
        (["schema", "x"], "参数不对，或多写了参数", "gongkai schema"),
        (["build", "x", "y"], "参数不对，或多写了参数", "gongkai build"),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: list[str], message: str, command: str, run: Run, here: Path
) -> None:
    Path("file").touch()
    assert run(*arguments) == (2, "", f"用法不对：{message}。请看 {command} --help\n")


# --- As a program of its own ----------------------------------------------------------------------


def start(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [GONGKAI, *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )


def test_the_program_is_the_same(here: Path) -> None:
    good = start("check", folder=here)
    assert (good.returncode, good.stdout.decode()) == (0, GOOD.format(5))
    problem = break_record()
    bad = start("check", RECORD, folder=here)
    assert (bad.returncode, bad.stdout) == (1, b"")
    assert problem in bad.stderr.decode()
    assert start("chekc", folder=here).returncode == 2


@pytest.mark.parametrize("encoding", ["gbk", "latin-1", "ascii"])
def test_consoles_of_other_encodings_do_not_stop_it(encoding: str, here: Path) -> None:
    for command in (["check"], ["--help"], ["schema"]):
        result = start(*command, folder=here, PYTHONIOENCODING=encoding)
        assert result.returncode == 0
        assert b"Traceback" not in result.stderr
        assert result.stdout


def test_file_names_of_other_encodings_do_not_stop_it(here: Path) -> None:
    name = "二〇二二.yaml".encode("gbk").decode("utf-8", "surrogateescape")
    (here / "data/records/990001/shili-minzheng" / name).touch()
    (here / "data/forms" / name).touch()
    for command in ("check", "schema"):
        result = start(command, folder=here)
        assert (result.returncode, result.stdout) == (1, b"")
        assert b"Traceback" not in result.stderr
        assert "这里只放表式文件" in result.stderr.decode(errors="replace")


def test_a_reader_that_goes_away_does_not_make_a_traceback(here: Path) -> None:
    process = subprocess.Popen(
        [GONGKAI, "schema"], cwd=here, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    process.stdout.close()
    _, err = process.communicate()
    assert b"Traceback" not in err
    assert process.returncode == 1
