"""A link that leads to nothing stops the build."""

import shutil
from pathlib import Path

import pytest

from generator.errors import BuildError
from generator.site.links import targets
from tests.site.test_incremental import Project, make_project


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("data.csv", "a/b/2022/data.csv"),
        ("../", "a/b/index.html"),
        ("..", "a/b/index.html"),
        ("../../../", "index.html"),
        ("./", "a/b/2022/index.html"),
        ("../2021/#附件3", "a/b/2021/index.html"),
        ("../../../search/?q=x", "search/index.html"),
        ("#附件3", None),
        ("https://x.example/y", None),
        ("//x.example/y", None),
        ("mailto:a@x.example", None),
    ],
)
def test_where_a_link_leads(link: str, target: str | None) -> None:
    for attribute in ("href", "src"):
        found = list(targets("a/b/2022/", f'<a class="c" {attribute}="{link}">x</a>'))
        assert found == ([target] if target else [])


def test_a_text_is_no_link() -> None:
    assert list(targets("", "<p>a href=&#34;x.html&#34;</p>")) == []


@pytest.mark.parametrize("template", ["record.html", "region.html", "home.html"])
def test_a_page_that_leads_to_nothing_is_told(
    template: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project: Project = make_project(tmp_path, monkeypatch)
    project.options["search"] = False
    shutil.rmtree(project.data / "records/990001/shili-jiaoyu")
    path = project.root / "theme/pages" / template
    text = path.read_text(encoding="utf-8")
    path.write_text(f'{text}<p><a href="{{{{ root }}}}nothing/">x</a></p>\n', encoding="utf-8")
    with pytest.raises(BuildError, match=r"指向 nothing/index\.html，没有这个文件"):
        project.build()
    assert not project.site.exists()
