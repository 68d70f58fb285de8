"""What does the roster lack that people can learn, and whom would we ask? For a period and a part of the country.

Counted against the best that the people of now can do, so that training is not advised where asking would do.
Of each person named, a coordinator learns that one course is lacking; what else fits or does not is not said.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import inf
from typing import Any

import numpy as np
from django.core.cache import cache
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.access import Scope
from people.models import District, Notice, Person, Qualification
from rostering import dayparts, volunteers
from rostering import places as rostering_places
from rostering.dayparts import SATURDAY
from rostering.matching import greedy, problem, score
from rostering.matching.explaining import training
from rostering.matching.explaining.training import Advice
from rostering.matching.plan import NoPlan, Outcome
from rostering.matching.possible import pairs
from rostering.matching.world import World
from rostering.models import Shift
from rostering.places import EVERYTHING, NATIONAL, OWN, PLACES
from rostering.snapshot import load
from rostering.training import invitations

MOST_PEOPLE = 6  # a small group for one course
WEEKS = (2, 4, 8)
KEPT = 10 * 60  # seconds that an answer is good for
SECONDS = 1.5  # at most, for each plan that confirms
LEAST_SEATS = 4  # a part of the week with fewer says nothing
SUNDAY = 6
PARTS = {
    "saturday": _("On Saturday"),
    "sunday": _("On Sunday"),
    "morning": _("In the morning"),
    "afternoon": _("In the afternoon"),
    "evening": _("In the evening"),
    "night": _("At night"),
    "all": _("All in all"),
}
OF_DAYPART = {
    dayparts.MORNING: "morning",
    dayparts.AFTERNOON: "afternoon",
    dayparts.EVENING: "evening",
    dayparts.NIGHT: "night",
}


@dataclass(frozen=True)
class Choice:
    """`where`: a key of board.PLACES or the pk of a district; `code`: one qualification only."""

    weeks: int = 4
    where: str = EVERYTHING
    code: str = ""


@dataclass(frozen=True)
class Cover:
    """How many of a hundred seats are filled, rounded down: with the people of now, and once they are trained."""

    part: str
    before: int
    after: int

    @property
    def name(self) -> Promise:
        return PARTS[self.part]


@dataclass(frozen=True)
class Found:
    """One answer as it is kept: ids and numbers."""

    qualification: int
    people: list[int]
    seats: int  # more
    covers: list[Cover]  # what says most, then all in all


@dataclass(frozen=True)
class Kept:
    as_of: datetime
    shifts: int
    open: int  # seats now
    left: int  # seats that stay empty when everybody who can is asked
    found: list[Found]
    is_whole: bool  # False: it was not worked out in time


@dataclass(frozen=True)
class Trainee:
    person: Person
    invited_at: datetime | None


@dataclass(frozen=True)
class Need:
    """Train these people in this. Without `learn_url` it is no course: it is said, and no more."""

    qualification: Qualification
    trainees: list[Trainee]
    seats: int
    covers: list[Cover]
    others: list[Notice] = field(default_factory=list)  # invited before, and not among these people

    @property
    def to_invite(self) -> list[Person]:
        return [one.person for one in self.trainees if one.invited_at is None]


@dataclass(frozen=True)
class Needs:
    kept: Kept
    courses: list[Need]
    elsewhere: list[Need]  # checks and statements: no course gives these


def read(scope: Scope, choice: Choice, *, now: datetime) -> Needs:
    """Return what to train for the shifts of `choice` that a coordinator of `scope` fills; kept for ten minutes."""
    key = f"training:{sorted(scope.locations)}:{sorted(scope.districts)}:{scope.everywhere}:{choice}"
    key = key.replace(" ", "")
    kept = cache.get(key)
    if kept is None:
        kept = compute(scope, choice, now=now)
        if kept.is_whole:
            cache.set(key, kept, KEPT)
    needs = _needs(kept, trainable(scope, now=now))
    return Needs(
        kept,
        [need for need in needs if need.qualification.learn_url],
        [need for need in needs if not need.qualification.learn_url],
    )


def compute(scope: Scope, choice: Choice, *, now: datetime) -> Kept:
    """Plan as well as can be with the people of now, and see what training adds; a fixed number of queries."""
    ahead = shifts(scope, choice, now=now)
    missing = [shift.pk for shift in ahead if shift.taken < shift.seats]
    world = load.load(missing, now=now, wishes=False)
    whole = problem.of(world, pairs.find(world))
    chosen = greedy.scarce_first(whole)
    asked = _asked(world, choice.code)
    try:
        advices = training.what_to_train(
            world,
            whole,
            Outcome(chosen, score.total(whole, chosen), inf, [], 0, 0, False),
            MOST_PEOPLE,
            seconds=SECONDS,
            learned=asked,
            people=_trainable(world, scope, now),
        )
    except NoPlan:
        advices = None
    wanted = int(whole.need.sum())
    return Kept(
        as_of=now,
        shifts=len(ahead),
        open=wanted,
        left=wanted - int(chosen.sum()),
        found=[_found(world, ahead, advice) for advice in advices or ()],
        is_whole=advices is not None,
    )


def shifts(scope: Scope, choice: Choice, *, now: datetime) -> list[Shift]:
    """Return the shifts ahead of this choice, with `taken`."""
    rows = Shift.objects.ahead(now).filter(starts_at__lt=now + timedelta(weeks=choice.weeks))
    if choice.where in PLACES:
        rows = rostering_places.Choice(place=choice.where).of(rows, scope)
    else:
        district = int(choice.where)
        rows = rows.in_scope(scope).filter(Q(district=district) | Q(location__district=district))
    return list(rows.with_taken())


def places(scope: Scope) -> dict[str, str]:
    """Return where a coordinator of `scope` can look, by the value of the choice."""
    named = {EVERYTHING: PLACES[EVERYTHING]}
    if not scope.everywhere:
        named[OWN] = PLACES[OWN]
    named[NATIONAL] = PLACES[NATIONAL]
    districts = (
        District.objects.all() if scope.everywhere else District.objects.filter(pk__in=scope.districts)
    )
    if scope.everywhere or len(scope.districts) > 1:
        named |= {str(district.pk): district.name for district in districts}
    return named


def trainable(scope: Scope, *, now: datetime) -> QuerySet:
    """Return the people whom a coordinator of `scope` may invite: those of the own part of the country."""
    return volunteers.in_scope(scope, now=now)


def _asked(world: World, code: str) -> set[int] | None:
    """Return which requirement indexes to look at; None is all."""
    if not code:
        return None
    wanted = set(Qualification.objects.filter(code=code).values_list("pk", flat=True))
    return {
        index
        for index, one in enumerate(world.requirements)
        if one.code == training.LEARNED and one.key in wanted
    }


def _trainable(world: World, scope: Scope, now: datetime) -> np.ndarray:
    ours = set(trainable(scope, now=now).values_list("pk", flat=True))
    return np.array([pk in ours for pk in world.people.ids], bool)


def _found(world: World, ahead: Iterable[Shift], advice: Advice) -> Found:
    requirement = world.requirements[advice.requirement]
    kinds = {pk for pk, asks in zip(world.kinds, world.requires, strict=True) if advice.requirement in asks}
    more = {
        world.tasks.ids[task]: (int(before), int(after))
        for task, before, after in zip(advice.tasks, advice.before, advice.after, strict=True)
    }
    return Found(
        qualification=requirement.key,
        people=[world.people.ids[person] for person in advice.people],
        seats=advice.gain,
        covers=_covers([shift for shift in ahead if shift.task_kind_id in kinds], more),
    )


def _covers(rows: list[Shift], more: dict[int, tuple[int, int]]) -> list[Cover]:
    """Return the part of the week that gains most, and the whole; of all seats, those taken already included.

    Left out is what gains less than can be seen in whole percents.
    """
    seats = {part: np.zeros(3, int) for part in PARTS}
    for shift in rows:
        taken = min(shift.taken, shift.seats)
        before, after = more.get(shift.pk, (0, 0))
        for part in _parts(shift):
            seats[part] += shift.seats, taken + before, taken + after
    covers = {
        part: Cover(part, int(before * 100 // wanted), int(after * 100 // wanted))
        for part, (wanted, before, after) in seats.items()
        if wanted
    }
    told = [
        cover
        for part, cover in covers.items()
        if cover.after > cover.before and (part == "all" or seats[part][0] >= LEAST_SEATS)
    ]
    best = sorted(told, key=lambda cover: cover.before - cover.after)[:1]
    return best + [cover for cover in told if cover.part == "all" and cover not in best]


def _parts(shift: Shift) -> list[str]:
    weekday = shift.day.weekday()
    days = ["saturday"] * (weekday == SATURDAY) + ["sunday"] * (weekday == SUNDAY)
    return [*days, OF_DAYPART[dayparts.of(shift.starts_at)], "all"]


def _needs(kept: Kept, ours: Any) -> list[Need]:
    """Put names to what was kept, and who of our people was invited; three queries."""
    qualifications = Qualification.objects.in_bulk([one.qualification for one in kept.found])
    people = (
        Person.objects.active()
        .select_related("home")
        .in_bulk([pk for one in kept.found for pk in one.people])
    )
    invited = invitations.of(qualifications.values(), ours)
    return [
        _need(one, qualifications[one.qualification], people, invited[one.qualification])
        for one in kept.found
        if one.qualification in qualifications
    ]


def _need(
    found: Found, qualification: Qualification, people: dict[int, Person], invited: list[Notice]
) -> Need:
    at = {notice.person_id: notice.owed_at for notice in invited}
    return Need(
        qualification=qualification,
        trainees=[Trainee(people[pk], at.get(pk)) for pk in found.people if pk in people],
        seats=found.seats,
        covers=found.covers,
        others=[notice for notice in invited if notice.person_id not in found.people],
    )
