"""Plan the roster of a file: as near to the best as the time allows, and how near that is. Needs no database."""

import json
import math
import os
import resource
import tempfile
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from rostering.matching import judge, plan, problem
from rostering.matching.files import read
from rostering.matching.possible import pairs

LONGEST = 24 * 3600  # seconds
SHARES = {"seconds_to_1_percent": 0.01, "seconds_to_0_1_percent": 0.001}


class Command(BaseCommand):
    help = "Plan a file as described in benchmarks/roster_instances/FORMAT.md and print one line of JSON about it."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("instance", type=Path, metavar="INSTANCE.json[.gz]")
        parser.add_argument(
            "--seconds", type=float, default=60, help="to plan, reading included (default 60)"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="SOLUTION.json")

    def handle(self, *, seconds, out, **options):
        begun = time.perf_counter()
        if not 0 < seconds <= LONGEST:
            raise CommandError(f"--seconds: must be more than 0 and at most {LONGEST}.")
        _try_folder(out)
        try:
            given = read.read(options["instance"])
            asked = problem.of(given.world, pairs.find(given.world))
            before = time.perf_counter() - begun
            found = plan.plan(asked, seconds=max(seconds - before, 0.1))
        except read.Malformed as refusal:
            raise CommandError(f"{options['instance']}: {refusal}") from None
        except plan.NoPlan as refusal:
            raise CommandError(f"No plan was found: {refusal}") from None
        wrong = judge.wrong(asked, found.chosen)
        if wrong:
            raise CommandError(f"The plan that was found is not valid, nothing is written: {wrong[0]}.")
        _write(out, {"assignments": assignments(given, asked, found)})
        self.stdout.write(json.dumps(report(given.name, found, before, time.perf_counter() - begun)))


def assignments(given: read.Instance, asked: problem.Problem, found: plan.Outcome) -> list[list[str]]:
    """Return [person, task] with the ids of the file, in the order of its tasks."""
    people, tasks = given.world.people.ids, given.world.tasks.ids
    chosen = zip(asked.person[found.chosen], asked.task[found.chosen], strict=True)
    return [[people[person], tasks[task]] for person, task in chosen]


def report(name: str, found: plan.Outcome, before: float, seconds: float) -> dict:
    """Return what to print; `before` are the seconds that reading took, `seconds` those of everything."""
    proved = math.isfinite(found.bound)
    return {
        "name": name,
        "score": found.score,
        "bound": round(found.bound, 3) if proved else None,
        "gap": round(found.gap, 8) if proved else None,
        "seconds_to_first": _reached(found, -math.inf, before),
        **{
            key: _reached(found, found.bound - share * abs(found.bound), before)
            for key, share in SHARES.items()
        },
        "seconds": round(seconds, 3),
        "peak_mb": round(found.peak_mb + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "valid": True,
    }


def _reached(found: plan.Outcome, score: float, before: float) -> float | None:
    """Return when a plan of this score was there, in seconds from the beginning; None when it never was."""
    moments = [heard.seconds for heard in found.trace if heard.score is not None and heard.score >= score]
    if not moments and found.score >= score:
        moments = [found.seconds]
    return round(before + min(moments), 3) if moments else None


def _try_folder(out: Path) -> None:
    """Find out now, and not after minutes of work, that the answer has nowhere to go."""
    if out.is_dir():
        raise CommandError(f"--out: {out} is a folder, not a file.")
    try:
        with tempfile.TemporaryFile(dir=out.parent):
            pass
    except OSError as refusal:
        raise CommandError(f"--out: nothing can be written in {out.parent} ({refusal.strerror}).") from None


def _write(out: Path, solution: dict) -> None:
    """Write all or nothing: what stood there stays until the new file is complete."""
    draft = out.with_name(f".{out.name}.{os.getpid()}")
    try:
        draft.write_text(json.dumps(solution), encoding="utf-8")
        draft.replace(out)
    except OSError as refusal:
        draft.unlink(missing_ok=True)
        raise CommandError(f"--out: {out} cannot be written ({refusal.strerror}).") from None
