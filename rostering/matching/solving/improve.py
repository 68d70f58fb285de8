"""How does a plan of one week get better? Free some people, solve their week exactly, keep what gains.

Everything here works on the rows of one week; what the same people do in other weeks stands still.
"""

from dataclasses import dataclass, replace
from time import monotonic

import numpy as np

from rostering.matching import score
from rostering.matching.problem import Problem
from rostering.matching.solving import highs
from rostering.matching.solving.model import answer_of, build
from rostering.matching.solving.relaxation import Relaxation, first_of

SETTLED = 0.999  # a pair with more than this in the linear answer is taken as decided
CLOSE = 60  # points of reduced cost within which a pair is tried at first
FAR = 2500  # and beyond which it is not tried later either
OF_PERSON, OF_TASK, DRAW = 8, 5, 300  # pairs in a hand, and the points within which a draw decides
FEWEST, MOST = 30, 220  # people freed at once
PATIENCE = 1.5  # seconds for one neighbourhood


def rounded(relaxation: Relaxation, seconds: float) -> np.ndarray:
    """Return a plan (rows of the problem) near the linear answer: what is whole there stays, the rest is solved.

    Empty when there is no linear answer, or no plan in this time.
    """
    if not relaxation.linear.is_solved:
        return np.empty(0, np.int64)
    problem, x, gain = relaxation.problem, relaxation.pairs_x, relaxation.pairs_gain
    tried = np.flatnonzero((gain > -CLOSE) | (x > 1e-6) | problem.fixed[relaxation.pairs])
    pairs, x = relaxation.pairs[tried], x[tried]
    model = build(problem, pairs, slope=relaxation.slope)
    paired = np.zeros(problem.m, bool)  # where half a newcomer stands, nobody is settled yet
    paired[problem.task[pairs[(x > 1e-6) & problem.newcomer[problem.person[pairs]]]]] = True
    until = monotonic() + seconds
    for settled in ((x > SETTLED) & ~paired[problem.task[pairs]], np.zeros(len(pairs), bool)):
        lower = model.lower.copy()
        lower[: len(pairs)][settled] = 1
        answer = highs.whole(replace(model, lower=lower), until - monotonic(), gap=2e-4)
        if answer.x is not None:
            return pairs[answer.x[: len(pairs)] > 0.5]
    return np.empty(0, np.int64)


def redrawn(
    relaxation: Relaxation, chosen: np.ndarray, random: np.random.Generator, seconds: float
) -> np.ndarray:
    """Return a plan of the week (rows) at least as good as `chosen` (bool [e]): solved over a new hand of pairs.

    The hand is what the linear answer and the plan use, the best of each person and the best of each task; draws
    decide among pairs that are nearly as good, of which there are many. Both sides are needed: with the best of
    each person alone, some tasks have no candidate left. Fairness is charged by its slope.
    """
    problem, rows, gain = relaxation.problem, relaxation.pairs, relaxation.pairs_gain
    near = -np.minimum(gain, 0) + random.random(len(rows)) * DRAW
    hand = first_of(near, problem.person[rows], OF_PERSON) | first_of(near, problem.task[rows], OF_TASK)
    hand &= gain > -FAR
    hand |= (relaxation.pairs_x > 1e-6) | chosen[rows] | problem.fixed[rows]
    pairs = rows[hand]
    elsewhere = np.flatnonzero(chosen)
    elsewhere = elsewhere[problem.week[problem.task[elsewhere]] != problem.week[problem.task[rows[0]]]]
    pairs = pairs[fits_around(problem, pairs, elsewhere) | chosen[pairs]]
    model = build(problem, pairs, slope=relaxation.slope)
    start = answer_of(problem, model, pairs[chosen[pairs]])
    answer = highs.whole(model, seconds, start=start, gap=5e-5)
    if answer.x is None:
        return rows[chosen[rows]]
    return pairs[answer.x[: len(pairs)] > 0.5]


@dataclass
class Neighbourhoods:
    """Which people to free next: sizes follow how long the last ones took."""

    problem: Problem
    pairs: np.ndarray  # rows of one week that are worth trying
    random: np.random.Generator
    size: int = 80
    turn: int = 0

    def next(self, chosen: np.ndarray) -> np.ndarray:
        """Return who is freed, bool [n]. `chosen` is bool [e]."""
        self.turn += 1
        problem, pairs = self.problem, self.pairs
        person, task = problem.person[pairs], problem.task[pairs]
        match self.turn % 3:
            case 0:  # people who could stand on the same empty seats
                people = np.bincount(problem.task[chosen], minlength=problem.m)
                lacking = np.flatnonzero(problem.need > people)
                lacking = np.intersect1d(lacking, task)
                seeds = self._some(lacking, 6) if len(lacking) else self._some(np.unique(task), 4)
                weight = np.bincount(person[np.isin(task, seeds)], minlength=problem.n).astype(float)
            case 1:  # people who compete with one of them for the same tasks
                seed = self._some(np.unique(person), 1)
                wanted = np.unique(task[np.isin(person, seed)])
                weight = np.bincount(person[np.isin(task, wanted)], minlength=problem.n).astype(float)
                weight[seed] += 1000
            case _:  # people of tasks in the same hours
                moment = problem.start[self._some(np.unique(task), 1)[0]]
                near = np.abs(problem.start[task] - moment) < 240
                weight = np.bincount(person[near], minlength=problem.n).astype(float)
        drawn = weight * self.random.random(problem.n)
        free = np.zeros(problem.n, bool)
        best = np.argsort(-drawn)[: self.size]
        free[best[drawn[best] > 0]] = True
        return with_company(problem, chosen, free)

    def took(self, seconds: float) -> None:
        if seconds > PATIENCE * 0.8:
            self.size = max(FEWEST, int(self.size * 0.8))
        elif seconds < PATIENCE * 0.25:
            self.size = min(MOST, int(self.size * 1.1) + 1)

    def _some(self, among: np.ndarray, count: int) -> np.ndarray:
        return self.random.choice(among, min(count, len(among)), replace=False)


def with_company(problem: Problem, chosen: np.ndarray, free: np.ndarray) -> np.ndarray:
    """Free the newcomers too who stand beside somebody freed: nobody may leave them alone."""
    at = np.flatnonzero(chosen)
    touched = np.zeros(problem.m, bool)
    touched[problem.task[at[free[problem.person[at]]]]] = True
    free = free.copy()
    beside = at[touched[problem.task[at]] & problem.newcomer[problem.person[at]]]
    free[problem.person[beside]] = True
    return free


def resolve(
    problem: Problem, pairs: np.ndarray, chosen: np.ndarray, free: np.ndarray, seconds: float
) -> np.ndarray | None:
    """Return a better plan (bool [e]) in which only the `free` people move within `pairs`, or None.

    `pairs` are rows of one week; whoever is freed must have all their chosen pairs of that week freed with them.
    """
    week = problem.week[problem.task[pairs[0]]]
    at = np.flatnonzero(chosen)
    in_week = problem.week[problem.task[at]] == week
    moving = at[free[problem.person[at]] & in_week]
    staying = at[~(free[problem.person[at]] & in_week)]
    tried = pairs[free[problem.person[pairs]]]
    tried = tried[fits_around(problem, tried, at[~in_week])]
    tried = np.union1d(tried, moving)
    smaller = problem.beside(staying)
    tried = tried[smaller.most[problem.task[tried]] > 0]
    if not len(tried):
        return None
    model = build(smaller, tried, with_steps=True)
    start = answer_of(smaller, model, moving)
    answer = highs.whole(model, seconds, start=start, gap=1e-6)
    if answer.x is None or answer.value < model.cost @ start + 0.5:
        return None
    better = chosen.copy()
    better[moving] = False
    better[tried[answer.x[: len(tried)] > 0.5]] = True
    return better


def fits_around(problem: Problem, pairs: np.ndarray, elsewhere: np.ndarray) -> np.ndarray:
    """Return which pairs leave time before and after what their people do in other weeks; bool [pairs]."""
    if not len(elsewhere) or not len(pairs):
        return np.ones(len(pairs), bool)
    week = problem.week[problem.task[pairs[0]]]
    earlier = elsewhere[problem.week[problem.task[elsewhere]] < week]
    later = elsewhere[problem.week[problem.task[elsewhere]] > week]
    from_, to = np.full(problem.n, -(2**60)), np.full(problem.n, 2**60)
    np.maximum.at(from_, problem.person[earlier], problem.until[problem.task[earlier]])
    np.minimum.at(to, problem.person[later], problem.start[problem.task[later]])
    person, task = problem.person[pairs], problem.task[pairs]
    return (problem.start[task] >= from_[person]) & (problem.until[task] <= to[person])


def improve(
    problem: Problem, pairs: np.ndarray, chosen: np.ndarray, around: Neighbourhoods, until: float
) -> np.ndarray:
    """Return the best plan (bool [e]) found from `chosen` until that moment, trying neighbourhood after other."""
    while monotonic() < until - 0.05:
        begun = monotonic()
        free = around.next(chosen)
        better = resolve(problem, pairs, chosen, free, min(PATIENCE, until - begun))
        around.took(monotonic() - begun)
        if better is not None:
            chosen = better
    return chosen


def value_of(problem: Problem, chosen: np.ndarray, week_rows: np.ndarray, slope: np.ndarray) -> float:
    """Return what the chosen pairs of one week are worth when fairness is charged as `slope`."""
    mine = np.zeros(problem.e, bool)
    mine[week_rows] = chosen[week_rows]
    at = np.flatnonzero(mine)
    return score.total(problem, mine) + score.fairness(problem, at) - float(slope[problem.person[at]].sum())
