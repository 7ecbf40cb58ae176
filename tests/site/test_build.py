"""`gongkai build` as its users meet it: the whole site or none, the same bytes each time."""

import hashlib
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import cli
from generator.site.making import CHUNK
from tests.publishing import publish

ROOT = Path(__file__).resolve().parents[2]
GONGKAI = Path(sys.executable).with_name("gongkai")
RECORD = "records/990001/shili-minzheng/2022.yaml"
PAGE = "990001/shili-minzheng/2022/index.html"

KILLS = 10

QUICK = ("--no-search", "--no-downloads")

Build = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def program(example_data: Path, tmp_path: Path) -> Build:
    """`program(*options)` builds the example data into `tmp_path / "site"`."""

    def run(*options: str, downloads: bool = False) -> subprocess.CompletedProcess[str]:
        options = (*options, *(() if downloads else ("--no-downloads",)))
        command = [GONGKAI, "build", "--data", example_data, "--site", tmp_path / "site", *options]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def build(
    example_data: Path,
    tmp_path: Path,
    mkdocs_once: None,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Build:
    """The same command in this process, which takes a tenth of the time."""
    monkeypatch.chdir(ROOT)

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        places = ["--data", str(example_data), "--site", str(tmp_path / "site")]
        command = ["gongkai", "build", *places, "--jobs", "1", "--no-downloads", *options]
        monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as ended:
            cli.main()
        assert isinstance(ended.value.code, int)
        return subprocess.CompletedProcess(command, ended.value.code, *capsys.readouterr())

    return run


def files_of(site: Path) -> dict[str, str]:
    """Every file with a digest of its bytes."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def test_every_record_and_index_has_its_page(program: Build, tmp_path: Path) -> None:
    assert program().returncode == 0
    pages = {
        path.parent.relative_to(tmp_path / "site").as_posix()
        for path in (tmp_path / "site").rglob("index.html")
    }
    assert pages == {
        ".",
        "about",
        "compare",
        "coverage",
        "data",
        "glossary",
        "help",
        "rules",
        "search",
        "990001",
        "990001/coverage",
        "990001/shili-minzheng",
        "990001/shili-minzheng/2021",
        "990001/shili-minzheng/2022",
        "990001/shili-jiaoyu",
        "990001/shili-jiaoyu/2021",
        "990001/shili-jiaoyu/2022",
        "990001/shili-jiaoyu/2023",
        "990001/shili-shuili",
        "years/2021",
        "years/2022",
        "years/2023",
    }


def test_same_input_gives_the_same_bytes(program: Build, tmp_path: Path) -> None:
    """Whatever the number of processes, the search index included."""
    assert program("--jobs", "1", downloads=True).returncode == 0
    first = files_of(tmp_path / "site")
    shutil.rmtree(tmp_path / "site")
    time.sleep(1.1)  # another second on every clock
    assert program("--jobs", "2", downloads=True).returncode == 0
    assert files_of(tmp_path / "site") == first
    assert PAGE in first
    assert "search/regions.json.gz" in first


def test_many_chunks_in_many_processes_give_the_pages_of_one(
    build: Build, program: Build, example_data: Path, tmp_path: Path
) -> None:
    units = [f"shili-danwei-{number}" for number in range(CHUNK + 3)]
    region = example_data / "regions" / "990001.yaml"
    lines = "".join(f"  {unit}: 示例县第{unit[13:]}单位\n" for unit in units)
    region.write_text(region.read_text(encoding="utf-8") + lines, encoding="utf-8")
    for unit in units:
        folder = example_data / "records" / "990001" / unit
        folder.mkdir()
        shutil.copy(example_data / "records/990001/shili-jiaoyu/2023.yaml", folder)
    assert build("--jobs", "1", "--no-search").returncode == 0
    first = files_of(tmp_path / "site")
    assert program("--jobs", "3", "--no-search").returncode == 0
    assert files_of(tmp_path / "site") == first
    assert len([path for path in first if path.endswith("/2023/index.html")]) == len(units) + 2


def test_problems_of_all_files_are_told_and_the_old_site_stays(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    assert build().returncode == 0
    before = files_of(tmp_path / "site")
    good = example_data / RECORD
    good.write_text(
        good.read_text(encoding="utf-8").replace("100.50", "1,100.50"), encoding="utf-8"
    )
    other = example_data / "records/990001/shili-jiaoyu/2023.yaml"
    other.write_text("附件1：\n  表式: 自评报告\n", encoding="utf-8")
    misplaced = other.with_name("2022.yml")
    misplaced.touch()
    result = build()
    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        f"{misplaced}:1:1: 文件的扩展名应是 .yaml，如 2022.yaml",
        f"{other}:1:4: 冒号是全角的，请改为半角冒号加一个空格“: ”",
        f"{good}:17:14: “1,100.50”：数字里不要写逗号，请写成 1100.50",
        f"{good}:19:9: “1,100.50”：数字里不要写逗号，请写成 1100.50",
        "共 4 处需要改正。",
    ]
    assert files_of(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".site.lock",
        ".site.manifest",
        "data",
        "site",
    ]


def test_notices_are_told_and_do_not_stop(build: Build, example_data: Path) -> None:
    result = build()
    assert result.returncode == 0
    assert result.stderr.splitlines() == [
        f"{example_data}/records:1:1: 提示：另有 5 处提示，不妨碍这次生成；用 gongkai check 查看"
    ]


def test_a_unit_that_discloses_again_is_linked_from_its_other_years(
    build: Build, tmp_path: Path
) -> None:
    assert build("--no-search").returncode == 0
    older = (tmp_path / "site/990001/shili-minzheng/2021/index.html").read_text(encoding="utf-8")
    newer = (tmp_path / "site" / PAGE).read_text(encoding="utf-8")
    assert 'rel="next" href="../../../990001/shili-minzheng/2022/"' in older
    assert 'rel="prev" href="../../../990001/shili-minzheng/2021/"' in newer
    assert 'rel="next"' not in newer


def test_what_a_record_says_is_never_markup(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    record = example_data / RECORD
    attack = "</title></p><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}{%x%}<!--"
    text = record.read_text(encoding="utf-8").replace("只有一行", f"'{attack}'")
    text = text.replace("示例县民政局<2022>年度公开", f"'{attack}'")
    record.write_text(text, encoding="utf-8")
    region = example_data / "regions" / "990001.yaml"
    named = region.read_text(encoding="utf-8").replace("示例县水利局", f"'{attack}'")
    region.write_text(named, encoding="utf-8")
    publish(example_data)
    result = build()
    assert result.returncode == 0, result.stderr
    for page in (tmp_path / "site").rglob("*.html"):
        assert "<script>alert" not in page.read_text(encoding="utf-8")
        assert "<img src=x" not in page.read_text(encoding="utf-8")
    assert "{{7*7}}{%x%}&lt;!--" in (tmp_path / "site" / PAGE).read_text(encoding="utf-8")


def test_without_search_there_is_no_index(build: Build, tmp_path: Path) -> None:
    assert build("--no-search").returncode == 0
    assert [path.name for path in (tmp_path / "site" / "search").iterdir()] == ["index.html"]


def test_a_folder_with_other_things_is_not_replaced(build: Build, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "photo.jpg").write_bytes(b"mine")
    result = build()
    assert result.returncode == 1
    assert "文件夹里已有别的内容" in result.stderr
    assert (tmp_path / "site" / "photo.jpg").read_bytes() == b"mine"


def test_site_map_has_every_page_but_the_search_page(
    build: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only where the site's address is known."""
    project = tmp_path / "project"
    project.mkdir()
    for folder in ("content", "theme"):
        shutil.copytree(ROOT / folder, project / folder)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (project / "mkdocs.yml").write_text(
        settings + "\nsite_url: https://example.org/a&b/\n", encoding="utf-8"
    )
    monkeypatch.chdir(project)
    assert build("--no-search").returncode == 0
    text = (tmp_path / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://example.org/a&amp;b/990001/shili-minzheng/2022/</loc>" in text
    assert "<loc>https://example.org/a&amp;b/about/</loc>" in text
    assert "/search/" not in text
    assert "<loc>https://example.org/a&amp;b/rules/</loc>" in text
    assert "<loc>https://example.org/a&amp;b/years/2023/</loc><lastmod>2024-05-11</lastmod>" in text
    assert text.count("<url>") == 21


@pytest.mark.soak
def test_killed_at_any_moment_the_old_or_the_new_site_is_there(
    program: Build, example_data: Path, tmp_path: Path
) -> None:
    """The record is changed before each try.

    In every run: `test_killed_at_some_moments` in tests/site/test_faults.py.
    """
    site, record = tmp_path / "site", example_data / RECORD
    template = record.read_text(encoding="utf-8")
    assert "只有一行" in template
    whole: dict[str, dict[str, str]] = {}

    def generation(name: str) -> None:
        record.write_text(template.replace("只有一行", f"第{name}代"), encoding="utf-8")
        publish(example_data)

    for name in ("甲", "乙"):
        generation(name)
        start = time.monotonic()
        assert program("--no-search").returncode == 0
        duration = time.monotonic() - start
        whole[name] = files_of(site)
    assert whole["甲"] != whole["乙"]
    chance = random.Random(20221)  # noqa: S311 - any moments will do, the same each time
    finished = 0
    for number in range(KILLS):
        generation("甲乙"[number % 2])
        process = subprocess.Popen(
            [*(GONGKAI, "build", "--data", example_data, "--site", site), *QUICK],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            process.wait(chance.uniform(0.3, 1.1) * duration)
            finished += 1
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert files_of(site) in whole.values()
    assert finished < KILLS
    generation("甲")
    assert program("--no-search").returncode == 0
    assert files_of(site) == whole["甲"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".site.lock",
        ".site.manifest",
        ".site.spare",
        "data",
        "site",
    ]


# The review gate: what is not through its reviews is not in the site.

REVIEWED = "records/990001/shili-jiaoyu/2021.yaml"


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("status", ["草稿", "待审", "已审"])
def test_what_is_not_public_is_not_in_the_site(
    status: str, build: Build, example_data: Path, tmp_path: Path
) -> None:
    change(example_data / REVIEWED, "已发布", status)
    name = "  单位名称: 示例县教育局"
    change(example_data / REVIEWED, name, f"{name}\n  因公出国(境)费: {{决算数: 987.65}}")
    result = build()
    assert result.returncode == 0
    assert f"有 1 份记录没有公开，不在网站里：{status} 1 份" in result.stderr
    site = tmp_path / "site"
    assert not (site / "990001/shili-jiaoyu/2021").exists()
    pages = [path.read_text(encoding="utf-8") for path in site.rglob("*.html")]
    assert not any("shili-jiaoyu/2021" in page for page in pages)
    assert not any("987.65" in page for page in pages)
    after = (site / "990001/shili-jiaoyu/2022/index.html").read_text(encoding="utf-8")
    assert "本站没有2021年度的公开信息" in after


def test_a_record_without_a_state_is_a_draft(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    path = example_data / REVIEWED
    path.write_text(path.read_text(encoding="utf-8").partition("审核:")[0], encoding="utf-8")
    assert "草稿 1 份" in build().stderr
    assert not (tmp_path / "site" / "990001/shili-jiaoyu/2021").exists()


def test_mistakes_in_a_draft_do_not_stop_the_others(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    change(example_data / REVIEWED, "已发布", "草稿")
    change(example_data / REVIEWED, "单位名称: 示例县教育局", "单位名称: 示例县民政局")
    result = build()
    assert result.returncode == 0
    assert "[A2]" not in result.stderr


def test_wrong_values_in_a_draft_do_not_stop_the_others(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    change(example_data / REVIEWED, "已发布", "草稿")
    change(example_data / REVIEWED, "发文日期: 2022-05-09", "发文日期: 2022.13.09")
    assert build().returncode == 0
    assert not (tmp_path / "site" / "990001/shili-jiaoyu/2021").exists()


def test_a_record_whose_state_cannot_be_read_stops(build: Build, example_data: Path) -> None:
    """Nobody can tell that it is a draft."""
    change(example_data / REVIEWED, "已发布", "草稿")
    change(example_data / REVIEWED, "索引号: ", "索引号:")
    assert build().returncode == 1


def test_personal_data_in_a_draft_is_told(build: Build, example_data: Path) -> None:
    change(example_data / REVIEWED, "已发布", "草稿")
    change(example_data / REVIEWED, "# 虚构", f"# 138{'0013'}8000 虚构")
    result = build()
    assert result.returncode == 0
    assert "提示：[I1] 这里有手机号码" in result.stderr


def test_what_was_withdrawn_says_so_and_nothing_else(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    change(
        example_data / REVIEWED,
        "状态: 已发布",
        "状态: 已撤回\n  撤回日期: 2022-06-01\n  撤回原因: 金额抄错，核对后再公开。",
    )
    result = build()
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site" / "990001/shili-jiaoyu/2021/index.html").read_text(encoding="utf-8")
    assert "本页内容已经撤回" in page
    assert "金额抄错，核对后再公开。" in page
    assert "990001002/2021-000002" not in page
    assert "三公经费" not in page
    assert "核对说明" not in page


def test_mistakes_do_not_keep_a_withdrawn_record_online(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    change(
        example_data / RECORD,
        "状态: 已发布",
        "状态: 已撤回\n  撤回日期: 2023-06-01\n  撤回原因: 有误。",
    )
    text = (example_data / RECORD).read_text(encoding="utf-8").partition("核对说明:")[0]
    (example_data / RECORD).write_text(text, encoding="utf-8")
    assert build().returncode == 0
    assert "本页内容已经撤回" in (tmp_path / "site" / PAGE).read_text(encoding="utf-8")


def test_a_change_after_publishing_stops_until_it_is_told(
    build: Build, example_data: Path, tmp_path: Path
) -> None:
    path = example_data / REVIEWED
    change(path, "公开形式: 政府网站", "公开形式: 政府公报")
    result = build()
    assert result.returncode == 1
    (found,) = re.findall("校验码: ([a-p]{12})", result.stderr)
    text = path.read_text(encoding="utf-8")
    told = f"\n更正说明:\n  - 日期: 2022-06-01\n    说明: 改正公开形式。\n    校验码: {found}\n"
    path.write_text(text + told, encoding="utf-8")
    assert build().returncode == 0
    page = (tmp_path / "site" / "990001/shili-jiaoyu/2021/index.html").read_text(encoding="utf-8")
    assert "改正公开形式。" in page


def test_reviewers_are_named_nowhere(build: Build, example_data: Path, tmp_path: Path) -> None:
    """审核人 stays in the record, masked as it is."""
    change(example_data / REVIEWED, "审核人: 甲*", "审核人: 欧阳*")
    assert build("--no-search").returncode == 0
    pages = list((tmp_path / "site").rglob("*.html"))
    assert pages
    assert not any("欧阳" in page.read_text(encoding="utf-8") for page in pages)


def test_an_error_without_an_answer_stops(build: Build, example_data: Path) -> None:
    answer = "  - 规则: E1\n    说明: 虚构的记录，没有选全。\n    日期: 2023-05-11\n"
    change(example_data / RECORD, answer, "")
    result = build()
    assert result.returncode == 1
    assert "[E1]" in result.stderr


def test_answers_are_read_beside_the_figures(build: Build, tmp_path: Path) -> None:
    assert build("--no-search").returncode == 0
    page = (tmp_path / "site" / PAGE).read_text(encoding="utf-8")
    assert 'href="#核对说明-注1"' in page
    assert 'id="核对说明-注1"' in page
    assert "报告没有写结论。" in page
