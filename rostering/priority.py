"""How much does it matter that a seat on this shift is filled? For the matcher and for what is told about a roster."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from rostering import dayparts
from rostering.models import Shift, TaskKind

LOW, MIDDLE, HIGH = 0, 1, 2
LABELS = {
    HIGH: _("Small roles: evening, night, Saturday"),
    MIDDLE: _("Other small roles"),
    LOW: _("Small tasks without client contact"),
}  # by nature, what matters most first
SOON = timedelta(hours=72)  # house rule: who is asked later than this can hardly plan
HALVED_IN = 7  # days: a gap that lies a week further off weighs half


def of(shift: Shift, taken: int, *, now: datetime) -> int:
    """Return LOW, MIDDLE or HIGH; `taken` is the number of people who stand on it, `now` is aware.

    Low: a small task without client contact, which can wait. High: a small role that begins within 72 hours, or
    at which nobody stands yet in the evening, at night or on Saturday. Middle: every other small role.
    """
    if shift.task_kind.ladder == TaskKind.Ladder.MICRO_TASK:
        return LOW
    is_soon = shift.starts_at <= now + SOON
    return HIGH if is_soon or (not taken and dayparts.is_hard_to_fill(shift)) else MIDDLE


def by_nature(shift: Shift) -> int:
    """Return the priority of this shift when it is empty and some time ahead.

    For what is told about a roster: that seats were filled, or that the day came near, must not change how they
    count.
    """
    return of(shift, 0, now=shift.starts_at - 2 * SOON)


def badness(taken: int, seats: int, days_ahead: int) -> float:
    """Return how bad a gap is; 0 when every seat is taken, and the higher, the sooner somebody should look.

    House rule: what counts is the number of empty seats times the share that is empty, so that 0 of 6 comes before
    0 of 2, and 0 of 2 before 4 of 6. Where nobody stands the shift falls out, which counts double. It halves with
    each week that the shift lies further off (`days_ahead`, in Amsterdam days): there is still time then.
    """
    empty = max(0, seats - taken)
    if not empty:
        return 0.0
    return (1 if taken else 2) * empty * empty / seats * 0.5 ** (days_ahead / HALVED_IN)
