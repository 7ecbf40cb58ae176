"""A record: what one unit discloses for one year, read by the forms its parts name."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from generator.errors import DataError, Problem
from generator.forms.form import Form
from generator.forms.layout import Item
from generator.forms.schema import (
    ATTACHMENT_PATTERN,
    AUDIT_KEY,
    FORM_KEY,
    METADATA_KEY,
    OPEN_KEYS,
    REVIEW_KEY,
    UNPLACED_KEY,
)
from generator.forms.values import Value
from generator.records.portal import read_portal
from generator.records.reader import BlankReader
from generator.records.review import AUDIT_ITEMS, Review, read_review
from generator.records.store import RecordPath
from generator.yaml import Node, YamlFile

_ATTACHMENT = re.compile(ATTACHMENT_PATTERN)


@dataclass(frozen=True, slots=True)
class Part:
    """One filled form in a record."""

    key: str
    """元数据, 附件3, 审签: its key in the record, and its label on the page."""
    form: Form
    values: Mapping[str, Value]
    """blank's name -> value, for every blank of the form but those in rows that repeat."""
    rows: Mapping[str, tuple[Item, ...]]
    """list's name -> its items, for every list of the form."""

    @property
    def is_attachment(self) -> bool:
        return self.key not in (METADATA_KEY, REVIEW_KEY)


@dataclass(frozen=True, slots=True)
class Record:
    """What one unit discloses for one year."""

    identity: RecordPath
    """Region, unit and year, which the path gives."""
    parts: tuple[Part, ...]
    """In the order of the page: 元数据, attachments as they stand, 审签."""
    file: YamlFile
    """Where it came from, for placing what checks find."""
    review: Review
    """Its state, and the answers and corrections that readers see."""
    portal: str = ""
    """门户网址: address of its page on the government portal; "" when it does not say."""


def read_record(file: YamlFile, identity: RecordPath, forms: Mapping[str, Form]) -> Record:
    """The record in a file, every value type-checked. Raises DataError with all its problems."""
    root = file.root
    if not isinstance(root, dict) or not root:
        raise DataError([file.needs_keys((), "记录应由“元数据”“附件3”这样的部分组成")])
    problems: list[Problem] = []
    parts: list[Part] = []
    for key, node in root.items():
        if key in (METADATA_KEY, REVIEW_KEY) or _ATTACHMENT.fullmatch(key):
            part = _read_part(file, key, node, forms, identity.year, problems)
            if part:
                parts.append(part)
        elif key == UNPLACED_KEY:
            problems += _unplaced(file, node)
        elif key in OPEN_KEYS:
            continue  # read together
        else:
            problems.append(file.problem((key,), f"不认识“{key}”，{_part_hint(key)}"))
    review = read_review(file, root, identity.year, problems)
    portal = read_portal(file, root, problems)
    if problems:
        raise DataError(problems)
    place = {METADATA_KEY: 0, REVIEW_KEY: 2}
    parts.sort(key=lambda part: place.get(part.key, 1))
    return Record(identity, tuple(parts), file, review, portal)


def _read_part(
    file: YamlFile,
    key: str,
    node: Node,
    forms: Mapping[str, Form],
    year: int,
    problems: list[Problem],
) -> Part | None:
    if not isinstance(node, dict) or FORM_KEY not in node:
        problems.append(file.needs_keys((key,), f"“{key}”下面要写“{FORM_KEY}: …”和各项内容"))
        return None
    name = node[FORM_KEY]
    form = forms.get(name) if isinstance(name, str) else None
    use = key if key in (METADATA_KEY, REVIEW_KEY) else "附件"
    if form is None:
        known = sorted(each for each, form in forms.items() if form.use == use)
        near = get_close_matches(name, known, 1, 0.5) if isinstance(name, str) else []
        hint = f"是不是“{near[0]}”？" if near else f"可以写：{'、'.join(known)}"
        problems.append(file.problem((key, FORM_KEY), f"没有这个表式，{hint}", 0))
        return None
    if other := _form_meant(node, form, forms):
        message = f"下面的内容不像“{form.name}”，像是“{other.name}”，请检查表式写得对不对"
        problems.append(file.problem((key, FORM_KEY), message, 0))
        return None
    if form.use != use:
        message = f"“{form.name}”是{form.use}的表式，不能用在“{key}”里"
        problems.append(file.problem((key, FORM_KEY), message, 0))
        return None
    reader = BlankReader(file, form, year, problems, (FORM_KEY,))
    values = reader.branch((key,), node, form.tree)
    return Part(key, form, values, reader.rows)


def _unplaced(file: YamlFile, node: Node) -> list[Problem]:
    """A problem for each text that an import could not place: a person has to."""
    message = "导入时没有认出的文字，请放到应有的位置，或核对后删去"
    if isinstance(node, list) and node:
        return [file.problem((UNPLACED_KEY, number), message) for number in range(len(node))]
    return [file.problem((UNPLACED_KEY,), message)]


def _part_hint(key: str) -> str:
    """Which part was meant by 附件０３, 附件三 or 附件 3."""
    digits = str.maketrans("一二三四五六七八九", "123456789")
    plain = unicodedata.normalize("NFKC", key).replace(" ", "").translate(digits)
    plain = re.sub(r"(?<=附件)0+", "", plain)
    if _ATTACHMENT.fullmatch(plain) or plain in (METADATA_KEY, REVIEW_KEY):
        return f"是不是“{plain}”？"
    if key in AUDIT_ITEMS:
        return f"应写在“{AUDIT_KEY}”下面，请检查缩进"
    known = (METADATA_KEY, REVIEW_KEY, *OPEN_KEYS)
    if near := get_close_matches(plain, known, 1, 0.6):
        return f"是不是“{near[0]}”？"
    return f"这里可以写：元数据、附件1、附件2 …、审签、{'、'.join(OPEN_KEYS)}"


def _form_meant(node: dict[str, Node], form: Form, forms: Mapping[str, Form]) -> Form | None:
    """Another form that knows most of what is written here, of which this one knows hardly any."""
    keys = set(node) - {FORM_KEY}
    if not keys or 2 * len(keys & form.tree.keys()) >= len(keys):
        return None
    same = [each for each in forms.values() if each.use == form.use]
    best = max(same, key=lambda each: (len(keys & each.tree.keys()), each.name))
    return best if 2 * len(keys & best.tree.keys()) > len(keys) else None
