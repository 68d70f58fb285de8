"""Worlds small enough to read: people and tasks as dictionaries, the rest left at what stops nobody."""

import numpy as np
from hypothesis import strategies as st

from rostering.matching.world import FINE, NO_LIMIT, Blocks, People, Requirement, Spans, Tasks, World

DAY, HOUR = 24 * 60, 60
ALWAYS = (0, 10**6)
KINDS = [[0], [0, 1], [0, 1, 2]]  # what each kind of task asks: the role; one certificate; two
ROLE, FIRST, SECOND = range(3)


def world(people, tasks, kinds=KINDS, weeks=2, blocks=None, barred=None):
    """Build a World. A person: holds, willing, km, travel_km, tasks_a_week, free, newcomer, history, away, bars.

    A task: kind, start (hours), hours, need, priority, near (travel counts), heavy, rest (minutes).
    """
    n, m = len(people), len(tasks)

    def of(key, default, kind=None):
        return np.array([one.get(key, default) for one in people], kind)

    def each(key, default, kind=np.int32):
        return np.array([one.get(key, default) for one in tasks], kind)

    def table(rows, width):
        return np.array(rows, np.int8).reshape(n, width)

    start = each("start", 9, np.int64) * HOUR
    limits = np.repeat(of("tasks_a_week", NO_LIMIT, np.int32)[:, None], weeks, 1)
    none = np.full((n, weeks), NO_LIMIT, np.int32)
    held = [
        Spans.of((who, *ALWAYS) for who, one in enumerate(people) if which in one.get("holds", {0, 1, 2}))
        for which in range(3)
    ]
    crowd = People(
        ids=[f"p{i}" for i in range(n)],
        newcomer=of("newcomer", False, bool),
        willingness=table([one.get("willing", [FINE] * len(kinds)) for one in people], len(kinds)),
        acceptance=of("acceptance", 0.8, float),
        travel_km=of("travel_km", 25.0, float),
        km=of("km", 5.0, float)[:, None],
        most_tasks=limits,
        most_minutes=none,
        most_heavy=none,
        capacity=np.full(n, 4, np.int32),
        history=of("history", 0, np.int32),
        free=Spans.of((i, *span) for i, one in enumerate(people) for span in one.get("free", ())),
        unasked=np.array(["free" not in one for one in people], bool),
        day_status=table([[one.get("away", 0)] * (7 * weeks) for one in people], 7 * weeks),
        busy=Spans.of([]),
        on_call_days=np.ones((n, 7), bool),
    )
    work = Tasks(
        ids=[f"t{i}" for i in range(m)],
        kind=each("kind", 0),
        place=np.where(each("near", False, bool), 0, -1).astype(np.int32),
        start=start,
        end=start + each("hours", 2, np.int64) * HOUR,
        rest=each("rest", 0, np.int64),
        judged_on=start // DAY,
        week=(start // (7 * DAY)).astype(np.int32),
        day=(start // DAY).astype(np.int32),
        weekday=(start // DAY % 7).astype(np.int8),
        need=each("need", 1),
        extra=np.zeros(m, np.int32),
        priority=each("priority", 2, np.int8),
        minutes=each("hours", 2) * HOUR,
        heavy=each("heavy", False, bool),
        on_call=np.zeros(m, bool),
        alone=each("alone", True, bool),
        experienced_on=np.zeros(m, np.int32),
        newcomers_on=np.zeros(m, np.int32),
    )
    codes = ("role", "qualification", "qualification")
    requirements = [
        Requirement(code, key, spans) for key, (code, spans) in enumerate(zip(codes, held, strict=True))
    ]
    return World(
        crowd,
        work,
        kinds=list(range(len(kinds))),
        requires=kinds,
        requirements=requirements,
        cover_reward=np.array([1500, 4000, 10000]),
        fairness=100,
        weeks=weeks,
        blocks=blocks or Blocks.none(),
        barred=barred or {},
    )


def someone():
    """Any person: holding this and that, willing or not, near or far, free or not."""
    return st.fixed_dictionaries(
        {},
        optional={
            "holds": st.sets(st.integers(0, 2)),
            "willing": st.lists(st.integers(-1, 2), min_size=3, max_size=3),
            "travel_km": st.sampled_from([1.0, 25.0]),
            "tasks_a_week": st.integers(0, 2),
            "free": st.lists(st.sampled_from([(0, 12 * HOUR), (8 * HOUR, 400 * HOUR)]), max_size=1),
            "newcomer": st.booleans(),
            "away": st.sampled_from([-1, 0, 1]),
        },
    )


def something():
    """Any task of two hours in two weeks."""
    return st.fixed_dictionaries(
        {"start": st.integers(8, 20)},
        optional={
            "kind": st.integers(0, 2),
            "near": st.booleans(),
            "need": st.integers(1, 2),
            "alone": st.booleans(),
            "priority": st.integers(0, 2),
        },
    )


def worlds(people=6, tasks=5):
    return st.builds(
        world,
        st.lists(someone(), min_size=1, max_size=people),
        st.lists(something(), min_size=1, max_size=tasks),
    )
