"""What does an answer to an offer come to? The same words for a mail, the home page and the page of a shift.

Answering again changes nothing and says how it stands.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from rostering import booking
from rostering.booking import ImpossibleMove, NotBookable
from rostering.models import Booking, Shift

State = Booking.State


@dataclass(frozen=True)
class Said:
    """A code for programs and a sentence for people. The code `open` means: the question is still there."""

    code: str
    sentence: str


def answer(row: Booking, *, yes: bool, now: datetime) -> Said:
    """Say yes or no to the offer `row` for the person it was made to; `now` is aware."""
    stands = state_of(row, now=now)
    if stands.code not in ("open", "full"):
        return stands
    try:
        if not yes:
            booking.decline(row, by=row.person, now=now)
            return Said("no", _("You said no. Thank you for answering: now we can ask somebody else."))
        booking.accept(row, by=row.person, now=now)
        return Said("yes", _("Good, you are signed up. Thank you."))
    except NotBookable as refusal:
        if any(reason.code == "full" for reason in refusal.reasons):
            return _filled()
        return Said("refused", str(refusal))
    except ImpossibleMove:  # answered in another window in the meantime
        row.refresh_from_db()
        return state_of(row, now=now)


def state_of(row: Booking, *, now: datetime) -> Said:
    """Return how the offer `row` stands; one query at most."""
    if row.shift.cancelled_at:
        return Said("cancelled", _("This shift has been cancelled."))
    match row.state:
        case State.BOOKED | State.ATTENDED | State.ABSENT:
            return Said("booked", _("You are already signed up for this shift."))
        case State.DECLINED:
            return Said("declined", _("You have said no to this shift."))
        case State.REQUESTED:
            return Said("requested", _("You have asked for this shift. A coordinator looks at it."))
        case State.WAITING:
            return Said("waiting", _("You are on the waiting list of this shift."))
        case State.CANCELLED:
            return Said("over", _("This offer is over."))
    if row.answer_by <= now or row.shift.starts_at <= now:
        return Said("over", _("This offer is over."))
    return _filled() if not Shift.objects.open(now).filter(pk=row.shift_id).exists() else Said("open", "")


def _filled() -> Said:
    return Said("full", _("The seat has been filled already. Thank you for looking."))
