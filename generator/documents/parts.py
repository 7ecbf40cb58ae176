"""Where in a record each form goes that documents hold, and what becomes of a part in two files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import GongkaiError
from generator.forms.form import Form
from generator.forms.schema import FORM_KEY
from generator.yaml import Node, to_yaml
from generator.yaml.merge import in_common

_MOST = 99


@dataclass(frozen=True, slots=True)
class FoundForm:
    """A form that was read, before it has a key."""

    file: str
    number: int | None
    """Of its label: 3 of 附件3."""
    form: Form
    nodes: Node


@dataclass(frozen=True, slots=True)
class PartKey:
    """The key of a form in the record."""

    key: str
    doubt: str = ""
    """Why it may be another one."""


def part_keys(found: Sequence[FoundForm], record: Mapping[str, Node]) -> list[PartKey | None]:
    """The key of each form, None for one that an earlier file has just so.

    An attachment has the number of its label; without one it is the record's attachment of this
    form, or gets a free number.
    """
    numbers: list[int | None] = [each.number for each in found]
    repeated = _repeated(found, numbers)
    keys: dict[int, PartKey] = {}
    displaced: dict[int, str] = {}
    used: set[str] = set()
    for place, (each, number) in enumerate(zip(found, numbers, strict=True)):
        if place in repeated:
            continue
        if each.form.use != "附件":
            keys[place] = PartKey(each.form.use)
        elif number:
            key = f"附件{number}"
            other = form_of(record.get(key, ""))
            if key in used:
                displaced[place] = f"原件写的是{key}，但这里已有另一份{key}"
            elif other and other != each.form.name:
                displaced[place] = f"原件写的是{key}，但记录里的{key}是{other}"
            else:
                keys[place] = PartKey(key)
                used.add(key)
    attachments = [place for place in range(len(found)) if place not in keys.keys() | repeated]
    there = {key: form_of(node) for key, node in record.items() if key.startswith("附件")}
    taken = used | there.keys() | {f"附件{number}" for number in numbers if number}
    free = (key for number in range(1, _MOST + 1) if (key := f"附件{number}") not in taken)
    chosen = _in_record(
        attachments, found, record, {k: f for k, f in there.items() if k not in used}
    )
    for place in attachments:
        key, doubt = chosen.get(place, ("", ""))
        key = key or next(free, "")
        if not key:
            raise GongkaiError(
                f"一份记录最多有 {_MOST} 个附件，原件里的表更多，没有写入；"
                "请检查是不是选错了文件，或者分成几份记录"
            )
        reasons = [reason for reason in (displaced.get(place), doubt) if reason]
        keys[place] = PartKey(key, f"{'；'.join(reasons)}；放在{key}，请核对" if reasons else "")
    return [keys.get(place) for place in range(len(found))]


def _repeated(found: Sequence[FoundForm], numbers: list[int | None]) -> set[int]:
    """The forms that an earlier file has just so; what either label says is known of both."""
    repeated: set[int] = set()
    for place, each in enumerate(found):
        for earlier in range(place):
            other = found[earlier]
            is_same = (
                each.form.use == "附件"
                and earlier not in repeated
                and other.file != each.file
                and other.form is each.form
                and other.nodes == each.nodes
            )
            if is_same and (not numbers[place] or numbers[earlier] in (None, 0, numbers[place])):
                numbers[earlier] = numbers[earlier] or numbers[place]
                repeated.add(place)
                break
    return repeated


def _in_record(
    places: Sequence[int],
    found: Sequence[FoundForm],
    record: Mapping[str, Node],
    there: Mapping[str, str],
) -> dict[int, tuple[str, str]]:
    """Key in the record ("" for a new one) and doubt, of the forms that the record has already."""
    chosen: dict[int, tuple[str, str]] = {}
    for name in dict.fromkeys(found[place].form.name for place in places):
        forms = [place for place in places if found[place].form.name == name]
        keys = [key for key in there if there[key] == name]
        if len(forms) == len(keys) == 1:
            chosen[forms[0]] = keys[0], ""
        elif keys:
            said = f"记录里的{'、'.join(keys)}都是{name}" if len(keys) > 1 else f"{name}有几张"
            alike = sorted(
                (-in_common(_values(found[place].nodes), _values(record[key])), place, key)
                for place in forms
                for key in keys
            )
            pairs: dict[int, str] = {}
            for common, place, key in alike:
                if common and place not in pairs and key not in pairs.values():
                    pairs[place] = key
            for place in forms:
                how = "按相同的内容最多的选" if place in pairs else "都没有相同的内容"
                chosen[place] = pairs.get(place, ""), f"{said}，{how}"
    return chosen


def form_of(part: Node) -> str:
    """The name of the form that a record's part is of."""
    name = part.get(FORM_KEY, "") if isinstance(part, dict) else ""
    return name if isinstance(name, str) else ""


def _values(part: Node) -> Node:
    return {k: v for k, v in part.items() if k != FORM_KEY} if isinstance(part, dict) else part


def joined(first: Node, second: Node, name: str, lost: list[str]) -> Node:
    """What either part of two files has; what the second has otherwise is lost, and told."""
    if isinstance(first, dict) and isinstance(second, dict):
        return {
            key: joined(first.get(key, ""), second.get(key, ""), f"{name}/{key}", lost)
            for key in {**first, **second}
        }
    if first == "" or first == second:
        return second
    if second != "":
        lost.append(f"{name}：{_told(second)}")
    return first


def loose_values(part: Node, name: str) -> Iterator[str]:
    """Every value of a part that cannot stand as one: 元数据/索引号：甲."""
    if isinstance(part, dict):
        for key, node in part.items():
            if key != FORM_KEY:
                yield from loose_values(node, f"{name}/{key}")
    elif part:
        yield f"{name}：{_told(part)}"


def _told(node: Node) -> str:
    return node if isinstance(node, str) else to_yaml(node)
