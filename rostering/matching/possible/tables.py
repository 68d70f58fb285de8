"""What do the rules look up? A world laid out as tables for some of its tasks, each table made when first asked.

Tasks are counted here from 0 to t - 1 in the order in which they were given; people as in the world.
"""

from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from rostering.matching import load
from rostering.matching.load import Limit, Load
from rostering.matching.possible import timelines
from rostering.matching.world import Requirement, Tasks, World


@dataclass(frozen=True)
class Held:
    """When a requirement is met: a line per person who meets it now and then, one for never, one for always."""

    line: np.ndarray  # intp [n]: NOT_ONCE, ALL_ALONG or a line of their own
    met: np.ndarray  # bool [lines, moments]


NOT_ONCE, ALL_ALONG = 0, 1


class Laid:
    def __init__(self, world: World, chosen: np.ndarray):
        self.world, self.chosen = world, chosen
        self.people, self.blocks, self.n = world.people, world.blocks, world.n
        self.tasks = world.tasks if len(chosen) == world.m else _only(world.tasks, chosen)
        self.local = np.full(world.m, -1, np.intp)  # task of the world -> task here
        self.local[chosen] = np.arange(len(chosen))
        self._held: dict[int, Held] = {}
        self._standing: dict[Limit, np.ndarray] = {}

    # Free and busy: whole slots of the grid, counted from the first start.

    @cached_property
    def first_slot(self) -> np.ndarray:
        return self.tasks.start // self.world.grid

    @cached_property
    def starts(self) -> tuple[np.ndarray, np.ndarray]:
        """The slots in which tasks start, each once, and which of them each task has."""
        return np.unique(self.first_slot, return_inverse=True)

    @cached_property
    def end_slot(self) -> np.ndarray:
        """The first slot behind each task, int32, counted from the first start."""
        return (-(-self.tasks.end // self.world.grid) - self.starts[0][0]).astype(np.int32)

    @cached_property
    def beyond(self) -> np.ndarray:
        """Whether a task reaches into the time in which nothing is free; on-call work may."""
        if self.world.last is None:
            return np.zeros(len(self.chosen), bool)
        last = -(-self.world.last // self.world.grid) - self.starts[0][0]
        return (self.end_slot > last) & ~self.tasks.on_call

    @cached_property
    def free_until(self) -> np.ndarray:
        spans = timelines.merged(timelines.in_slots(self.people.free, self.world.grid, whole=False))
        table = timelines.free_until(spans, self.n, self.starts[0])
        table[self.people.unasked] = timelines.ALWAYS
        return table

    @cached_property
    def next_busy(self) -> np.ndarray:
        spans = timelines.merged(timelines.in_slots(self.people.busy, self.world.grid, whole=True))
        return timelines.next_busy(spans, self.n, self.starts[0])

    @cached_property
    def any_exception(self) -> bool:
        return bool(self.people.day_status.any())

    @cached_property
    def any_on_call(self) -> bool:
        return bool(self.tasks.on_call.any())

    # Travel

    @cached_property
    def far(self) -> np.ndarray:
        """Whether each place is too far for each person; the last column is for what needs no travel."""
        far = np.zeros((self.n, self.people.km.shape[1] + 1), bool)
        np.greater(self.people.km, self.people.travel_km[:, None], out=far[:, :-1])  # nan is not greater
        return far

    # Requirements

    @cached_property
    def moments(self) -> tuple[np.ndarray, np.ndarray]:
        """What requirements are judged on, each once, and which of them each task has."""
        return np.unique(self.tasks.judged_on, return_inverse=True)

    def held(self, index: int) -> Held:
        if index not in self._held:
            self._held[index] = self._lay_out(self.world.requirements[index])
        return self._held[index]

    def _lay_out(self, requirement: Requirement) -> Held:
        moments, spans = self.moments[0], requirement.held
        first = np.searchsorted(moments, spans.start)
        behind = np.searchsorted(moments, spans.end, side="right")
        counts = first < behind
        person, first, behind = spans.person[counts], first[counts], behind[counts]
        line = np.full(self.n, NOT_ONCE)
        line[person] = 2
        line[person[behind - first == len(moments)]] = ALL_ALONG
        some = np.flatnonzero(line == 2)
        line[some] = np.arange(2, len(some) + 2)
        table = np.zeros((len(some) + 2, len(moments) + 1), np.int32)
        np.add.at(table, (line[person], first), 1)
        np.add.at(table, (line[person], behind), -1)
        met = np.cumsum(table, axis=1, out=table)[:, :-1] > 0
        met[ALL_ALONG] = True
        return Held(line, met)

    # Work that stands, and single pairs: only few people have any, the others share line 0.

    @cached_property
    def line(self) -> np.ndarray:
        line = np.zeros(self.n, np.intp)
        touched = np.unique(self.blocks.person)
        line[touched] = np.arange(1, len(touched) + 1)
        return line

    @cached_property
    def own(self) -> np.ndarray:
        """Whether a person stands on a task already: bool [lines, t]. Own work shuts itself not out."""
        own = np.zeros((int(self.line.max(initial=0)) + 1, len(self.chosen)), bool)
        here = self.blocks.task >= 0
        person, task = self.blocks.person[here], self.local[self.blocks.task[here]]
        own[self.line[person[task >= 0]], task[task >= 0]] = True
        return own

    @cached_property
    def begun_at_end(self) -> tuple[np.ndarray, np.ndarray]:
        """How much of a person's work has begun before each task ends."""
        return self._counted(self.blocks.start, self.tasks.end - 1)

    @cached_property
    def begun_after_rest(self) -> tuple[np.ndarray, np.ndarray]:
        """How much of it has begun before the rest after each task is over."""
        return self._counted(self.blocks.start, self.tasks.end + self.tasks.rest - 1)

    @cached_property
    def ended_at_start(self) -> tuple[np.ndarray, np.ndarray]:
        """How much of it has ended when each task starts."""
        return self._counted(self.blocks.end, self.tasks.start)

    @cached_property
    def rested_at_start(self) -> tuple[np.ndarray, np.ndarray]:
        """How much of it has ended, with its rest, when each task starts."""
        return self._counted(self.blocks.end + self.blocks.rest, self.tasks.start)

    def _counted(self, value: np.ndarray, moment: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        moments, column = np.unique(moment, return_inverse=True)
        lines = int(self.line.max(initial=0)) + 1
        return timelines.counted(self.line[self.blocks.person], value, lines, moments), column

    def used(self, amount: np.ndarray) -> np.ndarray:
        """Return what the work that stands takes of each week: int64 [n, weeks]."""
        used, here = np.zeros(self.people.most_tasks.shape, np.int64), self.blocks.week >= 0
        np.add.at(used, (self.blocks.person[here], self.blocks.week[here]), amount[here])
        return used

    @cached_property
    def room(self) -> dict[str, np.ndarray]:
        """What is left of each limit in each week, int64 [n, weeks]; below 0 when more stands than should."""
        people, blocks, load = self.people, self.blocks, self.world.load
        size = load.block_size if load else np.ones_like(blocks.minutes)
        return {
            "week_shifts": people.most_tasks.astype(np.int64) * self.world.a_shift - self.used(size),
            "week_hours": people.most_minutes - self.used(blocks.minutes),
            "week_heavy": people.most_heavy - self.used(blocks.heavy),
        }

    @cached_property
    def size(self) -> np.ndarray:
        """How much of a shift each task is, in the parts of World.a_shift."""
        if self.world.load is None:
            return np.ones_like(self.tasks.minutes)
        return self.world.load.task_size[self.chosen]

    @property
    def _load(self) -> Load:
        if self.world.load is None:
            raise ValueError("Nobody agreed on anything in this world.")
        return self.world.load

    def weighs(self, limit: Limit) -> np.ndarray:
        """How much each task weighs for this limit: int64 [t]."""
        return self._load.task[self.chosen, load.column(limit)]

    def standing(self, limit: Limit) -> np.ndarray:
        """The most that a window around each task holds of work that stands: int64 [lines, t]."""
        if limit not in self._standing:
            lines = int(self.line.max(initial=0)) + 1
            line = self.line[self.blocks.person]
            self._standing[limit] = load.standing(self._load, line, lines, limit, self.chosen)
        return self._standing[limit]

    @cached_property
    def barred(self) -> dict[str, np.ndarray]:
        """Single pairs: code -> bool [n, t]."""
        found = {}
        for code, (person, task) in self.world.barred.items():
            person, task = np.asarray(person, np.intp), self.local[np.asarray(task, np.intp)]
            table = np.zeros((self.n, len(self.chosen)), bool)
            table[person[task >= 0], task[task >= 0]] = True
            found[code] = table
        return found


def _only(tasks: Tasks, chosen: np.ndarray) -> Tasks:
    arrays = {f.name: getattr(tasks, f.name)[chosen] for f in fields(Tasks) if f.name not in ("ids", "bars")}
    bars = {code: mask[chosen] for code, mask in tasks.bars.items()}
    return replace(tasks, **arrays, ids=[tasks.ids[i] for i in chosen], bars=bars)
