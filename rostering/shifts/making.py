"""Which shifts are there? Making them one by one, and what holds for each of them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from people import days, freetext, journal
from people.models import District, Location, Person, Room
from people.words import duration
from rostering import booking
from rostering.models import Shift, TaskKind

LONGEST = timedelta(hours=16)  # but for a kind of task that takes longer by itself
FURTHEST = 18  # months ahead


class NotPossible(Exception):
    """Carries the sentence that says why."""


@dataclass(frozen=True)
class Spot:
    """Where at the location: a room, and how to find it."""

    room: Room | None = None
    directions: str = ""


@transaction.atomic
def make(
    task_kind: TaskKind,
    *,
    starts_at: datetime,
    ends_at: datetime,
    seats: int,
    by: Person,
    now: datetime,
    location: Location | None = None,
    district: District | None = None,
    spot: Spot | None = None,
    note: str = "",
    published: bool = True,
) -> Shift:
    """Make one shift; national without `location` and `district`. Times are aware.

    Raises NotPossible.
    """
    spot = spot or Spot()
    check(starts_at, ends_at, seats, note, now)
    check_spot(spot, location)
    refuse_slips(task_kind, starts_at, ends_at, now)
    refuse_too_few(task_kind, seats)
    asked = {
        "task_kind": task_kind, "starts_at": starts_at, "ends_at": ends_at, "seats": seats,
        "location": location, "district": district, "note": note.strip(),
        "room": spot.room, "directions": spot.directions.strip(),
    }  # fmt: skip
    shift = Shift.objects.create(**asked, published_at=now if published else None)
    journal.record("shift.made", shift, by=by, now=now, kind=task_kind.code, seats=seats)
    return shift


@transaction.atomic
def publish(shift: Shift, *, by: Person, now: datetime) -> Shift:
    """Open a draft to everybody. Twice changes nothing."""
    shift = Shift.objects.select_for_update(no_key=True).get(pk=shift.pk)
    if shift.published_at is None:
        shift.published_at = now
        shift.save(update_fields=["published_at"])
        journal.record("shift.published", shift, by=by, now=now)
    return shift


def check(starts_at: datetime, ends_at: datetime, seats: int, note: str, now: datetime) -> None:
    if ends_at <= starts_at:
        raise NotPossible(_("The end lies before the start."))
    if starts_at <= now:
        raise NotPossible(_("The start lies in the past."))
    if seats < 1:
        raise NotPossible(_("A shift has at least one seat."))
    if found := freetext.traces(note):
        raise NotPossible(
            _("The note seems to hold %(what)s. Never write anything about a client here.")
            % {"what": ", ".join(found)}
        )


def check_spot(spot: Spot, location: Location | None) -> None:
    """Raise NotPossible for a room of another location, or for directions that are not about a place."""
    if spot.room and (location is None or spot.room.location_id != location.pk):
        raise NotPossible(
            _("%(room)s is a room in %(place)s. Choose that location, or another room.")
            % {"room": spot.room, "place": spot.room.location}
        )
    if objection := freetext.objection(spot.directions):
        raise NotPossible(objection)


def refuse_slips(task_kind: TaskKind, starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Times that are possible and that nobody means: an end on the next day, another year."""
    takes, most = ends_at - starts_at, max(LONGEST, timedelta(minutes=task_kind.minutes))
    if takes > most:
        raise NotPossible(
            _("This shift would take %(long)s. At most %(most)s is possible. Check start and end.")
            % {"long": duration(takes.total_seconds() / 60), "most": duration(most.total_seconds() / 60)}
        )
    if days.day_of(starts_at) > days.add_months(days.day_of(now), FURTHEST):
        raise NotPossible(_("This is more than a year and a half ahead. Check the day."))


def refuse_too_few(task_kind: TaskKind, seats: int) -> None:
    """A kind of task that is never done alone has seats for as many as it asks."""
    least = task_kind.minimum_people
    if seats < least:
        raise NotPossible(
            _("%(kind)s is done by at least %(n)s people together. Give the shift that many seats.")
            % {"kind": task_kind, "n": least}
        )


def lock_with_people(shift: Shift) -> Shift:
    """Lock everybody who is tied to a shift (lowest id first) and then the shift; return it as it is now."""
    people = shift.bookings.live().values_list("person_id", flat=True)
    _people, shift = booking.lock(people, shift)
    return shift
