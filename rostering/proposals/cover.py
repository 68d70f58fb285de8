"""What does a proposal cover, and why does the rest stay open?"""

from collections import Counter
from collections.abc import Iterable
from math import isfinite

import numpy as np

from rostering import dayparts
from rostering.dayparts import LATE_PARTS, SATURDAY
from rostering.explaining import funnel
from rostering.matching.explaining import why
from rostering.models import Shift
from rostering.proposals.prepared import Prepared

PRIORITIES = ("low", "middle", "high")  # as the world numbers them


MOST_TOLD = 60


def cover(prepared: Prepared, chosen: np.ndarray, *, more: int, gap: float = 0) -> dict:
    """Return seats, how many are taken now and how many with the plan: by priority, late and on Saturday.

    `more` is how many seats could be filled more at most, `gap` how far the plan is from the best possible; None
    when that is not known.
    """
    by_task = Counter(prepared.problem.task[chosen].tolist())
    index = {pk: task for task, pk in enumerate(prepared.world.tasks.ids)}
    counted = {name: [0, 0, 0] for name in (*PRIORITIES, "late", "saturday")}
    for shift in prepared.shifts:
        task = index[shift.pk]
        taken = min(shift.taken, shift.seats)
        numbers = (shift.seats, taken, min(shift.seats, taken + by_task[task]))
        for name in _groups(shift, PRIORITIES[prepared.world.tasks.priority[task]]):
            counted[name] = [sum(pair) for pair in zip(counted[name], numbers, strict=True)]
    known = round(gap, 6) if isfinite(gap) else None  # JSON knows no infinity
    return {**counted, "more": more, "gap": known, "why": open_because(prepared, by_task)}


def open_because(prepared: Prepared, by_task: Counter) -> dict[str, list]:
    """Return why seats stay open, for the shifts that matter most: a funnel, and who is needed elsewhere.

    By shift id, as text: [[code, paper, people], ...] and how many fit and are not chosen.
    """
    world = prepared.world
    left = [task for task in range(world.m) if world.tasks.need[task] > by_task[task]]
    left.sort(key=lambda task: (-int(world.tasks.priority[task]), int(world.tasks.start[task])))
    able = np.bincount(prepared.problem.task, minlength=world.m)
    told = {}
    for task in left[:MOST_TOLD]:
        found = why.funnel(world, task)
        elsewhere = int(able[task]) - by_task[task]
        told[str(world.tasks.ids[task])] = [funnel.counted(world, found.stops), elsewhere]
    return told


def _groups(shift: Shift, priority: str) -> Iterable[str]:
    yield priority
    if dayparts.of(shift.starts_at) in LATE_PARTS:
        yield "late"
    if shift.day.weekday() == SATURDAY:
        yield "saturday"
