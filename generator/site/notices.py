"""What is told though a site was built: what is not shown, and how much else was found."""

from collections import Counter
from pathlib import Path

from generator.errors import SEVERITIES, Problem
from generator.site.fonts import MESSAGE, NO_FONTS
from generator.site.manifest import Manifest


def notices_of(manifest: Manifest, data: Path) -> tuple[Problem, ...]:
    """What is to be told though the site was built, by its places."""
    records = data / "records"
    problems, hidden, others = _gathered(manifest)
    told = [*problems, *_of_hidden(hidden, records), *_of_others(others, records)]
    if manifest.about("fonts") == NO_FONTS:
        told.append(Problem(records, 1, 1, MESSAGE, stops=False))
    return tuple(sorted(told))


def hidden_notices(manifest: Manifest, data: Path) -> list[Problem]:
    """What of it is about records that are not shown."""
    problems, hidden, _ = _gathered(manifest)
    return [*problems, *_of_hidden(hidden, data / "records")]


def _gathered(manifest: Manifest) -> tuple[list[Problem], Counter[str], Counter[str]]:
    """Of all units: problems, state -> records that are not shown, severity -> findings."""
    problems: list[Problem] = []
    hidden, others = Counter[str](), Counter[str]()
    for told in manifest.told():
        problems += told.problems
        hidden.update(told.hidden)
        others.update(told.notices)
    return problems, hidden, others


def _of_hidden(hidden: Counter[str], records: Path) -> list[Problem]:
    if not hidden:
        return []
    states = "、".join(f"{state} {count} 份" for state, count in sorted(hidden.items()))
    message = f"有 {hidden.total()} 份记录没有公开，不在网站里：{states}；用 gongkai serve 预览"
    return [Problem(records, 1, 1, message, stops=False)]


def _of_others(others: Counter[str], records: Path) -> list[Problem]:
    """Not one by one: a county has hundreds, and `gongkai check` tells them."""
    if not others:
        return []
    counts = "、".join(f"{others[each]} 处{each}" for each in SEVERITIES if others[each])
    message = f"另有 {counts}，不妨碍这次生成；用 gongkai check 查看"
    return [Problem(records, 1, 1, message, stops=False)]
