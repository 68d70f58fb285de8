"""In which words do we tell a coordinator why nobody comes, why this person, and what doing without them costs?

What concerns the work is counted as it is: papers, role, experience. What a person wants, when they are free and
how much they do is theirs: it is counted when the number points at nobody, and never said of one person. How
gladly they do it counts for nothing here (docs/decisions/0011).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Person, Qualification
from people.words import clock, weekday
from rostering.eligibility import reasons
from rostering.matching import codes, fit, problem
from rostering.matching.explaining import why
from rostering.matching.explaining.why import Price, Rank, Stop
from rostering.matching.possible import pairs
from rostering.matching.world import World
from rostering.models import Shift
from rostering.snapshot import counted as what_counted
from rostering.snapshot import load

FEW = 5  # fewer people than this could be pointed at
ABOUT = 50  # the length of a bar is of so many, rounded up: the exact number would give the hidden ones away
MOST_NAMED = 5
Counted = tuple[str, int | None, int]  # what stops people, the paper they lack, how many


@dataclass(frozen=True)
class Bar:
    """One line of the funnel: a sentence with its number in it, and how long its bar is (of `Funnel.people`)."""

    said: str
    length: int


@dataclass(frozen=True)
class Near:
    """People who could come but for one thing, and the act that takes it away, if there is one."""

    said: str
    act: str = ""  # "learn" with `qualification`, "ask" with `people`, or "change"
    qualification: Qualification | None = None
    people: list[Person] = field(default_factory=list)

    @property
    def is_to_learn(self) -> bool:
        return self.act == "learn"

    @property
    def is_to_ask(self) -> bool:
        return self.act == "ask"

    @property
    def is_to_change(self) -> bool:
        return self.act == "change"


@dataclass(frozen=True)
class Able:
    """Somebody who can come: the place among those who can, and what counted."""

    person: Person
    place: str
    why: list[str]


@dataclass(frozen=True)
class Why:
    shift: Shift
    people: int  # how many there are at all, about
    free: int  # who can, and has not been asked
    asked: int  # who can, and has been asked, asked for it or waits
    bars: list[Bar]
    near: list[Near]
    able: list[Able]


def of(shift: Shift, *, now: datetime) -> Why:
    """Return why who does not come to `shift`, and who could, in a fixed number of queries; `now` is aware."""
    world = load.load([shift.pk], now=now, wishes=False)
    if not world.m:
        return Why(shift, world.n, 0, 0, [], [], [])
    found, single = why.funnel(world, 0), why.single_blockers(world, 0)
    papers = Qualification.objects.in_bulk([r.key for r in world.requirements if r.code == "qualification"])
    running = _running(world, shift)
    free = found.free[~running[found.free]]
    best, may_ask = _best(world, free), _unsure(world, single, running)
    ids = [world.people.ids[index] for index in [*best, *may_ask]]
    named = Person.objects.select_related("home").in_bulk(ids)
    return Why(
        shift=shift,
        people=-(-found.n // ABOUT) * ABOUT,
        free=len(free),
        asked=len(found.free) - len(free),
        bars=funnel_in_words(counted(world, found.stops), papers),
        near=_near(world, single, papers, [named[world.people.ids[index]] for index in may_ask]),
        able=_able(world, best, named, shift),
    )


def place_in_words(rank: Rank) -> str:
    if rank.of == 1:
        return _("The only one who can")
    return _("Fits this shift as number %(place)s of the %(n)s who can") % {"place": rank.place, "n": rank.of}


def price_in_words(
    price: Price, *, names: dict[int, str], shifts: dict[int, Shift], km: int | None = None
) -> str:
    """Say what it costs to do without somebody.

    `names`: of the people in `price.instead`; `shifts`: of the task indexes in `price.emptier`; `km`: how much
    further who comes instead lives.
    """
    lost = sum(number for _task, number in price.emptier)
    gained = sum(number for _task, number in price.fuller)
    if lost > gained:
        said = ngettext("one seat less: %(where)s", "%(n)s seats less: %(where)s", lost - gained)
        where = ", ".join(_moment(shifts[task]) for task, _number in price.emptier)
        return said % {"n": lost - gained, "where": where}
    if lost and price.points:
        where = ", ".join(_moment(shifts[task]) for task, _number in price.emptier)
        return _("as many seats, but others: nobody then on %(where)s") % {"where": where}
    if not price.instead:
        return _("no seat less")
    return _instead([names[person] for person in price.instead], km)


def _instead(names: list[str], km: int | None) -> str:
    if len(names) == 1 and km and km > 0:
        said = _("no seat less: %(name)s would come, who lives %(km)s km further away")
        return said % {"name": names[0], "km": km}
    said = ngettext("no seat less: %(names)s would come", "no seat less: %(names)s would come", len(names))
    return said % {"names": f" {_('and')} ".join(names)}


def _running(world: World, shift: Shift) -> np.ndarray:
    """Return who has been asked, asked for it or waits: bool [n]."""
    running = set(shift.bookings.live().values_list("person_id", flat=True))
    return np.array([pk in running for pk in world.people.ids], bool)


def counted(world: World, stops: Sequence[Stop]) -> list[Counted]:
    """Return a funnel as it can be kept: the code, the id of the paper that is lacking or None, and how many."""
    return [
        (stop.code, world.requirements[stop.requirement].key, stop.count)
        if stop.code == "qualification" and stop.requirement is not None
        else (stop.code, None, stop.count)
        for stop in stops
    ]


def funnel_in_words(stops: Sequence[Counted], papers: dict[int, Qualification]) -> list[Bar]:
    """Say the funnel; private stops that are too small to be told apart become one neutral line."""
    bars, hidden = [], 0
    for code, paper, count in stops:
        if code in codes.PRIVATE and count < FEW:
            hidden += count
        else:
            bars.append(Bar(_stopped(code, papers.get(paper), count), count))
    if hidden >= FEW:
        said = ngettext("%(n)s person cannot come then", "%(n)s people cannot come then", hidden)
        bars.append(Bar(said % {"n": hidden}, hidden))
    elif hidden:
        bars.append(Bar(_("A few people cannot come then"), 1))
    return bars


def _stopped(code: str, paper: Qualification | None, count: int) -> str:
    if paper:
        said = ngettext("%(n)s person lacks %(name)s", "%(n)s people lack %(name)s", count)
        return said % {"n": count, "name": paper.name}
    return reasons.counted(code, count)


def _near(
    world: World, single: list[Stop], papers: dict[int, Qualification], may_ask: list[Person]
) -> list[Near]:
    """Say who could come but for one thing, with the act; people are named only when it is a question to them."""
    near = []
    for stop in single:
        words = {"n": stop.count}
        if stop.code == "qualification" and stop.requirement is not None:
            paper = papers[world.requirements[stop.requirement].key]
            said = ngettext("%(n)s person lacks only %(name)s", "%(n)s people lack only %(name)s", stop.count)
            near.append(Near(said % {**words, "name": paper.name}, "learn" if paper.learn_url else "", paper))
        elif stop.code == "newcomer":
            said = ngettext(
                "%(n)s newcomer can come with somebody who has done this before",
                "%(n)s newcomers can come with somebody who has done this before",
                stop.count,
            )
            near.append(Near(said % words, "change"))
    asking = sum(stop.count for stop in single if stop.code in codes.ASKABLE)
    if may_ask:
        number = asking if asking >= FEW else len(may_ask)  # of fewer those who are named: the two agree
        said = ngettext(
            "%(n)s person holds everything, but it may not suit them",
            "%(n)s people hold everything, but it may not suit them",
            number,
        ) % {"n": number}
        near.append(Near(said, "ask", people=may_ask))
    return near


def _unsure(world: World, single: list[Stop], running: np.ndarray) -> list[int]:
    """Return whom one could ask all the same, best first: indexes."""
    people = [stop.people[~running[stop.people]] for stop in single if stop.code in codes.ASKABLE]
    return _best(world, np.concatenate(people)) if people else []


def _best(world: World, people: np.ndarray) -> list[int]:
    points = fit.values(world, people, np.zeros(len(people), np.int64)) - fit.load(world, people)
    return people[np.argsort(-points, kind="stable")][:MOST_NAMED].tolist()


def _able(world: World, best: list[int], named: dict[int, Person], shift: Shift) -> list[Able]:
    if not best:
        return []
    whole = problem.of(world, pairs.find(world))
    able = []
    for index in best:
        rank = why.rank(world, whole, 0, index)
        person = named[world.people.ids[index]]
        said = what_counted.in_words(rank.components, person=person, shift=shift)
        able.append(Able(person, place_in_words(rank), list(said.values())))
    return able


def _moment(shift: Shift) -> str:
    return _("%(day)s, %(time)s") % {"day": weekday(shift.starts_at), "time": clock(shift.starts_at)}
