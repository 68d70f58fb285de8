"""What is said in the journal of shifts, of who stands on them, and of how the roster is made?"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from people.manage import story
from people.manage.story import Link
from rostering import words
from rostering.models import Booking, Shift

SENTENCES = {
    "availability.exception_added": _("%(who)s noted an exception to the availability"),
    "availability.exception_removed": _("%(who)s removed an exception to the availability"),
    "availability.pattern_set": _("%(who)s noted the availability of %(what)s"),
    "booking.absent": _("%(who)s noted that %(what)s was not there"),
    "booking.attended": _("%(who)s noted that %(what)s was there"),
    "booking.booked": _("%(who)s booked a shift for %(what)s"),
    "booking.cancelled": _("%(who)s cancelled a shift of %(what)s"),
    "booking.declined": _("%(who)s declined a shift for %(what)s"),
    "booking.fit_again": _("%(who)s saw that a booked shift fits %(what)s again"),
    "booking.offered": _("%(who)s offered %(what)s a shift"),
    "booking.requested": _("%(who)s asked for a shift for %(what)s"),
    "booking.unfit": _("%(who)s saw that a booked shift no longer fits %(what)s"),
    "booking.waiting": _("%(who)s put %(what)s on a waiting list"),
    "calendar.subscribed": _("%(who)s made a calendar subscription"),
    "calendar.unsubscribed": _("%(who)s stopped a calendar subscription"),
    "demand.taken_over": _(
        "%(who)s took over weekly demand (%(new)s new, %(changed)s changed, %(removed)s removed)"
    ),
    "demand.undone": _("%(who)s took back a change of the weekly demand (%(number)s blocks)"),
    "learning.invited": _("%(who)s invited %(what)s to learn %(code)s"),
    "limits.set": _("%(who)s noted how much %(what)s can take on"),
    "proposal.asked": _("%(who)s asked for a proposal for the roster (%(first)s to %(last)s)"),
    "proposal.discarded": _("%(who)s put a proposal for the roster aside"),
    "proposal.draft": _("%(who)s finished a proposal for the roster"),
    "proposal.expired": _("%(who)s saw that a proposal for the roster is out of date"),
    "proposal.failed": _("%(who)s could not make a proposal for the roster"),
    "proposal.line_changed": _("%(who)s changed what a proposal says about %(what)s"),
    "proposal.reviewed": _("%(who)s saw that %(number)s people in a proposal for the roster no longer fit"),
    "proposal.sent": _("%(who)s sent a proposal for the roster"),
    "proposal.stopped": _("%(who)s stopped the calculation of a proposal for the roster"),
    "shift.cancelled": _("%(who)s cancelled %(what)s"),
    "shift.changed": _("%(who)s changed %(what)s"),
    "shift.made": _("%(who)s made %(what)s (%(kind)s)"),
    "shift.published": _("%(who)s published %(what)s"),
    "shift.uncancelled": _("%(who)s undid the cancelling of %(what)s"),
    "shifts.planned": _("%(who)s planned %(number)s shifts, from %(first)s to %(last)s"),
    "shifts.unplanned": _("%(who)s took back a planning: %(removed)s shifts removed, %(kept)s kept"),
    "task_kind.changed": _("%(who)s changed the kind of task %(code)s"),
    "task_kind.made": _("%(who)s made the kind of task %(code)s"),
    "willingness.set": _("%(who)s noted what %(what)s is willing to do"),
}


def register() -> None:
    story.register(
        SENTENCES,
        from_files=("demand.taken_over", "task_kind.changed", "task_kind.made"),
        about_people=("rostering.booking",),
        links={"rostering.booking": of_bookings, "rostering.shift": of_shifts},
    )


def of_bookings(pks: Iterable[int]) -> dict[int, Link]:
    """Return the shift of each booking, in words and with its address. Two queries."""
    shifts = dict(Booking.objects.filter(pk__in=pks).values_list("pk", "shift"))
    known = of_shifts(shifts.values())
    return {pk: known[shift] for pk, shift in shifts.items()}


def of_shifts(pks: Iterable[int]) -> dict[int, Link]:
    """Return each shift in words: what, on which day, at what time and where. One query."""
    rows = Shift.objects.filter(pk__in=list(pks)).with_place()
    return {row.pk: Link(_in_words(row), _address(row)) for row in rows}


def _address(shift: Shift) -> str:
    """A draft has no page that everybody may read."""
    return reverse("rostering:shift", args=[shift.pk]) if shift.published_at else ""


def _in_words(shift: Shift) -> str:
    day = words.written_day(shift.day)
    return f"{shift.task_kind.name}, {day}, {words.times_and_place(shift)}"
