"""What an import found, told to the person who has to look it over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.documents.importing import Entry, Import
from generator.yaml import Node, to_yaml
from generator.yaml.merge import Difference

_MOST = 40
"""Characters of a value that are shown."""


def report_lines(result: Import) -> Iterator[str]:
    """The report, line by line: forms, what was read, what to look at, what was left over."""
    yield f"认出 {len(result.parts)} 张表："
    for part in result.parts:
        yield f"  {part.key}  {part.form.name}  表式文字 {part.score:.0%} 相符（{part.file}）"
    if result.remarks:
        yield f"核对说明 {result.remarks} 条和文中的标记是导出时加的，不是原件的内容，没有读入"
    yield from _section(f"读入 {len(result.filled)} 项：", result.filled)
    if result.missing:
        yield f"原件里没有的 {len(result.missing)} 项，已留空：{'、'.join(result.missing)}"
    yield from _section(
        f"已遮盖 {len(result.masked)} 处个人信息，原件里的请另行处理：", result.masked
    )
    yield from _section(f"存疑 {len(result.doubts)} 处，请对照原件：", result.doubts, is_whole=True)
    yield from _section(
        f"没有认出 {len(result.unplaced)} 处，放在记录的“未识别”里，请放到应有的位置或核对后删去：",
        result.unplaced,
    )


def _section(title: str, entries: list[Entry], *, is_whole: bool = False) -> Iterator[str]:
    if entries:
        yield title
        yield from lines_of(entries, is_whole=is_whole)


def lines_of(entries: Iterable[Entry], *, is_whole: bool = False) -> Iterator[str]:
    """One line for each entry: where it is, what it is of, what it says.

    is_whole: all of it, since it is said to a person; a value is only shown to be known again.
    """
    for entry in entries:
        name = f"{entry.name}：" if entry.name else ""
        text = _in_one_line(entry.text) if is_whole else _short(entry.text)
        yield f"  {_place(entry)}  {name}{text}"


def kept_lines(kept: Iterable[tuple[str, Node]]) -> Iterator[str]:
    """The rows of a record that the documents do not have."""
    for where, node in kept:
        yield f"  {where}：原件里没有这一行，已保留（{_row(node)}）"


def difference_lines(differences: Iterable[Difference]) -> Iterator[str]:
    """What a record has and what a document says, line by line."""
    for each in differences:
        where = "/".join(str(key + 1) if isinstance(key, int) else key for key in each.where)
        yield f"  {where}：{_shown(each.old)} → {_shown(each.new)}"


def _shown(node: Node | None) -> str:
    if node is None:
        return "（没有）"
    if isinstance(node, str):
        return _short(node) if node else "（空）"
    return _short(to_yaml(node).strip())


def _place(entry: Entry) -> str:
    return f"{entry.file} {entry.place}".strip()


def _row(node: Node) -> str:
    if not isinstance(node, dict):
        return _shown(node)
    return _short("，".join(value for value in node.values() if isinstance(value, str) and value))


def _in_one_line(text: str) -> str:
    return text.replace("\n", "⏎")


def _short(text: str) -> str:
    text = _in_one_line(text)
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
