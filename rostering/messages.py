"""How do we tell people about their shifts? One function for each kind of notice; its subject is a booking.

A notice may wait: for the morning, or for a mail server. Each function looks at the booking as it is now, and
gives None when there is nothing left to say.
"""

from datetime import UTC

from django.urls import reverse
from django.utils.translation import gettext as _

from people import days, notices, qualifications
from people.models import Notice
from people.notices.mail import Attachment, Link, Message, absolute
from people.words import clock, duration, long_day
from rostering import access, answers, calendar, wording
from rostering.models import Booking, Shift

State = Booking.State


def register() -> None:
    for kind, compose in KINDS.items():
        notices.register(kind, compose)


def offered(notice: Notice) -> Message | None:
    booking, now = _ahead(notice, State.OFFERED), notice.sending_at
    if booking is None or booking.answer_by <= now:
        return None
    return _message(
        booking,
        _("Can you come on %(day)s? %(task)s"),
        [
            _("We are looking for somebody for this shift, and you have what it asks for."),
            *notice.facts.get("reasons", []),
            _("Please answer before %(moment)s. No is a good answer too: then we ask somebody else.")
            % {"moment": wording.moment(booking.answer_by)},
        ],
        action=(_("Answer yes or no"), answers.link(booking, now=now)),
        change=(_("Change when you are available"), absolute(reverse("rostering:availability"))),
    )


def booked(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.BOOKED)
    return booking and _message(
        booking,
        _("You are on the roster: %(task)s, %(day)s"),
        [_("Good that you are coming. Thank you."), _in_calendar(), _cannot_come()],
        attachments=[calendar.request(booking)],
    )


def moved_up(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.BOOKED)
    return booking and _message(
        booking,
        _("There is a place for you: %(task)s, %(day)s"),
        [
            _("You were on the waiting list. A seat came free and it is yours: you are on the roster."),
            _in_calendar(),
            _cannot_come(),
        ],
        attachments=[calendar.request(booking)],
    )


def changed(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.BOOKED)
    return booking and _message(
        booking,
        _("Your shift has changed: %(task)s, %(day)s"),
        [
            _("The time of your shift is different. This is how it is now."),
            _("The file with this mail changes it in your own calendar too."),
            _("Does this not suit you? Cancel it as soon as you can, then somebody else can take it."),
        ],
        attachments=[calendar.request(booking)],
    )


def cancelled(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.CANCELLED)
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
    return _message(
        booking,
        subject,
        lines + _reason(because) + _out_of_calendar(booking),
        action=_open_shifts(),
        attachments=_cancellation(booking),
    )


def shift_cancelled(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.CANCELLED)
    if booking is None or booking.shift.cancelled_at is None:
        return None
    return _message(
        booking,
        _("This shift is cancelled: %(task)s, %(day)s"),
        [
            _("You do not have to come."),
            *_reason(booking.shift.cancelled_because),
            *_out_of_calendar(booking),
        ],
        action=_open_shifts(),
        attachments=_cancellation(booking),
    )


def waiting(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.WAITING)
    return booking and _message(
        booking,
        _("You are on the waiting list: %(task)s, %(day)s"),
        [
            _("All seats of this shift are taken. If one comes free, it goes to who has waited longest."),
            _("You get a mail when you have a place. Until then you do not have to keep this time free."),
        ],
    )


def requested(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.REQUESTED)
    return booking and _message(
        booking,
        _("We have your request: %(task)s, %(day)s"),
        [_("For this task a coordinator looks at each request. You get a mail with the answer.")],
    )


def refused(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.DECLINED)
    return booking and _message(
        booking,
        _("Not this time: %(task)s, %(day)s"),
        [
            _("You asked for this shift. This time it cannot be."),
            *_reason(notice.facts.get("because")),
            _("There are other shifts where you are welcome."),
        ],
        action=_open_shifts(),
    )


def reminder_48h(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.BOOKED)
    return booking and _message(
        booking,
        _("Coming up: %(task)s, %(day)s"),
        [_("This shift is in two days. We count on you."), _cannot_come()],
    )


def reminder_today(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.BOOKED)
    if booking is None:
        return None
    is_today = booking.shift.day == days.day_of(notice.sending_at)
    return _message(
        booking,
        _("Today: %(task)s") if is_today else _("Tomorrow: %(task)s"),
        [
            _("Have a good shift. Was it heavy, or do you want to talk about it? Call your coordinator."),
            _("Can you not come after all? Cancel it now, and call your coordinator as well."),
        ],
    )


def unfit(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.BOOKED)
    if booking is None or booking.unfit_since is None:
        return None
    lacking = _lacking(booking)
    ways = [
        (_("Go to %(name)s") % {"name": qualification}, absolute(qualification.learn_url))
        for qualification in lacking
        if qualification.learn_url
    ]
    return _message(
        booking,
        _("Something is missing for your shift on %(day)s"),
        [
            _("On the day of this shift you do not have: %(names)s.")
            % {"names": ", ".join(q.name for q in lacking)},
            _("You are still on the roster. Put it in order before the shift, then everything is fine."),
            _("Will that not work? Tell your coordinator, or cancel the shift."),
        ],
        action=ways[0] if ways else None,
        actions=[*ways[1:], _see(booking)],
    )


def coordinator_unfit(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.BOOKED)
    if booking is None or booking.unfit_since is None or not _fills(notice.person, booking.shift):
        return None
    return _message(
        booking,
        _("Not qualified on the day: %(task)s, %(day)s"),
        [
            _("%(name)s is on the roster, but on that day does not have: %(names)s.")
            % {"name": booking.person, "names": ", ".join(q.name for q in _lacking(booking))},
            _("%(name)s knows this too. Talk about it together, or look for somebody else.")
            % {"name": booking.person},
        ],
        action=_on_the_board(booking),
        because=_for_coordinators(),
    )


def coordinator_dropout(notice: Notice) -> Message | None:
    booking = _ahead(notice, State.CANCELLED)
    if booking is None or booking.shift.cancelled_at or not _fills(notice.person, booking.shift):
        return None
    return _message(
        booking,
        _("A seat came free: %(task)s, %(day)s"),
        [
            _("%(name)s cannot come after all. Less than 48 hours are left.") % {"name": booking.person},
            _("The waiting list goes first. Is the seat still free? Then you can ask somebody."),
        ],
        action=_on_the_board(booking),
        because=_for_coordinators(),
    )


KINDS = {
    "booking_offered": offered,
    "booking_booked": booked,
    "booking_moved_up": moved_up,
    "booking_changed": changed,
    "booking_cancelled": cancelled,
    "booking_waiting": waiting,
    "booking_requested": requested,
    "booking_refused": refused,
    "booking_unfit": unfit,
    "shift_cancelled": shift_cancelled,
    "reminder_48h": reminder_48h,
    "reminder_today": reminder_today,
    "coordinator_unfit": coordinator_unfit,
    "coordinator_dropout": coordinator_dropout,
}


def when(booking: Booking) -> str:
    """Return day and times in words; the length tells the two hours of an autumn night apart."""
    start, end = booking.starts_at.astimezone(UTC), booking.ends_at.astimezone(UTC)
    minutes = int((end - start).total_seconds() // 60)
    return _("%(day)s, %(start)s to %(end)s (%(length)s)") % {
        "day": long_day(booking.starts_at),
        "start": clock(start),
        "end": clock(end),
        "length": duration(minutes),
    }


def _message(booking: Booking, subject: str, lines: list[str], **parts) -> Message:
    """Every mail about a shift: what, when and where, and one clear thing to do."""
    parts.setdefault("action", _see(booking))
    parts.setdefault("because", _("You get this mail because it is about your own shifts."))
    return Message(
        subject=subject % {"task": booking.shift.task_kind, "day": long_day(booking.starts_at)},
        lines=lines,
        details=[
            (_("What"), str(booking.shift.task_kind)),
            (_("When"), when(booking)),
            (_("Where"), wording.place(booking.shift)),
        ],
        **parts,
    )


def _ahead(notice: Notice, state: str) -> Booking | None:
    """Return the booking if it is still in `state` and its shift has not begun."""
    return (
        Booking.objects.with_shift()
        .select_related("person")
        .filter(pk=notices.subject_pk(notice), state=state, starts_at__gt=notice.sending_at)
        .first()
    )


def _lacking(booking: Booking) -> list:
    required = booking.shift.task_kind.requires.all()
    return qualifications.missing(booking.person, required, on=booking.shift.day)


def _fills(person, shift: Shift) -> bool:
    return access.shifts_of_coordinator(person).filter(pk=shift.pk).exists()


def _see(booking: Booking) -> Link:
    return _("Look at your shift"), absolute(reverse("rostering:shift", args=[booking.shift_id]))


def _open_shifts() -> Link:
    return _("Look at the open shifts"), absolute(reverse("rostering:open_shifts"))


def _on_the_board(booking: Booking) -> Link:
    return _("Open this shift on the board"), absolute(
        reverse("rostering:board_shift", args=[booking.shift_id])
    )


def _cannot_come() -> str:
    return _("Can you not come? Cancel it as soon as you can, then somebody else can take it.")


def _in_calendar() -> str:
    return _("The file with this mail puts the shift in your own calendar.")


def _out_of_calendar(booking: Booking) -> list[str]:
    return [_("The file with this mail takes it out of your own calendar.")] if booking.sequence else []


def _cancellation(booking: Booking) -> list[Attachment]:
    return [calendar.cancellation(booking)] if booking.sequence else []


def _reason(because: str | None) -> list[str]:
    return [_("The reason: %(because)s") % {"because": because}] if because else []


def _for_coordinators() -> str:
    return _("You get this mail because you fill the roster of this place.")
