"""What is said on one's own roster of one booking: where, how it stands, and in the week beside the task."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.words import clock, long_day
from rostering import words
from rostering.models import Booking
from rostering.words import Chip

State = Booking.State


@dataclass(frozen=True, slots=True)
class Mine:
    """A booking as its own person reads it. `is_past`: the shift is over, and it stands among what has been."""

    booking: Booking
    is_past: bool = False

    @property
    def where(self) -> str:
        """17.00 tot 19.00 uur, Utrecht"""
        return words.times_and_place(self.booking.shift)

    @property
    def is_question(self) -> bool:
        return self.booking.state == State.OFFERED

    @property
    def is_open(self) -> bool:
        """Whether nothing is settled yet: an offer, a request, a place on the waiting list."""
        return self.booking.state in _BESIDE

    @property
    def beside(self) -> str:
        """What is said of it beside the task in the week; nothing for what is settled."""
        said = _BESIDE.get(self.booking.state)
        return said() if said else ""

    @property
    def chip(self) -> Chip:
        row = self.booking
        if row.shift.cancelled_at or row.state == State.CANCELLED:
            said = _("Called off")
            return Chip(f"{said}: {row.reason}" if row.reason else said, "stop")
        if row.state in _STANDS:
            return _STANDS[row.state](row)
        if row.unfit_since:
            return Chip(_("Something lapses before this day"), "gap")
        if self.is_past:
            return Chip(_("Not confirmed yet"))
        return Chip(_("You are signed up"), "good")


def _answer_before(row: Booking) -> Chip:
    words = {"day": long_day(row.answer_by), "time": clock(row.answer_by)}
    return Chip(_("Answer before %(day)s, %(time)s") % words)


_BESIDE = {
    State.OFFERED: lambda: _("asked of you"),
    State.REQUESTED: lambda: _("requested"),
    State.WAITING: lambda: _("waiting list"),
}


def _asked(row: Booking) -> Chip:
    if row.shift.task_kind.needs_approval:
        return Chip(_("A coordinator looks at it"))
    return Chip(_("Waits for somebody experienced"))


_STANDS = {
    State.OFFERED: _answer_before,
    State.REQUESTED: _asked,
    State.WAITING: lambda row: Chip(_("Number %(n)s on the list") % {"n": row.position}),
    State.ATTENDED: lambda row: Chip(_("You were there"), "good"),
    State.ABSENT: lambda row: Chip(_("Not there")),
}
