"""Which shifts does the weekly demand ask for?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people import days, journal
from people.days import public_holidays
from people.models import District, Location, Person
from people.words import clock, long_day
from rostering.models import Shift, WeeklyDemand


@dataclass(frozen=True)
class Planned:
    """How many shifts were made, and which of the weekly demand were not, because the clock skips their start."""

    number: int
    left_out: list[tuple[date, time]]

    @property
    def sentences(self) -> list[str]:
        return [
            _("On %(day)s there is no %(time)s; that shift has not been planned.")
            % {"day": long_day(day), "time": clock(at)}
            for day, at in self.left_out
        ]


def demand() -> QuerySet[WeeklyDemand]:
    """Return the weekly demand of the kinds of task that are in use."""
    return WeeklyDemand.objects.filter(task_kind__is_active=True).select_related("task_kind")


def plan_weeks(weeks: int, *, by: Person, now: datetime) -> Planned:
    """Make the shifts of so many weeks from tomorrow on; see plan."""
    first = days.day_of(now) + timedelta(days=1)
    return plan(demand(), first=first, last=first + timedelta(weeks=weeks, days=-1), by=by, now=now)


@transaction.atomic
def plan(demand, *, first: date, last: date, by: Person | None, now: datetime) -> Planned:
    """Make the shifts that `demand` (WeeklyDemand rows) asks for from `first` to `last`, and say how many.

    What is planned already stays as it is, also when it has moved since. On Dutch public holidays only kinds
    that go on then are planned. A block whose start the clock of Amsterdam skips is left out, and told.
    """
    blocks = [(row, day) for row in demand for day in _days_of(row, first, last)]
    left_out = {(day, row.start) for row, day in blocks if days.is_skipped(day, row.start)}
    wanted = [
        shift
        for row, day in blocks
        if (day, row.start) not in left_out
        for shift in _shifts_of(row, day, now)
    ]
    planned = set(
        Shift.objects.filter(
            task_kind__in={row.task_kind_id for row in demand},
            planned_from__gte=days.moment(first, time(0)),
            planned_from__lt=days.moment(last + timedelta(days=1), time(0)),
        ).values_list("task_kind_id", "planned_from", "planned_until", "location_id", "district_id")
    )
    new = [shift for shift in wanted if _block_of(shift) not in planned]
    Shift.objects.bulk_create(new, batch_size=500)
    if new:
        journal.record(
            "shifts.planned", new[0], by=by, now=now, number=len(new), first=str(first), last=str(last)
        )
    return Planned(len(new), sorted(left_out))


def _block_of(shift: Shift) -> tuple:
    """Return what a planned shift is known by, wherever it moves: kind, day and times that were asked, place."""
    return (
        shift.task_kind_id, shift.planned_from, shift.planned_until, shift.location_id, shift.district_id
    )  # fmt: skip


def _days_of(row: WeeklyDemand, first: date, last: date) -> Iterator[date]:
    closed = set() if row.task_kind.on_holidays else _closed_days(first, last)
    day = first + timedelta(days=(row.weekday - first.weekday()) % 7)
    while day <= last:
        if day not in closed:
            yield day
        day += timedelta(days=7)


def _shifts_of(row: WeeklyDemand, day: date, now: datetime) -> Iterator[Shift]:
    starts_at, ends_at = days.span(day, row.start, row.end)
    for place in _places(row.scope):
        yield Shift(
            task_kind=row.task_kind, starts_at=starts_at, ends_at=ends_at, seats=row.seats,
            demand=row, published_at=now, planned_from=starts_at, planned_until=ends_at, **place,
        )  # fmt: skip


def _closed_days(first: date, last: date) -> set[date]:
    return {day for year in range(first.year, last.year + 1) for day in public_holidays(year)}


def _places(scope: str) -> list[dict]:
    match scope:
        case WeeklyDemand.Scope.DISTRICT:
            return [{"district": district} for district in District.objects.all()]
        case WeeklyDemand.Scope.LOCATION:
            return [{"location": location} for location in Location.objects.filter(is_open=True)]
    return [{}]
