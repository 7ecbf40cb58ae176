"""The corpus that measures how far the checks can be trusted: sound records, and faulty ones.

Everything in it is fictional, and the same each time it is written.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from random import Random

from generator.yaml import to_yaml
from tests.corpus.facts import REGION, YEARS, history, units
from tests.corpus.faults import FAULTS, Expected, Fault
from tests.corpus.records import Draft, Nodes, sound

SEED = 20230905
FAULTY = 112
_NOT_SEALED = "\n  校验码:\n"


@dataclass(frozen=True, slots=True)
class Case:
    """One record of the corpus."""

    region: str
    unit: str
    year: int
    path: Path
    expected: tuple[Expected, ...]
    """What is wrong in it; () when it is sound."""
    faults: tuple[str, ...] = ()
    """Names of the kinds that were planted."""


def _drafts(random: Random) -> list[Draft]:
    drafts: list[Draft] = []
    for unit in units():
        facts = history(unit, random)
        for last, now in pairwise(facts):
            drafts.append(sound(unit, now, last, len(drafts) + 101, random))
    return drafts


Planted = tuple[tuple[Expected, ...], tuple[str, ...]]


def _fits(fault: Fault, draft: Draft, used: set[str]) -> bool:
    return not fault.touches & used and (fault.local or draft.facts.year == YEARS[-1])


def _renamed(found: tuple[Expected, ...], fault: Fault, draft: Draft) -> tuple[Expected, ...]:
    """What is expected already, when a fault has given the last attachment another number."""
    if fault.name != "missing_attachment":
        return found
    last = max(int(key[2:]) for key in draft.record if key.startswith("附件"))
    old, new = f"附件{last - 1}", f"附件{last}"
    return tuple(replace(each, part=new) if each.part == old else each for each in found)


def _plant(drafts: list[Draft], random: Random) -> dict[int, Planted]:
    """Change some drafts: each kind at least twice, one to three in a record."""
    counts = dict.fromkeys((fault.name for fault in FAULTS), 0)
    planted: dict[int, Planted] = {}
    order = [n for n, draft in enumerate(drafts) if draft.facts.year != YEARS[0]]
    random.shuffle(order)
    order.sort(key=lambda n: -drafts[n].facts.year)
    order = order[: FAULTY - 20] + random.sample(order[FAULTY - 20 :], 20)
    for n in order:
        draft = drafts[n]
        found: tuple[Expected, ...] = ()
        names: list[str] = []
        used: set[str] = set()
        wanted = random.choice((1, 2, 2, 3, 3))
        rare = sorted(FAULTS, key=lambda fault: (counts[fault.name], fault.local, fault.name))
        for fault in rare:
            if len(names) == wanted:
                break
            if not _fits(fault, draft, used):
                continue
            if more := fault.plant(draft, random):
                found = _renamed(found, fault, draft) + more
                names.append(fault.name)
                counts[fault.name] += 1
                used |= fault.touches
        planted[n] = (found, tuple(names))
    return planted


def write_corpus(folder: Path, seal: Callable[[str], str] = lambda text: "") -> list[Case]:
    """Write `regions/` and `records/` below a folder, and say what is wrong where.

    `seal` gives the 校验码 of a record's text. Forms and checks are the caller's to copy.
    """
    random = Random(SEED)  # noqa: S311
    drafts = _drafts(random)
    planted = _plant(drafts, random)
    regions: Nodes = {
        "名称": "示例县",
        "单位": {each.slug: {"名称": each.name, "简称": [each.short]} for each in units()},
    }
    (folder / "regions").mkdir(parents=True, exist_ok=True)
    (folder / "regions" / f"{REGION}.yaml").write_text(to_yaml(regions), encoding="utf-8")
    cases = []
    for n, draft in enumerate(drafts):
        path = folder / "records" / REGION / draft.unit.slug / f"{draft.facts.year}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = to_yaml(draft.record)
        if code := seal(text):
            assert text.count(_NOT_SEALED) == 1
            text = text.replace(_NOT_SEALED, f"\n  校验码: {code}\n")
        path.write_text(text, encoding="utf-8", newline="\n")
        expected, faults = planted.get(n, ((), ()))
        cases.append(Case(REGION, draft.unit.slug, draft.facts.year, path, expected, faults))
    return cases
