"""The whole problem at once, where it is small: proved, by one score or level by level."""

from collections.abc import Callable
from dataclasses import replace
from time import monotonic

import numpy as np

from rostering.matching import greedy
from rostering.matching.problem import Problem
from rostering.matching.score import Level
from rostering.matching.solving import highs
from rostering.matching.solving.model import Model, answer_of, build
from rostering.matching.solving.rows import Rows

LEVELS = ("cover_high", "cover_middle", "cover_low", "preference", "fairness", "keep")


class Impossible(Exception):
    """What is fixed cannot stand together."""


def by_score(
    problem: Problem, seconds: float, better: Callable[[np.ndarray], None], bounded: Callable[[float], None]
) -> tuple[np.ndarray, float]:
    """Return the best plan by weighted score (bool [e]) and its bound. Raises Impossible."""
    everything = np.arange(problem.e)
    model = build(problem, everything, with_steps=True)
    first = greedy.scarce_first(problem)
    start = answer_of(problem, model, np.flatnonzero(first))
    answer = highs.whole(
        model,
        seconds,
        start=start,
        better=lambda x, _value: better(x[: problem.e] > 0.5),
        bounded=bounded,
    )
    if answer.is_impossible:
        raise Impossible
    if answer.x is None:
        return first, answer.bound
    return answer.x[: problem.e] > 0.5, answer.bound


def by_levels(
    problem: Problem, seconds: float, better: Callable[[np.ndarray], None]
) -> tuple[np.ndarray, list[Level]]:
    """Return the plan (bool [e]) that is best on the first level, then on the next, and what each reached.

    A level that is not proved in its share of the time is kept where it is; its bound says how far off it may
    be. Raises Impossible.
    """
    everything = np.arange(problem.e)
    model = build(problem, everything, with_steps=True)
    x, reached, until = None, [], monotonic() + seconds
    wanted = [(name, cost) for name in LEVELS if (cost := cost_of(problem, model, name)).any()]
    for number, (name, cost) in enumerate(wanted):
        share = (until - monotonic()) / (len(wanted) - number)
        answer = highs.whole(replace(model, cost=cost), share, start=x)
        if answer.is_impossible:
            raise Impossible
        if answer.x is None:  # nothing yet in this share of the time: whatever is valid
            first = np.flatnonzero(greedy.scarce_first(problem))
            x = answer_of(problem, model, first) if x is None else x
        else:
            x = answer.x
        value = round(float(cost @ np.round(x)))
        reached.append(Level(name, value, max(value, float(np.floor(answer.bound + 1e-6)))))
        better(x[: problem.e] > 0.5)
        model = replace(model, rows=model.rows + _at_least(cost, value))
    if x is None:
        x = np.zeros(model.columns)
    return x[: problem.e] > 0.5, reached


def cost_of(problem: Problem, model: Model, level: str) -> np.ndarray:
    """Return what each column counts for on this level: seats, points, points (negative), assignments."""
    cost = np.zeros(model.columns)
    pairs, y = len(model.pairs), len(model.spare)
    task = problem.task[model.pairs]
    match level:
        case "preference":
            cost[:pairs] = problem.value[model.pairs]
        case "fairness":
            cost[pairs + y :] = model.cost[pairs + y :]
        case "keep":
            cost[:pairs] = problem.keep[model.pairs] > 0
        case _:
            priority = LEVELS[2::-1].index(level)
            itself = (problem.most <= problem.need)[task] & (problem.priority[task] == priority)
            cost[:pairs] = itself
            cost[pairs : pairs + y] = problem.priority[model.spare] == priority
    return cost


def _at_least(cost: np.ndarray, value: int) -> Rows:
    column = np.flatnonzero(cost)
    return Rows(np.zeros(len(column), np.int64), column, -cost[column], np.array([-float(value)]))
