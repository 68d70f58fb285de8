"""What is to be decided? The pairs that are possible, what each is worth, and what may not go together."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from rostering.matching import fit
from rostering.matching.possible.pairs import Pairs
from rostering.matching.world import NO_LIMIT, World

KEEP = 8_000  # points for leaving somebody where they were asked: only a seat of high priority is worth more

LIKE = 400  # points for what an earlier draft said, that nobody has heard of yet: less than any seat, more than a wish


@dataclass(frozen=True)
class Problem:
    """n people, m tasks, e pairs. The pairs are sorted by task, then person."""

    person: np.ndarray  # int32 [e]
    task: np.ndarray  # int32 [e]
    value: np.ndarray  # int64 [e], preference in points
    keep: np.ndarray  # int64 [e], points for leaving what stands; 0 for what does not stand
    fixed: np.ndarray  # bool [e], must be in the plan
    reward: np.ndarray  # int64 [m], points per covered seat
    priority: np.ndarray  # int8 [m], 0 low, 1 middle, 2 high
    need: np.ndarray  # int32 [m], seats that are rewarded
    most: np.ndarray  # int32 [m], seats there are; at least `need`
    start: np.ndarray  # int64 [m], minutes
    until: np.ndarray  # int64 [m], end and rest: the next task of the same person begins then at the soonest
    week: np.ndarray  # int32 [m]
    day: np.ndarray  # int32 [m], within its week
    minutes: np.ndarray  # int32 [m]
    heavy: np.ndarray  # bool [m]
    alone: np.ndarray  # bool [m], a newcomer may stand alone
    experienced_on: np.ndarray  # int32 [m], who stand on it already
    newcomers_on: np.ndarray  # int32 [m]
    newcomer: np.ndarray  # bool [n]
    most_tasks: np.ndarray  # int32 [n, weeks], room left
    most_minutes: np.ndarray  # int32 [n, weeks]
    most_heavy: np.ndarray  # int32 [n, weeks]
    most_a_day: np.ndarray  # int32 [n, days], tasks on one day
    fairness: int
    capacity: np.ndarray  # int64 [n], at least 1
    history: np.ndarray  # int64 [n]

    @property
    def e(self) -> int:
        return len(self.person)

    @property
    def n(self) -> int:
        return len(self.newcomer)

    @property
    def m(self) -> int:
        return len(self.need)

    @property
    def weeks(self) -> int:
        return self.most_tasks.shape[1]

    def most_steps(self, tasks: np.ndarray) -> np.ndarray:
        """Return how many tasks each person can do at most when `tasks` (int [n]) are open to them; int64 [n]."""
        return np.minimum(tasks, self.most_tasks.astype(np.int64).sum(axis=1))

    def step(self, person: np.ndarray, k: np.ndarray) -> np.ndarray:
        """Return what the k-th new task (1 is the first) costs the spread: points, growing with k."""
        return self.fairness * (self.history[person] + k - 1) // self.capacity[person]

    def beside(self, staying: np.ndarray) -> "Problem":
        """Return the problem that is left when these pairs (rows) stay: they have taken seats, room and spread."""
        person, task = self.person[staying], self.task[staying]
        people = np.bincount(task, minlength=self.m)
        new = np.bincount(task[self.newcomer[person]], minlength=self.m)
        rooms = []
        for most, used in (
            (self.most_tasks, 1),
            (self.most_minutes, self.minutes[task]),
            (self.most_heavy, self.heavy[task].astype(np.int32)),
        ):
            left = most.copy()
            np.subtract.at(left, (person, self.week[task]), used)
            rooms.append(np.maximum(left, 0))
        a_day = self.most_a_day.copy()
        np.subtract.at(a_day, (person, self.day[task]), 1)
        return replace(
            self,
            need=np.maximum(self.need - people, 0).astype(np.int32),
            most=np.maximum(self.most - people, 0).astype(np.int32),
            experienced_on=(self.experienced_on + people - new).astype(np.int32),
            newcomers_on=(self.newcomers_on + new).astype(np.int32),
            most_tasks=rooms[0],
            most_minutes=rooms[1],
            most_heavy=rooms[2],
            most_a_day=np.maximum(a_day, 0),
            history=self.history + np.bincount(person, minlength=self.n),
        )

    def of_rows(self, rows: np.ndarray) -> "Problem":
        """Return the problem of these pairs alone."""
        per_pair = ("person", "task", "value", "keep", "fixed")
        return replace(self, **{name: getattr(self, name)[rows] for name in per_pair})

    def seats_only(self) -> "Problem":
        """Return the problem in which every seat is worth one and nothing else counts."""
        nothing, one = np.zeros(self.e, np.int64), np.ones(self.m, np.int64)
        return replace(self, value=nothing, keep=nothing, reward=one, fairness=0)


def counted_out(number: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return each index as often as its number says, and beside it 1, 2, ... up to that number; int64."""
    index = np.repeat(np.arange(len(number)), number)
    return index, np.arange(len(index)) - np.repeat(np.cumsum(number) - number, number) + 1


def of(
    world: World,
    pairs: Pairs,
    *,
    fixed: Iterable = (),
    pending: Iterable = (),
    drafted: Iterable = (),
    keep: int = KEEP,
) -> Problem:
    """Return the problem of `world` over its possible pairs.

    `fixed`, `pending` and `drafted` are (person, task) index pairs: who stays, who is asked and is rather left so,
    and who stood in an earlier draft, so that a plan made again is not another plan.
    A fixed pair that is no longer possible is a ValueError.
    """
    tasks, people = world.tasks, world.people
    key = pairs.task.astype(np.int64) * world.n + pairs.person
    stands, stays = _rows(key, world.n, pending), _rows(key, world.n, fixed)
    if (stays < 0).any():
        raise ValueError("A fixed pair is not possible.")
    kept, must = np.zeros(len(key), np.int64), np.zeros(len(key), bool)
    before = _rows(key, world.n, drafted)
    kept[before[before >= 0]] = LIKE
    kept[stands[stands >= 0]] = keep
    must[stays] = True
    most_tasks, most_minutes, most_heavy = _room(world)
    return Problem(
        person=pairs.person.astype(np.int32),
        task=pairs.task.astype(np.int32),
        value=fit.values(world, pairs.person, pairs.task),
        keep=kept,
        fixed=must,
        reward=world.cover_reward[tasks.priority].astype(np.int64),
        priority=tasks.priority,
        need=tasks.need,
        most=tasks.need + tasks.extra,
        start=tasks.start,
        until=tasks.end + tasks.rest,
        week=tasks.week,
        day=tasks.day,
        minutes=tasks.minutes,
        heavy=tasks.heavy,
        alone=tasks.alone,
        experienced_on=tasks.experienced_on,
        newcomers_on=tasks.newcomers_on,
        newcomer=people.newcomer,
        most_tasks=most_tasks,
        most_minutes=most_minutes,
        most_heavy=most_heavy,
        most_a_day=np.full(people.day_status.shape, NO_LIMIT, np.int32),  # see asking.py
        fairness=world.fairness,
        capacity=np.maximum(people.capacity, 1).astype(np.int64),
        history=people.history.astype(np.int64),
    )


def _rows(key: np.ndarray, n: int, wanted: Iterable) -> np.ndarray:
    """Return where each (person, task) stands among the sorted keys; -1 when it is not there."""
    table = np.array(list(wanted), np.int64).reshape(-1, 2)
    asked = table[:, 1] * n + table[:, 0]
    at = np.searchsorted(key, asked)
    found = at < len(key)
    found[found] = key[at[found]] == asked[found]
    return np.where(found, at, -1)


def _room(world: World) -> list[np.ndarray]:
    """Return how many tasks, minutes and heavy tasks each person may still take in each week.

    A plan counts each task as a whole one, so it stays within the limit; where less than a whole one is left, one
    small task still fits: what is larger is no possible pair.
    """
    people, blocks = world.people, world.blocks
    here = blocks.week >= 0
    at = (blocks.person[here], blocks.week[here])
    size = world.load.block_size if world.load else np.ones(len(here), np.int32)
    room = []
    for most, used in (
        (people.most_tasks * world.a_shift, size),
        (people.most_minutes, blocks.minutes),
        (people.most_heavy, blocks.heavy.astype(np.int32)),
    ):
        left = most.astype(np.int64)
        np.subtract.at(left, at, used[here])
        room.append(np.maximum(left, 0).astype(np.int32))
    room[0] = np.where(room[0] > 0, np.maximum(room[0] // world.a_shift, 1), 0).astype(np.int32)
    return room
