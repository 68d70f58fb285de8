"""What stands against a person taking a task? Each rule once, for as many pairs as are asked at a time.

A rule takes people and tasks as indexes that broadcast against each other (a column of people against a row of
tasks, or loose pairs side by side) and yields (code, against). A rule that looks at the people alone answers as
a column, one that looks at the tasks alone as a row.
"""

from collections.abc import Iterator

import numpy as np

from rostering.matching.possible.tables import ALL_ALONG, NOT_ONCE, Laid
from rostering.matching.world import NEVER

Against = Iterator[tuple[str, np.ndarray]]


def bars_people(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    for code, barred in laid.people.bars.items():
        yield code, barred[person]


def bars_tasks(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    for code, barred in laid.tasks.bars.items():
        yield code, barred[task]


def is_unwilling(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    yield "never", laid.people.willingness[person, kind] == NEVER


def never_qualifies(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    """Somebody who meets a requirement of this kind on none of the days that are asked."""
    for index in laid.world.requires[kind]:
        yield laid.world.requirements[index].code, laid.held(index).line[person] == NOT_ONCE


def is_beyond(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    yield "unavailable", laid.beyond[task]


def is_unavailable(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    """The weekly pattern, unless the person said otherwise for that day; on-call work has days of its own."""
    free = _at(laid.free_until, person, laid.starts[1][task]) >= laid.end_slot[task]
    if laid.any_on_call:
        willing_day = laid.people.on_call_days[person, laid.tasks.weekday[task]]
        free = np.where(laid.tasks.on_call[task], willing_day, free)
    if laid.any_exception:
        said = _at(laid.people.day_status, person, laid.tasks.day[task])
        free = np.where(said == 0, free, said > 0)
    yield "unavailable", ~free


def qualifies_another_time(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    """Somebody who meets a requirement some of the time, but not when this task asks it."""
    for index in laid.world.requires[kind]:
        held = laid.held(index)
        line = held.line[person]
        if (line > ALL_ALONG).any():
            met = _at(held.met, line, laid.moments[1][task])
            yield laid.world.requirements[index].code, ~met


def is_busy(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    if len(laid.people.busy.person):
        yield "busy", _at(laid.next_busy, person, laid.starts[1][task]) < laid.end_slot[task]


def lives_too_far(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    yield "far", _at(laid.far, person, laid.tasks.place[task])


def would_stand_alone(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    """A newcomer needs somebody beside them: another seat, or somebody who stands there already."""
    tasks = laid.tasks
    together = tasks.need + tasks.extra + tasks.experienced_on + tasks.newcomers_on
    single = ~tasks.alone & (together < 2)
    yield "newcomer", laid.people.newcomer[person] & single[task]


def is_on_it(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    if len(laid.blocks.person):
        yield "already", _at(laid.own, laid.line[person], task)


def does_other_work(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    """Work that stands at the same time, or so near that the rest after the first of both is not over."""
    if not len(laid.blocks.person):
        return
    line = laid.line[person]
    begun, ended = _count(laid.begun_at_end, line, task), _count(laid.ended_at_start, line, task)
    yield "overlap", begun - ended - _at(laid.own, line, task) > 0
    rested, soon = _count(laid.rested_at_start, line, task), _count(laid.begun_after_rest, line, task)
    yield "rest", (rested < ended) | (soon > begun)


def is_over_the_week(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    """What stands in that week and this task together are more than the person's limit; heavy tasks apart."""
    tasks, week = laid.tasks, laid.tasks.week[task]
    own = _at(laid.own, laid.line[person], task) if len(laid.blocks.person) else 0
    for code, amount in (
        ("week_shifts", laid.size),
        ("week_hours", tasks.minutes),
        ("week_heavy", tasks.heavy.astype(np.int32)),
    ):
        takes = amount[task]
        over = laid.room[code][person, week] + own * takes < takes
        yield code, over & (takes > 0) if code == "week_heavy" else over


def is_over_the_load(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    """What stands around a task in so many days, and the task itself, are more than we agreed; or near it."""
    if laid.world.load is None:
        return
    agreements = laid.world.load.agreements
    line = laid.line[person]
    for limit in agreements.limits:
        takes = laid.weighs(limit)[task]
        own = _at(laid.own, line, task) * takes if len(laid.blocks.person) else 0
        would = _at(laid.standing(limit), line, task) - own + takes
        yield limit.of, (would > limit.most) & (takes > 0)
        if limit in agreements.warning:
            yield "load_near", (would > limit.near) & (takes > 0)


def is_barred(laid: Laid, kind: int, person: np.ndarray, task: np.ndarray) -> Against:
    for code, barred in laid.barred.items():
        yield code, _at(barred, person, task)


# First what looks at the people or the tasks alone, then what leaves out most: `find` is quick because of it.
RULES = (
    bars_tasks,
    is_beyond,
    bars_people,
    is_unwilling,
    never_qualifies,
    is_unavailable,
    lives_too_far,
    is_busy,
    qualifies_another_time,
    would_stand_alone,
    is_over_the_week,
    is_over_the_load,
    is_on_it,
    does_other_work,
    is_barred,
)


def _at(table: np.ndarray, row: np.ndarray, column: np.ndarray) -> np.ndarray:
    """Return table[row, column], the quick way for a column of people against a row of tasks."""
    if row.ndim == 2 and column.ndim == 2:
        return table[row[:, 0]].take(column[0], axis=1)
    return table[row, column]


def _count(counted: tuple[np.ndarray, np.ndarray], line: np.ndarray, task: np.ndarray) -> np.ndarray:
    table, column = counted
    return _at(table, line, column[task])
