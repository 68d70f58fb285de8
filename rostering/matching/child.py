"""The process in which a plan is made: reads a problem from its input, says what it finds, and may be killed.

    python -m rostering.matching.child

Input: a pickle of (problem, seconds, by_levels, exact_up_to). Output: messages, each four bytes of length and a
pickle of a dictionary. Parent and child are the same program on the same machine; nothing else writes into these pipes.
"""

import os
import pickle
import resource
import struct
import sys
from typing import Any

import numpy as np

from rostering.matching import judge, score
from rostering.matching.problem import Problem
from rostering.matching.score import Level
from rostering.matching.solving import exact, weeks

POLITE = 5  # a plan can wait a little for a page that somebody waits for


class Speaker:
    """Says what is found, as soon as it is found, so that a kill loses nothing."""

    def __init__(self, problem: Problem, pipe: Any) -> None:
        self.problem, self.pipe = problem, pipe
        self.best: int | None = None

    def better(self, chosen: np.ndarray) -> None:
        value = score.total(self.problem, chosen)
        if self.best is None or value > self.best:
            self.best = value
            self.say(score=value, chosen=np.packbits(chosen).tobytes())

    def level(self, chosen: np.ndarray) -> None:
        """A plan that is better on a level is better, whatever its score."""
        self.say(score=score.total(self.problem, chosen), chosen=np.packbits(chosen).tobytes())

    def bounded(self, bound: float) -> None:
        if np.isfinite(bound):
            self.say(bound=float(bound))

    def counted(self, seats: float) -> None:
        if np.isfinite(seats):
            self.say(seats=seats)

    def say(self, **message: Any) -> None:
        message["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        packed = pickle.dumps(message)
        self.pipe.write(struct.pack("<I", len(packed)) + packed)
        self.pipe.flush()


def work(problem: Problem, seconds: float, by_levels: bool, exact_up_to: int, speaker: Speaker) -> None:
    more_mb = 0.0
    reached: list[Level] = []
    if judge.wrong(problem, problem.fixed):
        raise exact.Impossible
    if problem.e > exact_up_to:
        counted = speaker.counted if by_levels else None
        found = weeks.by_weeks(problem, seconds, speaker.better, speaker.bounded, counted)
        bound, more_mb = found.bound, found.peak_mb
        speaker.better(found.chosen)
    elif by_levels:
        chosen, reached = exact.by_levels(problem, seconds, speaker.level)
        value = score.total(problem, chosen)
        bound = value if all(level.value >= level.bound for level in reached) else np.inf
        speaker.level(chosen)
    else:
        chosen, bound = exact.by_score(problem, seconds, speaker.better, speaker.bounded)
        speaker.better(chosen)
    speaker.say(done=True, bound=float(bound), more_mb=more_mb, levels=reached)


def main() -> None:
    os.nice(POLITE)
    pipe = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not spoil the messages
    asked = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 (our own parent wrote it)
    problem, seconds, by_levels, exact_up_to = asked
    speaker = Speaker(problem, pipe)
    try:
        work(problem, seconds, by_levels, exact_up_to, speaker)
    except exact.Impossible:
        speaker.say(impossible=True)


if __name__ == "__main__":
    main()
