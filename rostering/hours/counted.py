"""How long did somebody work? Derived from attendance, never stored."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from people import days
from people.models import Person
from rostering.models import Booking


@dataclass(frozen=True)
class Year:
    """The shifts of one year at which somebody was present."""

    attended: list[Booking]  # oldest first

    @property
    def by_month(self) -> dict[int, timedelta]:
        """The time present per month (1 to 12, Amsterdam days); months without work are left out."""
        totals = defaultdict(timedelta)
        for booking in self.attended:
            totals[days.day_of(booking.starts_at).month] += booking.ends_at - booking.starts_at
        return dict(totals)

    @property
    def total(self) -> timedelta:
        return sum(self.by_month.values(), timedelta())


def worked(person: Person, *, year: int) -> timedelta:
    """Return the time `person` was present in shifts that began in `year` (Amsterdam days)."""
    return of_year(person, year).total


def of_year(person: Person, year: int) -> Year:
    """Return the shifts that began in `year` and at which `person` was marked present. One query."""
    first, after = (datetime(y, 1, 1, tzinfo=days.AMSTERDAM) for y in (year, year + 1))
    rows = person.bookings.filter(state=Booking.State.ATTENDED, starts_at__gte=first, starts_at__lt=after)
    return Year(list(rows.select_related("shift__task_kind").order_by("starts_at")))
