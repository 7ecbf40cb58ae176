"""Imports run one way, and what may be replaced one day is known to one layer only."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parents[1] / "generator"

# Each may import those above it; modules of one layer may import each other.
LAYERS = [
    "errors",
    "yaml",
    "files",
    "git",
    "forms",
    "records",
    "checks",
    "findings",
    "documents",
    "opendata",
    "demo",
    "pages",
    "site",
    "cli_words",
    "cli_shared",
    "cli_documents",
    "cli_checks",
    "cli_mask",
    "cli_demo",
    "cli_forms",
    "cli_site",
    "cli",
]
# library -> who knows it
KNOWN_BY = {
    "ahocorasick_rs": {"checks"},
    "ruamel": {"yaml"},
    "_ruamel_yaml": {"yaml"},
    "jinja2": {"forms", "pages"},
    "mkdocs": {"site"},
    "tqdm": {"site"},
    "watchdog": {"site"},
    "distributed": {"site"},
    "boto3": {"site"},
    "botocore": {"site"},
    "material": {"site"},
    "pypinyin": {"site"},
    "docx": {"documents"},
    "openpyxl": {"documents", "opendata"},
    "xlrd": {"documents"},
    "lxml": {"documents"},
    "typst": {"documents"},
    "rapidfuzz": {"documents"},
}


def layer_of(module: str) -> str:
    """generator.forms.types -> forms"""
    return module.split(".")[1]


def imported(tree: ast.AST, module: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that a module imports, within functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")[: -node.level] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            if name == "generator":
                for alias in node.names:
                    yield node.lineno, f"generator.{alias.name}"
            else:
                yield node.lineno, name


def offences(source: str, module: str) -> list[str]:
    """What a module imports and must not."""
    layer = layer_of(module)
    found = []
    for line, name in imported(ast.parse(source), module):
        top = name.split(".")[0]
        if top == "generator":
            wrong = LAYERS.index(layer_of(name)) > LAYERS.index(layer)
        else:
            wrong = layer not in KNOWN_BY.get(top, {layer})
        if wrong:
            found.append(f"{module}:{line}: {name}")
    return found


def modules() -> dict[str, Path]:
    return {
        ".".join(path.relative_to(GENERATOR.parent).with_suffix("").parts): path
        for path in sorted(GENERATOR.rglob("*.py"))
        if path != GENERATOR / "__init__.py"
    }


@cache
def every_import() -> list[tuple[str, str]]:
    """Layer and library, of all that any module imports; read once."""
    return [
        (layer_of(module), name.split(".")[0])
        for module, path in modules().items()
        for _, name in imported(ast.parse(path.read_text(encoding="utf-8")), module)
    ]


@pytest.mark.parametrize(("module", "path"), modules().items())
def test_imports_run_one_way(module: str, path: Path) -> None:
    assert offences(path.read_text(encoding="utf-8"), module) == []


def test_every_layer_is_there() -> None:
    assert {layer_of(module) for module in modules()} == set(LAYERS)


def test_the_package_itself_imports_nothing() -> None:
    """Or every module would import what it imports."""
    tree = ast.parse((GENERATOR / "__init__.py").read_text(encoding="utf-8"))
    assert list(imported(tree, "generator.__init__")) == []


@pytest.mark.parametrize("library", KNOWN_BY)
def test_every_library_of_the_list_is_known_to_who_may_know_it(library: str) -> None:
    """A library that is spelled wrong here would be guarded by nothing."""
    users = {layer for layer, its in every_import() if its == library}
    assert users <= KNOWN_BY[library]
    if library != "material":  # used by name
        assert users


def test_only_dependencies_are_imported() -> None:
    """A library that happens to be installed is not one that we may use."""
    ours = {"generator", "click", "markupsafe", "filelock", *KNOWN_BY}
    others = {library for _, library in every_import()}
    assert others - ours - set(sys.stdlib_module_names) == set()


@pytest.mark.parametrize(
    ("source", "module", "name"),
    [
        ("import generator.site.build", "generator.forms.grid", "generator.site.build"),
        ("from generator import cli", "generator.site.build", "generator.cli"),
        ("from generator.records import store", "generator.forms.file", "generator.records"),
        ("from generator.forms.file import read_forms", "generator.errors", "generator.forms.file"),
        ("from ..site import build", "generator.forms.grid", "generator.site"),
        ("def f():\n    import generator.cli", "generator.checks.check", "generator.cli"),
        ("if 1:\n    from ruamel.yaml import YAML", "generator.records.data", "ruamel.yaml"),
        ("import jinja2", "generator.site.frame", "jinja2"),
        ("from jinja2 import Environment", "generator.records.data", "jinja2"),
        ("import mkdocs.config", "generator.cli", "mkdocs.config"),
        ("from .index import x; import jinja2", "generator.site.search.__init__", "jinja2"),
    ],
)
def test_the_test_sees_an_offence(source: str, module: str, name: str) -> None:
    line = source.count("\n") + 1
    assert offences(source, module) == [f"{module}:{line}: {name}"]


@pytest.mark.parametrize(
    ("source", "module"),
    [
        ("from generator.errors import Problem", "generator.yaml"),
        ("from generator.forms.types import Blank", "generator.forms.form"),
        ("from . import types", "generator.forms.form"),
        ("import generator.site.build, click", "generator.cli"),
        ("from mkdocs.plugins import BasePlugin", "generator.site.plugin"),
        ("import re", "generator.errors"),
    ],
)
def test_the_test_sees_no_offence_where_there_is_none(source: str, module: str) -> None:
    assert offences(source, module) == []
