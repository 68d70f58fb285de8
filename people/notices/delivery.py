"""Did a message get through? Said in words that somebody who is no technician can act on."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.models import Notice
from people.words import clock, long_day

UNDERWAY, SENT, TROUBLED, FAILED, OVER = "underway", "sent", "troubled", "failed", "over"
AWAY = frozenset({
    "ConnectionAbortedError", "ConnectionError", "ConnectionRefusedError", "ConnectionResetError", "OSError",
    "SMTPConnectError", "SMTPServerDisconnected", "TimeoutError", "gaierror",
})  # fmt: skip


@dataclass(frozen=True)
class Delivery:
    """How far a message is. `is_failed`: it is not under way any more, and somebody has to send it again."""

    state: str
    sentence: str

    @property
    def is_failed(self) -> bool:
        return self.state == FAILED


def delivery(notice: Notice) -> Delivery:
    """Return how far this message is, in the language of who looks."""
    if notice.sent_at:
        words = {"day": long_day(notice.sent_at), "clock": clock(notice.sent_at)}
        return Delivery(SENT, _("Sent on %(day)s at %(clock)s.") % words)
    if not notice.trouble:
        return (
            Delivery(OVER, _("No longer needed."))
            if notice.dropped_at
            else Delivery(UNDERWAY, _("On its way."))
        )
    why = reason(notice.trouble)
    if notice.dropped_at:
        return Delivery(FAILED, _("Not sent. %(why)s") % {"why": why})
    return Delivery(TROUBLED, _("Not sent yet. %(why)s We keep trying.") % {"why": why})


def reason(trouble: str) -> str:
    """Return why a message did not go, from the words that the mail server or our own code had for it."""
    name = trouble.partition(":")[0]
    if name in AWAY:
        return _("The mail server does not answer.")
    if name == "SMTPRecipientsRefused":
        return _("The mail server refuses this address. Is it right?")
    if name == "SMTPAuthenticationError":
        return _(
            "The mail server does not let us in. Its user name or password in the settings is not right."
        )
    return _("The mail server or the message gave an error: %(error)s.") % {"error": trouble.rstrip(".")}
