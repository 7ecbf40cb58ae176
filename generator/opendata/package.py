"""What describes the data to programs: a Frictionless Data Package, and JSON Schema of a record.

https://specs.frictionlessdata.io/data-package/
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.opendata.dictionary import FIELDS
from generator.opendata.files import DATA_CSV, FIELDS_CSV, FIGURES_CSV
from generator.opendata.rows import STATES
from generator.opendata.tables import LONG, WIDE, Column

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Licence:
    """Under what the data may be used, as mkdocs.yml says; nothing is said that it does not."""

    name: str = ""
    """CC-BY-4.0."""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Resource:
    """A table of a package."""

    name: str
    path: str
    title: str
    columns: Sequence[Column]
    key: tuple[str, ...] = ()
    """Columns that together name a row."""


DATA = Resource("data", DATA_CSV, "各份记录的全部字段，一个字段一行", LONG)
FIGURES = Resource(
    "indicators",
    FIGURES_CSV,
    "各份记录的主要指标，一份记录一行",
    WIDE,
    ("地区代码", "单位简写", "年度"),
)
DICTIONARY = Resource("fields", FIELDS_CSV, "各张表的字段", FIELDS)


def data_package(
    name: str, title: str, resources: Sequence[Resource], licence: Licence, homepage: str = ""
) -> bytes:
    """`datapackage.json`. homepage: address of the page that explains the data; "" if unknown."""
    package: Json = {"profile": "tabular-data-package", "name": name, "title": title}
    if homepage:
        package["homepage"] = homepage
    if licence.name or licence.url:
        named = {"name": licence.name, "path": licence.url}
        package["licenses"] = [{key: value for key, value in named.items() if value}]
    package["resources"] = [_resource(each) for each in resources]
    return _file(package)


def _resource(resource: Resource) -> Json:
    schema: Json = {"fields": [_field(each) for each in resource.columns], "missingValues": [""]}
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "path": resource.path,
        "title": resource.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "header": True},
        "schema": schema,
    }


def _field(column: Column) -> Json:
    field: Json = {"name": column.name, "type": column.kind, "description": column.meaning}
    constraints: Json = {}
    if column.required:
        constraints["required"] = True
    if column.options:
        constraints["enum"] = list(column.options)
    if constraints:
        field["constraints"] = constraints
    return field


def record_schema(site_url: str, address: str) -> bytes:
    """JSON Schema (draft 2020-12) of a record's data.json. address: where it stands itself."""
    text: Json = {"type": "string"}
    state: Json = {"enum": list(STATES.values())}
    field: Json = {
        "type": "object",
        "properties": {
            "字段": {**text, "description": "表里的哪一格；“/”前面是上级栏目"},
            "行": {"type": "integer", "minimum": 1, "description": "可以增加行的表里是第几行"},
            "值": {**text, "description": "照原件的写法"},
            "状态": state,
            "数值": {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
            "计量单位": text,
            "核对说明": {"type": "array", "items": {"type": "string", "pattern": "^注[0-9]+$"}},
        },
        "required": ["字段", "值", "状态"],
        "additionalProperties": False,
    }
    schema: Json = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **({"$id": f"{site_url.rstrip('/')}/{address}"} if site_url else {}),
        "title": "一个单位一个年度公开的一份记录",
        "type": "object",
        "properties": {
            "地区代码": {"type": "string", "pattern": "^[0-9]{6}$"},
            "地区": text,
            "单位简写": text,
            "单位": text,
            "年度": {"type": "integer"},
            "状态": text,
            "发布日期": {"type": "string", "pattern": "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$"},
            "部分": _list(
                {
                    "附件": text,
                    "表式": text,
                    "名称": text,
                    "字段": {"type": "array", "items": field},
                }
            ),
            "核对说明": _list({"注": text, "规则": text, "说明": text, "日期": text}),
            "更正说明": _list({"日期": text, "说明": text}),
        },
    }
    schema["required"] = list(schema["properties"])
    schema["additionalProperties"] = False
    return _file(schema)


def _list(properties: Json) -> Json:
    item = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return {"type": "array", "items": item}


def _file(value: Json) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode("utf-8", "replace")
