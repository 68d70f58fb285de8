"""What does OR-Tools CP-SAT reach? It gets what we have, and answers as `plan_roster` does.

    python -m benchmarks.roster_cpsat cpsat INSTANCE.json.gz --seconds 60 --out SOLUTION.json

The same pairs, a row per maximal set of overlapping tasks, two workers; with a hint it starts from the better of our
two greedy plans. Its clock is that of the whole run, as ours is. OR-Tools brings a HiGHS of its own, which may not
be loaded beside ours: nothing else imports this module.
"""

import sys
import time
from functools import partial
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from benchmarks import roster_rivals
from rostering.matching import greedy, judge
from rostering.matching.plan import Heard, Outcome
from rostering.matching.problem import Problem
from rostering.matching.solving import rows as cliques

WORKERS = 2


def cpsat(asked: Problem, seconds: float, *, hint: bool) -> Outcome:
    begun = time.perf_counter()
    model, chosen = _model(asked)
    if hint:
        for variable, good in zip(chosen, greedy.scarce_first(asked).tolist(), strict=True):
            model.add_hint(variable, good)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = WORKERS
    solver.parameters.max_time_in_seconds = max(0.1, seconds - (time.perf_counter() - begun))
    trace = _Trace(begun)
    status = solver.solve(model, trace)
    plan = np.zeros(asked.e, bool)
    if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        plan = np.array(solver.boolean_values(chosen), bool) if asked.e else plan
    score = judge.measure(asked, plan).total
    spent = time.perf_counter() - begun
    return Outcome(plan, score, solver.best_objective_bound, [], spent, 0, False, trace.heard)


class _Trace(cp_model.CpSolverSolutionCallback):
    def __init__(self, begun: float):
        super().__init__()
        self.begun, self.heard = begun, []

    def on_solution_callback(self) -> None:
        seconds = time.perf_counter() - self.begun
        self.heard.append(Heard(seconds, round(self.objective_value), self.best_objective_bound))


def _model(asked: Problem):
    model = cp_model.CpModel()
    x = [model.new_bool_var("") for _pair in range(asked.e)]
    columns, weights = list(x), (asked.value + asked.keep).tolist()
    _time(model, asked, x)
    for first, behind in _ranges(asked.task, asked.m):
        if first < behind:
            _task(model, asked, x, first, behind, columns, weights)
    for person, own in enumerate(_by_person(asked)):
        steps = min(len(own), int(asked.most_tasks[person].sum()))
        z = [model.new_bool_var("") for _step in range(steps)]
        model.add(sum(x[pair] for pair in own) <= sum(z))
        columns += z
        weights += (-asked.step(np.full(steps, person), np.arange(1, steps + 1))).tolist()
    for pair in np.flatnonzero(asked.fixed).tolist():
        model.add(x[pair] == 1)
    model.maximize(cp_model.LinearExpr.weighted_sum(columns, weights))
    return model, x


def _time(model, asked: Problem, x: list) -> None:
    """One thing at a time, and the limits of each week."""
    for pairs_, _factors, _most in _rows(cliques.cliques(asked.person, *_when(asked))):
        model.add_at_most_one(x[pair] for pair in pairs_)
    week = asked.person.astype(np.int64) * asked.weeks + asked.week[asked.task]
    for amount, room in (
        (np.ones(asked.e, np.int64), asked.most_tasks),
        (asked.minutes[asked.task].astype(np.int64), asked.most_minutes),
        (asked.heavy[asked.task].astype(np.int64), asked.most_heavy),
    ):
        for pairs_, factors, most in _rows(cliques.limits(week, amount, room.ravel())):
            model.add(cp_model.LinearExpr.weighted_sum([x[pair] for pair in pairs_], factors) <= most)
    day = asked.person.astype(np.int64) * asked.most_a_day.shape[1] + asked.day[asked.task]
    for pairs_, _factors, most in _rows(cliques.limits(day, np.ones(asked.e), asked.most_a_day.ravel())):
        model.add(sum(x[pair] for pair in pairs_) <= int(most))


def _task(model, asked: Problem, x: list, first: int, behind: int, columns: list, weights: list) -> None:
    """The seats of one task, what covering them brings, and company for a newcomer."""
    task = int(asked.task[first])
    here, need, most = x[first:behind], int(asked.need[task]), int(asked.most[task])
    if min(most, len(here)) <= need:  # everybody on it covers a seat
        for pair in range(first, behind):
            weights[pair] += int(asked.reward[task])
    else:
        covered = model.new_int_var(0, need, "")
        model.add(covered <= sum(here))
        columns.append(covered)
        weights.append(int(asked.reward[task]))
    if most == 1 < len(here):
        model.add_at_most_one(here)
    elif len(here) > most:
        model.add(sum(here) <= most)
    new = asked.newcomer[asked.person[first:behind]]
    if new.any() and not asked.alone[task]:
        newcomers = sum(variable for variable, is_new in zip(here, new, strict=True) if is_new)
        others = sum(variable for variable, is_new in zip(here, new, strict=True) if not is_new)
        model.add(newcomers <= max(0, 1 - int(asked.newcomers_on[task])))
        model.add(newcomers <= others + int(asked.experienced_on[task]))


def _when(asked: Problem) -> tuple[np.ndarray, np.ndarray]:
    return asked.start[asked.task], asked.until[asked.task]


def _rows(rows: cliques.Rows):
    ends = np.searchsorted(rows.row, np.arange(len(rows.most) + 1)).tolist()
    columns, factors = rows.column.tolist(), rows.factor.astype(int).tolist()
    for i, most in enumerate(rows.most.astype(int).tolist()):
        yield columns[ends[i] : ends[i + 1]], factors[ends[i] : ends[i + 1]], most


def _ranges(sorted_: np.ndarray, count: int) -> list[tuple[int, int]]:
    ends = np.searchsorted(sorted_, np.arange(count + 1)).tolist()
    return list(pairwise(ends))


def _by_person(asked: Problem) -> list[list[int]]:
    order = np.argsort(asked.person, kind="stable")
    pairs_ = order.tolist()
    return [pairs_[first:behind] for first, behind in _ranges(asked.person[order], asked.n)]


RIVALS = {"cpsat": partial(cpsat, hint=False), "cpsat_hint": partial(cpsat, hint=True)}

if __name__ == "__main__":
    sys.exit(roster_rivals.main(RIVALS))
