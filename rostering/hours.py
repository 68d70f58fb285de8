"""How long did somebody work? Derived from attendance, never stored."""

from collections import defaultdict
from datetime import datetime, timedelta

from people import days
from people.models import Person
from rostering.models import Booking


def worked(person: Person, *, year: int) -> timedelta:
    """Return the time `person` was present in shifts that began in `year` (Amsterdam days)."""
    return sum((by_month for by_month in by_month(person, year=year).values()), timedelta())


def by_month(person: Person, *, year: int) -> dict[int, timedelta]:
    """Return the time present per month (1 to 12) of `year`; months without work are left out."""
    totals = defaultdict(timedelta)
    for booking in attended(person, year=year):
        totals[days.day_of(booking.starts_at).month] += booking.ends_at - booking.starts_at
    return dict(totals)


def attended(person: Person, *, year: int):
    """Return the bookings of `person` marked attended that began in `year`, oldest first."""
    first, after = (datetime(y, 1, 1, tzinfo=days.AMSTERDAM) for y in (year, year + 1))
    rows = Booking.objects.filter(
        person=person, state=Booking.State.ATTENDED, starts_at__gte=first, starts_at__lt=after
    )
    return rows.select_related("shift__task_kind", "shift__location").order_by("starts_at")
