"""One record of a fictional unit: the forms of its kind, reviewed and published."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import cast

from generator.demo import tables
from generator.demo.chance import some
from generator.demo.figures import LAST_YEAR, Days, Figures, Profile, days, history, profile
from generator.demo.names import Unit, region_code, unit
from generator.demo.report import Story, report, story
from generator.demo.yamltext import Nodes
from generator.records.review import content_code
from generator.yaml import Node


@dataclass(frozen=True, slots=True)
class DemoRecord:
    """A record and where it belongs."""

    region: str
    unit: Unit
    year: int
    nodes: Nodes


def unit_records(region: int, number: int, years: int, seed: int) -> Iterator[DemoRecord]:
    """The records of a unit, from the latest year back.

    Each depends on the numbers of region and unit, its year and the seed, and on nothing else.
    """
    which, code = unit(region, number), region_code(region)
    random = Random(f"{seed}/{code}/{number}")  # noqa: S311 - fiction, no secret
    fixed = profile(which, random)
    for now, last in pairwise(history(which, fixed, years, random)):
        own = Random(f"{seed}/{code}/{number}/{now.year}")  # noqa: S311
        yield DemoRecord(code, which, now.year, _nodes(which, code, fixed, now, last, own))


def _nodes(
    which: Unit, code: str, fixed: Profile, now: Figures, last: Figures, random: Random
) -> Nodes:
    told = story(which, fixed, now, last, days(now.year, random), random)
    # Portals change their pages: some years have another form of 元数据.
    form = (fixed.heading + (LAST_YEAR - now.year) // 4) % 3
    nodes: dict[str, Nodes] = {
        "元数据": tables.heading(which, code, form, told.days, told.how, random)
    }
    for n, part in enumerate(_attachments(told, random), 1):
        nodes[f"附件{n}"] = part
    if fixed.signs_off:
        first, second, third = some(random, "甲乙丙丁戊庚辛壬", 3)
        nodes["审签"] = {
            "表式": "三审",
            "一审": f"{first}*",
            "二审": f"{second}*",
            "三审": f"{third}*",
        }
    nodes["审核"] = _review(nodes, told.days, told)
    return nodes


def _attachments(told: Story, random: Random) -> Iterator[Nodes]:
    kind = told.profile.kind
    sheets = [tables.project_sheet(told, n, random) for n in range(len(told.profile.projects))]
    if kind == "scored":
        whole, score = tables.whole_table(told, random)
        grade = "优" if score >= 9000 else "良"
        yield tables.ratio_table(told, random)
        yield whole
        yield from sheets
        yield tables.three_table(told)
        yield _report(told, grade, f"{score // 100}.{score % 100:02}", random)
    else:
        grade = "良" if told.now.rises or random.random() < 0.2 else "优"
        yield tables.base_table(told, grade, random)
        yield _report(told, grade, "", random)
        yield from sheets


def _report(told: Story, grade: str, score: str, random: Random) -> Nodes:
    return {
        "表式": "自评报告",
        "正文": report(told, grade, score, random),
        "落款": {"单位": told.unit.name, "日期": told.how.day(told.days.reported)},
    }


def _review(nodes: dict[str, Nodes], when: Days, told: Story) -> Nodes:
    day = told.how.day
    first, second, third = (day(each) for each in when.reviews)
    return {
        "状态": "已发布",
        "一审": {"日期": first, "意见": "通过"},
        "二审": {"日期": second, "意见": "通过"},
        "三审": {"日期": third, "意见": "通过"},
        "发布日期": day(when.issued),
        "校验码": content_code(cast(dict[str, Node], nodes)),
    }
