"""What would one qualification open for this person in the coming weeks, and not too far away?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from people.models import Person, Qualification
from rostering.models import Shift
from rostering.open_shifts import listed as open_shifts
from rostering.open_shifts.listed import Overview

AHEAD = timedelta(weeks=4)


@dataclass(frozen=True)
class Opened:
    """Everything that it opens or, once granted, asks for it; and of what it opens, what is near and soon."""

    shifts: list[Shift]
    nearby: list[Shift]


def of(person: Person, qualification: Qualification, *, now: datetime) -> Opened:
    """Return what `qualification` opens for `person` or, once granted, what it opened."""
    overview = open_shifts.overview(person, now=now, steps=())
    opened = overview.opened_by(qualification) or overview.asking(qualification)
    return Opened(opened, among(overview, qualification, now=now))


def shifts(person: Person, qualification: Qualification, *, now: datetime) -> list[Shift]:
    """Return the open shifts of the coming four weeks that only lack `qualification`, within travel distance."""
    return among(open_shifts.overview(person, now=now, steps=()), qualification, now=now)


def among(overview: Overview, qualification: Qualification, *, now: datetime) -> list[Shift]:
    """Return the same of what has been read already. What the person never does is not among it."""
    opened = {shift.pk for shift in overview.opened_by(qualification)}
    return [
        found.shift
        for found in overview.all
        if found.shift.pk in opened
        and found.shift.starts_at < now + AHEAD
        and all(warning.code != "far" for warning in found.warnings)
    ]
