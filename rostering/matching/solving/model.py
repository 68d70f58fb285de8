"""The problem as rows and columns: what a solver is given.

max  sum cost x     x in {0, 1} for every pair;  y in 0..need covers the seats of a task with spare seats
(1)  per task: at most so many people
(2)  y <= the people on it; where one seat is wanted, y <= its experienced people, for a newcomer never
     stands alone (without this, half a newcomer and half an experienced person count as one)
(3)  per person and maximal set of overlapping tasks: at most one (rows.py)
(4)  per person and week: tasks, minutes, heavy tasks; and the rounded rows of the minutes; per day: tasks
(5)  per task: newcomers at most one, and no more than the others
(6)  per person: the k-th task of the period costs more than the one before (z, whole by itself)
"""

from dataclasses import dataclass

import numpy as np

from rostering.matching.problem import Problem, counted_out
from rostering.matching.solving import rows as cliques
from rostering.matching.solving.rows import Rows


@dataclass(frozen=True)
class Model:
    """Columns: the pairs, then y, then z."""

    pairs: np.ndarray  # int64 [c], rows of the problem
    cost: np.ndarray  # float [columns]
    lower: np.ndarray  # float [columns]
    upper: np.ndarray  # float [columns]
    rows: Rows
    spare: np.ndarray  # int64, tasks that have a y, in the order of those columns
    steps: int  # number of z columns

    @property
    def columns(self) -> int:
        return len(self.cost)


def build(
    problem: Problem, pairs: np.ndarray, *, slope: np.ndarray | None = None, with_steps: bool = False
) -> Model:
    """Return the model over these pairs of the problem.

    Fairness is either left out, or charged as `slope` points per task of a person (float [n]), or, `with_steps`,
    counted as it is: more for each next task.
    """
    person, task = problem.person[pairs], problem.task[pairs]
    count = len(pairs)
    spare = np.unique(task[problem.most[task] > problem.need[task]])
    spare = spare[problem.need[spare] > 0]
    y_of = np.full(problem.m, -1)
    y_of[spare] = np.arange(len(spare)) + count
    counts_itself = problem.most[task] <= problem.need[task]
    cost = (problem.value + problem.keep)[pairs] + np.where(counts_itself, problem.reward[task], 0)
    cost = cost.astype(float)
    if slope is not None:
        cost -= slope[person]
    rows = (
        _time_rows(problem, pairs)
        + _task_rows(problem, task)
        + _cover_rows(problem, person, task, y_of, spare)
    )
    rows += _newcomer_rows(problem, person, task)
    costs = [cost, problem.reward[spare].astype(float)]
    uppers = [np.ones(count), problem.need[spare].astype(float)]
    steps = 0
    if with_steps:
        more, step_costs = _step_rows(problem, person, count + len(spare))
        rows += more
        steps = len(step_costs)
        costs.append(-step_costs.astype(float))
        uppers.append(np.ones(steps))
    upper = np.concatenate(uppers)
    lower = np.zeros(len(upper))
    fixed = problem.fixed[pairs]
    lower[:count][fixed] = 1
    second = problem.newcomer[person] & ~problem.alone[task] & (_newcomers_that_stay(problem)[task] > 0)
    upper[:count][second & ~fixed] = 0
    return Model(pairs, np.concatenate(costs), lower, upper, rows, spare, steps)


def answer_of(problem: Problem, model: Model, taken: np.ndarray) -> np.ndarray:
    """Return the columns of `model` for a plan that takes these rows of the problem; float [columns]."""
    x = np.zeros(model.columns)
    x[: len(model.pairs)] = np.isin(model.pairs, taken)
    people = np.bincount(problem.task[taken], minlength=problem.m)
    y = np.minimum(people, problem.need)[model.spare]
    x[len(model.pairs) : len(model.pairs) + len(y)] = y
    if model.steps:  # who does n tasks has taken the first n steps
        who, k = counted_out(
            problem.most_steps(np.bincount(problem.person[model.pairs], minlength=problem.n))
        )
        done = np.bincount(problem.person[taken], minlength=problem.n)
        x[len(model.pairs) + len(y) :] = k <= done[who]
    return x


def _time_rows(problem: Problem, pairs: np.ndarray) -> Rows:
    """Return what one person can do: one thing at a time, and no more in a week than was said."""
    person, task = problem.person[pairs], problem.task[pairs]
    week = person.astype(np.int64) * problem.weeks + problem.week[task]
    day = person.astype(np.int64) * problem.most_a_day.shape[1] + problem.day[task]
    minutes, room = problem.minutes[task].astype(np.int64), problem.most_minutes.ravel().astype(np.int64)
    return (
        cliques.cliques(person, problem.start[task], problem.until[task])
        + cliques.limits(week, np.ones(len(pairs), np.int64), problem.most_tasks.ravel())
        + cliques.limits(day, np.ones(len(pairs), np.int64), problem.most_a_day.ravel())
        + cliques.limits(week, minutes, room)
        + cliques.limits(week, problem.heavy[task].astype(np.int64), problem.most_heavy.ravel())
        + cliques.rounded_minutes(week, minutes, room)
    )


def _task_rows(problem: Problem, task: np.ndarray) -> Rows:
    return cliques.limits(task.astype(np.int64), np.ones(len(task), np.int64), problem.most)


def _cover_rows(
    problem: Problem, person: np.ndarray, task: np.ndarray, y_of: np.ndarray, spare: np.ndarray
) -> Rows:
    stays = _newcomers_that_stay(problem)
    lone = (problem.need == 1) & ~problem.alone & (problem.experienced_on + problem.newcomers_on + stays == 0)
    counts = (y_of[task] >= 0) & ~(problem.newcomer[person] & lone[task])
    columns = np.flatnonzero(counts)
    row = np.concatenate([y_of[task[columns]] - len(task), np.arange(len(spare))])
    column = np.concatenate([columns, np.arange(len(spare)) + len(task)])
    factor = np.concatenate([-np.ones(len(columns)), np.ones(len(spare))])
    by_row = np.argsort(row, kind="stable")
    return Rows(row[by_row], column[by_row], factor[by_row], np.zeros(len(spare)))


def _newcomer_rows(problem: Problem, person: np.ndarray, task: np.ndarray) -> Rows:
    new = problem.newcomer[person] & ~problem.alone[task] & (_newcomers_that_stay(problem)[task] == 0)
    paired = np.unique(task[new])
    number = np.full(problem.m, -1)
    number[paired] = np.arange(len(paired))
    columns = np.flatnonzero(number[task] >= 0)
    columns = columns[np.argsort(number[task[columns]], kind="stable")]
    spread = np.maximum(0, problem.experienced_on - problem.newcomers_on)[paired]
    rows = Rows(number[task[columns]], columns, np.where(new[columns], 1.0, -1.0), spread.astype(float))
    columns = columns[new[columns]]
    left = np.maximum(0, 1 - problem.newcomers_on)[paired]
    return rows + Rows(number[task[columns]], columns, np.ones(len(columns)), left.astype(float))


def _newcomers_that_stay(problem: Problem) -> np.ndarray:
    """Return per task how many newcomers are fixed to it; with one, no second may come, whoever left them."""
    stays = problem.fixed & problem.newcomer[problem.person]
    return np.bincount(problem.task[stays], minlength=problem.m)


def _step_rows(problem: Problem, person: np.ndarray, first: int) -> tuple[Rows, np.ndarray]:
    tasks_of = np.bincount(person, minlength=problem.n)
    active = np.flatnonzero(tasks_of)
    who, k = counted_out(problem.most_steps(tasks_of))
    number = np.full(problem.n, -1)
    number[active] = np.arange(len(active))
    row = np.concatenate([number[person], number[who]])
    column = np.concatenate([np.arange(len(person)), np.arange(len(who)) + first])
    factor = np.concatenate([np.ones(len(person)), -np.ones(len(who))])
    by_row = np.argsort(row, kind="stable")
    rows = Rows(row[by_row], column[by_row], factor[by_row], np.zeros(len(active)))
    return rows, problem.step(who, k)
