"""Why does nobody come, why this person, and what would it cost to do without them? Codes and whole numbers.

People are counted at the first thing that stops them, in the order of the table of codes.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from rostering.matching import codes, fit, plan, score
from rostering.matching.fit import Component
from rostering.matching.plan import Outcome
from rostering.matching.possible import pairs
from rostering.matching.problem import Problem
from rostering.matching.world import World

EXACT = 5_000  # pairs of one week that are solved whole; above it only who could come instead is moved


@dataclass(frozen=True)
class Stop:
    """One thing, and the people it stops. `requirement` is an index into World.requirements, or None."""

    code: str
    requirement: int | None
    people: np.ndarray  # int64, indexes

    @property
    def count(self) -> int:
        return len(self.people)


@dataclass(frozen=True)
class Funnel:
    """n people: `stops`, in order, and who is left add up to n."""

    n: int
    stops: list[Stop]
    free: np.ndarray  # int64, indexes of whom nothing stops


@dataclass(frozen=True)
class Rank:
    """The place among the free (1 is the first; equals share it), and what counted."""

    place: int
    of: int
    points: int
    components: list[Component]


@dataclass(frozen=True)
class Price:
    """What the plan loses without one assignment. All zero and empty: nothing."""

    points: int  # 0 when the plan without is found to be as good
    by_priority: tuple[int, int, int]  # seats less: low, middle, high
    emptier: list[tuple[int, int]]  # (task, seats less), as they start
    fuller: list[tuple[int, int]]  # (task, seats more): what the person can do now
    preference: int  # points less
    instead: list[int]  # people who then come on this task
    moved: int  # other assignments that change
    is_exact: bool  # both proved best for that week; else about so much, and it may be more or less


def funnel(world: World, task: int) -> Funnel:
    """Count everybody at the first thing that stops them from taking `task` (an index)."""
    left = np.ones(world.n, bool)
    stops = []
    for code, requirement, stopped in _stops(world, task):
        here = stopped & left
        if here.any():
            stops.append(Stop(code, requirement, np.flatnonzero(here)))
            left &= ~here
    return Funnel(world.n, stops, np.flatnonzero(left))


def single_blockers(world: World, task: int) -> list[Stop]:
    """Return who could take `task` but for exactly one thing, by that thing; the most people first."""
    found = _stops(world, task)
    number = np.zeros(world.n, np.int32)
    for _code, _requirement, stopped in found:
        number += stopped
    only = number == 1
    single = [Stop(code, which, np.flatnonzero(stopped & only)) for code, which, stopped in found]
    return sorted((stop for stop in single if stop.count), key=lambda stop: -stop.count)


def lacking(world: World, requirement: int, task: int) -> np.ndarray:
    """Return who does not meet this requirement when `task` is judged; bool [n]."""
    held, on = world.requirements[requirement].held, world.tasks.judged_on[task]
    without = np.ones(world.n, bool)
    without[held.person[(held.start <= on) & (on <= held.end)]] = False
    return without


def rank(world: World, problem: Problem, task: int, person: int) -> Rank:
    """Return the place of `person` among all who can take `task`. Not being one of them is a ValueError."""
    first, last = np.searchsorted(problem.task, [task, task + 1])
    free = problem.person[first:last]
    points = problem.value[first:last] - fit.load(world, free)
    mine = points[free == person]
    if not len(mine):
        raise ValueError("This person cannot take this task.")
    place = 1 + int((points > mine[0]).sum())
    return Rank(place, len(free), int(mine[0]), fit.components(world, person, task))


def price(
    problem: Problem,
    outcome: Outcome,
    pair: int,
    *,
    seconds: float = 5,
    levels: bool = True,
    stop: Callable[[], bool] | None = None,
) -> Price:
    """Return what it costs to do without the chosen `pair` (an index), with the other weeks as they are.

    Plans the week of the pair again without it, within `seconds`; and, when the plan was not proved best, once
    more with it, as long. Else what a better plan gains elsewhere would hide what this person is worth. `stop` is
    asked as by plan.plan. Raises plan.NoPlan.
    """
    if not outcome.chosen[pair]:
        raise ValueError("This pair is not in the plan.")
    rows, is_whole = _around(problem, outcome.chosen, pair)
    rest, without = rows[rows != pair], outcome.chosen.copy()
    without[pair] = False
    before, after = part(problem, outcome.chosen, rows), part(problem, without, rest)
    stood, is_best = outcome.chosen[rows], _is_proved(outcome)
    if not is_whole:  # who cannot come instead stays where they are
        movable = _who_can(problem, problem.task[pair])
        before, after = _held(before, stood, movable), _held(after, without[rest], movable)
    if not is_best:
        kept = replace(before, fixed=before.fixed | (rows == pair))
        better = plan.plan(kept, seconds=seconds, levels=levels, stop=stop)
        stood, is_best = better.chosen, _is_proved(better)
    # among equals the one that changes least: a tie is no consequence of doing without this person
    calm = replace(after, keep=after.keep + stood[rows != pair])
    found = plan.plan(calm, seconds=seconds, levels=levels, stop=stop)
    is_exact = is_whole and is_best and _is_proved(found)
    task = int(problem.task[pair])
    lost = _compared((before, stood), (after, found.chosen), task=task, is_exact=is_exact)
    beside = set(problem.person[outcome.chosen & (problem.task == task)].tolist())
    return replace(lost, instead=[person for person in lost.instead if person not in beside])


def _is_proved(outcome: Outcome) -> bool:
    """Return whether nothing better exists; a plan without a bound proves nothing."""
    return outcome.bound <= outcome.score


def _held(problem: Problem, chosen: np.ndarray, movable: np.ndarray) -> Problem:
    """Fix what is chosen of everybody but these people."""
    return replace(problem, fixed=problem.fixed | (chosen & ~np.isin(problem.person, movable)))


def part(problem: Problem, chosen: np.ndarray, rows: np.ndarray) -> Problem:
    """Return the problem of these pairs alone; what else is chosen has taken its share of room and spread."""
    outside = chosen.copy()
    outside[rows] = False
    return problem.beside(np.flatnonzero(outside)).of_rows(rows)


def clashing(problem: Problem, chosen: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return which of these rows overlap, rest included, with chosen rows of the same person outside them."""
    outside = chosen.copy()
    outside[rows] = False
    others = np.flatnonzero(outside)
    others = others[np.argsort(problem.person[others], kind="stable")]
    first = np.searchsorted(problem.person[others], problem.person[rows], "left")
    number = np.searchsorted(problem.person[others], problem.person[rows], "right") - first
    mine = np.repeat(np.arange(len(rows)), number)
    offset = np.arange(len(mine)) - np.repeat(np.cumsum(number) - number, number)
    one, other = problem.task[rows[mine]], problem.task[others[first[mine] + offset]]
    overlap = (problem.start[one] < problem.until[other]) & (problem.start[other] < problem.until[one])
    clash = np.zeros(len(rows), bool)
    clash[mine[overlap]] = True
    return clash


def _stops(world: World, task: int) -> list[tuple[str, int | None, np.ndarray]]:
    """Return everything that stops somebody, in order: code, requirement, bool [n]."""
    bits = pairs.reasons(world, np.array([task]))[:, 0]
    asked = world.requires[world.tasks.kind[task]]
    found = []
    for code in codes.MATCHED:
        stopped = bits & pairs.BIT[code] != 0
        if not stopped.any():
            continue
        for requirement in asked:
            if world.requirements[requirement].code == code:
                without = lacking(world, requirement, task)
                found.append((code, requirement, without))
                stopped = stopped & ~without
        if stopped.any():
            found.append((code, None, stopped))
    return found


def _around(problem: Problem, chosen: np.ndarray, pair: int) -> tuple[np.ndarray, bool]:
    """Return the rows to plan again, the pair among them, and whether that is the whole week."""
    week = problem.week[problem.task]
    rows = np.flatnonzero(week == week[pair])
    rows = rows[~clashing(problem, chosen, rows)]
    if len(rows) <= EXACT:
        return rows, True
    near = np.isin(problem.person[rows], _who_can(problem, problem.task[pair]))
    return rows[near | chosen[rows]], False


def _who_can(problem: Problem, task: int) -> np.ndarray:
    """Return who can take this task: who may come instead, and so leave something else."""
    first, last = np.searchsorted(problem.task, [task, task + 1])
    return problem.person[first:last]


def _compared(before: tuple, after: tuple, *, task: int, is_exact: bool) -> Price:
    """Return what was lost on the way from one (problem, chosen) to another, without somebody on `task`."""
    problem = before[0]
    seats = score.covered(*before) - score.covered(*after)
    order = np.argsort(problem.start, kind="stable")
    comes = _set(*after) - _set(*before)
    high, middle, low = (int(seats[problem.priority == level].sum()) for level in range(3))
    return Price(
        points=max(0, score.total(*before) - score.total(*after)),
        by_priority=(high, middle, low),
        emptier=[(int(t), int(seats[t])) for t in order if seats[t] > 0],
        fuller=[(int(t), -int(seats[t])) for t in order if seats[t] < 0],
        preference=_preference(*before) - _preference(*after),
        instead=sorted(person for person, where in comes if where == task),
        moved=sum(where != task for _person, where in comes),
        is_exact=is_exact,
    )


def _preference(problem: Problem, chosen: np.ndarray) -> int:
    return int(problem.value[chosen].sum())


def _set(problem: Problem, chosen: np.ndarray) -> set[tuple[int, int]]:
    return set(zip(problem.person[chosen].tolist(), problem.task[chosen].tolist(), strict=True))
