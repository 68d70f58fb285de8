"""What do all mails about a shift have in common? The lines they are made of."""

from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from people import notices, qualifications
from people.models import Notice, Person
from people.notices.mail import Link, Message, absolute
from people.words import clock, duration, long_day
from rostering import access, contacts, whereabouts, words
from rostering.models import Booking, Shift

State = Booking.State


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


def message(booking: Booking, subject: str, lines: list[str], **parts: Any) -> Message:
    """Every mail about a shift: what, when and where, and one clear thing to do."""
    parts.setdefault("action", see(booking))
    parts.setdefault("because", _("You get this mail because it is about your own shifts."))
    where = whereabouts.of(booking.shift)
    return Message(
        subject=subject % {"task": booking.shift.task_kind, "day": long_day(booking.starts_at)},
        lines=lines,
        details=[
            (_("What"), str(booking.shift.task_kind)),
            (_("When"), when(booking)),
            (_("Where"), where.place),
            *where.lines,
            *whom_to_call(booking),
        ],
        **parts,
    )


def whom_to_call(booking: Booking) -> list[tuple[str, str]]:
    """Name who is on duty, for who is booked only."""
    if booking.state != State.BOOKED:
        return []
    return [(_("Call"), str(contact)) for contact in contacts.of(booking.shift)]


def ahead(notice: Notice, *states: str) -> Booking | None:
    """Return the booking if it is still in one of `states` and its shift has not begun."""
    return (
        Booking.objects.with_shift()
        .select_related("person")
        .filter(pk=notices.subject_pk(notice), state__in=states, starts_at__gt=notice.sending_at)
        .first()
    )


def _lacking(booking: Booking) -> list:
    required = booking.shift.task_kind.requires.all()
    return qualifications.missing(booking.person, required, on=booking.shift.day)


def fills(person: Person, shift: Shift) -> bool:
    return access.shifts_of_coordinator(person).filter(pk=shift.pk).exists()


def see(booking: Booking) -> Link:
    return _("Look at your shift"), absolute(reverse("rostering:shift", args=[booking.shift_id]))


def look(booking: Booking) -> Link:
    """For who does not have the shift."""
    return _("Look at this shift"), absolute(reverse("rostering:shift", args=[booking.shift_id]))


def it_was(notice: Notice) -> list[str]:
    """Say when a moved shift was before."""
    if "was" not in notice.facts:
        return []
    before = datetime.fromisoformat(notice.facts["was"])
    return [_("Before, it was: %(moment)s.") % {"moment": words.moment(before)}]


def open_shifts() -> Link:
    return _("Look at the open shifts"), absolute(reverse("rostering:open_shifts"))


def on_the_board(booking: Booking) -> Link:
    return _("Open this shift on the board"), absolute(
        reverse("rostering:board_shift", args=[booking.shift_id])
    )


def cannot_come() -> str:
    return _("Can you not come? Cancel it as soon as you can, then somebody else can take it.")


def in_calendar() -> str:
    return _("The file with this mail puts the shift in your own calendar.")


def out_of_calendar(booking: Booking) -> list[str]:
    return [_("The file with this mail takes it out of your own calendar.")] if booking.sequence else []


def reason(because: str | None) -> list[str]:
    return [_("The reason: %(because)s") % {"because": because}] if because else []


def for_coordinators() -> str:
    return _("You get this mail because you fill the roster of this place.")
