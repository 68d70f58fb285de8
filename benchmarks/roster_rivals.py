"""What else could plan a roster? Each runs in a process of its own and answers as `plan_roster` does.

python -m benchmarks.roster_rivals scarce_first INSTANCE.json.gz --seconds 60 --out SOLUTION.json
"""

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

from rostering.management.commands import plan_roster
from rostering.matching import greedy, judge, problem
from rostering.matching.files import read
from rostering.matching.plan import Outcome
from rostering.matching.possible import pairs
from rostering.matching.problem import Problem


def quick(fill, asked: Problem, seconds: float) -> Outcome:
    """Fill greedily; `seconds` do not matter."""
    begun = time.perf_counter()
    chosen = fill(asked)
    score = judge.measure(asked, chosen).total
    return Outcome(chosen, score, np.inf, [], time.perf_counter() - begun, 0, False)


RIVALS = {
    "by_date": partial(quick, greedy.by_date),
    "scarce_first": partial(quick, greedy.scarce_first),
}


def main(rivals: dict) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("rival", choices=rivals)
    parser.add_argument("instance", type=Path)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    begun = time.perf_counter()
    given = read.read(wanted.instance)
    asked = problem.of(given.world, pairs.find(given.world))
    before = time.perf_counter() - begun
    found = rivals[wanted.rival](asked, wanted.seconds - before)
    answer = {"assignments": plan_roster.assignments(given, asked, found)}
    wanted.out.write_text(json.dumps(answer), encoding="utf-8")
    print(json.dumps(plan_roster.report(given.name, found, before, time.perf_counter() - begun)))
    return 0


if __name__ == "__main__":
    sys.exit(main(RIVALS))
