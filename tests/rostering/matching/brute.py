"""The best plan of a small problem by trying everything: the measure that the solver is held to.

People are added one by one with every set of tasks they can do; of two ways to fill the same seats only the
best is kept. Nothing here is shared with the solver.
"""

from itertools import combinations, pairwise

from rostering.matching.problem import Problem

PRIORITIES = (2, 1, 0)


def best_score(problem: Problem) -> int:
    """Return the highest weighted score of a valid plan."""
    return max(
        _cover(problem, seats) + points
        for seats, (points,) in _fillings(problem, lambda value, step, kept: (value + kept - step,)).items()
    )


def best_levels(problem: Problem) -> tuple[int, ...]:
    """Return seats filled (high, middle, low), preference, minus fairness and kept, best level by level."""
    ends = _fillings(problem, lambda value, step, kept: (value, -step, int(kept > 0)))
    return max((*_seats_by_priority(problem, seats), *points) for seats, points in ends.items())


def _fillings(problem: Problem, worth) -> dict[tuple, tuple]:
    """Return the best points per valid final filling: (others, newcomers) per task."""
    empty = tuple((0, 0) for _task in range(problem.m))
    states = {empty: tuple(0 for _level in worth(0, 0, 0))}
    for person in range(problem.n):
        following = dict(states)
        for rows in _sets(problem, person):
            points = _sum(_points(problem, person, rows, worth))
            for seats, before in states.items():
                after = _with(problem, seats, person, rows)
                if after is not None:
                    total = _sum([before, points])
                    following[after] = max(following.get(after, total), total)
        states = following
    return {seats: points for seats, points in states.items() if _in_company(problem, seats)}


def _sets(problem, person):
    mine = [row for row in range(problem.e) if problem.person[row] == person]
    for size in range(1, len(mine) + 1):
        for rows in combinations(mine, size):
            if _possible(problem, person, [problem.task[row] for row in rows]):
                yield rows


def _possible(problem, person, tasks) -> bool:
    tasks = sorted(tasks, key=lambda task: problem.start[task])
    if any(problem.start[b] < problem.until[a] for a, b in pairwise(tasks)):
        return False
    for day in {int(problem.day[task]) for task in tasks}:
        if sum(problem.day[task] == day for task in tasks) > problem.most_a_day[person, day]:
            return False
    for week in range(problem.weeks):
        there = [task for task in tasks if problem.week[task] == week]
        if len(there) > problem.most_tasks[person, week]:
            return False
        if sum(problem.minutes[task] for task in there) > problem.most_minutes[person, week]:
            return False
        if sum(problem.heavy[task] for task in there) > problem.most_heavy[person, week]:
            return False
    return True


def _points(problem, person, rows, worth):
    history, capacity = int(problem.history[person]), int(problem.capacity[person])
    for done, row in enumerate(rows):
        step = problem.fairness * (history + done) // capacity
        yield worth(int(problem.value[row]), step, int(problem.keep[row]))


def _sum(rows) -> tuple:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def _with(problem, seats, person, rows) -> tuple | None:
    seats = list(seats)
    for row in rows:
        task = problem.task[row]
        others, new = seats[task]
        if others + new == problem.most[task]:
            return None
        seats[task] = (others, new + 1) if problem.newcomer[person] else (others + 1, new)
    return tuple(seats)


def _in_company(problem, seats) -> bool:
    for task, (others, new) in enumerate(seats):
        if new and not problem.alone[task]:
            all_new = new + problem.newcomers_on[task]
            if all_new > 1 or all_new > others + problem.experienced_on[task]:
                return False
    return True


def _cover(problem, seats) -> int:
    return sum(
        int(problem.reward[task]) * min(others + new, int(problem.need[task]))
        for task, (others, new) in enumerate(seats)
    )


def _seats_by_priority(problem, seats) -> tuple[int, ...]:
    filled = dict.fromkeys(PRIORITIES, 0)
    for task, (others, new) in enumerate(seats):
        filled[int(problem.priority[task])] += min(others + new, int(problem.need[task]))
    return tuple(filled.values())
