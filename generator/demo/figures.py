"""What a fictional unit had and spent, year by year, so that each year goes on from the last.

Amounts are whole numbers of hundredths of 万元: sums are exact. The walk goes back from LAST_YEAR,
so that a year's figures do not depend on how many years are asked for.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from generator.demo.chance import draw, pick
from generator.demo.names import Unit
from generator.demo.trades import TRADES

LAST_YEAR = 2023


@dataclass(frozen=True, slots=True)
class Profile:
    """What stays as it is over the years."""

    kind: str
    """Which forms it fills in: plain, projects (with sheets of projects) or scored."""
    heading: int
    """Which of the portal's forms of 元数据 it began with."""
    detail: int
    """How much it tells, from 0 to 2."""
    half: bool
    """Writes with half-width signs."""
    signs_off: bool
    """Has the line of the three reviews (审签)."""
    projects: tuple[str, ...]
    area: int
    """Of its buildings, m²."""
    clerk: str
    phone: str
    order: int
    """Where in the list of problems it begins."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One unit in one year."""

    year: int
    posts: int
    staff: int
    officials: int
    """Of the staff."""
    dependants: int
    cars: int
    car_posts: int
    assets: int
    basic: int
    office: int
    """公用经费, part of 基本支出."""
    projects: tuple[int, ...]
    """Of each project of the profile."""
    carried: int
    """Spent from what last year left."""
    surplus: int
    nontax: int
    higher: int
    other: int
    extra: int
    """Added to the budget within the year."""
    reception: int
    batches: int
    guests: int
    running: int
    """Of cars; none is bought."""
    purchase: int
    rises: bool
    """Whether 三公 is above last year's."""

    @property
    def project(self) -> int:
        return sum(self.projects)

    @property
    def total(self) -> int:
        return self.basic + self.project

    @property
    def income(self) -> int:
        return self.total + self.surplus - self.carried

    @property
    def fiscal(self) -> int:
        return self.income - self.nontax - self.higher - self.other

    @property
    def three(self) -> int:
        """“三公”经费."""
        return self.reception + self.running


@dataclass(frozen=True, slots=True)
class Days:
    """When a year's record was made and published."""

    disclosed: date
    """公开时间 of the accounts."""
    filled: date
    reported: date
    reviews: tuple[date, date, date]
    issued: date


def profile(unit: Unit, random: Random) -> Profile:
    """What a unit is like."""
    trade = TRADES[unit.trade]
    # The number decides, so that few units have all forms in use; their mix is that of many.
    kind = ("plain", "scored", "projects", "plain", "projects", "scored", "plain")[unit.number % 7]
    count = 0 if kind == "plain" else 1 + (random.random() < 0.6) if kind == "projects" else 1
    start = draw(random, 0, len(trade.projects) - 1)
    names = (trade.projects * 2)[start : start + count]
    return Profile(
        kind=kind,
        heading=unit.number % 3,
        detail=draw(random, 0, 2),
        half=random.random() < 0.5,
        signs_off=unit.number % 3 != 2,
        projects=names,
        area=draw(random, 4, 40) * unit.posts[0] * 10,
        clerk=pick(random, "甲乙丙丁戊庚辛"),
        phone=f"0999-8{draw(random, 200000, 899999)}",
        order=draw(random, 0, 999),
    )


def history(unit: Unit, fixed: Profile, years: int, random: Random) -> list[Figures]:
    """Figures of LAST_YEAR, the year before it and so on: of one year more than asked for."""
    posts = draw(random, *unit.posts)
    basic = posts * draw(random, 900, 1300) + draw(random, 0, 99)
    is_thrifty = unit.number % 9 == 4
    cars = 0 if is_thrifty or random.random() < 0.4 else 1 + posts // 45
    reception = 0 if is_thrifty else draw(random, 150, 400) + posts
    running = cars * draw(random, 180, 260)
    sums = [basic * draw(random, 4, 22) // 100 for _ in fixed.projects]
    nontax = basic * draw(random, 3, 12) // 100 if random.random() < 0.4 else 0
    higher = basic * draw(random, 2, 15) // 100 if random.random() < 0.6 else 0
    other = basic * draw(random, 2, 20) // 1000 if random.random() < 0.5 else 0
    assets = basic * draw(random, 40, 400) // 100
    dependants = draw(random, 0, 2 + posts // 20)
    purchase = basic * draw(random, 10, 60) // 1000
    surplus = basic * draw(random, 5, 30) // 1000 if random.random() < 0.3 else 0
    result: list[Figures] = []
    for year in range(LAST_YEAR, LAST_YEAR - years - 1, -1):
        staff = posts - draw(random, 0, max(1, posts // 15))
        # Last year's surplus is spent in this year: who leaves one has brought none.
        brings = not surplus and random.random() < 0.3
        carried = basic * draw(random, 5, 30) // 1000 if brings else 0
        rises = not is_thrifty and random.random() < 0.15
        batches = max(1, reception // 12) if reception else 0
        result.append(
            Figures(
                year=year,
                posts=posts,
                staff=staff,
                officials=staff * draw(random, 20, 60) // 100,
                dependants=dependants,
                cars=cars,
                car_posts=cars + draw(random, 0, 1),
                assets=assets,
                basic=basic,
                office=basic * draw(random, 15, 20) // 100,
                projects=tuple(sums),
                carried=carried,
                surplus=surplus,
                nontax=nontax,
                higher=higher,
                other=other,
                extra=basic * draw(random, 10, 60) // 1000 if random.random() < 0.4 else 0,
                reception=reception,
                batches=batches,
                guests=batches * draw(random, 6, 9),
                running=running,
                purchase=purchase,
                rises=rises,
            )
        )
        # The year before.
        surplus = carried
        low, high = (103, 112) if rises else (88, 97)
        reception = reception * 100 // draw(random, low, high)
        running = running * 100 // draw(random, low, high)
        basic = basic * 100 // draw(random, 98, 107)
        sums = [each * 100 // draw(random, 93, 109) for each in sums]
        nontax = nontax * 100 // draw(random, 96, 106)
        higher = higher * 100 // draw(random, 96, 106)
        other = other * 100 // draw(random, 96, 106)
        purchase = purchase * 100 // draw(random, 95, 107)
        assets = assets * 100 // draw(random, 99, 105)
        posts = max(4, posts + (0, 0, 0, -1, 1)[draw(random, 0, 4)])
        dependants = max(0, dependants + (0, 0, 1, -1)[draw(random, 0, 3)])
    return result


def days(year: int, random: Random) -> Days:
    """The days on which the record of a year was made, all in the year after."""
    last = _workday(date(year + 1, 7, 20) + timedelta(draw(random, 0, 20)))
    result = [last]
    for low, high in ((6, 20), (0, 3), (1, 2), (1, 2), (1, 2), (1, 4)):
        last = _workday(last + timedelta(draw(random, low, high)))
        result.append(last)
    disclosed, filled, reported, first, second, third, issued = result
    return Days(disclosed, filled, reported, (first, second, third), issued)


def _workday(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(1)
    return day
