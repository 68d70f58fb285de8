"""What is a plan worth, counted at once? The same points as judge.py, which counts them one by one."""

from dataclasses import dataclass

import numpy as np

from rostering.matching.problem import Problem, counted_out


@dataclass(frozen=True)
class Level:
    """One level of the objective: what was reached and what nobody can exceed (costs are negative)."""

    name: str  # cover_high, cover_middle, cover_low, preference, fairness, keep; cover_all of a large problem
    value: int
    bound: float


def total(problem: Problem, chosen: np.ndarray) -> int:
    """Return cover + preference + keep - fairness of the chosen pairs (bool [e])."""
    at = np.flatnonzero(chosen)
    cover = (covered(problem, chosen) * problem.reward).sum()
    return int(cover + (problem.value[at] + problem.keep[at]).sum() - fairness(problem, at))


def covered(problem: Problem, chosen: np.ndarray) -> np.ndarray:
    """Return how many of the seats that are wanted somebody takes, per task; int64 [m]."""
    people = np.bincount(problem.task[chosen], minlength=problem.m)
    return np.minimum(people, problem.need).astype(np.int64)


def fairness(problem: Problem, at: np.ndarray) -> int:
    """Return what the spread of these pairs (row numbers) costs."""
    who, k = counted_out(np.bincount(problem.person[at], minlength=problem.n))
    return int(problem.step(who, k).sum())


def slopes(problem: Problem, tasks: np.ndarray) -> np.ndarray:
    """Return per person what one task more or less costs when they do `tasks` (may be fractional); float [n]."""
    who = np.arange(problem.n)
    fewer = np.floor(tasks + 1e-6).astype(np.int64)
    more = problem.step(who, fewer + 1).astype(float)
    less = problem.step(who, np.maximum(fewer, 1)).astype(float)
    between = tasks - fewer > 1e-6
    return np.where(between, more, np.where(fewer > 0, (less + more) / 2, more / 2))


def spare_charge(problem: Problem, slope: np.ndarray) -> float:
    """Return what charging `slope` per task takes too much at most: the conjugate of the spread, summed."""
    who, k = counted_out(problem.most_steps(np.bincount(problem.person, minlength=problem.n)))
    return float(np.maximum(0, slope[who] - problem.step(who, k)).sum())
