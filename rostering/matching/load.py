"""How much is too much in so many days in a row? Points of load and nights, of one person or of all at once.

Days are whole numbers (date.toordinal), so that seven days are seven days whatever the clock does. What stands on
a day counts for the day on which it starts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

POINTS, NIGHTS = "points", "nights"
WINDOWS = (7, 28)  # days


@dataclass(frozen=True)
class Limit:
    """In `days` days in a row at most `most`; over `near` it is said, and nobody is asked of our own accord."""

    of: str  # POINTS or NIGHTS
    days: int
    near: int
    most: int


@dataclass(frozen=True)
class Agreements:
    """What we agreed about load: house rules, as numbers. The defaults are those of the organisation's start."""

    limits: tuple[Limit, ...] = (
        Limit(POINTS, 7, 8, 12),
        Limit(POINTS, 28, 20, 28),
        Limit(NIGHTS, 28, 2, 2),
    )
    rest_hours: int = 11  # after a night
    small_minutes: int = 60  # a task shorter than this is no whole shift
    small_a_shift: int = 4  # so many of them are one
    asked_a_day: int = 2  # questions about one day
    asked_a_week: int = 3  # and about seven days in a row
    company_from: int = 2  # people that a task is done by, for a newcomer to wait for somebody experienced

    @property
    def warning(self) -> tuple[Limit, ...]:
        """The limits that are said before they are reached."""
        return tuple(limit for limit in self.limits if limit.near < limit.most)

    def size(self, minutes: int) -> int:
        """Return how much of a shift this is, in parts of which `small_a_shift` are a whole one."""
        return 1 if minutes < self.small_minutes else self.small_a_shift


USUAL = Agreements()

Work = tuple[int, int, int]  # the day of the start, the points of load, 1 for a night else 0


def column(limit: Limit) -> int:
    """Return where a Work says how much it weighs for this limit."""
    return 1 if limit.of == POINTS else 2


def heaviest(stands: Iterable[Work], asked: Work, limit: Limit) -> int:
    """Return the most that some window with the day of `asked` in it would hold, `asked` included."""
    day = asked[0]
    near = [(one[0], one[column(limit)]) for one in stands if abs(one[0] - day) < limit.days]
    ends = {day, *(other for other, _n in near if other > day)}
    return asked[column(limit)] + max(
        sum(n for other, n in near if end - limit.days < other <= end) for end in ends
    )


def breaks(stands: Iterable[Work], asked: Work, limit: Limit, most: int) -> bool:
    """Return whether `asked`, beside what stands, goes over `most`; what weighs nothing never does."""
    return asked[column(limit)] > 0 and heaviest(stands, asked, limit) > most


@dataclass(frozen=True)
class Load:
    """What weighs in a world: its tasks, and the work that stands (rows as in Blocks)."""

    agreements: Agreements
    task: np.ndarray  # int64 [m, 3], a Work each
    block: np.ndarray  # int64 [b, 3]
    task_size: np.ndarray  # int32 [m], as Agreements.size
    block_size: np.ndarray  # int32 [b]


def standing(load: Load, line: np.ndarray, lines: int, limit: Limit, chosen: np.ndarray) -> np.ndarray:
    """Return the most that some window with the day of each chosen task holds of what stands: int64 [lines, t].

    `line` is the row of each block. Asked once for each limit; the windows slide over days, not over people.
    """
    day = load.task[chosen, 0]
    first, last = int(day.min()) - limit.days + 1, int(day.max()) + limit.days - 1
    table = np.zeros((lines, last - first + 2), np.int64)  # a column of zeros, then a day each
    inside = (load.block[:, 0] >= first) & (load.block[:, 0] <= last)
    amount = load.block[inside, column(limit)]
    np.add.at(table, (line[inside], load.block[inside, 0] - first + 1), amount)
    total = table.cumsum(axis=1)
    window = (
        total[:, limit.days :] - total[:, : -limit.days]
    )  # of the days that end at first + days - 1 and on
    at, place = np.unique(day, return_inverse=True)
    most = window[:, at - day.min()].copy()
    for later in range(1, limit.days):
        np.maximum(most, window[:, at - day.min() + later], out=most)
    return most[:, place]


def kept(
    load: Load, block_person: np.ndarray, wanted: Sequence[tuple[int, int]], *, sure: int = 0
) -> list[tuple[int, int]]:
    """Return those of `wanted` (person, task) that go together within what is near the limits, the first first.

    The first `sure` of them are kept whatever they weigh: they were asked already.
    Work that stands counts along. A proposal asks nobody for more than that, even if everybody says yes.
    """
    stands: dict[int, list[Work]] = {}
    for person, row in zip(block_person.tolist(), load.block.tolist(), strict=True):
        stands.setdefault(person, []).append(tuple(row))
    found = []
    for number, (person, task) in enumerate(wanted):
        mine, asked = stands.setdefault(person, []), tuple(load.task[task].tolist())
        if number < sure or not any(
            breaks(mine, asked, limit, limit.near) for limit in load.agreements.limits
        ):
            mine.append(asked)
            found.append((person, task))
    return found
