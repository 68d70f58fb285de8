"""Can these pairs stand together? Times, load and a newcomer beside somebody."""

from collections import Counter
from collections.abc import Iterable

from rostering.matching.problem import Problem


def together(problem: Problem, wanted: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those of `wanted` that go together, the first first: what a plan can be made to hold.

    Four people may be asked for one seat, and one person for two shifts at the same time.
    """
    possible = set(zip(problem.person.tolist(), problem.task.tolist(), strict=True))
    kept: list[tuple[int, int]] = []
    seats: Counter[int] = Counter()
    new: Counter[int] = Counter()
    tasks: Counter[tuple[int, int]] = Counter()
    on_day: Counter[tuple[int, int]] = Counter()
    minutes: Counter[tuple[int, int]] = Counter()
    heavy: Counter[tuple[int, int]] = Counter()
    mine: dict[int, list[int]] = {}
    for person, task in dict.fromkeys(wanted):
        week, others = (person, int(problem.week[task])), mine.setdefault(person, [])
        day = (person, int(problem.day[task]))
        is_new = bool(problem.newcomer[person] and not problem.alone[task])
        fits = (
            (person, task) in possible
            and seats[task] < problem.most[task]
            and not any(clash(problem, task, other) for other in others)
            and tasks[week] < problem.most_tasks[week]
            and on_day[day] < problem.most_a_day[day]
            and minutes[week] + problem.minutes[task] <= problem.most_minutes[week]
            and heavy[week] + problem.heavy[task] <= problem.most_heavy[week]
            and not (is_new and _leaves_alone(problem, task, seats[task] - new[task], new[task]))
        )
        if fits:
            kept.append((person, task))
            others.append(task)
            seats[task] += 1
            new[task] += is_new
            tasks[week] += 1
            on_day[day] += 1
            minutes[week] += int(problem.minutes[task])
            heavy[week] += int(problem.heavy[task])
    return kept


def clash(problem: Problem, one: int, other: int) -> bool:
    return problem.start[one] < problem.until[other] and problem.start[other] < problem.until[one]


def _leaves_alone(problem: Problem, task: int, experienced: int, new: int) -> bool:
    newcomers = int(problem.newcomers_on[task]) + new + 1
    return newcomers > 1 or newcomers > int(problem.experienced_on[task]) + experienced
