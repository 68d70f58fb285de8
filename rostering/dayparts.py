"""Which part of the day is it, by the clock of Amsterdam? For a shift that begins, and for the grid of a week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people import days
from rostering.preferences import Window

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


@dataclass(frozen=True)
class Column:
    """One column of the grid in which somebody ticks when they usually can."""

    code: str
    name: Promise
    start: time
    end: time


COLUMNS = (
    Column("ochtend", _("Morning"), time(8), time(12)),
    Column("middag", _("Afternoon"), time(12), time(17)),
    Column("avond", _("Evening"), time(17), time(22)),
    Column("laat", _("Late"), time(22), time(1)),
)
BOXES = {f"{weekday}-{column.code}": (weekday, column) for weekday in range(7) for column in COLUMNS}


def of(moment: datetime) -> str:
    """Return the code of the part: from 6.00 morning, 12.00 afternoon, 17.00 evening, 22.00 night."""
    at = moment.astimezone(days.AMSTERDAM).time()
    return next((part for before, part in BOUNDS if at < before), NIGHT)


def windows(boxes: Iterable[str], own: Iterable[Window]) -> list[Window]:
    """Return the pattern that these ticked boxes ("0-ochtend") and own blocks make together."""
    chosen = [BOXES[box] for box in boxes]
    return [Window(weekday, column.start, column.end) for weekday, column in chosen] + list(own)


def split(pattern: Iterable[Window]) -> tuple[set[str], list[Window]]:
    """Return which boxes of the grid a pattern ticks, and the blocks that are left."""
    boxes = {(weekday, column.start, column.end): box for box, (weekday, column) in BOXES.items()}
    ticked, own = set(), []
    for window in pattern:
        box = boxes.get((window.weekday, window.start, window.end))
        if box:
            ticked.add(box)
        else:
            own.append(window)
    return ticked, own
