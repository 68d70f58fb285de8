"""People drop out of a roster that was sent: how soon is there a new one, and whose promise does it break?

    python -m benchmarks.roster_replan INSTANCE.json.gz SOLUTION.json --out NEW.json

25 people are ill in the first week and others decline, until 140 assignments fell away. Of the rest half has been
accepted and stays; the others are asked and are kept where possible. A newcomer who accepted and lost their company
is asked again, because nobody may stand there alone.
"""

import argparse
import json
import random
import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from rostering.matching import judge, plan, problem
from rostering.matching.files import read
from rostering.matching.files.shape import WEEK
from rostering.matching.possible import pairs
from rostering.matching.world import Spans, World

ILL, LOST, SEED = 25, 140, 1
SECONDS = 2.5  # of the three there are, the rest is for finding pairs

Duty = tuple[int, int]  # indexes of a person and a task


def drop_out(world: World, duties: list[Duty], ill: int, lost: int) -> tuple[World, list[Duty]]:
    """Return the world as it is after people fell ill and declined, and who is left."""
    r = random.Random(SEED)
    first_week = [duty for duty in duties if world.tasks.week[duty[1]] == 0]
    patients = set(r.sample(sorted({person for person, _task in first_week}), ill))
    left = [duty for duty in duties if not (duty[0] in patients and world.tasks.week[duty[1]] == 0)]
    declined = set(r.sample(left, max(0, lost - (len(duties) - len(left)))))
    busy, sick = world.people.busy, Spans.of((person, 0, WEEK) for person in sorted(patients))
    busy = Spans(
        np.concatenate([busy.person, sick.person]),
        np.concatenate([busy.start, sick.start]),
        np.concatenate([busy.end, sick.end]),
    )
    who, what = zip(*sorted(declined), strict=True) if declined else ((), ())
    changed = replace(world, people=replace(world.people, busy=busy), barred={"declined": (who, what)})
    return changed, [duty for duty in left if duty not in declined]


def share(world: World, left: list[Duty]) -> tuple[list[Duty], list[Duty]]:
    """Return who accepted and who was only asked: about half each."""
    r = random.Random(SEED)
    company = {task for person, task in left if not world.people.newcomer[person]}
    accepted = [
        (person, task)
        for person, task in left
        if r.random() < 0.5 and (task in company or not world.people.newcomer[person])
    ]
    return accepted, sorted(set(left) - set(accepted))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("instance", type=Path)
    parser.add_argument("solution", type=Path)
    parser.add_argument("--ill", type=int, default=ILL)
    parser.add_argument("--lost", type=int, default=LOST)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    world = read.read(wanted.instance).world
    people, tasks = ({name: i for i, name in enumerate(ids)} for ids in (world.people.ids, world.tasks.ids))
    assigned = json.loads(wanted.solution.read_text())["assignments"]
    duties = [(people[person], tasks[task]) for person, task in assigned]
    world, left = drop_out(world, duties, wanted.ill, wanted.lost)
    accepted, pending = share(world, left)

    begun = time.perf_counter()
    found = pairs.find(world)
    asked = problem.of(world, found, fixed=accepted, pending=pending)
    outcome = plan.plan(asked, seconds=SECONDS)
    spent = time.perf_counter() - begun

    chosen = set(zip(asked.person[outcome.chosen].tolist(), asked.task[outcome.chosen].tolist(), strict=True))
    answer = [[world.people.ids[person], world.tasks.ids[task]] for person, task in sorted(chosen)]
    wanted.out.write_text(json.dumps({"assignments": answer}), encoding="utf-8")
    score = judge.measure(asked, outcome.chosen)
    own_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {
        "before": len(duties),
        "lost": len(duties) - len(left),
        "accepted": len(accepted),
        "accepted_broken": len(set(accepted) - chosen),
        "pending": len(pending),
        "pending_kept": len(set(pending) & chosen),
        "new": len(chosen - set(left)),
        "filled": score.filled,
        "wanted": score.wanted,
        "gap": round(outcome.gap, 8),
        "seconds": round(spent, 3),
        "peak_mb": round(own_mb + outcome.peak_mb, 1),
    }
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
