"""How good can a week be at most, and which pairs matter? A linear program over whole and half people.

It begins with a handful of candidates per task and takes in whoever would still gain (sifting): nine of ten
pairs never matter. Then rows are added that whole answers keep and this one breaks.
"""

from dataclasses import replace
from time import monotonic

import numpy as np

from rostering.matching.problem import Problem
from rostering.matching.solving.highs import Linear
from rostering.matching.solving.knapsacks import Knapsacks
from rostering.matching.solving.model import Model, build
from rostering.matching.solving.rows import Rows

CANDIDATES = 14  # per task at the start, drawn at random: the favourites of all are the same people
ROUND = 8000  # pairs taken in at most in one round
NEAR = 2e-4  # share of the value that the missing pairs may still be worth before rows are added
ENOUGH = 1e-6  # and that is not worth another round: the bound holds with them
FEW = 300  # new columns that primal simplex takes in faster than dual
ROUNDS = 30


def first_of(order: np.ndarray, group: np.ndarray, count: int) -> np.ndarray:
    """Return which are among the `count` lowest of their group; bool."""
    at = np.lexsort((order, group))
    rank = np.arange(len(at)) - np.searchsorted(group[at], group[at])
    first = np.zeros(len(at), bool)
    first[at[rank < count]] = True
    return first


class Relaxation:
    """One week (or a whole small problem). `slope` is what fairness charges per task of each person."""

    def __init__(self, problem: Problem, pairs: np.ndarray, slope: np.ndarray, *, likely: np.ndarray):
        """`likely` are pairs (rows of the problem) of some plan: they are candidates from the start."""
        self.problem, self.pairs, self.slope = problem, pairs, slope
        self.model: Model = build(problem, pairs, slope=slope)
        task = problem.task[pairs]
        draw = np.random.default_rng(1).random(len(pairs))
        first = first_of(draw, task, CANDIDATES) | np.isin(pairs, likely) | problem.fixed[pairs]
        rest = np.arange(len(pairs), self.model.columns)
        self.linear = Linear(self.model, np.concatenate([np.flatnonzero(first), rest]))
        self.knapsacks = Knapsacks(problem, pairs)
        self.cuts = Rows.none()
        self.bound, self.gain = np.inf, np.zeros(self.model.columns)
        self.x = np.zeros(self.model.columns)

    def solve(self, until: float) -> None:
        """Work until nothing is gained or the moment `until` (monotonic seconds). Never ends with a worse bound."""
        self.bound = np.inf
        few = False
        for _round in range(ROUNDS):
            self.linear.solve(until - monotonic(), few_columns=few)
            bound, gain = self.linear.price()
            if bound < self.bound:
                self.bound, self.gain = bound, gain
            self.x = self.linear.x
            if monotonic() > until:
                return
            missing = np.flatnonzero(~self.linear.inside & (gain > 1e-6))
            lacks = gain[missing].sum() / max(1.0, abs(bound))
            cuts = self.knapsacks.cut(self.x[: len(self.pairs)]) if lacks < NEAR else Rows.none()
            if len(cuts.most):
                self.linear.add_rows(cuts)
                self.cuts += cuts
            elif lacks < ENOUGH:
                return
            few = len(missing) < FEW and not len(cuts.most)
            if lacks >= ENOUGH:
                self.linear.add_columns(np.sort(missing[np.argsort(-gain[missing])[:ROUND]]))

    def charge(self, slope: np.ndarray, until: float) -> None:
        """Solve again with other slopes of fairness, from where it stood."""
        cost = self.model.cost.copy()
        cost[: len(self.pairs)] += (self.slope - slope)[self.problem.person[self.pairs]]
        self.slope, self.model = slope, replace(self.model, cost=cost)
        self.linear.change_cost(cost)
        self.solve(until)

    @property
    def pairs_gain(self) -> np.ndarray:
        return self.gain[: len(self.pairs)]

    @property
    def pairs_x(self) -> np.ndarray:
        return self.x[: len(self.pairs)]
