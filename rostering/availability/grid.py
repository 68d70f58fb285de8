"""How is a weekly pattern shown as boxes, and read back?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rostering.availability.preferences import Window


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
