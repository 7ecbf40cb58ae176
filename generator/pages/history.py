"""公开后的变动: what happened to a record since it was published, as its page tells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.git import Change, ChangeKind
from generator.records.review import Review, day

_WORDS: dict[ChangeKind, str] = {
    "A": "记录文件收入本站的数据",
    "M": "记录文件有改动",
    "D": "记录文件移出本站的数据",
}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day."""

    day: date
    words: str
    explanation: str = ""
    """更正说明."""
    commits: tuple[str, ...] = ()
    """Of git, shortened."""

    @property
    def shown(self) -> str:
        """The day as people write it."""
        return f"{self.day.year}年{self.day.month}月{self.day.day}日"


def events(review: Review, changes: Sequence[Change]) -> tuple[Event, ...]:
    """From publishing to now; nothing of a record that was withdrawn.

    Args:
        changes: of its file, the last first; those before it was published are left out. Where it
            does not say when that was, none is.
    """
    if review.status == "已撤回":
        return ()
    published = day(review.published)
    first = [Event(published, "发布")] if published else []
    corrections = [
        Event(corrected, "更正", each.explanation)
        for each in review.corrections
        if (corrected := day(each.date))
    ]
    since = published or date.min
    found = [each for each in _of_file(changes) if review.is_public and each.day > since]
    return (*first, *sorted([*corrections, *found], key=lambda each: each.day))


def _of_file(changes: Sequence[Change]) -> Iterator[Event]:
    """A day's commits are one event."""

    def kind(change: Change) -> tuple[str, ChangeKind]:
        return change.day, change.kind

    in_order = list(reversed(changes))  # what sorting by days leaves as it is
    for (on, what), members in groupby(sorted(in_order, key=kind), kind):
        commits = tuple(each.commit for each in members)
        yield Event(date.fromisoformat(on), _WORDS[what], commits=commits)
