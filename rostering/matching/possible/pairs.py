"""Which pairs of a person and a task are possible, and what stands against the others?

The rules stand once, in rules.py. `find` asks them about fewer and fewer pairs, `reasons` about all of them.
"""

from dataclasses import dataclass
from functools import reduce

import numpy as np

from rostering.matching import codes
from rostering.matching.possible.rules import RULES
from rostering.matching.possible.tables import Laid
from rostering.matching.world import World

BIT = {code: np.uint32(1 << i) for i, code in enumerate(codes.MATCHED)}


@dataclass(frozen=True)
class Pairs:
    """Possible pairs, sorted by task, then person."""

    person: np.ndarray  # int32 [e]
    task: np.ndarray  # int32 [e]


def find(world: World) -> Pairs:
    """Return every pair against which no reason stands."""
    laid, keys = Laid(world, np.arange(world.m)), [np.empty(0, np.int64)]
    for kind in np.unique(world.tasks.kind):
        person, task = _all_pairs(laid, kind)
        for rule in RULES:
            against = [mask for _code, mask in rule(laid, kind, person, task)]
            if against:
                person, task = _left(person, task, ~reduce(np.logical_or, against))
        keys.append((task * world.n + person).ravel())
    task, person = np.divmod(np.sort(np.concatenate(keys)), max(world.n, 1))
    return Pairs(person.astype(np.int32), task.astype(np.int32))


def reasons(world: World, tasks: np.ndarray) -> np.ndarray:
    """Return what stands against each person on each of these task indexes: BITs, uint32 [n, len(tasks)]."""
    asked, place = np.unique(np.asarray(tasks, np.intp), return_inverse=True)
    laid, found = Laid(world, asked), np.zeros((world.n, len(asked)), np.uint32)
    for kind in np.unique(laid.tasks.kind):
        person, task = _all_pairs(laid, kind)
        bits = np.zeros((laid.n, task.size), np.uint32)
        for rule in RULES:
            for code, against in rule(laid, kind, person, task):
                bits |= against * BIT[code]
        found[:, task[0]] = bits
    return found[:, place]


def _all_pairs(laid: Laid, kind: int) -> tuple[np.ndarray, np.ndarray]:
    """Return everybody as a column and the tasks of this kind as a row: together, all pairs."""
    return np.arange(laid.n)[:, None], np.flatnonzero(laid.tasks.kind == kind)[None, :]


def _left(person: np.ndarray, task: np.ndarray, good: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return what is left: fewer people or fewer tasks when the rule looked at those alone, else loose pairs."""
    if person.ndim == 1:
        return person[good], task[good]
    if good.shape == person.shape:
        return person[good[:, 0]], task
    if good.shape == task.shape:
        return person, task[:, good[0]]
    row, column = np.divmod(np.flatnonzero(good), task.size)  # much sooner than np.nonzero
    return person[row, 0], task[0, column]
