"""Which registered units documents name as theirs, by any name that a unit has or had."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.documents.importing import Import
from generator.documents.match.fold import fold
from generator.records.regions import Region, Unit

# Whose document it is; 主管部门 and 实施单位 are often others.
_OWN = re.compile("(?:单位|部门)(?:名称)?|(?:填报|填表|编报|编制|发文)(?:单位|部门|机构|机关)|落款")
_ROW = re.compile("第[0-9]+行$")
_SEAL = re.compile(r"\((?:盖章|公章|章)\)$")


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """A registered unit that documents name."""

    region: str
    slug: str
    name: str


def named_units(found: Import, regions: Mapping[str, Region]) -> list[tuple[NamedUnit, ...]]:
    """For each name of a unit in the documents the units that it may mean, once each."""
    known: dict[str, list[NamedUnit]] = {}
    for region in regions.values():
        for unit in region.units.values():
            for name in _names(unit):
                known.setdefault(name, []).append(NamedUnit(region.code, unit.slug, unit.name))
    texts = (_folded(entry.text) for entry in found.filled if _is_own(entry.name))
    return list(dict.fromkeys(tuple(known[text]) for text in texts if text in known))


def _names(unit: Unit) -> Iterable[str]:
    return dict.fromkeys(map(_folded, (unit.name, *unit.short_names, *unit.former_names)))


def _folded(name: str) -> str:
    return _SEAL.sub("", fold(name).text)


def _is_own(blank: str) -> bool:
    """Whether a blank, such as 附件3/落款/单位, says whose document it is."""
    *_, group, last = f"/{blank}".split("/")
    return _OWN.fullmatch(last) is not None and not _ROW.search(group)
