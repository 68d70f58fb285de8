"""How does a weekly pattern look as a grid of dayparts? What does not fit in it becomes an own block."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rostering.preferences import Window


@dataclass(frozen=True)
class Part:
    """One column of the grid, in Amsterdam wall-clock time."""

    code: str
    name: Promise
    start: time
    end: time


PARTS = (
    Part("ochtend", _("Morning"), time(8), time(12)),
    Part("middag", _("Afternoon"), time(12), time(17)),
    Part("avond", _("Evening"), time(17), time(22)),
    Part("laat", _("Late"), time(22), time(1)),
)
BOXES = {f"{weekday}-{part.code}": (weekday, part) for weekday in range(7) for part in PARTS}


def windows(boxes: Iterable[str], own: Iterable[Window]) -> list[Window]:
    """Return the pattern that these ticked boxes ("0-ochtend") and own blocks make together."""
    chosen = [BOXES[box] for box in boxes]
    return [Window(weekday, part.start, part.end) for weekday, part in chosen] + list(own)


def split(pattern: Iterable[Window]) -> tuple[set[str], list[Window]]:
    """Return which boxes of the grid a pattern ticks, and the blocks that are left."""
    boxes = {(weekday, part.start, part.end): box for box, (weekday, part) in BOXES.items()}
    ticked, own = set(), []
    for window in pattern:
        box = boxes.get((window.weekday, window.start, window.end))
        if box:
            ticked.add(box)
        else:
            own.append(window)
    return ticked, own
