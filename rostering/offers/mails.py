"""The mail that asks somebody for a shift."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import notices
from people.models import Notice
from people.notices.mail import Message, absolute
from rostering import words
from rostering.letters import (
    State,
    ahead,
    it_was,
    message,
)
from rostering.offers import answers


def register() -> None:
    notices.register("booking_offered", offered, must_know=True, several=questions)


def questions(n: int) -> str:
    """Name the mail in which several questions stand, each with its own answer."""
    return ngettext("Can you come? %(n)s question", "Can you come? %(n)s questions", n) % {"n": n}


def offered(notice: Notice) -> Message | None:
    booking, now = ahead(notice, State.OFFERED), notice.sending_at
    if booking is None or booking.answer_by <= now:
        return None
    return message(
        booking,
        _("Can you come on %(day)s? %(task)s"),
        [
            *_moved(notice),
            _("We are looking for somebody for this shift, and you have what it asks for."),
            *notice.facts.get("reasons", []),
            _("Please answer before %(moment)s. No is a good answer too: then we ask somebody else.")
            % {"moment": words.moment(booking.answer_by)},
        ],
        action=(_("Answer yes or no"), answers.link(booking, now=now)),
        change=(_("Change when you are available"), absolute(reverse("rostering:availability"))),
    )


def _moved(notice: Notice) -> list[str]:
    if "was" not in notice.facts:
        return []
    again = _("We asked you for this shift before. Its time is different now, so we ask you again.")
    return [again, *it_was(notice)]
