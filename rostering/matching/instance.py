"""What is in a planning problem that came as a file? Its format and rules: benchmarks/roster_instances/FORMAT.md.

Whoever made the file reads one sentence that says where it is wrong: `tasks[3].end: ...`.
"""

import gzip
import math
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rostering.matching.world import NO_LIMIT, People, Requirement, Spans, Tasks, World

DAY, WEEK = 1440, 7 * 1440
BIGGEST = 300_000_000  # bytes, unpacked: a hundred times the largest problem that we know
MOST_DISTANCES = 5_000_000  # people times locations
EVER = 2**40  # minutes, beyond every other
DETOUR = 1.3  # what a road is longer than the straight line
JUST_OVER = 1e-6  # km by which rounding may exceed a limit

Count = Annotated[int, Field(ge=0, le=int(NO_LIMIT))]
Minute = Annotated[int, Field(ge=-1000 * WEEK, le=1000 * WEEK)]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Km = Annotated[float, Field(ge=-100_000, le=100_000)]
Span = tuple[Minute, Minute]


class Malformed(Exception):
    """The file is not a planning problem. Carries one English sentence, with the place in the file."""


class Shape(BaseModel):
    model_config = ConfigDict(strict=True, allow_inf_nan=False)


class KindShape(Shape):
    code: Name
    requires: list[Name]
    on_call: bool


class PersonShape(Shape):
    id: Name
    x: Km
    y: Km
    newcomer: bool
    qualified_until: dict[Name, Minute | None]
    max_travel_km: Annotated[Km, Field(ge=0)]
    willingness: dict[Name, Annotated[int, Field(ge=-1, le=2)]]
    max_tasks_week: Count
    max_minutes_week: Count
    max_heavy_week: Count
    acceptance: Annotated[float, Field(ge=0, le=1)]
    windows: list[Span]
    busy: list[Span]
    on_call_days: list[Annotated[int, Field(ge=0, le=6)]]


class TaskShape(Shape):
    id: Name
    kind: Name
    location: Count
    remote: bool
    start: Annotated[Minute, Field(ge=0)]
    end: Minute
    need: Count
    extra: Count
    heavy: bool
    priority: Annotated[int, Field(ge=0, le=2)]
    minutes: Count
    rest: Count


class FileShape(Shape):
    format: Literal["paraat-roster-1"]
    name: Name
    weeks: Annotated[int, Field(ge=1, le=104)]
    grid: Literal[15]
    locations: Annotated[list[tuple[Km, Km]], Field(max_length=100_000)]
    kinds: Annotated[list[KindShape], Field(max_length=1000)]
    cover_reward: tuple[Count, Count, Count]
    fairness: Count
    people: Annotated[list[PersonShape], Field(max_length=20_000)]
    tasks: Annotated[list[TaskShape], Field(max_length=100_000)]


@dataclass(frozen=True)
class Instance:
    name: str
    world: World  # people and tasks carry the ids of the file


def read(path: Path) -> Instance:
    """Return the problem in a JSON file, packed with gzip or not. Raises Malformed."""
    try:
        file = FileShape.model_validate_json(_unpacked(Path(path)))
    except ValidationError as found:
        raise Malformed(_sentence(found)) from None
    for sentence in _meaningless(file):
        raise Malformed(sentence)
    return Instance(file.name, _world(file))


def _unpacked(path: Path) -> bytes:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if path.suffix == ".gz" and not packed:
                raise Malformed("This file is called .gz and is not packed with gzip.")
            text = (gzip.GzipFile(fileobj=raw) if packed else raw).read(BIGGEST + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Malformed("This gzip file is damaged or cut off.") from None
    except (OSError, ValueError) as refusal:
        raise Malformed(f"This file cannot be read: {getattr(refusal, 'strerror', refusal)}.") from None
    if len(text) > BIGGEST:
        raise Malformed(f"This file is larger than {BIGGEST // 1_000_000} MB when unpacked.")
    return text


# What is wrong with the shape, in our words; anything else in those of pydantic.
SAYINGS = {
    "missing": "is missing",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "float_type": "must be a number",
    "finite_number": "must be a number that is not infinite and not NaN",
    "bool_type": "must be true or false",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "too_long": "must have at most {max_length} items",
}


def _sentence(found: ValidationError) -> str:
    """Say the first thing that is wrong with the shape."""
    error = found.errors(include_url=False)[0]
    if error["type"] == "json_invalid":
        return f"This is not JSON: {error['ctx']['error']}."
    said = SAYINGS.get(error["type"], error["msg"]).format(**error.get("ctx", {}))
    given = repr(error["input"])
    shown = f", not {given}" if error["type"] != "missing" and len(given) < 40 else ""
    return f"{_place(error['loc'])}: {said}{shown}."


def _place(steps: tuple) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".") or "the whole file"


def _meaningless(file: FileShape) -> Iterator[str]:
    """Say what has the right shape and makes no sense."""
    if len(file.people) * len(file.locations) > MOST_DISTANCES:
        yield f"people, locations: more than {MOST_DISTANCES:,} distances is more than this can plan."
    yield from _twice("kinds", "code", [kind.code for kind in file.kinds])
    yield from _twice("people", "id", [person.id for person in file.people])
    yield from _twice("tasks", "id", [task.id for task in file.tasks])
    kinds = {kind.code for kind in file.kinds}
    for i, person in enumerate(file.people):
        yield from _wrong_person(f"people[{i}]", person, kinds)
    for i, task in enumerate(file.tasks):
        yield from _wrong_task(f"tasks[{i}]", task, kinds, file)


def _twice(where: str, field: str, names: list[str]) -> Iterator[str]:
    first = {}
    for i, name in enumerate(names):
        if first.setdefault(name, i) != i:
            yield f"{where}[{i}].{field}: {name!r} is already that of {where}[{first[name]}]."


def _wrong_person(where: str, person: PersonShape, kinds: set[str]) -> Iterator[str]:
    if person.willingness.keys() != kinds:
        for kind in sorted(person.willingness.keys() - kinds):
            yield f"{where}.willingness: there is no kind {kind!r}."
        for kind in sorted(kinds - person.willingness.keys()):
            yield f"{where}.willingness: says nothing about the kind {kind!r}."
    for i, (start, end) in enumerate(person.windows):
        if not 0 <= start <= end <= WEEK:
            yield f"{where}.windows[{i}]: must lie in one week (0 to {WEEK}) and not end before it starts."
    for i, (start, end) in enumerate(person.busy):
        if end < start:
            yield f"{where}.busy[{i}]: ends before it starts."


def _wrong_task(where: str, task: TaskShape, kinds: set[str], file: FileShape) -> Iterator[str]:
    if task.kind not in kinds:
        yield f"{where}.kind: there is no kind {task.kind!r}."
    if task.location >= len(file.locations):
        yield f"{where}.location: there is no location {task.location}; the last is {len(file.locations) - 1}."
    if task.start >= file.weeks * WEEK:
        yield f"{where}.start: lies after the last week, which ends at {file.weeks * WEEK}."
    if task.end <= task.start:
        yield f"{where}.end: must be later than the start, {task.start}."


def _world(file: FileShape) -> World:
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
