"""The report in prose (正文), from the figures and from what a unit of its trade does."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from generator.demo import phrases, wording
from generator.demo.chance import draw, pick, some
from generator.demo.figures import Days, Figures, Profile
from generator.demo.names import TOWNS, Unit, town_name
from generator.demo.trades import TRADES
from generator.demo.wording import Style

_ORDER = ("一是", "二是", "三是", "四是", "五是", "六是")


@dataclass(frozen=True, slots=True)
class Story:
    """What a unit tells of one year, and how."""

    unit: Unit
    profile: Profile
    now: Figures
    last: Figures
    days: Days
    how: Style
    done: tuple[str, ...]
    """The year's work: a paragraph for each topic, without number and last full stop."""
    problems: tuple[tuple[str, str], ...]
    """What falls short, with what is to be done."""


def story(
    unit: Unit, profile: Profile, now: Figures, last: Figures, days: Days, random: Random
) -> Story:
    """What the unit tells of a year."""
    how = wording.style(profile, random)
    done = tuple(_done(unit, profile, random))
    return Story(unit, profile, now, last, days, how, done, tuple(_problems(profile, now)))


def _done(unit: Unit, profile: Profile, random: Random) -> list[str]:
    """Paragraphs on some topics of the unit's trade, and one on what all units do."""
    own, shared, least = (3, 3, 4) if profile.kind == "plain" else (2, 1, 3)
    topics = some(random, TRADES[unit.trade].topics, own)
    topics += some(random, phrases.COMMON, shared)
    calls, clicks = draw(random, 21, 88), draw(random, 11, 49)
    paragraphs = []
    for topic in topics:
        sentences = some(random, topic.sentences, least + draw(random, 0, 2) * profile.detail // 4)
        if topic is topics[-1]:
            sentences.append(
                f"全年共受理群众诉求{calls + clicks}件,其中电话受理{calls}件、网络受理{clicks}件,"
                "全部办结"
            )
        told = "。".join(
            _ORDER[n] + sentence.format(**_counts(random)) if "{" in sentence
            else _ORDER[n] + sentence
            for n, sentence in enumerate(sentences)
        )  # fmt: skip
        paragraphs.append(f"{topic.heading}。{told}")
    return paragraphs


def _counts(random: Random) -> dict[str, str]:
    """What fills the blanks of a sentence."""
    chance = random.random
    share = 9500 + int(chance() * 490)
    return {
        "a": str(5 + int(chance() * 36)),
        "b": str(100 + int(chance() * 1900)),
        "c": str(2 + int(chance() * 8)),
        "p": f"{share // 100}.{share % 100:02}",
        "t": town_name(int(chance() * TOWNS)),
        "m": str(3 + int(chance() * 9)),
    }


_PER_YEAR = 4


def _problems(profile: Profile, now: Figures) -> list[tuple[str, str]]:
    """Problems with their measures; none of last year's comes back."""
    count = len(phrases.PROBLEMS)
    first = profile.order + now.year * _PER_YEAR
    # 7 and the number of problems have no common factor: all are told before one comes again.
    chosen = [
        phrases.PROBLEMS[(first + n) * 7 % count] for n in range(2 + (now.staff + now.year) % 3)
    ]
    if now.rises:
        cost = "“三公”经费和公务用车购置运行费" if now.running else "“三公”经费"
        chosen.append((f"受业务检查任务增多影响,{cost}比上年度增加", f"从严控制支出,压减{cost}"))
    return chosen


def report(told: Story, grade: str, score: str, random: Random) -> str:
    """The whole text. score: "" without one."""
    unit, profile, now, how = told.unit, told.profile, told.now, told.how
    trade = TRADES[unit.trade]
    duties = "、".join(
        each.split(",")[0].removeprefix("负责") for each in some(random, trade.duties, 2)
    )
    more = (5 if profile.kind == "plain" else 3) + profile.detail
    found, measures = zip(*told.problems, strict=True)
    text = "\n".join(
        (
            "一、部门概况",
            "(一)部门基本情况",
            f"主要职责包括{duties}等。" + wording.staff(unit, profile, now, how),
            f"(二){now.year}年的重点工作",
            *how.listed(told.done),
            "(三)部门整体支出情况",
            wording.total(now, how),
            "二、部门整体支出管理及使用情况",
            "(一)基本支出情况",
            wording.basic(now, how) + _notes(random, phrases.BASIC_NOTES, 1 + profile.detail),
            "(二)项目支出情况",
            wording.project(profile, now, how)
            + (_notes(random, phrases.PROJECT_NOTES, 2) if now.project else ""),
            "(三)“三公”经费情况",
            wording.three(now, how),
            wording.change(now, told.last, how),
            "三、部门整体支出绩效情况",
            f"年度绩效目标是:{pick(random, trade.goals)};"
            f"{pick(random, phrases.PHRASE_AIMS).format(field=trade.field)}。",
            *(f"{each}。" for each in some(random, phrases.MANAGEMENT, more)),
            f"{pick(random, phrases.MONEY)}。",
            wording.purchase(now, how),
            f"{pick(random, phrases.ASSETS)}。",
            *(f"{each}。" for each in some(random, phrases.EFFECTS, more)),
            wording.disclosed(told.days, how),
            wording.grade(grade, score, how),
            "四、存在的问题",
            *how.listed(found),
            "五、改进措施和有关建议",
            *how.listed(measures),
        )
    )
    return how.signs(text)


def _notes(random: Random, notes: Sequence[str], count: int) -> str:
    return "".join(f"{each}。" for each in some(random, notes, count))
