"""Records that were public, beside what they are now: no change is silent, and none vanishes (K4).

A record's own 校验码 tells that its content was changed; that the code was changed along with it
only an earlier version of the file can tell.
Source of the rule: 《地方预决算公开操作规程》（财预〔2016〕143号）: what is disclosed is kept.
"""

from pathlib import Path

from generator.checks.finding import Evidence, Fault, Finding, Spot, of_fault
from generator.errors import DataError
from generator.forms.schema import AUDIT_KEY, CORRECTIONS_KEY
from generator.records.review import content_code, status_of
from generator.yaml import Node, Where, YamlFile

RULE = "K4"
_PUBLIC = "已发布"
_SEEN = (_PUBLIC, "已撤回")
"""States of which readers know."""


def changed_silently(path: Path, before: str) -> Finding | None:
    """What is wrong with a record's file, given its text in an earlier version; None for nothing.

    A file that cannot be read now, or could not then, is other rules' business.
    """
    old = _root(path, before)
    if old is None or status_of(old) not in _SEEN:
        return None
    if not path.exists():
        message = (
            "这份记录公开过，不能删除；请恢复这个文件，要撤下请把状态改为“已撤回”，"
            "写明撤回日期和撤回原因"
        )
        return Finding(RULE, "错误", message, (Evidence(path, 1, 1, "", ""),))
    try:
        file = YamlFile.read(path)
    except DataError:
        return None
    now = file.root
    if not isinstance(now, dict):
        return None
    status = status_of(now)
    key, message = "状态", ""
    if not _starts_with(now.get(CORRECTIONS_KEY), old.get(CORRECTIONS_KEY)):
        key = ""
        message = "公布过的更正说明不能改、不能删，读者要看到每一次更正；请恢复，再有更正另加一条"
    elif status == "已撤回":
        return None
    elif status_of(old) == "已撤回":
        if _corrections(now) > _corrections(old):
            return None
        message = f"撤回以后再公开，要在“{CORRECTIONS_KEY}”里加一条，写明日期和撤回的内容怎样处理了"
    elif status != _PUBLIC:
        message = (
            f"这份记录已经公开，状态不能改成“{status}”；"
            "要撤下请改为“已撤回”，写明撤回日期和撤回原因"
        )
    elif _audit(now, "发布日期") != _audit(old, "发布日期") and _audit(old, "发布日期"):
        key = "发布日期"
        message = f"发布日期原来是 {_audit(old, '发布日期')}，公布以后不能改；请改回来"
    elif content_code(now) == content_code(old) or _corrections(now) > _corrections(old):
        return None
    elif content_code(now) not in file.text:
        return None  # the record's own rule tells that the code is another
    else:
        key = "校验码"
        message = (
            f"公布后内容有改动，校验码也跟着改了；请把校验码改回来，在“{CORRECTIONS_KEY}”里"
            f"加一条：日期、说明、校验码: {content_code(now)}"
        )
    where: Where = (AUDIT_KEY, key) if key else (CORRECTIONS_KEY,)
    spot = Spot(file, where, _audit(now, key))
    return of_fault(RULE, "错误", Fault(spot, message))


def _root(path: Path, text: str) -> dict[str, Node] | None:
    try:
        root = YamlFile(path, text).root
    except DataError:
        return None
    return root if isinstance(root, dict) else None


def _audit(root: dict[str, Node], key: str) -> str:
    audit = root.get(AUDIT_KEY)
    value = audit.get(key) if isinstance(audit, dict) else ""
    return value if isinstance(value, str) else ""


def _starts_with(now: "Node | None", old: "Node | None") -> bool:
    """Whether a list has the entries of the old one, unchanged, at its beginning."""
    if not isinstance(old, list) or not old:
        return True
    return isinstance(now, list) and now[: len(old)] == old


def _corrections(root: dict[str, Node]) -> int:
    corrections = root.get(CORRECTIONS_KEY)
    return len(corrections) if isinstance(corrections, list) else 0
