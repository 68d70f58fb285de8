"""How many questions may one proposal put to one person, about one day and about seven days in a row?

A question is an offer without an answer. What somebody chose themselves is no question; how much they do is held by
load.py. Days are whole numbers (date.toordinal); a shift counts for the day on which it starts.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from rostering.matching.load import Agreements, Load
from rostering.matching.problem import Problem
from rostering.matching.world import World

IN_A_ROW = 7  # days
AROUND = IN_A_ROW  # days before and after a shift that can matter, a day of clock change included

Asked = tuple[int, int]  # person, day


def is_enough(out: Iterable[int], day: int, agreed: Agreements) -> bool:
    """Return whether one more question about `day`, beside those that are `out` (days), is too many."""
    near = [other for other in out if abs(other - day) < IN_A_ROW]
    heaviest = max(sum(end - IN_A_ROW < other <= end for other in near) for end in {day, *near} if end >= day)
    return near.count(day) >= agreed.asked_a_day or heaviest >= agreed.asked_a_week


def kept(
    load: Load, elsewhere: Iterable[Asked], wanted: Sequence[tuple[int, int]], *, sure: int = 0
) -> list[tuple[int, int]]:
    """Return those of `wanted` (person, task) that are not too many questions together, the first first.

    The first `sure` of them are kept however many they are: they were asked already. `elsewhere` counts along.
    """
    out: dict[int, list[int]] = {}
    for person, day in elsewhere:
        out.setdefault(person, []).append(day)
    found = []
    for number, (person, task) in enumerate(wanted):
        mine, day = out.setdefault(person, []), int(load.task[task, 0])
        if number < sure or not is_enough(mine, day, load.agreements):
            mine.append(day)
            found.append((person, task))
    return found


def within(
    problem: Problem, world: World, elsewhere: Iterable[Asked], standing: Sequence[tuple[int, int]]
) -> Problem:
    """Return the problem in which nobody is asked more than was agreed for a day and for a week of the calendar.

    `elsewhere` are questions about other shifts, `standing` pairs (person, task) that may stay whatever their
    number. Seven days in a row that cross a Sunday are left to `kept`. A world without agreements has no cap.
    """
    if world.load is None or not world.m:
        return problem
    agreed, days = world.load.agreements, problem.most_a_day.shape[1]
    first = int(world.load.task[0, 0]) - int(world.tasks.day[0])
    monday = int(world.load.task[0, 0]) - int(world.tasks.weekday[0]) - 7 * int(world.tasks.week[0])
    a_day = np.full((problem.n, days), agreed.asked_a_day)
    a_week = np.full((problem.n, problem.weeks), agreed.asked_a_week)
    for person, day in elsewhere:
        if 0 <= day - first < days:
            a_day[person, day - first] -= 1
        if 0 <= (day - monday) // 7 < problem.weeks:
            a_week[person, (day - monday) // 7] -= 1
    for (person, task), number in _counted(standing, problem.day).items():
        a_day[person, task] = max(a_day[person, task], number)
    for (person, week), number in _counted(standing, problem.week).items():
        a_week[person, week] = max(a_week[person, week], number)
    return replace(
        problem,
        most_a_day=np.maximum(a_day, 0).astype(np.int32),
        most_tasks=np.minimum(problem.most_tasks, np.maximum(a_week, 0)).astype(np.int32),
    )


def _counted(pairs: Iterable[tuple[int, int]], at: np.ndarray) -> Counter[tuple[int, int]]:
    return Counter((person, int(at[task])) for person, task in set(pairs))
