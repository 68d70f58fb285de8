"""Which pairs of a person and a task are possible, and what stands against the others?"""

from dataclasses import dataclass

import numpy as np

from rostering.matching.world import World

# The order is the order in which a reason is named first: bars that stop anybody, then what only stops us asking.
CODES = (
    "left", "cancelled", "unpublished", "started", "full", "role", "qualification", "experience", "already",
    "overlap", "rest", "week_shifts", "week_hours", "week_heavy", "never",
    "busy", "unavailable", "far", "newcomer", "declined",
)  # fmt: skip
BIT = {code: np.uint32(1 << i) for i, code in enumerate(CODES)}


@dataclass(frozen=True)
class Pairs:
    """Possible pairs, sorted by task, then person."""

    person: np.ndarray  # int32 [e]
    task: np.ndarray  # int32 [e]


def find(world: World) -> Pairs:
    """Return every pair against which no reason stands."""
    raise NotImplementedError


def reasons(world: World, tasks: np.ndarray) -> np.ndarray:
    """Return what stands against each person on each of these task indexes: BITs, uint32 [n, len(tasks)]."""
    raise NotImplementedError
