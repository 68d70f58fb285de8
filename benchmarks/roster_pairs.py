"""How much sooner are possible pairs found at once than one by one, and are they the same?

python -m benchmarks.roster_pairs INSTANCE.json.gz
"""

import json
import sys
import time
from pathlib import Path
from statistics import median

from benchmarks.roster_instances import check
from rostering.matching.files import read
from rostering.matching.possible import pairs

ROUNDS = 5


def main(path: str) -> int:
    begun = time.perf_counter()
    world = read.read(Path(path)).world
    reading = time.perf_counter() - begun
    seconds = []
    for _round in range(ROUNDS):
        begun = time.perf_counter()
        found = pairs.find(world)
        seconds.append(time.perf_counter() - begun)
    one_by_one, plain = _loop(path)
    same = one_by_one == list(zip(found.person.tolist(), found.task.tolist(), strict=True))
    said = {"people": world.n, "tasks": world.m, "pairs": len(found.person), "same": same}
    times = {"reading": reading, "seconds": median(seconds), "loop": plain}
    print(json.dumps({**said, **{name: round(value, 4) for name, value in times.items()}}))
    return 0 if same else 1


def _loop(path: str) -> tuple[list[tuple[int, int]], float]:
    """Ask the judge about every person and task; only the asking is timed."""
    judge = check.Judge(check.load(path))
    people, tasks = judge.i["people"], judge.i["tasks"]
    begun = time.perf_counter()
    found = [
        (i, j) for j, task in enumerate(tasks) for i, p in enumerate(people) if not judge.reasons(p, task)
    ]
    return found, time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
