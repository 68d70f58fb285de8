"""What if a shift does not go on? Everything on it ends and everybody hears why; for ten minutes it can be undone."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import freetext, journal
from people.models import Person
from rostering import booking
from rostering.models import Booking, Shift
from rostering.shifts.making import NotPossible, lock_with_people

UNDO_WITHIN = booking.JUST_NOW  # a slip is seen at once; later people have made other plans


@dataclass(frozen=True)
class Ended:
    """Who lost what by the cancelling of a shift."""

    rows: list[Booking]

    def names(self, was: str) -> list[str]:
        return [str(row.person) for row in self.rows if row.was == was]

    @property
    def sentences(self) -> list[str]:
        """Say who was on it, whose question and request ended, and who waited; and that they hear so."""
        if not self.rows:
            return [_("Nobody was on it or asked for it, so nobody gets a mail.")]
        state = Booking.State
        said = (
            (state.BOOKED, lambda n: ngettext("On it was: %(names)s.", "On it were: %(names)s.", n)),
            (
                state.OFFERED,
                lambda n: ngettext(
                    "One question has been withdrawn: %(names)s.",
                    "%(n)s questions have been withdrawn: %(names)s.",
                    n,
                ),
            ),
            (
                state.REQUESTED,
                lambda n: ngettext(
                    "One request has ended: %(names)s.", "%(n)s requests have ended: %(names)s.", n
                ),
            ),
            (
                state.WAITING,
                lambda n: ngettext(
                    "One person waited for a seat: %(names)s.",
                    "%(n)s people waited for a seat: %(names)s.",
                    n,
                ),
            ),
        )
        told = []
        for was, sentence in said:
            if names := self.names(was):
                told.append(sentence(len(names)) % {"n": len(names), "names": ", ".join(names)})
        n = len(self.rows)
        return [
            *told,
            ngettext("This person gets a mail with your reason.", "They get a mail with your reason.", n),
        ]


@transaction.atomic
def cancel(shift: Shift, *, by: Person, now: datetime, because: str) -> Shift:
    """Cancel a shift with everything on it. Twice changes nothing; raises NotPossible without a reason."""
    if not because.strip():
        raise NotPossible(_("Say why, so that people understand."))
    if objection := freetext.objection_to_reason(because):
        raise NotPossible(objection)
    shift = lock_with_people(shift)
    if shift.cancelled_at:
        return shift
    if shift.starts_at <= now:
        raise NotPossible(_("This shift has already started."))
    shift.cancelled_at, shift.cancelled_because = now, because.strip()
    shift.sequence += 1
    shift.changed_at = now
    shift.save()
    journal.record("shift.cancelled", shift, by=by, now=now)
    for row in shift.bookings.live().select_related("person"):
        booking.end_with_shift(row, shift, by=by, now=now)
    return shift


def ended_with(shift: Shift) -> Ended:
    """Return whose seat, question, request or place in the queue ended with the cancelling of `shift`."""
    return Ended(list(_ended(shift).select_related("person").order_by("was_moved_at", "pk")))


def may_undo(shift: Shift, *, now: datetime) -> bool:
    return bool(shift.cancelled_at) and now - shift.cancelled_at < UNDO_WITHIN and shift.starts_at > now


@transaction.atomic
def undo_cancel(shift: Shift, *, by: Person, now: datetime) -> list[Person]:
    """Let a shift that was cancelled less than ten minutes ago go on, with everybody as they were on it.

    Return who cannot come back, because they took another shift at that time. Twice changes nothing; raises
    NotPossible when it is too late.
    """
    _people, locked = booking.lock(_ended(shift).values_list("person_id", flat=True), shift)
    if not locked.cancelled_at:
        return []
    if not may_undo(locked, now=now):
        raise NotPossible(_("This was too long ago to undo. Make the shift again, or copy it."))
    rows = list(_ended(locked).select_related("person__home").order_by("was_moved_at", "pk"))
    locked.cancelled_at, locked.cancelled_because = None, ""
    locked.sequence += 1
    locked.changed_at = now
    locked.save()
    journal.record("shift.uncancelled", locked, by=by, now=now)
    return [row.person for row in rows if not booking.stand_again(row, locked, by=by, now=now)]


def _ended(shift: Shift) -> QuerySet:
    return shift.bookings.filter(state=Booking.State.CANCELLED, moved_at=shift.cancelled_at).exclude(was="")
