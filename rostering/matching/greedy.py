"""What does somebody reach who takes the tasks one after the other? Baselines, and a plan to start from.

Always a valid plan, never a good one: who takes the best person now may miss them tomorrow.
"""

from collections import defaultdict

import numpy as np

from rostering.matching.problem import Problem


def by_date(problem: Problem) -> np.ndarray:
    """Fill the tasks in the order in which they start, each with who likes it best; bool [e]."""
    return _fill(problem, np.lexsort((-problem.priority, problem.start)))


def scarce_first(problem: Problem) -> np.ndarray:
    """Fill the most important tasks first, and of those the ones for which there are the fewest people; bool [e]."""
    people = np.bincount(problem.task, minlength=problem.m)
    choice = people / np.maximum(problem.need, 1)
    return _fill(problem, np.lexsort((problem.start, choice, -problem.priority.astype(int))))


def _fill(problem: Problem, order: np.ndarray) -> np.ndarray:
    rota = _Rota(problem)
    first = np.searchsorted(problem.task, np.arange(problem.m + 1)).tolist()
    worth = problem.value + problem.keep
    best_first = np.lexsort((-worth, problem.task)).tolist()
    for pair in np.flatnonzero(problem.fixed).tolist():
        rota.put(pair)
    for task in order.tolist():
        candidates = best_first[first[task] : first[task + 1]]
        aside = [pair for pair in candidates if not rota.offer(pair)]
        for pair in aside:  # a newcomer may come in after somebody who can show the way
            rota.offer(pair)
    return rota.chosen


class _Rota:
    """A plan as it grows, as plain numbers: one at a time that is quicker than arrays."""

    def __init__(self, problem: Problem):
        self.problem, self.chosen = problem, np.zeros(problem.e, bool)
        self.person, self.task = problem.person.tolist(), problem.task.tolist()
        self.worth = (problem.value + problem.keep).tolist()
        self.reward, self.need = problem.reward.tolist(), problem.need.tolist()
        self.start, self.until, self.week = (
            problem.start.tolist(),
            problem.until.tolist(),
            problem.week.tolist(),
        )
        self.minutes, self.heavy = problem.minutes.tolist(), problem.heavy.tolist()
        self.alone, self.newcomer = problem.alone.tolist(), problem.newcomer.tolist()
        self.experienced, self.newcomers = problem.experienced_on.tolist(), problem.newcomers_on.tolist()
        self.tasks_left, self.minutes_left = problem.most_tasks.tolist(), problem.most_minutes.tolist()
        self.heavy_left = problem.most_heavy.tolist()
        self.day, self.a_day_left = problem.day.tolist(), problem.most_a_day.tolist()
        self.count, self.capacity = problem.history.tolist(), problem.capacity.tolist()
        self.seated = [0] * problem.m
        self.work: dict[int, list[tuple[int, int]]] = defaultdict(list)

    def offer(self, pair: int) -> bool:
        """Put this person on the task if there is a seat to fill, it is worth it and all limits hold."""
        person, task = self.person[pair], self.task[pair]
        step = self.problem.fairness * self.count[person] // self.capacity[person]
        good = (
            self.seated[task] < self.need[task]
            and not self.chosen[pair]
            and self.reward[task] + self.worth[pair] > step
            and self._has_room(person, task)
            and self._is_free(person, task)
            and self._is_in_company(person, task)
        )
        if good:
            self.put(pair)
        return good

    def put(self, pair: int) -> None:
        person, task = self.person[pair], self.task[pair]
        week = self.week[task]
        self.chosen[pair] = True
        self.seated[task] += 1
        self.count[person] += 1
        self.work[person].append((self.start[task], self.until[task]))
        self.tasks_left[person][week] -= 1
        self.a_day_left[person][self.day[task]] -= 1
        self.minutes_left[person][week] -= self.minutes[task]
        self.heavy_left[person][week] -= self.heavy[task]
        (self.newcomers if self.newcomer[person] else self.experienced)[task] += 1

    def _has_room(self, person: int, task: int) -> bool:
        week = self.week[task]
        return (
            self.tasks_left[person][week] > 0
            and self.a_day_left[person][self.day[task]] > 0
            and self.minutes_left[person][week] >= self.minutes[task]
            and self.heavy_left[person][week] >= self.heavy[task]
        )

    def _is_free(self, person: int, task: int) -> bool:
        start, until = self.start[task], self.until[task]
        return all(until <= begin or end <= start for begin, end in self.work[person])

    def _is_in_company(self, person: int, task: int) -> bool:
        """A newcomer beside somebody experienced, one at a time, unless the task is fit for a newcomer alone."""
        if self.alone[task] or not self.newcomer[person]:
            return True
        return self.newcomers[task] == 0 and self.experienced[task] > 0
