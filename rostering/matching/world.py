"""What do the rules of matching need to know? n people, m tasks, k kinds of task, as arrays.

Times are whole minutes since one origin (the reader of a world chooses it; a real one counts UTC minutes, so
that the change of the clock moves nothing). Spans are half open, [start, end), unless said otherwise.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rostering.matching.load import Load

NO_LIMIT = np.int32(1_000_000)
NEVER, RATHER_NOT, FINE, GLADLY = -1, 0, 1, 2  # willingness


@dataclass(frozen=True)
class Spans:
    """Stretches of people, a row each: whose (index of the person), from and to."""

    person: np.ndarray  # int32 [r]
    start: np.ndarray  # int64 [r]
    end: np.ndarray  # int64 [r]

    @classmethod
    def of(cls, rows: Iterable[Any]) -> "Spans":
        """Build from an iterable of (person, start, end)."""
        table = np.array(list(rows), dtype=np.int64).reshape(-1, 3)
        return cls(table[:, 0].astype(np.int32), table[:, 1], table[:, 2])


@dataclass(frozen=True)
class Blocks:
    """Work that stands already and is not for this plan to move: it takes time, and room in its week."""

    person: np.ndarray  # int32 [b]
    task: np.ndarray  # int32 [b], index of the task when it is one of this world's, else -1
    start: np.ndarray  # int64 [b]
    end: np.ndarray  # int64 [b]
    rest: np.ndarray  # int64 [b], minutes that must pass after it
    week: np.ndarray  # int32 [b], as Tasks.week; -1 for a week outside this world
    minutes: np.ndarray  # int32 [b], as they count in the week
    heavy: np.ndarray  # bool [b]

    @classmethod
    def none(cls) -> "Blocks":
        e = np.empty(0, np.int64)
        i = np.empty(0, np.int32)
        return cls(i, i, e, e, e, i, i, np.empty(0, bool))


@dataclass(frozen=True)
class Requirement:
    """Something a kind of task asks: a qualification, a role, months of experience. `code` is the reason code."""

    code: str
    key: Hashable
    held: Spans  # from and to in the unit of Tasks.judged_on, BOTH ends included


@dataclass(frozen=True)
class People:
    ids: list  # [n], hashable
    newcomer: np.ndarray  # bool [n]
    willingness: np.ndarray  # int8 [n, k]: NEVER .. GLADLY
    acceptance: np.ndarray  # float [n], 0 to 1: how often this person says yes when asked
    travel_km: np.ndarray  # float [n]; inf is no limit
    km: np.ndarray  # float [n, places]: from home to each place; nan is unknown and stops nobody
    most_tasks: np.ndarray  # int32 [n, weeks], blocks included; NO_LIMIT
    most_minutes: np.ndarray  # int32 [n, weeks], blocks included
    most_heavy: np.ndarray  # int32 [n, weeks], blocks included
    capacity: (
        np.ndarray
    )  # int32 [n], tasks in the whole period that would be this person's fair share at most
    history: np.ndarray  # int32 [n], tasks done or standing already, counted for fairness
    free: Spans  # weekly pattern laid out over the period; may touch or overlap
    unasked: np.ndarray  # bool [n]: gave no pattern, so is free always
    day_status: np.ndarray  # int8 [n, days]: 1 free after all, -1 away, 0 the pattern holds
    busy: Spans  # cannot be called on, for whatever reason outside this roster
    on_call_days: np.ndarray  # bool [n, 7]
    bars: dict[str, np.ndarray] = field(default_factory=dict)  # reason code -> bool [n], whatever the task


@dataclass(frozen=True)
class Tasks:
    ids: list  # [m], hashable
    kind: np.ndarray  # int32 [m]
    place: np.ndarray  # int32 [m], column of People.km; -1 when travel does not count
    start: np.ndarray  # int64 [m]
    end: np.ndarray  # int64 [m]
    rest: np.ndarray  # int64 [m], minutes that must pass before the next task
    judged_on: np.ndarray  # int64 [m], what must be valid is judged at this moment or day
    week: np.ndarray  # int32 [m], 0 to weeks - 1: the week whose limits it counts for
    day: np.ndarray  # int32 [m], column of People.day_status
    weekday: np.ndarray  # int8 [m], 0 is Monday
    need: np.ndarray  # int32 [m], seats that still want somebody
    extra: np.ndarray  # int32 [m], seats beyond those
    priority: np.ndarray  # int8 [m], index into World.cover_reward: 0 low, 1 middle, 2 high
    minutes: np.ndarray  # int32 [m], as they count for the week
    heavy: np.ndarray  # bool [m]
    on_call: np.ndarray  # bool [m]: on_call_days hold, the weekly pattern does not
    alone: np.ndarray  # bool [m]: a newcomer may stand alone
    experienced_on: np.ndarray  # int32 [m], experienced people that stand on it already
    newcomers_on: np.ndarray  # int32 [m]
    bars: dict[str, np.ndarray] = field(default_factory=dict)  # reason code -> bool [m], whoever it is


@dataclass(frozen=True)
class World:
    people: People
    tasks: Tasks
    kinds: list  # [k], hashable
    requires: list[list[int]]  # [k], indexes into `requirements`
    requirements: list[Requirement]
    cover_reward: np.ndarray  # int [3], for each of the first `need` people, by priority
    fairness: int  # weight of an even spread
    weeks: int
    grid: int = 1  # minutes; free and busy time is judged in whole slots of the grid
    last: int | None = None  # nothing is free from this minute on
    blocks: Blocks = field(default_factory=Blocks.none)
    barred: dict[str, tuple] = field(default_factory=dict)  # code -> (person [], task []): single pairs
    load: Load | None = None  # what weighs how much; None: nobody agreed on anything, every task is one

    @property
    def a_shift(self) -> int:
        """How many parts People.most_tasks counts for one shift."""
        return self.load.agreements.small_a_shift if self.load else 1

    @property
    def n(self) -> int:
        return len(self.people.ids)

    @property
    def m(self) -> int:
        return len(self.tasks.ids)
