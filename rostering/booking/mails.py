"""How do we tell people about their shifts? One function for each kind of notice; its subject is a booking.

A notice may wait: for the morning, or for a mail server. Each function looks at the booking as it is now, and
gives None when there is nothing left to say.
"""

from typing import Any

from django.utils.translation import gettext as _

from people import days, notices
from people.models import Notice
from people.notices.mail import Attachment, Message, absolute
from people.words import in_days
from rostering import calendar, eligibility
from rostering.booking.states import BEFORE
from rostering.letters import (
    State,
    _lacking,
    ahead,
    cannot_come,
    fills,
    for_coordinators,
    in_calendar,
    it_was,
    look,
    message,
    on_the_board,
    open_shifts,
    out_of_calendar,
    reason,
    see,
)
from rostering.models import Booking


def register() -> None:
    for kind, compose in KINDS.items():
        notices.register(kind, compose, must_know=MUST_KNOW.get(kind, False))


def booked(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    return booking and message(
        booking,
        _("You are on the roster: %(task)s, %(day)s"),
        [_("Good that you are coming. Thank you."), in_calendar(), cannot_come()],
        attachments=_in_calendar(notice, booking),
    )


def moved_up(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    return booking and message(
        booking,
        _("There is a place for you: %(task)s, %(day)s"),
        [
            _("You were on the waiting list. A seat came free and it is yours: you are on the roster."),
            in_calendar(),
            cannot_come(),
        ],
        attachments=_in_calendar(notice, booking),
    )


def changed(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    return booking and message(
        booking,
        _("Your shift has changed: %(task)s, %(day)s"),
        [
            _("The time of your shift is different. This is how it is now."),
            *it_was(notice),
            *_outside(notice),
            _("The file with this mail changes it in your own calendar too."),
            _("Does this not suit you? Cancel it as soon as you can, then somebody else can take it."),
        ],
        attachments=_in_calendar(notice, booking),
    )


def new_place(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    return booking and message(
        booking,
        _("Where your shift is, has changed: %(task)s, %(day)s"),
        [
            _("You have to be somewhere else than you read before. This is how it is now."),
            _("The file with this mail changes it in your own calendar too."),
        ],
        attachments=_in_calendar(notice, booking),
    )


def new_times(notice: Notice) -> Message | None:
    """For who asked for the shift, waited for it or was asked, when it moved: nobody is moved unasked."""
    booking = ahead(notice, State.CANCELLED)
    if booking is None or booking.shift.cancelled_at or _stands_again(booking):
        return None
    lines = [_("The time of this shift is different now."), *it_was(notice)]
    match notice.facts["stood"]:
        case State.WAITING:
            subject = _("Do you want to wait for the new time too? %(task)s, %(day)s")
            lines.append(_("You waited for the old time, so you are off the waiting list."))
            lines.append(_("Does the new time suit you too? Then say so on the page of the shift."))
        case State.REQUESTED:
            subject = _("Do you want this shift at the new time too? %(task)s, %(day)s")
            lines.append(_("You asked for the old time, so your request has ended."))
            lines.append(_("Does the new time suit you too? Then say so on the page of the shift."))
        case _offered:
            subject = _("No longer needed: %(task)s, %(day)s")
            lines.append(_("You do not have to answer for this shift any more."))
    return message(booking, subject, lines, action=look(booking))


def _stands_again(booking: Booking) -> bool:
    return Booking.objects.live().filter(person=booking.person_id, shift=booking.shift_id).exists()


def _outside(notice: Notice) -> list[str]:
    if not notice.facts.get("outside"):
        return []
    return [_("You did not say that you are free then. So look well whether it suits you.")]


def cancelled(notice: Notice) -> Message | None:
    booking = ahead(notice, State.CANCELLED)
    if booking is None:
        return None
    because = notice.facts.get("because")
    subject = _("Off your roster: %(task)s, %(day)s")
    if not booking.sequence:  # never had the seat: an offer or a request that was taken back
        subject = _("No longer needed: %(task)s, %(day)s")
        lines = [_("You do not have to do anything for this shift any more.")]
    elif because:
        lines = [_("You are off the roster for this shift. Somebody who fills the roster did this.")]
    else:
        lines = [
            _("You have cancelled this shift. Thank you for telling us, then somebody else can take it.")
        ]
    return message(
        booking,
        subject,
        lines + reason(because) + out_of_calendar(booking),
        action=open_shifts(),
        attachments=_cancellation(notice, booking),
    )


def shift_cancelled(notice: Notice) -> Message | None:
    booking = ahead(notice, State.CANCELLED)
    if booking is None or booking.shift.cancelled_at is None:
        return None
    return message(
        booking,
        _("This shift is cancelled: %(task)s, %(day)s"),
        [
            _("You do not have to come."),
            *reason(booking.shift.cancelled_because),
            *out_of_calendar(booking),
        ],
        action=open_shifts(),
        attachments=_cancellation(notice, booking),
    )


def stands_again(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED, *BEFORE)
    said = {
        State.BOOKED: _("You are on the roster for it, as before. Can you not come? Then cancel it."),
        State.OFFERED: _("The question whether you can come stands again."),
        State.REQUESTED: _("Your request stands again; a coordinator looks at it."),
        State.WAITING: _("You are on the waiting list again, in the place that you had."),
    }
    return booking and message(
        booking,
        _("Goes on after all: %(task)s, %(day)s"),
        [_("You had a mail that this shift was cancelled. That was a mistake."), said[booking.state]],
        attachments=[calendar.request(booking)] if booking.state == State.BOOKED else [],
    )


def waiting(notice: Notice) -> Message | None:
    booking = ahead(notice, State.WAITING)
    return booking and message(
        booking,
        _("You are on the waiting list: %(task)s, %(day)s"),
        [
            _("All seats of this shift are taken. If one comes free, it goes to who has waited longest."),
            _("You get a mail when you have a place. Until then you do not have to keep this time free."),
        ],
    )


def requested(notice: Notice) -> Message | None:
    booking = ahead(notice, State.REQUESTED)
    said = [_("For this task a coordinator looks at each request. You get a mail with the answer.")]
    if booking and not booking.shift.task_kind.needs_approval:
        said = [
            _("The first time you do this beside somebody who has done it before."),
            _("As soon as somebody like that is on it, the seat is yours and you get a mail."),
        ]
    return booking and message(booking, _("We have your request: %(task)s, %(day)s"), said)


def undone(notice: Notice) -> Message | None:
    booking = ahead(notice, *BEFORE)
    said = {
        State.OFFERED: _("The question whether you can come stands again."),
        State.REQUESTED: _("Your request stands again; a coordinator looks at it."),
        State.WAITING: _("You are on the waiting list again, in the place that you had."),
    }
    return booking and message(
        booking,
        _("Not on your roster after all: %(task)s, %(day)s"),
        [
            _("You were put on this shift by mistake. You do not have to come."),
            said[booking.state],
            *out_of_calendar(booking),
        ],
        attachments=_cancellation(notice, booking),
    )


def refused(notice: Notice) -> Message | None:
    booking = ahead(notice, State.DECLINED)
    return booking and message(
        booking,
        _("Not this time: %(task)s, %(day)s"),
        [
            _("You asked for this shift. This time it cannot be."),
            *reason(notice.facts.get("because")),
            _("There are other shifts where you are welcome."),
        ],
        action=open_shifts(),
    )


def reminder_48h(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    return booking and message(
        booking,
        _("Coming up: %(task)s, %(day)s"),
        [_("This shift is %(soon)s. We count on you.") % {"soon": _soon(notice, booking)}, cannot_come()],
    )


def _soon(notice: Notice, booking: Booking) -> str:
    """Say how far off it is when the mail goes: 48 hours ahead may be moved by the quiet of a night."""
    return in_days(booking.shift.day, today=days.day_of(notice.sending_at))


def reminder_today(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    if booking is None:
        return None
    is_today = booking.shift.day == days.day_of(notice.sending_at)
    return message(
        booking,
        _("Today: %(task)s") if is_today else _("Tomorrow: %(task)s"),
        [
            _("Have a good shift. Was it heavy, or do you want to talk about it? Call your coordinator."),
            _("Can you not come after all? Cancel it now, and call your coordinator as well."),
        ],
    )


def unfit(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    if booking is None or booking.unfit_since is None:
        return None
    lacking = _lacking(booking)
    ways = [
        (_("Go to %(name)s") % {"name": qualification}, absolute(qualification.learn_url))
        for qualification in lacking
        if qualification.learn_url
    ]
    return message(
        booking,
        _("Something is missing for your shift on %(day)s"),
        [
            _("On the day of this shift you do not have: %(names)s.")
            % {"names": ", ".join(q.name for q in lacking)},
            _("You are still on the roster. Put it in order before the shift, then everything is fine."),
            _("Will that not work? Tell your coordinator, or cancel the shift."),
        ],
        action=ways[0] if ways else None,
        actions=[*ways[1:], see(booking)],
    )


def coordinator_unfit(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    if booking is None or booking.unfit_since is None or not fills(notice.person, booking.shift):
        return None
    return message(
        booking,
        _("Not qualified on the day: %(task)s, %(day)s"),
        [
            _("%(name)s is on the roster, but on that day does not have: %(names)s.")
            % {"name": booking.person, "names": ", ".join(q.name for q in _lacking(booking))},
            _("%(name)s knows this too. Talk about it together, or look for somebody else.")
            % {"name": booking.person},
        ],
        action=on_the_board(booking),
        because=for_coordinators(),
    )


def coordinator_dropout(notice: Notice) -> Message | None:
    booking = ahead(notice, State.CANCELLED)
    if booking is None or booking.shift.cancelled_at or not fills(notice.person, booking.shift):
        return None
    if _stands_again(booking):
        return None
    return message(
        booking,
        _("A seat came free: %(task)s, %(day)s"),
        [
            _("%(name)s cannot come after all. Less than 48 hours are left.") % {"name": booking.person},
            _("The waiting list goes first. Is the seat still free? Then you can ask somebody."),
        ],
        action=on_the_board(booking),
        because=for_coordinators(),
    )


def coordinator_left_alone(notice: Notice) -> Message | None:
    booking = ahead(notice, State.BOOKED)
    if booking is None or not fills(notice.person, booking.shift):
        return None
    if not eligibility.lacks_company(booking.person, booking.shift):
        return None
    return message(
        booking,
        _("A newcomer without company: %(task)s, %(day)s"),
        [
            _("%(name)s does this for the first time, and nobody on it has done it before.")
            % {"name": booking.person},
            _("Ask somebody experienced, or talk about it with %(name)s.") % {"name": booking.person},
        ],
        action=on_the_board(booking),
        because=for_coordinators(),
    )


KINDS = {
    "booking_booked": booked,
    "booking_moved_up": moved_up,
    "booking_changed": changed,
    "booking_new_place": new_place,
    "booking_new_times": new_times,
    "booking_cancelled": cancelled,
    "booking_waiting": waiting,
    "booking_requested": requested,
    "booking_refused": refused,
    "booking_undone": undone,
    "booking_unfit": unfit,
    "shift_cancelled": shift_cancelled,
    "shift_stands_again": stands_again,
    "reminder_48h": reminder_48h,
    "reminder_today": reminder_today,
    "coordinator_unfit": coordinator_unfit,
    "coordinator_dropout": coordinator_dropout,
    "coordinator_left_alone": coordinator_left_alone,
}


def _by_another(notice: Notice) -> bool:
    """Who cancels for somebody else says why."""
    return "because" in notice.facts


MUST_KNOW: dict[str, Any] = {  # whatever mail somebody had: without it they come for nothing, or not at all
    "booking_cancelled": _by_another,
    **dict.fromkeys(
        ("booking_changed", "booking_new_place", "booking_new_times", "booking_moved_up", "booking_undone",
         "booking_unfit", "shift_cancelled", "shift_stands_again", "reminder_today", "coordinator_dropout"),
        True,
    ),
}  # fmt: skip
A_SEAT = frozenset({"booking_booked", "booking_moved_up", "booking_changed", "booking_new_place"})


def _in_calendar(notice: Notice, booking: Booking) -> list[Attachment]:
    return [calendar.request(booking, since=notice.owed_at), *_left_behind(notice, booking)]


def _cancellation(notice: Notice, booking: Booking) -> list[Attachment]:
    own = [calendar.cancellation(booking, since=notice.owed_at)] if booking.sequence else []
    return own + _left_behind(notice, booking)


def _left_behind(notice: Notice, booking: Booking) -> list[Attachment]:
    """Take earlier seats on the same shift out of the calendar, when the mail that would do so gave way to this one."""
    if not notice.about:
        return []
    told = Notice.objects.filter(person=notice.person_id, about=notice.about).exclude(sent_at=None)
    last_word = dict(told.order_by("sent_at", "pk").values_list("subject", "kind"))
    seats = [int(ref.rpartition(":")[2]) for ref, kind in last_word.items() if kind in A_SEAT]
    left = Booking.objects.with_shift().select_related("person").filter(pk__in=seats, state=State.CANCELLED)
    return [calendar.cancellation(one, since=notice.owed_at) for one in left.exclude(pk=booking.pk)]
