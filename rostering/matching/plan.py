"""Which pairs make the best plan, and how near to the best possible is it?

The work is done in a child process that is killed when it overstays: a solver's own limit is a wish.
"""

import logging
import math
import os
import pickle
import queue
import signal
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO

import numpy as np

from rostering.matching import greedy, judge, score
from rostering.matching.problem import Problem
from rostering.matching.score import Level

log = logging.getLogger(__name__)
ROOT = Path(__file__).resolve().parents[2]
CHILD = (sys.executable, "-m", "rostering.matching.child")
EXACT = 5_000  # pairs up to which the whole problem is solved at once, and proved
GRACE = 5.0  # seconds beyond the limit before the child is killed: it ends by itself a second or two late
LAST_WORDS = 2_000  # bytes of what a child that died had to say, for the log
LOOK = 0.25  # seconds between two looks at `stop` and the clock


class NoPlan(Exception):
    """No plan came. Carries a sentence for programs, in English; `code` says which: crashed, silent, impossible
    (what is fixed cannot stand together) or invalid (the judge refused what the solver brought)."""

    def __init__(self, sentence: str, code: str = "crashed"):
        super().__init__(sentence)
        self.code = code


@dataclass(frozen=True)
class Heard:
    """What the child said on its way: seconds since the start, the best score so far, the proved bound."""

    seconds: float
    score: int | None
    bound: float | None


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
        """How far below the bound, as a share of it; 0 is proved best, inf when nothing is known."""
        if not math.isfinite(self.bound):
            return math.inf
        return max(0.0, (self.bound - self.score) / max(1.0, abs(self.bound)))


def plan(
    problem: Problem,
    *,
    seconds: float,
    levels: bool = False,
    exact_up_to: int = EXACT,
    heard: Callable[[Heard], None] | None = None,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """Return the best plan found within `seconds` (wall clock), checked by judge.py before it is returned.

    With `levels` each of them is made as good as can be and kept while the next is improved (where the problem
    is small enough for that; a large one is solved by its weighted score, and `Outcome.levels` says only how many
    seats are filled and how many could be, wishes aside); without, their one weighted score counts. `heard` is
    called with what the child says; `stop` is asked about every quarter of a second, and when it says yes the best
    so far is returned. Raises NoPlan.
    """
    child = _Child(problem, (problem, seconds, levels, exact_up_to), seconds)
    try:
        stopped = child.follow(heard, stop)
    finally:
        child.end()
    return child.outcome(stopped)


class _Child:
    """One run: the process, what it said, and when."""

    def __init__(self, problem: Problem, asked: tuple, seconds: float):
        self.problem, self.begun = problem, monotonic()
        self.until = self.begun + seconds + GRACE
        self.words = tempfile.TemporaryFile()  # noqa: SIM115 (closed in `end`)
        self.process = subprocess.Popen(  # noqa: S603 (our own module)
            CHILD,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.words,
            start_new_session=True,
        )
        self.spoken_to, self.heard_from = _pipes(self.process)
        self.said: queue.Queue = queue.Queue()
        self.chosen: bytes | None = None
        self.score: int | None = None
        self.bound = float("inf")
        self.trace: list[Heard] = []
        self.reached: list[Level] = []
        self.done = self.impossible = self.killed = False
        self.peak_mb = self.more_mb = 0.0
        self.code: int | None = None
        self.last_words = ""
        self.seats: float | None = None
        self.feeder = threading.Thread(target=self._feed, args=(asked,), daemon=True)
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.feeder.start()
        self.reader.start()

    def follow(self, heard: Callable | None, stop: Callable | None) -> bool:
        """Listen until it is done, dead, too late or stopped; return whether it was stopped."""
        while True:
            try:
                message = self.said.get(timeout=LOOK)
            except queue.Empty:
                message = {}
            if message is None:
                with suppress(subprocess.TimeoutExpired):
                    self.process.wait(timeout=1)
                return False
            if message:
                self._take(message, heard)
            if stop is not None and not self.done and stop():
                self.killed = True
                return True
            if self.done or self.impossible:
                return False
            if monotonic() > self.until:
                self.killed = True
                return False

    def end(self) -> None:
        """Leave nothing behind: the child and its own processes are one group."""
        self.code = self.process.poll()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.reader.join(timeout=2)
        self.heard_from.close()
        self.words.seek(max(0, self.words.seek(0, os.SEEK_END) - LAST_WORDS))
        self.last_words = self.words.read().decode(errors="replace").strip()
        self.words.close()

    def outcome(self, stopped: bool) -> Outcome:
        if self.impossible:
            raise NoPlan("What must stay cannot stand together.", "impossible")
        if not self.done and not self.killed:
            log.error("The planner ended by itself (%s): %s", _how(self.code), self.last_words)
            raise NoPlan(f"The planner ended by itself ({_how(self.code)}).")
        chosen = self._best(stopped)
        wrong = judge.wrong(self.problem, chosen)
        if wrong:
            raise NoPlan(f"The plan breaks a rule: {wrong[0]}.", "invalid")
        value = score.total(self.problem, chosen)
        bound = max(float(value), self.bound)
        if self.seats is not None:
            filled = int(score.covered(self.problem, chosen).sum())
            self.reached = [Level("cover_all", filled, max(filled, self.seats))]
        return Outcome(
            chosen, value, bound, self.reached, monotonic() - self.begun, self.peak_mb + self.more_mb,
            stopped, self.trace,
        )  # fmt: skip

    def _best(self, stopped: bool) -> np.ndarray:
        """Return the best plan that was heard; who stops before any was heard gets what can be filled at once."""
        if self.chosen is not None:
            return np.unpackbits(np.frombuffer(self.chosen, np.uint8), count=self.problem.e).astype(bool)
        if not stopped or judge.wrong(self.problem, self.problem.fixed):
            raise NoPlan("The planner found nothing within its time.", "silent")
        return greedy.scarce_first(self.problem)

    def _take(self, message: dict, heard: Callable | None) -> None:
        self.peak_mb = max(self.peak_mb, message["peak_mb"])
        self.chosen = message.get("chosen", self.chosen)
        self.score = message.get("score", self.score)
        self.bound = min(self.bound, message.get("bound", self.bound))
        self.seats = message.get("seats", self.seats)
        self.impossible = message.get("impossible", False)
        self.done = message.get("done", False)
        if self.done:
            self.more_mb = message["more_mb"]
            self.reached = message["levels"]
        now = Heard(monotonic() - self.begun, self.score, self.bound if self.bound < float("inf") else None)
        self.trace.append(now)
        if heard is not None:
            heard(now)

    def _feed(self, asked: tuple) -> None:
        with suppress(BrokenPipeError):
            pickle.dump(asked, self.spoken_to, protocol=5)
        with suppress(BrokenPipeError):
            self.spoken_to.close()

    def _read(self) -> None:
        while len(size := self.heard_from.read(4)) == 4:
            packed = self.heard_from.read(struct.unpack("<I", size)[0])
            try:
                self.said.put(pickle.loads(packed))  # noqa: S301 (our own child wrote it)
            except (EOFError, pickle.UnpicklingError):  # killed in the middle of a word
                break
        self.said.put(None)


def _pipes(process: subprocess.Popen) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise ValueError("The child was started without pipes.")
    return process.stdin, process.stdout


def _how(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"code {code}"
