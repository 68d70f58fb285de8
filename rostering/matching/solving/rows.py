"""Which tasks of one person shut each other out? Maximal cliques of overlapping time, and what room in a week allows.

A person's tasks are intervals [start, until) on one line. Intervals that pairwise overlap share a moment, so
one row "at most one of these" per maximal set says all, and says it as tightly as can be (an interval matrix
has consecutive ones). Rows per pair of tasks are weaker and ten times as many.
"""

from dataclasses import dataclass

import numpy as np

STEPS = (90, 120, 150, 180, 240)  # minutes; divisors that cut off half tasks
SHARES = (2, 3, 4, 5)


@dataclass(frozen=True)
class Rows:
    """Rows `sum of factor x <= most`: an entry per (row, column), sorted by row."""

    row: np.ndarray  # int64 [nnz]
    column: np.ndarray  # int64 [nnz]
    factor: np.ndarray  # float [nnz]
    most: np.ndarray  # float [rows]

    @classmethod
    def none(cls) -> "Rows":
        e = np.empty(0, np.int64)
        return cls(e, e, np.empty(0), np.empty(0))

    def __add__(self, other: "Rows") -> "Rows":
        return Rows(
            np.concatenate([self.row, other.row + len(self.most)]),
            np.concatenate([self.column, other.column]),
            np.concatenate([self.factor, other.factor]),
            np.concatenate([self.most, other.most]),
        )


def cliques(person: np.ndarray, start: np.ndarray, until: np.ndarray) -> Rows:
    """Return one row per maximal set of overlapping intervals of one person; columns index the arguments.

    Sets of one need no row. Two sorts, no loops: a set is maximal at the start of interval i when one of the
    intervals that are open then ends before, or when, the next one of that person begins.
    """
    order = np.lexsort((until, start, person))
    who, begin, end = person[order], start[order], until[order]
    count = len(order)
    if not count:
        return Rows.none()
    apart = np.int64(end.max() - begin.min() + 1)
    line = (who.astype(np.int64) - who[0]) * 2 * apart + begin - begin.min()
    # people and moments at which something begins; whatever begins together is looked at once
    moments, moment = np.unique(line, return_inverse=True)
    size = np.searchsorted(moments, line + (end - begin)) - moment  # moments that each interval spans
    member = np.repeat(np.arange(count), size)
    at = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size) + moment[member]
    first_end = np.full(len(moments), np.iinfo(np.int64).max)
    np.minimum.at(first_end, at, end[member])
    last = np.append(np.flatnonzero(np.diff(moment)), count - 1)  # the last interval of each moment
    last_of_person = np.append(who[last[1:]] != who[last[:-1]], True)
    following = np.append(begin[last[1:]], 0)
    closes = last_of_person | (first_end <= following)
    closes &= np.bincount(at, minlength=len(moments)) > 1
    keep = closes[at]
    row = (np.cumsum(closes) - 1)[at[keep]]
    by_row = np.argsort(row, kind="stable")
    return Rows(
        row[by_row],
        order[member[keep]][by_row],
        np.ones(len(by_row)),
        np.ones(int(closes.sum())),
    )


def limits(group: np.ndarray, amount: np.ndarray, most: np.ndarray) -> Rows:
    """Return one row per group whose amounts together exceed what it may have; `most` is per group."""
    total = np.bincount(group, weights=amount, minlength=len(most))
    binds = (total > most) & (np.bincount(group, weights=amount > 0, minlength=len(most)) > 0)
    columns = np.flatnonzero(binds[group] & (amount > 0))
    columns = columns[np.argsort(group[columns], kind="stable")]
    number = np.cumsum(binds) - 1
    return Rows(number[group[columns]], columns, amount[columns].astype(float), most[binds].astype(float))


def rounded_minutes(group: np.ndarray, minutes: np.ndarray, most: np.ndarray) -> Rows:
    """Return Chvatal-Gomory rows of the minutes: sum floor(minutes / d) x <= floor(most / d), for several d.

    Valid for whole tasks, and it cuts off halves of them: with 240 minutes left, one task of 180 and not one
    and a third. Without these rows the bound is so weak that nothing is proved in a minute.
    """
    found = Rows.none()
    seen: list = []
    for parts in SHARES:
        divisor = np.maximum(most // parts + 1, 1)
        found += _rounded(group, minutes, most, divisor, seen)
    for step in STEPS:
        found += _rounded(group, minutes, most, np.full(len(most), step), seen)
    return found


def _rounded(
    group: np.ndarray, minutes: np.ndarray, most: np.ndarray, divisor: np.ndarray, seen: list
) -> Rows:
    amount = minutes // divisor[group]
    room = most // divisor
    binding = np.bincount(group, weights=amount, minlength=len(most)) > room
    for other_amount, other_room in seen:
        same = np.bincount(group, weights=amount != other_amount, minlength=len(most)) == 0
        binding &= ~(same & (other_room == room))
    seen.append((amount, room))
    return limits(group, np.where(binding[group], amount, 0), room)
