"""Which part of the day is it, by the clock of Amsterdam? For a shift that begins, and for the grid of a week."""

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from people import days
from rostering.models import Shift

MORNING, AFTERNOON, EVENING, NIGHT = "ochtend", "middag", "avond", "nacht"
LABELS = {MORNING: _("Morning"), AFTERNOON: _("Afternoon"), EVENING: _("Evening"), NIGHT: _("Night")}
BOUNDS = ((time(6), NIGHT), (time(12), MORNING), (time(17), AFTERNOON), (time(22), EVENING))
WEEKDAYS = {
    "ma": _("Monday"),
    "di": _("Tuesday"),
    "wo": _("Wednesday"),
    "do": _("Thursday"),
    "vr": _("Friday"),
    "za": _("Saturday"),
    "zo": _("Sunday"),
}


def of(moment: datetime) -> str:
    """Return the code of the part: from 6.00 morning, 12.00 afternoon, 17.00 evening, 22.00 night."""
    at = moment.astimezone(days.AMSTERDAM).time()
    return next((part for before, part in BOUNDS if at < before), NIGHT)


LATE_PARTS = (EVENING, NIGHT)


SATURDAY = 5


def is_hard_to_fill(shift: Shift) -> bool:
    """Return whether it begins in the evening, at night or on Saturday: fewest people want those hours."""
    return shift.day.weekday() == SATURDAY or of(shift.starts_at) in LATE_PARTS
