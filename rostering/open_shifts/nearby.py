"""What does one qualification add for this person: all of it, and what is in the coming weeks and not too far away?

Home, the page of a course and the result of a test give the same number: what comes with it, or came. What the
person could take before, or already has, is never in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from people.models import Person, Qualification
from rostering import access
from rostering.models import Shift
from rostering.open_shifts import listed as open_shifts
from rostering.open_shifts import next_step
from rostering.open_shifts.listed import Overview
from rostering.open_shifts.next_step import Step

AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class Opened:
    """Everything that it adds, and of that what is near and soon."""

    shifts: list[Shift]
    nearby: list[Shift]
    next: Step | None = None  # when it adds nothing by itself
    coordinators: list[Person] = field(default_factory=list)  # whom to talk to about that


def of(person: Person, qualification: Qualification, *, now: datetime) -> Opened:
    """Return what `qualification` opens for `person` or, once granted, what the last award of it brought."""
    overview = open_shifts.overview(person, now=now)
    added = overview.opened_by(qualification)
    award = person.grants.filter(qualification=qualification).order_by("granted_at", "pk").last()
    if not added and award:
        added = overview.brought_by(award)
    if added:
        return Opened(added, _near(overview, added, now=now))
    return Opened([], [], next_step.of(overview, qualification), access.coordinators_of_home(person, now=now))


def shifts(person: Person, qualification: Qualification, *, now: datetime) -> list[Shift]:
    """Return the open shifts of the coming four weeks that only lack `qualification`, within travel distance."""
    overview = open_shifts.overview(person, now=now, steps=())
    return _near(overview, overview.opened_by(qualification), now=now)


def _near(overview: Overview, added: Iterable[Shift], *, now: datetime) -> list[Shift]:
    """Return which of `added` begin within four weeks and are not too far away."""
    added = {shift.pk for shift in added}
    return [
        found.shift
        for found in overview.all
        if found.shift.pk in added
        and found.shift.starts_at < now + AHEAD
        and all(warning.code != "far" for warning in found.warnings)
    ]
