"""What does a file with a planning problem say, as arrays? Everything in it has been checked before."""

import math

import numpy as np

from rostering.matching.files.shape import DAY, WEEK, FileShape
from rostering.matching.world import People, Requirement, Spans, Tasks, World

EVER = 2**40  # minutes, beyond every other
DETOUR = 1.3  # what a road is longer than the straight line
JUST_OVER = 1e-6  # km by which rounding may exceed a limit


def of(file: FileShape) -> World:
    """Return the world of a file; its people, tasks and kinds carry the ids of the file."""
    kinds = {kind.code: i for i, kind in enumerate(file.kinds)}
    names = sorted({name for kind in file.kinds for name in kind.requires})
    needed = {name: i for i, name in enumerate(names)}
    return World(
        people=_people(file),
        tasks=_tasks(file, kinds),
        kinds=list(kinds),
        requires=[[needed[name] for name in kind.requires] for kind in file.kinds],
        requirements=[Requirement("qualification", name, _held(file, name)) for name in names],
        cover_reward=np.array(file.cover_reward, np.int64),
        fairness=file.fairness,
        weeks=file.weeks,
        grid=file.grid,
        last=file.weeks * WEEK,
    )


def _held(file: FileShape, name: str) -> Spans:
    held = ((i, p.qualified_until[name]) for i, p in enumerate(file.people) if name in p.qualified_until)
    return Spans.of((i, -EVER, EVER if until is None else until) for i, until in held)


def _people(file: FileShape) -> People:
    people, n = file.people, len(file.people)
    a_week = np.array([(p.max_tasks_week, p.max_minutes_week, p.max_heavy_week) for p in people], np.int32)
    tasks, minutes, heavy = a_week.reshape(n, 3, 1).repeat(file.weeks, axis=2).transpose(1, 0, 2)
    km = [[DETOUR * math.hypot(p.x - x, p.y - y) for x, y in file.locations] for p in people]
    level = [[p.willingness[kind.code] for kind in file.kinds] for p in people]
    on_call = np.zeros((n, 7), bool)
    for i, person in enumerate(people):
        on_call[i, person.on_call_days] = True
    return People(
        ids=[p.id for p in people],
        newcomer=np.array([p.newcomer for p in people], bool),
        willingness=np.array(level, np.int8).reshape(n, len(file.kinds)),
        acceptance=np.array([p.acceptance for p in people], float),
        travel_km=np.array([p.max_travel_km for p in people], float) + JUST_OVER,
        km=np.array(km, float).reshape(n, len(file.locations)),
        most_tasks=tasks,
        most_minutes=minutes,
        most_heavy=heavy,
        capacity=tasks[:, 0] * file.weeks,
        history=np.zeros(n, np.int32),
        free=_every_week(file),
        unasked=np.zeros(n, bool),
        day_status=np.zeros((n, 1), np.int8),
        busy=Spans.of((i, start, end) for i, p in enumerate(people) for start, end in p.busy),
        on_call_days=on_call,
    )


def _every_week(file: FileShape) -> Spans:
    once = Spans.of((i, start, end) for i, p in enumerate(file.people) for start, end in p.windows)
    weeks = np.repeat(np.arange(file.weeks) * WEEK, len(once.person))
    return Spans(
        np.tile(once.person, file.weeks),
        np.tile(once.start, file.weeks) + weeks,
        np.tile(once.end, file.weeks) + weeks,
    )


def _tasks(file: FileShape, kinds: dict[str, int]) -> Tasks:
    tasks, none = file.tasks, np.zeros(len(file.tasks), np.int32)
    start = np.array([t.start for t in tasks], np.int64)
    end = np.array([t.end for t in tasks], np.int64)
    kind = np.array([kinds[t.kind] for t in tasks], np.int32)
    return Tasks(
        ids=[t.id for t in tasks],
        kind=kind,
        place=np.array([-1 if t.remote else t.location for t in tasks], np.int32),
        start=start,
        end=end,
        rest=np.array([t.rest for t in tasks], np.int64),
        judged_on=end,
        week=(start // WEEK).astype(np.int32),
        day=none,
        weekday=(start // DAY % 7).astype(np.int8),
        need=np.array([t.need for t in tasks], np.int32),
        extra=np.array([t.extra for t in tasks], np.int32),
        priority=np.array([t.priority for t in tasks], np.int8),
        minutes=np.array([t.minutes for t in tasks], np.int32),
        heavy=np.array([t.heavy for t in tasks], bool),
        on_call=np.array([k.on_call for k in file.kinds], bool)[kind],
        alone=np.zeros(len(tasks), bool),
        experienced_on=none,
        newcomers_on=none,
    )
