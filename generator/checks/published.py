"""Records that were public, beside what they are now: no change is silent, and none vanishes (K4).

A record's own 校验码 tells that its content was changed; that the code was changed along with it
only an earlier version of the file can tell.
Source of the rule: 《地方预决算公开操作规程》（财预〔2016〕143号）: what is disclosed is kept.
"""

from pathlib import Path

from generator.checks.finding import Evidence, Fault, Finding, Spot, of_fault
from generator.errors import DataError
from generator.forms.schema import AUDIT_KEY, CORRECTIONS_KEY
from generator.records.review import content_code
from generator.yamlfile import Node, YamlFile

RULE = "K4"
_PUBLIC = "已发布"


def changed_silently(path: Path, before: str) -> Finding | None:
    """What is wrong with a record's file, given its text in an earlier version; None for nothing.

    A file that cannot be read now, or could not then, is other rules' business.
    """
    old = _root(path, before)
    if old is None or _status(old) != _PUBLIC:
        return None
    if not path.exists():
        message = (
            "这份记录已经公开，不能删除；请恢复这个文件，要撤下请把状态改为“已撤回”，"
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
    status = _status(now)
    if status == "已撤回":
        return None
    if status != _PUBLIC:
        message = (
            f"这份记录已经公开，状态不能改成“{status or '草稿'}”；"
            "要撤下请改为“已撤回”，写明撤回日期和撤回原因"
        )
    elif content_code(now) == content_code(old) or _corrections(now) > _corrections(old):
        return None
    elif content_code(now) not in file.text:
        return None  # the record's own rule tells that the code is another
    else:
        message = (
            f"公布后内容有改动，校验码也跟着改了；请把校验码改回来，在“{CORRECTIONS_KEY}”里"
            f"加一条：日期、说明、校验码: {content_code(now)}"
        )
    spot = Spot(file, (AUDIT_KEY, "校验码" if status == _PUBLIC else "状态"), status)
    return of_fault(RULE, "错误", Fault(spot, message))


def _root(path: Path, text: str) -> dict[str, Node] | None:
    try:
        root = YamlFile(path, text).root
    except DataError:
        return None
    return root if isinstance(root, dict) else None


def _status(root: dict[str, Node]) -> str:
    audit = root.get(AUDIT_KEY)
    status = audit.get("状态") if isinstance(audit, dict) else ""
    return status if isinstance(status, str) else ""


def _corrections(root: dict[str, Node]) -> int:
    corrections = root.get(CORRECTIONS_KEY)
    return len(corrections) if isinstance(corrections, list) else 0
