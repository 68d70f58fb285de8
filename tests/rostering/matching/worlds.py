"""Worlds of matching for tests: small random ones, and one of a person and a task to change at will."""

import random
from dataclasses import replace
from functools import partial

import numpy as np

from rostering.matching.world import NO_LIMIT, Blocks, People, Requirement, Spans, Tasks, World

DAY, WEEK = 1440, 7 * 1440


def plain_people(n: int = 1, *, k: int = 1, places: int = 1, weeks: int = 1, **change) -> People:
    """People without any limit who are always free."""
    room = np.full((n, weeks), NO_LIMIT)
    people = People(
        ids=[f"p{i}" for i in range(n)],
        newcomer=np.zeros(n, bool),
        willingness=np.ones((n, k), np.int8),
        acceptance=np.full(n, 0.8),
        travel_km=np.full(n, np.inf),
        km=np.full((n, places), 10.0),
        most_tasks=room,
        most_minutes=room,
        most_heavy=room,
        capacity=np.full(n, 4 * weeks, np.int32),
        history=np.zeros(n, np.int32),
        free=Spans.of(()),
        unasked=np.ones(n, bool),
        day_status=np.zeros((n, 7 * weeks), np.int8),
        busy=Spans.of(()),
        on_call_days=np.zeros((n, 7), bool),
    )
    return replace(people, **change)


def plain_tasks(start, length=60, **change) -> Tasks:
    """Tasks of the first kind at these minutes, one seat each."""
    start = np.atleast_1d(np.array(start, np.int64))
    m = len(start)
    none, no = np.zeros(m, np.int32), np.zeros(m, bool)
    tasks = Tasks(
        ids=[f"t{i}" for i in range(m)],
        kind=none,
        place=none,
        start=start,
        end=start + length,
        rest=np.zeros(m, np.int64),
        judged_on=start // DAY,
        week=(start // WEEK).astype(np.int32),
        day=(start // DAY).astype(np.int32),
        weekday=(start // DAY % 7).astype(np.int8),
        need=none + 1,
        extra=none,
        priority=none.astype(np.int8),
        minutes=none + length,
        heavy=no,
        on_call=no,
        alone=no,
        experienced_on=none,
        newcomers_on=none,
    )
    return replace(tasks, **{name: np.asarray(value) for name, value in change.items()})


def plain(people: People | None = None, tasks: Tasks | None = None, **change) -> World:
    world = World(
        people=people or plain_people(),
        tasks=tasks or plain_tasks([600]),
        kinds=["k0"],
        requires=[[]],
        requirements=[],
        cover_reward=np.array([1500, 4000, 10000]),
        fairness=100,
        weeks=1,
    )
    return replace(world, **change)


def blocks(*rows) -> Blocks:
    """Work that stands: rows of (person, task or -1, start, end, rest, week, minutes, heavy)."""
    table = np.array(rows, np.int64).reshape(-1, 8)
    person, task, start, end, rest, week, minutes, heavy = table.T
    return Blocks(person, task, start, end, rest, week, minutes, heavy.astype(bool))


def random_world(seed: int, n: int = 6, m: int = 6) -> World:
    """Return a world of up to n people and m tasks in which every rule of matching has something to say."""
    r = random.Random(seed)
    n, m, k, weeks = r.randint(1, n), r.randint(1, m), r.randint(1, 3), r.randint(1, 2)
    places, grid = r.randint(1, 2), r.choice([1, 15])
    ints = partial(_table, r, int)
    flags = partial(_table, r, bool)
    start = ints(m, pick=lambda: r.randrange(0, weeks * WEEK - 900, r.choice([5, 180])))
    end = start + ints(m, pick=lambda: r.choice([20, 90, 240, 700]))
    people = People(
        ids=[f"p{i}" for i in range(n)],
        newcomer=flags(n, pick=lambda: r.random() < 0.3),
        willingness=ints(n, k, pick=lambda: r.choice([-1, 0, 1, 1, 2])),
        acceptance=_table(r, float, n, pick=r.random),
        travel_km=_table(r, float, n, pick=lambda: r.choice([10, 30, np.inf])),
        km=_table(r, float, n, places, pick=lambda: r.choice([3, 20, 40, np.nan])),
        most_tasks=ints(n, weeks, pick=lambda: r.choice([0, 1, 2, 3, int(NO_LIMIT)])),
        most_minutes=ints(n, weeks, pick=lambda: r.choice([60, 240, 600, int(NO_LIMIT)])),
        most_heavy=ints(n, weeks, pick=lambda: r.choice([0, 1, int(NO_LIMIT)])),
        capacity=ints(n, pick=lambda: r.randint(0, 6)),
        history=ints(n, pick=lambda: r.randint(0, 3)),
        free=_spans(r, n, weeks, 5, 2000),
        unasked=flags(n, pick=lambda: r.random() < 0.3),
        day_status=ints(n, weeks * 7 + 1, pick=lambda: r.choice([0, 0, 0, 1, -1])),
        busy=_spans(r, n, weeks, 2, 300),
        on_call_days=flags(n, 7, pick=lambda: r.random() < 0.5),
        bars={"left": flags(n, pick=lambda: r.random() < 0.1)},
    )
    tasks = Tasks(
        ids=[f"t{j}" for j in range(m)],
        kind=ints(m, pick=lambda: r.randrange(k)),
        place=ints(m, pick=lambda: r.randrange(-1, places)),
        start=start,
        end=end,
        rest=ints(m, pick=lambda: r.choice([0, 15, 660])),
        judged_on=end // DAY,
        week=start // WEEK,
        day=start // DAY,
        weekday=start // DAY % 7,
        need=ints(m, pick=lambda: r.randint(0, 2)),
        extra=ints(m, pick=lambda: r.choice([0, 0, 1])),
        priority=ints(m, pick=lambda: r.randint(0, 2)),
        minutes=end - start,
        heavy=flags(m, pick=lambda: r.random() < 0.4),
        on_call=flags(m, pick=lambda: r.random() < 0.2),
        alone=flags(m, pick=lambda: r.random() < 0.3),
        experienced_on=ints(m, pick=lambda: r.choice([0, 0, 1])),
        newcomers_on=ints(m, pick=lambda: r.choice([0, 0, 1])),
        bars={"full": flags(m, pick=lambda: r.random() < 0.1)},
    )
    requirements = [
        Requirement(r.choice(["qualification", "experience"]), key, _held(r, n, weeks)) for key in "ab"
    ]
    return World(
        people=people,
        tasks=tasks,
        kinds=[f"k{i}" for i in range(k)],
        requires=[[i for i in (0, 1) if r.random() < 0.4] for _kind in range(k)],
        requirements=requirements,
        cover_reward=np.array([1500, 4000, 10000]),
        fairness=100,
        weeks=weeks,
        grid=grid,
        last=r.choice([None, weeks * WEEK, weeks * WEEK // 2]),
        blocks=_standing(r, n, tasks),
        barred={"declined": _few(r, n, m), "reluctant": _few(r, n, m)},
    )


def _table(r, kind, *shape, pick) -> np.ndarray:
    return np.array([pick() for _cell in range(int(np.prod(shape)))], kind).reshape(shape)


def _spans(r, n, weeks, most, length) -> Spans:
    starts = [(i, r.randrange(weeks * WEEK)) for i in range(n) for _span in range(r.randint(0, most))]
    return Spans.of((i, start, start + r.randint(0, length)) for i, start in starts)


def _held(r, n, weeks) -> Spans:
    first = [(i, r.randint(-3, weeks * 7)) for i in range(n) for _span in range(r.randint(0, 2))]
    return Spans.of((i, day, day + r.choice([0, 2, 5, 100])) for i, day in first)


def _few(r, n, m) -> tuple[list, list]:
    pairs = [(r.randrange(n), r.randrange(m)) for _pair in range(r.randint(0, 3))]
    return [i for i, _task in pairs], [j for _person, j in pairs]


def _standing(r, n, tasks) -> Blocks:
    """Some work on tasks of this world, some elsewhere; nobody stands on the same task twice."""
    rows = {}
    for _block in range(r.randint(0, 4)):
        i, j = r.randrange(n), r.randrange(len(tasks.ids))
        start, end = int(tasks.start[j]), int(tasks.end[j])
        if r.random() < 0.5:
            rows[i, j] = (i, j, start, end, tasks.rest[j], tasks.week[j], tasks.minutes[j], tasks.heavy[j])
        else:
            start += r.choice([-1000, -200, 0, 100, 1500])
            end = start + r.choice([30, 300])
            week = tasks.week[j] if r.random() < 0.8 else -1
            rows[i, -len(rows)] = (
                i,
                -1,
                start,
                end,
                r.choice([0, 60, 660]),
                week,
                end - start,
                r.random() < 0.5,
            )
    return blocks(*rows.values())
