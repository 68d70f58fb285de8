"""Is this plan allowed, and what is it worth? One assignment at a time, deliberately unlike the solver."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rostering.matching.problem import Problem

PRIORITIES = (0, 1, 2)  # low, middle, high


@dataclass(frozen=True)
class Score:
    cover: int  # points
    preference: int  # points
    keep: int  # points
    fairness: int  # points, a cost
    filled: int  # seats that are rewarded
    wanted: int
    by_priority: tuple[tuple[int, int], ...]  # (filled, wanted) for low, middle, high

    @property
    def total(self) -> int:
        return self.cover + self.preference + self.keep - self.fairness


def wrong(problem: Problem, chosen: np.ndarray) -> list[str]:
    """Return what this plan may not do, in English for programs; the empty list is a valid plan."""
    if len(chosen) != problem.e or np.asarray(chosen).dtype != bool:
        return [f"the plan has {len(chosen)} answers for {problem.e} pairs"]
    found = [
        f"person {problem.person[i]} must stay on task {problem.task[i]}"
        for i in np.flatnonzero(problem.fixed & ~chosen)
    ]
    by_task, by_person = _grouped(problem, chosen)
    staying, _people = _grouped(problem, problem.fixed & chosen)
    for task, people in by_task.items():
        stay = sum(bool(problem.newcomer[person]) for person in staying[task])
        found += _wrong_task(problem, task, people, stay)
    for person, tasks in by_person.items():
        found += _wrong_person(problem, person, tasks)
    return found


def measure(problem: Problem, chosen: np.ndarray) -> Score:
    """Return what this plan is worth, allowed or not."""
    by_task, by_person = _grouped(problem, chosen)
    cover, filled, wanted = 0, [0, 0, 0], [0, 0, 0]
    for task in range(problem.m):
        need, priority = int(problem.need[task]), int(problem.priority[task])
        seats = min(len(by_task.get(task, ())), need)
        cover += seats * int(problem.reward[task])
        filled[priority] += seats
        wanted[priority] += need
    preference = keep = fairness = 0
    for pair in np.flatnonzero(chosen).tolist():
        preference += int(problem.value[pair])
        keep += int(problem.keep[pair])
    for person, tasks in by_person.items():
        history, capacity = int(problem.history[person]), int(problem.capacity[person])
        for before in range(len(tasks)):
            fairness += problem.fairness * (history + before) // capacity
    by_priority = tuple((filled[priority], wanted[priority]) for priority in PRIORITIES)
    return Score(cover, preference, keep, fairness, sum(filled), sum(wanted), by_priority)


def _grouped(problem: Problem, chosen: np.ndarray) -> tuple[dict, dict]:
    by_task, by_person = defaultdict(list), defaultdict(list)
    for pair in np.flatnonzero(chosen).tolist():
        person, task = int(problem.person[pair]), int(problem.task[pair])
        by_task[task].append(person)
        by_person[person].append(task)
    return by_task, by_person


def _wrong_task(problem: Problem, task: int, people: list[int], stay: int) -> list[str]:
    """`stay` newcomers have said yes before: that they lost their company is no fault of this plan."""
    found = []
    if len(set(people)) < len(people):
        found.append(f"task {task}: somebody twice")
    if len(people) > problem.most[task]:
        found.append(f"task {task}: {len(people)} people for {problem.most[task]} seats")
    new = sum(bool(problem.newcomer[person]) for person in people)
    if new > stay and not problem.alone[task]:
        all_new = new + int(problem.newcomers_on[task])
        others = len(people) - new + int(problem.experienced_on[task])
        if all_new > 1 or all_new > others:
            found.append(f"task {task}: {all_new} newcomers beside {others} others")
    return found


def _wrong_person(problem: Problem, person: int, tasks: list[int]) -> list[str]:
    found = []
    for first, second in pairwise(sorted(tasks, key=lambda task: int(problem.start[task]))):
        if problem.start[second] < problem.until[first]:
            found.append(f"person {person}: tasks {first} and {second} too close")
    weeks, days = defaultdict(list), defaultdict(list)
    for task in tasks:
        weeks[int(problem.week[task])].append(task)
        days[int(problem.day[task])].append(task)
    for day, there in days.items():
        most = problem.most_a_day[person, day]
        if len(there) > most:
            found.append(f"person {person}: {len(there)} tasks on day {day}, {most} allowed")
    for week, there in weeks.items():
        for what, amount, most in (
            ("tasks", len(there), problem.most_tasks[person, week]),
            (
                "minutes",
                sum(int(problem.minutes[task]) for task in there),
                problem.most_minutes[person, week],
            ),
            (
                "heavy tasks",
                sum(bool(problem.heavy[task]) for task in there),
                problem.most_heavy[person, week],
            ),
        ):
            if amount > most:
                found.append(f"person {person}: {amount} {what} in week {week}, {most} allowed")
    return found
