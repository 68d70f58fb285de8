"""What is on my own roster? Read for the list, the week and the home page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet

from people import days
from people.days import public_holidays
from people.models import Person
from rostering.models import Booking
from rostering.my_roster.mine import Mine

MOST_PAST = 20
State = Booking.State


@dataclass(frozen=True)
class Roster:
    """The bookings of one person, each list in its own order."""

    asked: list[Mine]  # offers that wait for an answer, soonest shift first
    coming: list[Mine]
    requested: list[Mine]
    waiting: list[Mine]  # each with `position` on the waiting list
    called_off: list[Mine]  # ahead, ended by somebody else, with the reason
    past: list[Mine]  # the last ones, newest first

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.coming or self.requested or self.waiting or self.called_off)


@dataclass(frozen=True)
class Day:
    day: date
    bookings: list[Mine]
    night_before: list[Booking]  # those of `bookings` that began the day before: on a Monday only
    holiday: str
    is_today: bool


def of(person: Person, *, now: datetime) -> Roster:
    """Return the roster of `person` around `now` (aware), in two queries."""
    ahead = ahead_of(person, now=now)
    past = _rows(person).filter(state__in=Booking.SEATED, ends_at__lte=now).order_by("-starts_at", "-pk")
    return Roster(
        asked=[Mine(row) for row in open_offers(ahead, now=now)],
        coming=[Mine(row) for row in ahead if row.state in Booking.SEATED],
        requested=[Mine(row) for row in ahead if row.state == State.REQUESTED],
        waiting=[Mine(row) for row in ahead if row.state == State.WAITING],
        called_off=[Mine(row) for row in ahead if row.state == State.CANCELLED],
        past=[Mine(row, is_past=True) for row in past[:MOST_PAST]],
    )


def ahead_of(person: Person, *, now: datetime) -> list[Booking]:
    """Return what is still to come or under way, soonest first, with what somebody else called off."""
    counts = Q(state__in=Booking.LIVE) | Q(state=State.CANCELLED) & ~Q(reason="")
    return list(_rows(person).filter(counts, ends_at__gt=now).with_position())


def open_offers(rows: list[Booking], *, now: datetime) -> list[Booking]:
    """Return the offers among `rows` that can still be answered."""
    return [row for row in rows if row.state == State.OFFERED and row.answer_by > now]


def week(person: Person, monday: date, *, now: datetime) -> list[Day]:
    """Return the seven Amsterdam days from `monday` with what `person` has on them.

    A shift stands on the day it begins; the night before `monday` stands on that day, which is where it ends.
    """
    first, after = (days.moment(monday + timedelta(days=n), time(0)) for n in (0, 7))
    rows = _rows(person).filter(state__in=Booking.LIVE, ends_at__gt=first, starts_at__lt=after)
    seen = list(rows)
    holidays = public_holidays(monday.year) | public_holidays((monday + timedelta(6)).year)
    return [
        Day(
            day=day,
            bookings=[Mine(row) for row in seen if max(days.day_of(row.starts_at), monday) == day],
            night_before=[row for row in seen if days.day_of(row.starts_at) < monday == day],
            holiday=holidays.get(day, ""),
            is_today=day == days.day_of(now),
        )
        for day in (monday + timedelta(days=n) for n in range(7))
    ]


def _rows(person: Person) -> QuerySet[Booking]:
    rows = Booking.objects.filter(person=person).order_by("starts_at", "pk")
    return rows.with_shift()
