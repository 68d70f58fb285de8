"""Whom could we ask for this shift, and why them? Only people who fit and whom nothing stops.

The order is that of the matcher, but for one thing: what the fit of this person and shift is worth, less what one
more shift of theirs costs the spread. How gladly they do it counts for nothing, because a coordinator could read
it from the order, or from who is missing (docs/decisions/0011). For a small task those who only have a staff role
come after volunteers and candidates: it is the way in for them.
"""

from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import days, roles
from people.models import Grant, Person, RoleAssignment
from rostering import booking, volunteers
from rostering.eligibility import facts
from rostering.eligibility.facts import Demands
from rostering.matching import fit
from rostering.matching.possible import pairs
from rostering.matching.world import World
from rostering.models import Booking, Shift, TaskKind
from rostering.snapshot import counted, load

MOST_ASKED = 4  # at once
HELPING = (roles.Volunteer.code, roles.Candidate.code)


@dataclass(frozen=True)
class Suggestion:
    """A person and the reasons for asking them, best first."""

    person: Person
    why: list[str]
    points: int  # fit less load; for the order, not for a screen


def suggest(
    shift: Shift, *, now: datetime, most: int = 5, demands: Demands | None = None
) -> list[Suggestion]:
    """Return at most `most` people against whom nothing stands, the best fit first; a fixed number of queries.

    `demands` when the caller has read them already.
    """
    demands = demands or facts.demands()
    people = list(_candidates(shift, demands, now))
    world = load.load([shift.pk], now=now, people=people, wishes=False, demands=demands)
    person = np.flatnonzero(_can_be_asked(world))
    points = fit.values(world, person, np.zeros_like(person)) - fit.load(world, person)
    paid = np.array(
        [people[i].is_staff_only for i in person], bool
    )  # small tasks are a way in for volunteers
    later = paid if is_small(shift) else np.zeros_like(paid)
    best = np.lexsort((-points, later))[:most]  # of equals who is known longest
    return [
        Suggestion(people[i], _why(world, i, people[i], shift), int(worth))
        for i, worth in zip(person[best], points[best], strict=True)
    ]


def _can_be_asked(world: World) -> np.ndarray:
    """Nothing stands against them; and of newcomers one at most is on the same small role."""
    free = pairs.reasons(world, np.array([0]))[:, 0] == 0
    has_newcomer = not world.tasks.alone[0] and world.tasks.newcomers_on[0]
    return free & ~world.people.newcomer if has_newcomer else free


def ask_best(shift: Shift, *, by: Person, now: datetime, most: int = MOST_ASKED) -> list[Booking]:
    """Offer the shift to the `most` people who suit it best, and return the offers.

    Each offer is a transaction of its own: who no longer fits at that moment is passed over. The first to say
    yes get the seats.
    """
    offers = []
    for found in suggest(shift, now=now, most=most):
        try:
            offers.append(booking.offer(found.person, shift, by=by, now=now))
        except booking.NotBookable:
            continue
    return offers


def is_small(shift: Shift) -> bool:
    """Return whether it is a small task without client contact, with which newcomers begin."""
    return shift.task_kind.ladder == TaskKind.Ladder.MICRO_TASK


def _candidates(shift: Shift, demands: Demands, now: datetime) -> QuerySet:
    """People who may take such shifts, hold all that it requires and have nothing running on it."""
    permission = roles.TAKE_MICROTASKS if is_small(shift) else roles.TAKE_SHIFTS
    people = volunteers.who_may(permission, now=now)
    helping = RoleAssignment.objects.in_force(days.day_of(now)).filter(
        role__in=HELPING, person=OuterRef("pk")
    )
    people = people.annotate(is_staff_only=~Exists(helping))
    people = people.exclude(pk__in=shift.bookings.live().values("person"))
    for _qualification, counts in demands.of(shift):
        people = people.filter(Exists(_held(counts, shift.day)))
    return people.select_related("home").order_by("pk")


def _held(counts: set[int], day: date) -> QuerySet:
    return Grant.objects.filter(person=OuterRef("pk"), qualification__in=counts).valid_on(day)


def _why(world: World, index: int, person: Person, shift: Shift) -> list[str]:
    """Say what speaks for this person."""
    said = counted.in_words(fit.components(world, index, 0), person=person, shift=shift)
    busy = int(world.people.history[index])
    why = [
        None if world.people.unasked[index] else _("is available then"),
        said.get("likely"),
        ngettext("%(n)s shift in these weeks", "%(n)s shifts in these weeks", busy) % {"n": busy}
        if busy
        else _("has no other shift in these weeks"),
        said.get("travel"),
    ]
    return [words for words in why if words]
