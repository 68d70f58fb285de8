"""Until when is somebody free, when are they next busy, what came before? Answers laid out as tables.

A table has a row per person and a column per moment of interest (sorted, each once). It is filled with what
changes at a moment and then summed along the line: no search per pair of a person and a task.
"""

import numpy as np

from rostering.matching.world import Spans

ALWAYS = np.int32(2**30)  # later than every moment


def in_slots(spans: Spans, grid: int, *, whole: bool) -> Spans:
    """Return spans in slots of the grid: only slots that begin and end inside, or with `whole` all they touch."""
    end = -(-spans.end // grid) if whole else spans.end // grid
    return Spans(spans.person, spans.start // grid, end)


def merged(spans: Spans) -> Spans:
    """Return the same time with what touches or overlaps joined, sorted by person and start; nothing empty."""
    real = spans.end > spans.start
    person, start, end = spans.person[real].astype(np.int64), spans.start[real], spans.end[real]
    if not len(person):
        return Spans.of(())
    zero = start.min()
    apart = person * (end.max() - zero + 2) - zero  # puts all people on one line, one after the other
    order = np.argsort(start + apart, kind="stable")
    person, begin = person[order], (start + apart)[order]
    reach = np.maximum.accumulate((end + apart)[order])
    first = np.append(True, begin[1:] > reach[:-1])
    last = np.append(first[1:], True)
    shift = apart[order]
    return Spans(person[first].astype(np.int32), (begin - shift)[first], (reach - shift)[last])


def free_until(free: Spans, n: int, moments: np.ndarray) -> np.ndarray:
    """Return when the merged span around each moment ends, counted from the first moment; 0 is not free."""
    first, behind = np.searchsorted(moments, free.start), np.searchsorted(moments, free.end)
    end = np.clip(free.end - moments[0], 0, ALWAYS)
    return _summed(free.person, first, behind, end, n, len(moments))


def next_busy(busy: Spans, n: int, moments: np.ndarray) -> np.ndarray:
    """Return when the first merged span that is not over at each moment begins, counted from the first moment."""
    follows = np.append(False, busy.person[1:] == busy.person[:-1])
    behind = np.searchsorted(moments, busy.end)
    first = np.where(follows, np.roll(behind, 1), 0)
    start = np.clip(busy.start - moments[0], 0, ALWAYS) - ALWAYS
    return _summed(busy.person, first, behind, start, n, len(moments)) + ALWAYS


def counted(person: np.ndarray, value: np.ndarray, n: int, moments: np.ndarray) -> np.ndarray:
    """Return how many values of each person are at or before each moment."""
    table = np.zeros((n, len(moments) + 1), np.int32)
    np.add.at(table, (person, np.searchsorted(moments, value)), 1)
    return np.cumsum(table, axis=1, out=table)[:, :-1]


def _summed(
    person: np.ndarray, first: np.ndarray, behind: np.ndarray, value: np.ndarray, n: int, width: int
) -> np.ndarray:
    """Lay `value` out from column `first` up to `behind`; what covers no column is left out, none overlap."""
    seen = first < behind
    person, value = person[seen], value[seen].astype(np.int32)
    table = np.zeros((n, width + 1), np.int32)
    table[person, first[seen]] += value
    table[person, behind[seen]] -= value
    return np.cumsum(table, axis=1, out=table)[:, :-1]
