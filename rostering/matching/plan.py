"""Which pairs make the best plan, and how near to the best possible is it?

The work is done in a child process that is killed when it overstays: a solver's own limit is a wish.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from rostering.matching.problem import Problem


class NoPlan(Exception):
    """The child died or said nothing in time. Carries a sentence for programs, in English."""


@dataclass(frozen=True)
class Heard:
    """What the child said on its way: seconds since the start, the best score so far, the proved bound."""

    seconds: float
    score: int | None
    bound: float | None


@dataclass(frozen=True)
class Level:
    """One level of the objective: what was reached and what nobody can exceed (costs are negative)."""

    name: str  # cover_high, cover_middle, cover_low, preference, fairness, keep
    value: int
    bound: float


@dataclass(frozen=True)
class Outcome:
    chosen: np.ndarray  # bool [e]
    score: int  # cover + preference + keep - fairness
    bound: float  # no plan scores more
    levels: list[Level]  # when solved in levels; in the order in which they were kept
    seconds: float
    peak_mb: float  # of the child and what it started
    stopped: bool  # by who asked, not by the end of the work
    trace: list[Heard] = field(default_factory=list)

    @property
    def gap(self) -> float:
        """How far below the bound, as a share of it; 0 is proved best."""
        return max(0.0, (self.bound - self.score) / max(1.0, abs(self.bound)))


def plan(
    problem: Problem,
    *,
    seconds: float,
    levels: bool = False,
    heard: Callable[[Heard], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """Return the best plan found within `seconds` (wall clock), checked by judge.py before it is returned.

    With `levels` each of them is made as good as can be and kept while the next is improved; without, their one
    weighted score counts. `heard` is called with what the child says; `stop` is asked about every quarter of a
    second, and when it says yes the best so far is returned. Raises NoPlan.
    """
    raise NotImplementedError
