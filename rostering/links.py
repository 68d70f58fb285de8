"""Which offer does this link of a mail answer? It opens one question for one person, and is no log-in.

Mail scanners open every link, so opening one changes nothing: the page it shows asks, and a POST answers.
"""

from datetime import UTC, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _

from people import mail
from rostering.models import Booking

VALID_FOR = timedelta(days=7)
ANSWER = Signer(salt="rostering.links.answer", sep=".")


class NotReadable(Exception):
    """Carries the sentence that says why."""


class Forged(NotReadable):
    """Nobody here made this link, or what it was about is gone."""


class Expired(NotReadable):
    """The link was good, but not any more."""


def token(booking: Booking, *, now: datetime) -> str:
    """Return what the link of a mail carries: good for seven days, and not after the shift has begun."""
    until = min(now + VALID_FOR, booking.starts_at)
    return ANSWER.sign(f"{booking.pk}-{booking.person_id}-{int(until.timestamp())}")


def url(booking: Booking, *, now: datetime) -> str:
    """Return the whole address at which `booking` is answered without logging in."""
    return mail.absolute(reverse("rostering:answer", args=[token(booking, now=now)]))


def read_token(text: str, *, now: datetime) -> Booking:
    """Return the booking a token is about. Raises Forged or Expired; `now` is aware."""
    try:
        pk, person, until = map(int, ANSWER.unsign(text).split("-"))
    except (BadSignature, ValueError):
        raise Forged(_("This link is not complete. Open it from the mail again.")) from None
    booking = (
        Booking.objects.select_related("person", "shift__task_kind", "shift__location", "shift__district")
        .filter(pk=pk, person=person)
        .first()
    )
    if booking is None:
        raise Forged(_("This link is no longer about anything."))
    if now >= min(datetime.fromtimestamp(until, UTC), booking.starts_at) or not booking.person.is_active:
        raise Expired(_("This link is too old. Log in to see what there is to do."))
    return booking
