"""What does the page of one shift say to somebody, and which act comes first?

Pure: from where the person stands (shift_page.Standing) come the sentences and the buttons, in the order in which
they are read. The template lays them out and decides nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from people.words import clock, long_day
from rostering import words
from rostering.models import Booking
from rostering.open_shifts.shift_page import Standing
from rostering.words import Chip

State = Booking.State
BOOK, CANCEL, WAIT = "rostering:book", "rostering:cancel", "rostering:wait"


@dataclass(frozen=True, slots=True)
class Button:
    """One act: its words, the name of the address it posts to, and how loud it is."""

    label: str
    address: str
    tone: str = ""  # "quiet", "danger-quiet", or the first one of the page

    @property
    def is_about_the_shift(self) -> bool:
        """Whether it takes on the shift as the page showed it; who goes off it leaves, however it is now."""
        return self.address != CANCEL


@dataclass(frozen=True, slots=True)
class Said:
    """All that is said, from top to bottom. `message` is set when nothing can be done any more: its kind."""

    title: str
    message: str = ""  # "error" or "info"
    chips: tuple[Chip, ...] = ()
    bars: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    asides: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    asks: bool = False  # an offer: yes or no


def said(standing: Standing) -> Said:
    """Return what the page says to the person of `standing`, in the active language."""
    shift = standing.shift
    if shift.cancelled_at:
        because = (shift.cancelled_because,) if shift.cancelled_because else ()
        return Said(_("This shift has been cancelled."), "error", sentences=because)
    if standing.is_over:
        return Said(_("This shift is over."), "info", sentences=_afterwards(standing.state))
    if standing.is_running:
        call = (_("Can you not be there? Call your coordinator."),)
        booked = standing.state == State.BOOKED
        return Said(_("This shift has started."), "info", sentences=call if booked else ())
    return AHEAD[standing.act](standing)


def _afterwards(state: str) -> tuple[str, ...]:
    if state == State.ATTENDED:
        return (_("You were there. Thank you."),)
    if state == State.ABSENT:
        return (_("It is written down that you were not there. Is that not right? Tell your coordinator."),)
    return ()


def _answer(standing: Standing) -> Said:
    by = standing.booking.answer_by
    before = _("Please answer before %(day)s, %(time)s. No is a good answer too.")
    told = before % {"day": long_day(by), "time": clock(by)}
    return Said(_("You are asked for this shift."), sentences=(told,), asks=True)


def _cancel(standing: Standing) -> Said:
    lapses = Chip(_("Something lapses before this day. See below what you can do."), "gap")
    late = _(
        "Can you not come? It starts within two days: your coordinator hears it at once and looks for somebody else."
    )
    undo = Button(_("Undo"), CANCEL, "quiet")
    off = Button(_("Cancel my seat"), CANCEL, "danger-quiet")
    return Said(
        _("You are on this shift."),
        chips=(lapses,) if standing.booking.unfit_since else (),
        asides=(late,) if standing.is_late and not standing.is_fresh else (),
        buttons=(undo if standing.is_fresh else off,),
    )


def _leave(standing: Standing) -> Said:
    if standing.state == State.WAITING:
        title = _("You are number %(n)s on the waiting list.") % {"n": standing.position}
        told, label = (
            _("When a seat comes free it is yours, and you hear it at once."),
            _("Leave the waiting list"),
        )
    elif standing.state == State.REQUESTED:
        title = _("You have asked for this shift.")
        told, label = _("A coordinator looks at it. You get a mail."), _("Withdraw my request")
        if not standing.shift.task_kind.needs_approval:
            told = _beside()
    else:
        title, told, label = _("This offer is over."), "", _("Put it away")
    may_take = standing.state == State.OFFERED and not standing.found.reasons
    take = (Button(_("Take this shift"), BOOK),) if may_take else ()
    away = Button(_("Undo") if standing.is_fresh else label, CANCEL, "quiet")
    return Said(title, sentences=(told,) if told else (), buttons=(*take, away))


def _beside() -> str:
    return _(
        "The first time is beside somebody who has done this before. As soon as somebody like that is on it, the "
        "seat is yours and you get a mail."
    )


def _book(standing: Standing) -> Said:
    asks_first = standing.act == "ask"
    comes_back = standing.was_cancelled_by_me and standing.is_fresh
    if comes_back:
        title, label = _("You have just cancelled."), _("Undo")
    else:
        declined = standing.booking is not None and standing.booking.state == State.DECLINED
        again = _("You said no. If you can after all: there is still a seat.")
        title = again if declined else _("This shift suits you.")
        label = _("Ask for this shift") if asks_first else _("Take this shift")
    confirms = _("For this kind of task a coordinator confirms each request.")
    if not standing.shift.task_kind.needs_approval:
        confirms = _beside()
    anyway = _("You can take it all the same.")
    return Said(
        title,
        chips=(words.seats_left(standing.shift), words.load(standing.shift)),
        sentences=(confirms,) if asks_first else (),
        asides=tuple(f"{warning.sentence} {anyway}" for warning in standing.found.warnings),
        buttons=(Button(label, BOOK),),
    )


def _wait(standing: Standing) -> Said:
    return Said(
        _("All seats are taken."),
        sentences=(_("When somebody cancels, the first on the waiting list gets the seat."),),
        buttons=(Button(_("Put me on the waiting list"), WAIT),),
    )


def _not_yet(standing: Standing) -> Said:
    below = _("See below what is missing and how you get it.")
    return Said(
        _("You cannot take this shift yet."),
        bars=tuple(reason.sentence for reason in standing.bars),
        sentences=(below,) if standing.lacks_something else (),
    )


AHEAD: dict[str, Callable[[Standing], Said]] = {
    "answer": _answer,
    "cancel": _cancel,
    "leave": _leave,
    "book": _book,
    "ask": _book,
    "wait": _wait,
    "": _not_yet,
}
