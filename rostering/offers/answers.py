"""What does an answer to an offer come to, and which offer does the link of a mail answer?

The same words for a mail, the home page and the page of a shift. Answering again changes nothing and says how it
stands. A link opens one question for one person, and is no log-in. Mail scanners open every link, so opening one
changes nothing: the page it shows asks, and a POST answers.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from people.models import Person
from people.notices import mail
from rostering import booking
from rostering.booking import ImpossibleMove, NotBookable
from rostering.models import Booking, Shift

VALID_FOR = timedelta(days=7)
LINK = Signer(salt="rostering.links.answer", sep=".")  # never changed: mails that were sent keep working
State = Booking.State


@dataclass(frozen=True)
class Said:
    """A code for programs and a sentence for people. The code `open` means: the question is still there."""

    code: str
    sentence: str

    @property
    def is_open(self) -> bool:
        return self.code == "open"

    @property
    def advice(self) -> str:
        """What can be done now; nothing when there is nothing to say."""
        if self.code in ("yes", "booked"):
            return _(
                "You get a mail with the shift for your calendar. Can you not come after all? Cancel on the page of "
                "the shift."
            )
        if self.code in ("no", "declined"):
            return _(
                "Can you after all? As long as there is a seat you can take it on the page of the shift."
            )
        return _("Perhaps another shift suits you.") if self.code in ("full", "over") else ""


class NotReadable(Exception):
    """Carries the sentence that says why."""


class Forged(NotReadable):
    """Nobody here made this link, or what it was about is gone."""


class Expired(NotReadable):
    """The link was good, but not any more."""


def answer(row: Booking, *, yes: bool, now: datetime) -> Said:
    """Say yes or no to the offer `row` for the person it was made to; `now` is aware."""
    stands = state_of(row, now=now)
    if stands.code not in ("open", "full"):
        return stands
    try:
        if not yes:
            booking.decline(row, by=row.person, now=now)
            return Said("no", _("You said no. Thank you for answering: now we can ask somebody else."))
        if booking.accept(row, by=row.person, now=now).state == State.REQUESTED:
            return _held()
        return Said("yes", _("Good, you are signed up. Thank you."))
    except NotBookable as refusal:
        if any(reason.code == "full" for reason in refusal.reasons):
            return _filled()
        return Said("refused", str(refusal))
    except ImpossibleMove:  # answered in another window in the meantime
        row.refresh_from_db()
        return state_of(row, now=now)


def take_back(row: Booking, *, now: datetime) -> Said:
    """Undo the "no" to the offer `row` that the person gave minutes ago, and say how it stands then."""
    if row.state == State.DECLINED:
        try:
            back = booking.undo(row, by=row.person, now=now)
            row.state, row.moved_at, row.was = back.state, back.moved_at, back.was
        except (NotBookable, ImpossibleMove) as refusal:
            return Said("refused", str(refusal))
    return state_of(row, now=now)


def can_take_back(row: Booking, *, now: datetime) -> bool:
    """Return whether the "no" to `row` is so fresh that it may have been a slip of the finger."""
    return row.state == State.DECLINED and row.was == State.OFFERED and now - row.moved_at < booking.JUST_NOW


def state_of(row: Booking, *, now: datetime) -> Said:
    """Return how the offer `row` stands; one query at most."""
    if row.shift.cancelled_at:
        return Said("cancelled", _("This shift has been cancelled."))
    match row.state:
        case State.BOOKED | State.ATTENDED | State.ABSENT:
            return Said("booked", _("You are already signed up for this shift."))
        case State.DECLINED:
            return Said("declined", _("You have said no to this shift."))
        case State.REQUESTED if row.was == State.OFFERED:
            return _held()
        case State.REQUESTED:
            return Said("requested", _("You have asked for this shift. A coordinator looks at it."))
        case State.WAITING:
            return Said("waiting", _("You are on the waiting list of this shift."))
        case State.CANCELLED:
            return Said("over", _("This offer is over."))
    if row.answer_by <= now or row.shift.starts_at <= now:
        return Said("over", _("This offer is over."))
    return _filled() if not Shift.objects.open(now).filter(pk=row.shift_id).exists() else Said("open", "")


def _held() -> Said:
    return Said(
        "requested",
        _(
            "Thank you, your yes is noted. The first time is beside somebody who has done this before: as soon as "
            "somebody like that is on it, the seat is yours."
        ),
    )


def token(offer: Booking, *, now: datetime) -> str:
    """Return what the link of a mail carries: good for seven days, and not after the shift has begun.

    It is bound to the mail address of the moment: once that is corrected, who read the old one cannot answer.
    """
    until = min(now + VALID_FOR, offer.starts_at)
    return LINK.sign(f"{offer.pk}-{offer.person_id}-{int(until.timestamp())}-{_seal(offer.person)}")


def link(offer: Booking, *, now: datetime) -> str:
    """Return the whole address at which `offer` is answered without logging in."""
    return mail.absolute(reverse("rostering:answer", args=[token(offer, now=now)]))


def offer_of(text: str, *, now: datetime) -> Booking:
    """Return the booking a token is about. Raises Forged or Expired; `now` is aware."""
    try:
        pk, person, until, *sealed = LINK.unsign(text).split("-")
        pk, person, until = int(pk), int(person), int(until)
    except (BadSignature, ValueError):
        raise Forged(_("This link is not complete. Open it from the mail again.")) from None
    offer = Booking.objects.with_shift().select_related("person").filter(pk=pk, person=person).first()
    if offer is None:
        raise Forged(_("This link is no longer about anything."))
    if sealed and sealed != [_seal(offer.person)]:
        raise Expired(_("This link is too old. Log in to see what there is to do."))
    if now >= min(datetime.fromtimestamp(until, UTC), offer.starts_at) or not offer.person.is_active:
        raise Expired(_("This link is too old. Log in to see what there is to do."))
    return offer


def _seal(person: Person) -> str:
    return salted_hmac("rostering.links.answer", person.email).hexdigest()[:16]


def _filled() -> Said:
    return Said("full", _("The seat has been filled already. Thank you for looking."))
