"""JSON Schema of a record, so that an editor completes keys and choices while a person types."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import get_args
from urllib.parse import quote

from generator.forms.form import Form, Rows, Tree, Use
from generator.forms.types import Blank, Schema, Year

FORM_KEY = "表式"
METADATA_KEY = "元数据"
REVIEW_KEY = "审签"
UNPLACED_KEY = "未识别"
"""What an import could not place; a record that still has it cannot be published."""
AUDIT_KEY = "审核"
ANSWERS_KEY = "核对说明"
CORRECTIONS_KEY = "更正说明"
PORTAL_KEY = "门户网址"
"""Where the government portal has the same page."""
OPEN_KEYS = (AUDIT_KEY, ANSWERS_KEY, CORRECTIONS_KEY, PORTAL_KEY)
"""What a record says of its review and of its place: not a part of what was sealed, and open to
later entries."""
USES: tuple[Use, ...] = get_args(Use)
ATTACHMENT_PATTERN = "附件[1-9][0-9]?"


def record_schema(
    forms: Mapping[str, Form], review: Mapping[str, "Blank | Rows | Tree"] = MappingProxyType({})
) -> Schema:
    """Schema (draft 2020-12) of a record whose parts may use any form that is meant for them.

    review: the blanks that any record may have and are of no form (审核, 核对说明, 门户网址).
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "公开记录",
        "type": "object",
        "properties": {
            METADATA_KEY: {"$ref": _use_reference("元数据"), "description": "信息公开元数据"},
            REVIEW_KEY: {"$ref": _use_reference("审签"), "description": "三审三校的签署行"},
            **{key: _entry_schema(entry) for key, entry in review.items()},
        },
        "patternProperties": {f"^{ATTACHMENT_PATTERN}$": {"$ref": _use_reference("附件")}},
        "additionalProperties": False,
        "minProperties": 1,
        "$defs": {use: _part_schema(use, forms) for use in USES}
        | {_definition(name): _form_schema(forms[name]) for name in sorted(forms)},
    }


def _use_reference(use: Use) -> str:
    return f"#/$defs/{quote(use)}"


def _part_schema(use: Use, forms: Mapping[str, Form]) -> Schema:
    """Schema of a part: by the form that it names, one of those for this use."""
    names = sorted(name for name, form in forms.items() if form.use == use)
    schema: Schema = {
        "type": "object",
        "required": [FORM_KEY],
        "properties": {FORM_KEY: {"enum": names, "description": "表式的名称，见 data/forms/"}},
    }
    if names:
        schema["allOf"] = [
            {
                "if": {"properties": {FORM_KEY: {"const": name}}, "required": [FORM_KEY]},
                "then": {"$ref": f"#/$defs/{quote(_definition(name), safe='')}"},
            }
            for name in names
        ]
    return schema


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
        "properties": {key: _entry_schema(entry) for key, entry in written.items()},
        "additionalProperties": False,
    }
    if required := [key for key, entry in written.items() if _must(entry)]:
        schema["required"] = required
    return schema


def _entry_schema(entry: "Blank | Rows | Tree") -> Schema:
    if isinstance(entry, Blank):
        return entry.schema()
    if isinstance(entry, Rows):
        item = _branch_schema(dict(entry.blanks)) | {"minProperties": 1}
        return {"type": ["array", "null"], "items": item, "title": entry.name}
    return _optional(_branch_schema(entry))


def _optional(schema: Schema) -> Schema:
    """A group of blanks may be left empty unless something in it must be filled."""
    return schema if "required" in schema else {**schema, "type": ["object", "null"]}


def _must(entry: "Blank | Rows | Tree") -> bool:
    """Whether a record must have something here; a list may have no rows."""
    if isinstance(entry, Blank):
        return entry.required
    if isinstance(entry, Rows):
        return False
    return any(_must(inner) for inner in entry.values())
