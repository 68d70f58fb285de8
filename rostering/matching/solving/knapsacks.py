"""Which rows hold for whole tasks in a week's minutes, and not for this fractional answer?

The minutes of a week are a knapsack with few different sizes (30, 45, 60 ... 240). All fillings by size are
counted out; a point of sizes outside their hull is cut off by the row that a small linear program finds:
max a.n over a.m <= 1 for every filling m, a >= 0 (a facet of the anti-blocking polyhedron).
"""

import highspy
import numpy as np

from rostering.matching.problem import Problem
from rostering.matching.solving.rows import Rows

MOST_FILLINGS = 4000  # beyond it the separation is left out: more work than it saves
VIOLATED = 0.02
EVEN = 1e-4  # weight of sizes that the point does not use, so that the row reaches them too


class Knapsacks:
    """Rows found so far for each combination of minutes and tasks; asked again with each new answer."""

    def __init__(self, problem: Problem, pairs: np.ndarray):
        self.problem, self.pairs = problem, pairs
        self.person, self.task = problem.person[pairs], problem.task[pairs]
        self.sizes, self.size = np.unique(problem.minutes[self.task], return_inverse=True)
        week = problem.week[self.task]
        self.groups, self.group = np.unique(
            self.person.astype(np.int64) * problem.weeks + week, return_inverse=True
        )
        self.minutes = problem.most_minutes.ravel()[self.groups]
        self.tasks = problem.most_tasks.ravel()[self.groups]
        self.solvers: dict[tuple[int, int], highspy.Highs | None] = {}
        self.by_group = np.argsort(self.group, kind="stable")
        self.first = np.searchsorted(self.group[self.by_group], np.arange(len(self.groups) + 1))

    def cut(self, x: np.ndarray) -> Rows:
        """Return rows that hold for every whole answer and that `x` (float, per pair) breaks."""
        point = np.zeros((len(self.groups), len(self.sizes)))
        np.add.at(point, (self.group, self.size), x)
        columns, factors, number = [], [], 0
        row = []
        for g in np.flatnonzero(((point > 1e-6) & (np.abs(point - np.round(point)) > 1e-6)).any(axis=1)):
            factor = self._facet(int(self.minutes[g]), int(self.tasks[g]), point[g])
            if factor is None:
                continue
            mine = self.by_group[self.first[g] : self.first[g + 1]]
            of_mine = factor[self.size[mine]]
            mine, of_mine = mine[of_mine > 0], of_mine[of_mine > 0]
            columns.append(mine)
            factors.append(of_mine)
            row.append(np.full(len(mine), number))
            number += 1
        if not number:
            return Rows.none()
        return Rows(np.concatenate(row), np.concatenate(columns), np.concatenate(factors), np.ones(number))

    def _facet(self, minutes: int, tasks: int, point: np.ndarray) -> np.ndarray | None:
        key = (minutes, tasks)
        if key not in self.solvers:
            self.solvers[key] = _separator(fillings(self.sizes, minutes, tasks), len(self.sizes))
        solver = self.solvers[key]
        if solver is None:
            return None
        count = len(self.sizes)
        solver.changeColsCost(count, np.arange(count, dtype=np.int32), point + EVEN)
        solver.run()
        factor = np.array(solver.getSolution().col_value)
        factor[np.abs(factor) < 1e-9] = 0
        if factor @ point <= 1 + VIOLATED:
            return None
        return factor


def fillings(sizes: np.ndarray, minutes: int, tasks: int) -> np.ndarray | None:
    """Return the fullest fillings of `minutes` with at most `tasks` pieces: counts per size, [f, sizes]."""
    found = {(0,) * len(sizes)}
    edge, kept = found, []
    for _piece in range(min(tasks, minutes // max(1, int(sizes.min())))):
        following = set()
        for filling in edge:
            used = sum(n * int(s) for n, s in zip(filling, sizes, strict=True))
            last = max((i for i, n in enumerate(filling) if n), default=0)
            for i in range(last, len(sizes)):
                if used + sizes[i] <= minutes:
                    following.add((*filling[:i], filling[i] + 1, *filling[i + 1 :]))
        kept += list(edge)
        edge = following
        if len(kept) + len(edge) > MOST_FILLINGS:
            return None
    table = np.array([*kept, *edge], np.int64)
    return table[table.any(axis=1)]


def _separator(table: np.ndarray | None, count: int) -> highspy.Highs | None:
    if table is None or not len(table):
        return None
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    nothing = np.empty(0, np.int32)
    for size in range(count):  # a size that never fits is left out by its bound
        fits = (table[:, size] > 0).any()
        solver.addCol(0.0, 0.0, 1.0 if fits else 0.0, 0, nothing, np.empty(0))
    row, column = np.nonzero(table)
    start = np.searchsorted(row, np.arange(len(table))).astype(np.int32)
    solver.addRows(
        len(table), np.full(len(table), -highspy.kHighsInf), np.ones(len(table)),
        len(row), start, column.astype(np.int32), table[row, column].astype(float),
    )  # fmt: skip
    return solver
