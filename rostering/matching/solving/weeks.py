"""The whole problem in weeks, where it is large: relaxed, rounded, improved and mended together.

The weeks hang together by fairness and by the rest after a Sunday night only. Fairness is charged as a slope
per person (a price that makes the weeks independent and still gives a bound for all of them together); who
would have no rest between two weeks is taken off the later one, and the seat is filled again.

Two processes each own some of the weeks. What they bring is taken over when the whole, counted with the true
fairness, is worth more: the acceptance test that a portfolio needs.
"""

import multiprocessing
import resource
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any

import numpy as np

from rostering.matching import greedy, score
from rostering.matching.problem import Problem
from rostering.matching.solving import improve
from rostering.matching.solving.highs import whole
from rostering.matching.solving.improve import Neighbourhoods
from rostering.matching.solving.model import answer_of, build
from rostering.matching.solving.relaxation import Relaxation
from rostering.matching.solving.rows import Rows

PROCESSES = 2
STINT = 4.0  # seconds of neighbourhoods before a process reports
HAND = 12.0  # seconds for one hand of pairs
NEAR_ENOUGH = 1e-5  # share of the bound that is not worth more time
PROVABLE = 0.003  # share of a week's bound below which proving it is worth trying
TRIED = 45_000  # pairs beyond which a week is improved and not proved
RECHARGES = 6  # times that the slopes of fairness are mended
PATIENT = 4  # answers per week without a better plan, after which proved weeks are left as they are
LOSS = 5e-5  # share of the bound below which mending them once more is not worth it


@dataclass(frozen=True)
class Found:
    chosen: np.ndarray  # bool [e], the best plan
    bound: float
    peak_mb: float  # of the processes


def by_weeks(
    problem: Problem,
    seconds: float,
    better: Callable[[np.ndarray], None],
    bounded: Callable[[float], None],
    counted: Callable[[float], None] | None = None,
) -> Found:
    """Plan within `seconds`. `counted`, when given, hears how many seats could be filled at most, wishes aside."""
    work = _Work(problem, monotonic() + seconds, better, bounded, counted)
    try:
        work.run()
    finally:
        peak = work.close()
    return Found(work.chosen, work.bound, peak)


@dataclass
class _Week:
    number: int
    rows: np.ndarray  # of the problem
    owner: int
    bound: float = np.inf  # under the present slopes
    load: np.ndarray | None = None  # fractional tasks per person
    proved: bool = False
    turns: int = 0


@dataclass
class _Work:
    problem: Problem
    until: float
    better: Callable
    bounded: Callable
    counted: Callable | None
    bound: float = np.inf
    weeks: list[_Week] = field(default_factory=list)
    pipes: list[Connection] = field(default_factory=list)
    processes: list = field(default_factory=list)
    stale: int = 0  # answers since the last that was better

    def run(self) -> None:
        problem = self.problem
        self.chosen = greedy.scarce_first(problem)
        self.best = score.total(problem, self.chosen)
        self.better(self.chosen)
        self.slope = score.slopes(problem, np.bincount(problem.person[self.chosen], minlength=problem.n))
        week_of = problem.week[problem.task]
        present = np.unique(week_of)
        sizes = [int((week_of == week).sum()) for week in present]
        load = [0] * PROCESSES
        for i in np.argsort(sizes)[::-1]:
            owner = load.index(min(load))
            load[owner] += sizes[i]
            self.weeks.append(_Week(int(present[i]), np.flatnonzero(week_of == present[i]), owner))
        self._start()
        self._relax()
        self._recharge()
        if self.counted:
            self._count_seats(self.counted)
        self._improve()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        for owner in range(PROCESSES):
            if not any(week.owner == owner for week in self.weeks):
                continue
            here, there = context.Pipe()
            process = context.Process(target=_serve, args=(there, self.problem, owner), daemon=True)
            process.start()
            there.close()
            self.pipes.append(here)
            self.processes.append(process)

    def _relax(self) -> None:
        """Bound every week and round its answer; each process does its own weeks in turn."""
        jobs: dict[int, list] = {owner: [] for owner in range(len(self.pipes))}
        left = self.until - monotonic()
        for week in self.weeks:
            own = [w for w in self.weeks if w.owner == week.owner]
            limit = 0.75 * left / len(own)
            likely = week.rows[self.chosen[week.rows]]
            jobs[week.owner].append(("relax", week.number, week.rows, self.slope, likely, limit))
        for answer in self._all(jobs):
            week = self._week(answer["week"])
            week.bound, week.load = answer["bound"], answer["load"]
            self._take_over(week, answer["rows"])
        self._tell_bound(self.slope)

    def _recharge(self) -> None:
        """Charge fairness nearer to how it comes out, as long as that makes the bound better.

        The first slopes come from a greedy plan. Each time they move a part of the way to those of the linear
        answers: half, a third, a quarter (all the way, the weeks would overshoot together).
        """
        for time in range(RECHARGES):
            load = sum(week.load for week in self.weeks if week.load is not None)
            wanted = score.slopes(self.problem, np.round(load, 4))
            slope = self.slope + (wanted - self.slope) / (time + 2)
            begun = monotonic()
            jobs: dict[int, list] = {owner: [] for owner in range(len(self.pipes))}
            for week in self.weeks:
                own = sum(w.owner == week.owner for w in self.weeks)
                jobs[week.owner].append(("charge", week.number, slope, 0.3 * (self.until - begun) / own))
            if len(self.weeks) < 2 or self.until - begun < 5:
                return
            for answer in self._all(jobs):
                week = self._week(answer["week"])
                week.bound, week.load = answer["bound"], answer["load"]
            self.slope, before = slope, self.bound
            self._tell_bound(slope)
            took, left = monotonic() - begun, self.until - monotonic()
            if before - self.bound < LOSS * abs(self.bound) or took > left / 10:
                return

    def _count_seats(self, counted: Callable[[float], None]) -> None:
        """Ask of every week how many seats it could fill at most."""
        jobs: dict[int, list] = {owner: [] for owner in range(len(self.pipes))}
        for week in self.weeks:
            own = sum(w.owner == week.owner for w in self.weeks)
            limit = 0.4 * (self.until - monotonic()) / own
            jobs[week.owner].append(("seats", week.number, week.rows[self.chosen[week.rows]], limit))
        counted(sum(answer["seats"] for answer in self._all(jobs)))

    def _improve(self) -> None:
        """Let each process improve its weeks in turn until the time is over or nothing is left to gain."""
        queue = {owner: [w for w in self.weeks if w.owner == owner] for owner in range(len(self.pipes))}
        busy: dict[int, _Week] = {}
        for owner in queue:
            self._send_next(owner, queue, busy)
        while busy:
            for owner, pipe in self._ready(busy, timeout=max(0.05, self.until - monotonic() + 5)):
                answer = pipe.recv()
                week = self._week(answer["week"])
                del busy[owner]
                if "bound" in answer:
                    week.bound = min(week.bound, answer["bound"])
                    week.proved = week.proved or answer["proved"]
                    self._tell_bound(self.slope)
                self._take_over(week, answer["rows"])
                self._send_next(owner, queue, busy)
            if monotonic() > self.until + 5:
                return

    def _send_next(self, owner: int, queue: dict, busy: dict) -> None:
        left = self.until - monotonic()
        if left < 0.4 or self.bound - self.best < NEAR_ENOUGH * abs(self.bound):
            return
        if all(week.proved for week in self.weeks) and self.stale >= PATIENT * len(self.weeks):
            return  # what is left between plan and bound is in the slopes, not in the weeks
        open_weeks = [week for week in queue[owner] if not week.proved] or queue[owner]
        week = min(open_weeks, key=lambda w: (w.turns, -self._gap(w)))
        week.turns += 1
        provable = len(week.rows) < TRIED and self._gap(week) < PROVABLE * abs(week.bound)
        if provable and not week.proved and week.turns % 2 == 0:
            limit = left * 0.8 / sum(not w.proved for w in queue[owner])
            self.pipes[owner].send(("prove", week.number, self.chosen, limit))
        elif week.turns % 3 == 0:
            self.pipes[owner].send(("improve", week.number, self.chosen, min(STINT, left - 0.2)))
        else:
            self.pipes[owner].send(("redraw", week.number, self.chosen, min(HAND, left - 0.2)))
        busy[owner] = week

    def _gap(self, week: _Week) -> float:
        return week.bound - improve.value_of(self.problem, self.chosen, week.rows, self.slope)

    def _ready(self, owners: Iterable[int], timeout: float | None = None) -> list[tuple[int, Connection]]:
        """Wait until one of these processes has something to say, and return those that have."""
        owners = list(owners)
        speaking = wait([self.pipes[owner] for owner in owners], timeout=timeout)
        return [(owner, self.pipes[owner]) for owner in owners if self.pipes[owner] in speaking]

    def _all(self, jobs: dict) -> Iterator[Any]:
        """Send each process its jobs one after the other, and yield the answers as they come."""
        waiting = {}
        for owner, own in jobs.items():
            if own:
                self.pipes[owner].send(own.pop(0))
                waiting[owner] = True
        while waiting:
            for owner, pipe in self._ready(waiting):
                yield pipe.recv()
                if jobs[owner]:
                    pipe.send(jobs[owner].pop(0))
                else:
                    del waiting[owner]

    def _take_over(self, week: _Week, rows: np.ndarray) -> None:
        """Put these rows in the place of the week's own when the whole is worth more."""
        trial = self.chosen.copy()
        trial[week.rows] = False
        elsewhere = np.flatnonzero(trial)
        fits = improve.fits_around(self.problem, rows, elsewhere) | self.problem.fixed[rows]
        left_alone = _left_alone(self.problem, rows[fits])
        trial[np.setdiff1d(rows[fits], left_alone)] = True
        value = score.total(self.problem, trial)
        self.stale += 1
        if value > self.best:
            self.best, self.chosen, self.stale = value, trial, 0
            self.better(trial)

    def _tell_bound(self, slope: np.ndarray) -> None:
        bound = sum(week.bound for week in self.weeks) + score.spare_charge(self.problem, slope)
        if bound < self.bound:
            self.bound = bound
            self.bounded(bound)

    def _week(self, number: int) -> _Week:
        return next(week for week in self.weeks if week.number == number)

    def close(self) -> float:
        """Ask the processes how much memory they took, and end them; MB."""
        peak = 0.0
        for pipe, process in zip(self.pipes, self.processes, strict=True):
            try:
                pipe.send(("end",))
                while pipe.poll(1.0):
                    said = pipe.recv()
                    if "peak_mb" in said:
                        peak += said["peak_mb"]
                        break
            except (EOFError, OSError):
                pass
            process.kill()
            process.join()
        return peak


def _left_alone(problem: Problem, rows: np.ndarray) -> np.ndarray:
    """Return the rows of newcomers who lost their company when somebody else was taken off."""
    person, task = problem.person[rows], problem.task[rows]
    new = problem.newcomer[person] & ~problem.alone[task] & ~problem.fixed[rows]
    others = np.bincount(task[~problem.newcomer[person]], minlength=problem.m) + problem.experienced_on
    news = np.bincount(task[problem.newcomer[person]], minlength=problem.m) + problem.newcomers_on
    return rows[new & (news > others)[task]]


def _serve(pipe: Connection, problem: Problem, seed: int) -> None:
    """Work on the weeks that are asked about, until told to end; the relaxations stay in memory."""
    shared = _memory()  # of the process it was split off from, which counts it itself
    weeks: dict[int, Relaxation] = {}
    around: dict[int, Neighbourhoods] = {}
    random = np.random.default_rng(seed)
    while True:
        try:
            message = pipe.recv()
        except EOFError:
            return
        match message:
            case ("relax", number, rows, slope, likely, limit):
                begun = monotonic()
                week = weeks[number] = Relaxation(problem, rows, slope, likely=likely)
                week.solve(begun + limit * 0.75)
                plan = improve.rounded(week, max(1.0, begun + limit - monotonic()))
                around[number] = Neighbourhoods(problem, _worth_trying(week), random)
                pipe.send({"week": number, "bound": week.bound, "load": _load(week), "rows": plan})
            case ("charge", number, slope, limit):
                week = weeks[number]
                week.charge(slope, monotonic() + limit)
                around[number].pairs = _worth_trying(week)
                pipe.send({"week": number, "bound": week.bound, "load": _load(week)})
            case ("seats", number, likely, limit):
                rows, free = weeks[number].pairs, np.zeros(problem.n)
                counted = Relaxation(problem.seats_only(), rows, free, likely=likely)
                counted.solve(monotonic() + limit)
                pipe.send({"seats": float(np.floor(counted.bound + 1e-6))})
            case ("improve", number, chosen, limit):
                week = weeks[number]
                better = improve.improve(
                    problem, around[number].pairs, chosen, around[number], monotonic() + limit
                )
                pipe.send({"week": number, "rows": week.pairs[better[week.pairs]]})
            case ("redraw", number, chosen, limit):
                pipe.send({"week": number, "rows": improve.redrawn(weeks[number], chosen, random, limit)})
            case ("prove", number, chosen, limit):
                pipe.send({"week": number, **_prove(problem, weeks[number], chosen, limit)})
            case _end:
                pipe.send({"peak_mb": max(0.0, _memory() - shared)})
                return


def _memory() -> float:
    """Return the most memory this process has held so far; MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _worth_trying(week: Relaxation) -> np.ndarray:
    near = (week.pairs_gain > -improve.FAR) | (week.pairs_x > 1e-6)
    return week.pairs[near]


def _load(week: Relaxation) -> np.ndarray:
    return np.bincount(week.problem.person[week.pairs], weights=week.pairs_x, minlength=week.problem.n)


def _prove(problem: Problem, week: Relaxation, chosen: np.ndarray, limit: float) -> dict:
    """Solve the week to the end over the pairs that a better plan could hold at all.

    A pair whose reduced cost is worse than the distance between bound and plan is in no better plan.
    """
    until = monotonic() + limit
    value = improve.value_of(problem, chosen, week.pairs, week.slope)
    gap = week.bound - value
    possible = (week.pairs_gain >= -gap - 1) | chosen[week.pairs]
    rows = week.pairs[possible]
    model = build(problem, rows, slope=week.slope)
    place = np.full(week.model.columns, -1)
    place[np.flatnonzero(possible)] = np.arange(len(rows))
    known = place[week.cuts.column] >= 0
    cuts = Rows(week.cuts.row[known], place[week.cuts.column[known]], week.cuts.factor[known], week.cuts.most)
    model = replace(model, rows=model.rows + cuts)
    start = answer_of(problem, model, rows[chosen[rows]])
    answer = whole(model, until - monotonic(), start=start, gap=1e-5)
    bound = min(week.bound, max(answer.bound, value))
    best = rows[answer.x[: len(rows)] > 0.5] if answer.x is not None else rows[chosen[rows]]
    return {"rows": best, "bound": bound, "proved": answer.is_best}
