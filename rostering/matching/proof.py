"""How much better could a plan be at most?"""

from math import floor, isfinite

import numpy as np

from rostering.matching.plan import Outcome
from rostering.matching.problem import Problem


def seats_more(problem: Problem, outcome: Outcome) -> int:
    """Return how many more seats the best possible plan could fill at most.

    What was proved level by level; else no more than there are people for, shift by shift. A level of which
    nothing is known (an infinite bound) proves nothing.
    """
    filled = np.bincount(problem.task[outcome.chosen], minlength=problem.m)
    possible = np.minimum(np.bincount(problem.task, minlength=problem.m), problem.need)
    most = int(np.maximum(possible - filled, 0).sum())
    levels = [level for level in outcome.levels if level.name.startswith("cover_")]
    if levels and all(isfinite(level.bound) for level in levels):
        return min(most, sum(max(0, floor(level.bound - level.value + 1e-6)) for level in levels))
    return 0 if is_proved(outcome.score, outcome.bound) else most


def is_proved(points: int | None, bound: float | None) -> bool:
    """Return whether no plan can be worth more: points are whole, and a bound that is not known proves nothing."""
    return points is not None and bound is not None and isfinite(bound) and floor(bound + 1e-6) <= points
