"""What if a shift gets another time? Everybody who is tied to it hears so, and nobody is moved unasked.

Who is booked keeps the seat when the rules allow it, and gets the new time by mail; the reminders of the old time
are dropped and owed anew. Who was asked is asked again. Who asked for it or waits is told, and can do so again for
the new time: the simplest thing that seats nobody at a time they never saw, without one more answer to keep. A
draft of the roster that holds the shift expires by itself, because its fingerprint changes.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from people import journal
from people.models import Person
from rostering import booking, eligibility
from rostering.models import Booking, Shift
from rostering.shifts.making import (
    NotPossible,
    Spot,
    check,
    check_spot,
    lock_with_people,
    refuse_slips,
    refuse_too_few,
)


class OutsideTheirDays(NotPossible):
    """A warning: the new time is not in the days that these people gave. Why not is theirs alone."""

    def __init__(self, people: list[Person]):
        names = ", ".join(sorted(map(str, people)))
        super().__init__(
            _("The new time does not suit everybody who is on it: %(names)s.") % {"names": names}
        )
        self.people = people


@transaction.atomic
def change(
    shift: Shift,
    *,
    starts_at: datetime,
    ends_at: datetime,
    seats: int,
    note: str,
    by: Person,
    now: datetime,
    spot: Spot | None = None,
    anyway: bool = True,
) -> Shift:
    """Give a shift that has not begun another time, number of seats, note or spot. Times are aware.

    Without a `spot` the room stays as it is; with another one, who is booked hears where to be.

    Raises NotPossible when it has begun or is cancelled, and when a booked person cannot be kept: fewer seats
    than people, or no longer allowed then. Raises OutsideTheirDays unless it is to be done `anyway`.
    """
    shift = lock_with_people(shift)
    refuse_what_is_over(shift, now=now)
    spot = spot or Spot(shift.room, shift.directions)
    check(starts_at, ends_at, seats, note, now)
    check_spot(spot, shift.location)
    rows = list(shift.bookings.live().select_related("person__home").order_by("moved_at", "pk"))
    was, moved = shift.starts_at, (shift.starts_at, shift.ends_at) != (starts_at, ends_at)
    if moved:
        refuse_slips(shift.task_kind, starts_at, ends_at, now)
    if seats != shift.seats:
        refuse_too_few(shift.task_kind, seats)
    if seats < sum(row.seat is not None for row in rows):
        raise NotPossible(_("There are more people booked than seats. Take somebody off first."))
    shift.starts_at, shift.ends_at, shift.seats, shift.note = starts_at, ends_at, seats, note.strip()
    elsewhere = (shift.room, shift.directions) != (spot.room, spot.directions.strip())
    shift.room, shift.directions = spot.room, spot.directions.strip()
    if moved or elsewhere:
        shift.sequence, shift.changed_at = shift.sequence + 1, now
    shift.save()
    if moved:
        _move_people(shift, rows, was=was, by=by, now=now, anyway=anyway)
    elif elsewhere:
        for row in rows:
            if row.seat:
                booking.new_place(row, by=by, now=now)
    _close_up(rows, seats)
    journal.record("shift.changed", shift, by=by, now=now, moved=moved, seats=seats)
    booking.fill_from_waiting(shift, now=now)
    return shift


def refuse_what_is_over(shift: Shift, *, now: datetime) -> None:
    """Raise NotPossible for a shift that has begun or is cancelled: what was, stays as it was."""
    if shift.cancelled_at:
        raise NotPossible(_("This shift is cancelled. It cannot be changed any more."))
    if shift.starts_at <= now:
        raise NotPossible(_("This shift has already started. It cannot be changed any more."))


def _move_people(
    shift: Shift, rows: list[Booking], *, was: datetime, by: Person, now: datetime, anyway: bool
) -> None:
    """Take along who has a seat, first of all; then ask again who was asked, and tell who asked or waits."""
    Booking.objects.filter(pk__in=[row.pk for row in rows]).update(
        starts_at=shift.starts_at, ends_at=shift.ends_at
    )
    for row in rows:
        row.starts_at, row.ends_at = shift.starts_at, shift.ends_at
    seated = [row for row in rows if row.seat]
    for row in seated:
        if reasons := booking.reasons_to_leave(row, shift, now=now):
            raise NotPossible(
                _("%(name)s cannot come along: %(why)s")
                % {"name": row.person, "why": " ".join(eligibility.for_others(reasons))}
            )
    outside = eligibility.outside_their_days([row.person for row in seated], shift, now=now)
    if outside and not anyway:
        raise OutsideTheirDays(outside)
    for row in seated + [row for row in rows if not row.seat]:
        booking.new_times(row, shift, by=by, now=now, was=was, is_outside=row.person in outside)


def _close_up(rows: list[Booking], seats: int) -> None:
    """Give who holds a seat above the last one a lower seat that is free."""
    taken = {row.seat for row in rows if row.seat}
    free = iter([seat for seat in range(1, seats + 1) if seat not in taken])
    for row in rows:
        if row.seat and row.seat > seats:
            Booking.objects.filter(pk=row.pk).update(seat=next(free))
