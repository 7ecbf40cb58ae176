"""What is told though a site was built: what is not shown, and how much else was found."""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.errors import SEVERITIES, Problem
from generator.site.manifest import Manifest


def notices_of(manifest: Manifest, data: Path) -> tuple[Problem, ...]:
    """What is to be told though the site was built."""
    folder = data / "records"
    problems = [problem for told in manifest.told() for problem in told.problems]
    problems += hidden_notice(manifest, folder)
    notices = Counter[str]()
    for told in manifest.told():
        notices.update(told.notices)
    if notices:
        problems.append(_other_notice(folder, notices))
    return tuple(sorted(problems))


def _other_notice(folder: Path, notices: Mapping[str, int]) -> Problem:
    """Not one by one: a county has hundreds, and `gongkai check` tells them."""
    counts = "、".join(f"{notices[each]} 处{each}" for each in SEVERITIES if notices.get(each))
    message = f"另有 {counts}，不妨碍这次生成；用 gongkai check 查看"
    return Problem(folder, 1, 1, message, stops=False)


def hidden_notice(manifest: Manifest, folder: Path) -> Iterator[Problem]:
    hidden = Counter[str]()
    for told in manifest.told():
        hidden.update(told.hidden)
    if hidden:
        states = "、".join(f"{state} {count} 份" for state, count in sorted(hidden.items()))
        message = f"有 {hidden.total()} 份记录没有公开，不在网站里：{states}；用 gongkai serve 预览"
        yield Problem(folder, 1, 1, message, stops=False)
