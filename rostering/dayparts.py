"""Which part of the day is it? A shift belongs to the part in which it starts, by the clock of Amsterdam."""

from datetime import datetime, time

from django.utils.translation import gettext_lazy as _

from people import days

MORNING, AFTERNOON, EVENING, NIGHT = "ochtend", "middag", "avond", "nacht"
LABELS = {MORNING: _("Morning"), AFTERNOON: _("Afternoon"), EVENING: _("Evening"), NIGHT: _("Night")}
BOUNDS = ((time(6), NIGHT), (time(12), MORNING), (time(17), AFTERNOON), (time(22), EVENING))


def of(moment: datetime) -> str:
    """Return the code of the part: from 6.00 morning, 12.00 afternoon, 17.00 evening, 22.00 night."""
    at = moment.astimezone(days.AMSTERDAM).time()
    return next((part for before, part in BOUNDS if at < before), NIGHT)
