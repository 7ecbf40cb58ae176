"""A record: what one unit discloses for one year, read by the forms its parts name."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from generator.errors import DataError, Problem
from generator.forms.form import Form, Rows, Tree
from generator.forms.layout import Item
from generator.forms.schema import (
    ATTACHMENT_PATTERN,
    FORM_KEY,
    METADATA_KEY,
    REVIEW_KEY,
    UNPLACED_KEY,
)
from generator.forms.types import Blank, Mistake, Year
from generator.forms.values import EMPTY, Value
from generator.records.store import RecordPath
from generator.yamlfile import Node, Where, YamlFile

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
        else:
            problems.append(file.problem((key,), f"不认识“{key}”，{_part_hint(key)}"))
    if problems:
        raise DataError(problems)
    place = {METADATA_KEY: 0, REVIEW_KEY: 2}
    parts.sort(key=lambda part: place.get(part.key, 1))
    return Record(identity, tuple(parts), file)


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
    reader = _PartReader(file, form, year, problems)
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
    return "这里可以写：元数据、附件1、附件2 …、审签"


def _form_meant(node: dict[str, Node], form: Form, forms: Mapping[str, Form]) -> Form | None:
    """Another form that knows most of what is written here, of which this one knows hardly any."""
    keys = set(node) - {FORM_KEY}
    if not keys or 2 * len(keys & form.tree.keys()) >= len(keys):
        return None
    same = [each for each in forms.values() if each.use == form.use]
    best = max(same, key=lambda each: (len(keys & each.tree.keys()), each.name))
    return best if 2 * len(keys & best.tree.keys()) > len(keys) else None


class _PartReader:
    """Reads the values of one part by its form, and gathers what is wrong with them."""

    def __init__(self, file: YamlFile, form: Form, year: int, problems: list[Problem]) -> None:
        self.file = file
        self.form = form
        self.year = year
        self.problems = problems
        self.rows: dict[str, tuple[Item, ...]] = {}

    def branch(self, where: Where, node: dict[str, Node], tree: Tree) -> dict[str, Value]:
        """The values of the blanks of one level, and of the levels below."""
        values: dict[str, Value] = {}
        seen = 1 if FORM_KEY in node and len(where) == 1 else 0
        for key, entry in tree.items():
            if key in node:
                seen += 1
            if isinstance(entry, Blank):
                values[entry.name] = self._blank(where, key, node, entry)
                continue
            inner = node.get(key, "")
            if isinstance(entry, Rows):
                self.rows[entry.name] = self._items((*where, key), inner, entry)
                continue
            if inner == "":
                inner = {}
            if isinstance(inner, dict):
                values |= self.branch((*where, key), inner, entry)
            else:
                message = f"“{key}”下面还有几项，请另起一行、缩进后分别填写：{'、'.join(entry)}"
                self.problems.append(self.file.needs_keys((*where, key), message))
        if seen != len(node):
            self._unknown(where, node, tree)
        return values

    def _items(self, where: Where, node: Node, rows: Rows) -> tuple[Item, ...]:
        """The items of a list, each a row of the table."""
        if node == "":
            return ()
        if not isinstance(node, list):
            message = f"“{rows.name}”逐行填写，每一行以“- ”开头，分别填写：{'、'.join(rows.blanks)}"
            self.problems.append(self.file.problem(where, message))
            return ()
        items: list[Item] = []
        for number, inner in enumerate(node):
            place = (*where, number)
            if not isinstance(inner, dict):
                message = f"每一行要分别填写：{'、'.join(rows.blanks)}"
                self.problems.append(self.file.problem(place, message))
                continue
            item = self.branch(place, inner, dict(rows.blanks))
            if all(value is EMPTY for value in item.values()) and not set(inner) - set(rows.blanks):
                self.problems.append(self.file.problem(place, "这一行是空的，请填写或删去"))
            items.append(item)
        return tuple(items)

    def _unknown(self, where: Where, node: dict[str, Node], tree: Tree) -> None:
        known = [key for key in tree if not _is_year(tree[key])]
        if len(where) == 1:
            known = [FORM_KEY, *known]
        lost = {}
        for key in node.keys() - set(known):
            homes = [
                name
                for name in self.form.blanks
                if name.split("/")[-1] == key and not self.form.is_in_rows(name)
            ]
            if len(homes) == 1:
                lost[key] = homes[0].rpartition("/")[0]
        for key, group in lost.items():
            place = f"“{group.rpartition('/')[2]}”下面" if group else f"“{where[0]}”下面一层"
            message = f"“{key}”应写在{place}，请检查缩进和上面的一行"
            self.problems.append(self.file.problem((*where, key), message))
        others = {key: value for key, value in node.items() if key not in lost}
        self.problems += self.file.unknown_keys(where, others, known)

    def _blank(self, where: Where, key: str, node: dict[str, Node], blank: Blank) -> Value:
        if isinstance(blank.type, Year):
            if key in node:
                message = "年度由文件名给出，记录里不写，请删去这一行"
                self.problems.append(self.file.problem((*where, key), message))
            return blank.type.of(self.year)
        try:
            value = blank.read(node.get(key, ""))
        except Mistake as mistake:
            offset = mistake.offset if isinstance(node[key], str) else None
            self.problems.append(self.file.problem((*where, key), mistake.message, offset))
            return EMPTY
        if value is EMPTY and blank.required:
            self.problems.append(self.file.problem((*where, key), f"“{key}”必须填写"))
        return value


def _is_year(entry: "Blank | Rows | Tree") -> bool:
    return isinstance(entry, Blank) and isinstance(entry.type, Year)
