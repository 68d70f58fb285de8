"""The one place where HiGHS is spoken to: a linear program that grows, and a whole-number problem with a limit."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import highspy
import numpy as np

from rostering.matching.solving.model import Model
from rostering.matching.solving.rows import Rows

INFINITE = highspy.kHighsInf
WHOLE = highspy.HighsVarType.kInteger
DUAL, PRIMAL = 1, 4
CALLBACK = highspy.cb.HighsCallbackType


class Linear:
    """A linear program over some of the columns of a model; columns and rows are added as they are wanted."""

    def __init__(self, model: Model, columns: np.ndarray):
        self.model, self.order = model, np.empty(0, np.int64)
        self.inside = np.zeros(model.columns, bool)
        self.highs = _quiet()
        self.highs.setOptionValue("solver", "simplex")
        self.highs.setOptionValue("presolve", "off")
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        most = model.rows.most
        self.highs.addRows(
            len(most), np.full(len(most), -INFINITE), most,
            0, np.zeros(len(most), np.int32), np.empty(0, np.int32), np.empty(0),
        )  # fmt: skip
        self.rows = model.rows
        self._index()
        self.add_columns(columns)

    def add_columns(self, columns: np.ndarray) -> None:
        size = self.first[columns + 1] - self.first[columns]
        begin = np.cumsum(size) - size
        entry = np.arange(size.sum()) + np.repeat(self.first[columns] - begin, size)
        model = self.model
        self.highs.addCols(
            len(columns), model.cost[columns], model.lower[columns], model.upper[columns],
            len(entry), begin.astype(np.int32), self.row[entry].astype(np.int32), self.factor[entry],
        )  # fmt: skip
        self.inside[columns] = True
        self.order = np.concatenate([self.order, columns])

    def add_rows(self, more: Rows) -> None:
        place = np.full(self.model.columns, -1)
        place[self.order] = np.arange(len(self.order))
        known = place[more.column] >= 0
        row = more.row[known]
        self.highs.addRows(
            len(more.most), np.full(len(more.most), -INFINITE), more.most,
            len(row), np.searchsorted(row, np.arange(len(more.most))).astype(np.int32),
            place[more.column[known]].astype(np.int32), more.factor[known],
        )  # fmt: skip
        self.rows = self.rows + more
        self._index()

    def change_cost(self, cost: np.ndarray) -> None:
        """Let the columns, those outside included, cost this from now on."""
        self.model = replace(self.model, cost=cost)
        self.highs.changeColsCost(
            len(self.order), np.arange(len(self.order), dtype=np.int32), cost[self.order]
        )

    def solve(self, seconds: float, *, few_columns: bool = False) -> None:
        """Solve from where it stood. After a few new columns primal simplex is ten times faster than dual."""
        self.highs.setOptionValue("simplex_strategy", PRIMAL if few_columns else DUAL)
        self.highs.setOptionValue("time_limit", self.highs.getRunTime() + max(0.05, seconds))  # it counts on
        self.highs.run()

    @property
    def x(self) -> np.ndarray:
        """Return the answer over all columns of the model; float [columns]."""
        answer = np.zeros(self.model.columns)
        values = np.array(self.highs.getSolution().col_value)
        if len(values) == len(self.order):
            answer[self.order] = np.clip(
                values, 0, self.model.upper[self.order]
            )  # cut short, it may be outside
        return answer

    @property
    def is_solved(self) -> bool:
        return self.highs.getModelStatus() == highspy.HighsModelStatus.kOptimal

    def price(self) -> tuple[float, np.ndarray]:
        """Return a bound that holds for all columns, and what each column would still gain.

        Any prices of the rows that are not negative give a bound, so it holds though the program was cut short.
        """
        prices = np.maximum(np.array(self.highs.getSolution().row_dual), 0)
        if len(prices) != len(self.rows.most):
            return np.inf, np.zeros(self.model.columns)
        return bound_of(self.model, self.rows, prices)

    def _index(self) -> None:
        by_column = np.argsort(self.rows.column, kind="stable")
        self.row, self.factor = self.rows.row[by_column], self.rows.factor[by_column]
        size = np.bincount(self.rows.column, minlength=self.model.columns)
        self.first = np.concatenate([[0], np.cumsum(size)])


def bound_of(model: Model, rows: Rows, prices: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the bound that these prices of the rows prove, and the reduced cost per column."""
    spent = np.bincount(rows.column, weights=rows.factor * prices[rows.row], minlength=model.columns)
    gain = model.cost - spent
    return float(prices @ rows.most + np.where(gain > 0, gain * model.upper, gain * model.lower).sum()), gain


@dataclass(frozen=True)
class Answer:
    """What came of a whole-number problem. `x` is None when nothing was found."""

    x: np.ndarray | None
    value: float
    bound: float
    is_best: bool
    is_impossible: bool = False


def whole(
    model: Model,
    seconds: float,
    *,
    start: np.ndarray | None = None,
    better: Callable[[np.ndarray, float], None] | None = None,
    bounded: Callable[[float], None] | None = None,
    gap: float = 1e-7,
    threads: int = 1,
) -> Answer:
    """Solve for whole numbers within `seconds`. `better` hears each improvement, `bounded` each bound."""
    if not model.columns:
        return Answer(np.empty(0), 0.0, 0.0, True)
    highs = _quiet()
    highs.passModel(_program(model))
    for name, value in (("time_limit", max(0.05, seconds)), ("mip_rel_gap", gap), ("threads", threads)):
        highs.setOptionValue(name, value)
    if start is not None:
        guess = highspy.HighsSolution()
        guess.col_value = start
        guess.value_valid = True
        highs.setSolution(guess)
    until = monotonic() + seconds

    def hear(kind: Any, _message: Any, said: Any, answer: Any, _user: Any) -> None:
        if kind == CALLBACK.kCallbackMipImprovingSolution and better:
            better(np.array(said.mip_solution), said.objective_function_value)
        elif kind == CALLBACK.kCallbackMipInterrupt:
            if bounded:
                bounded(said.mip_dual_bound)
            answer.user_interrupt = monotonic() > until

    highs.setCallback(hear, None)
    if better:
        highs.startCallback(CALLBACK.kCallbackMipImprovingSolution)
    highs.startCallback(CALLBACK.kCallbackMipInterrupt)
    highs.run()
    told = highs.getInfo()
    status = highs.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        return Answer(None, -np.inf, -np.inf, False, is_impossible=True)
    found = told.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    x = np.array(highs.getSolution().col_value) if found else None
    value = told.objective_function_value if found else -np.inf
    best = status == highspy.HighsModelStatus.kOptimal
    return Answer(x, value, told.mip_dual_bound, best)


def _program(model: Model) -> highspy.HighsLp:
    rows = model.rows
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = model.columns, len(rows.most)
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_, program.col_lower_, program.col_upper_ = model.cost, model.lower, model.upper
    program.row_lower_ = np.full(len(rows.most), -INFINITE)
    program.row_upper_ = rows.most
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_ = np.concatenate(
        [[0], np.cumsum(np.bincount(rows.row, minlength=len(rows.most)))]
    ).astype(np.int32)
    program.a_matrix_.index_ = rows.column.astype(np.int32)
    program.a_matrix_.value_ = rows.factor
    program.integrality_ = [WHOLE] * model.columns
    return program


def _quiet() -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("threads", 1)
    return highs
