"""JSON Schema of a record, so that an editor completes keys and choices while a person types."""

from collections.abc import Mapping
from urllib.parse import quote

from generator.forms.form import Form, Tree
from generator.forms.types import Blank, Schema, Year

FORM_KEY = "表式"
METADATA_KEY = "元数据"
REVIEW_KEY = "审签"
ATTACHMENT_PATTERN = "附件[1-9][0-9]?"


def record_schema(forms: Mapping[str, Form]) -> Schema:
    """Schema (draft 2020-12) of a record whose parts may use any of these forms."""
    names = sorted(forms)
    part: Schema = {
        "type": "object",
        "required": [FORM_KEY],
        "properties": {FORM_KEY: {"enum": names, "description": "表式的名称，见 data/forms/"}},
        "allOf": [
            {
                "if": {"properties": {FORM_KEY: {"const": name}}, "required": [FORM_KEY]},
                "then": {"$ref": f"#/$defs/{quote(_definition(name), safe='')}"},
            }
            for name in names
        ],
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "公开记录",
        "type": "object",
        "properties": {
            METADATA_KEY: {"$ref": "#/$defs/part", "description": "信息公开元数据"},
            REVIEW_KEY: {"$ref": "#/$defs/part", "description": "三审三校的签署行"},
        },
        "patternProperties": {f"^{ATTACHMENT_PATTERN}$": {"$ref": "#/$defs/part"}},
        "additionalProperties": False,
        "minProperties": 1,
        "$defs": {"part": part} | {_definition(name): _form_schema(forms[name]) for name in names},
    }


def _definition(name: str) -> str:
    return f"表式-{name}".replace("~", "～").replace("/", "／")  # which mean something in a pointer


def _form_schema(form: Form) -> Schema:
    schema = _branch_schema(form.tree)
    schema["title"] = form.title
    schema["properties"] = {FORM_KEY: {"const": form.name}, **schema["properties"]}
    return schema


def _branch_schema(tree: Tree) -> Schema:
    written = {
        key: entry
        for key, entry in tree.items()
        if not (isinstance(entry, Blank) and isinstance(entry.type, Year))
    }
    schema: Schema = {
        "type": "object",
        "properties": {
            key: entry.schema() if isinstance(entry, Blank) else _optional(_branch_schema(entry))
            for key, entry in written.items()
        },
        "additionalProperties": False,
    }
    if required := [key for key, entry in written.items() if _must(entry)]:
        schema["required"] = required
    return schema


def _optional(schema: Schema) -> Schema:
    """A group of blanks may be left empty unless something in it must be filled."""
    return schema if "required" in schema else {**schema, "type": ["object", "null"]}


def _must(entry: "Blank | Tree") -> bool:
    if isinstance(entry, Blank):
        return entry.required
    return any(_must(inner) for inner in entry.values())
