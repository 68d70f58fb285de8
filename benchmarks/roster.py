"""How near to the best are our rosters, how soon, and what do others reach? On the files of roster_instances/.

    python -m benchmarks.roster                                    everything: about ten minutes, two cores
    python -m benchmarks.roster --only S --seconds 5 --skip-cpsat --dry

Every planner runs in a process of its own with the same wall clock, and every answer is judged by check.py, again
in a process of its own. `pip install ortools` adds CP-SAT to the comparison. Writes docs/performance.md; an answer
that is not valid, or a promise that is not kept, is exit 1.
"""

import argparse
import importlib.util
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import report
from benchmarks.roster_instances import check

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "benchmarks" / "roster_instances"
SECONDS = {"S": 5, "M": 30, "L": 60}
REPLANNED = "M"
OURS = "Paraat"
RIVALS = {
    "greedy, by date": ("benchmarks.roster_rivals", "by_date"),
    "greedy, scarce first": ("benchmarks.roster_rivals", "scarce_first"),
    "CP-SAT": ("benchmarks.roster_cpsat", "cpsat"),
    "CP-SAT from a greedy plan": ("benchmarks.roster_cpsat", "cpsat_hint"),
}
MISSING = "OR-Tools is not installed; `pip install ortools` adds CP-SAT to the comparison."
HEADS = [
    *("planner", "score", "below best bound", "below own bound", "seats", "of high priority"),
    *("first, s", "to 1 %, s", "to 0.1 %, s", "all, s", "MB"),
]
LAST_WORDS = 30  # seconds that a planner may need beyond its own before it is ended
HIGH = 2


def run(*command, seconds: float = 600) -> dict:
    """Return the last line that a process says, as JSON; `failed` with its own words when that is none."""
    call = [sys.executable, *map(str, command)]
    try:
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        return {"failed": f"ended after {seconds:.0f} s"}
    lines = (done.stdout.strip() or done.stderr.strip() or "said nothing").splitlines()
    try:
        return json.loads(lines[-1])
    except ValueError:
        return {"failed": lines[-1]}


def plan(who: str, file: Path, out: Path, seconds: float) -> dict:
    """Let one planner plan and the judge judge."""
    how = ["manage.py", "plan_roster"] if who == OURS else ["-m", *RIVALS[who]]
    said = run(*how, file, "--seconds", seconds, "--out", out, seconds=seconds + LAST_WORDS)
    if "failed" in said:
        return said
    judged = run(FOLDER / "check.py", file, out)
    if not judged.get("valid") or judged["score"] != said["score"]:
        return {"failed": f"says {said['score']}, the judge says {judged}"}
    return said | {"seats": judged["seats_filled"] / judged["seats_wanted"], "high": high(file, out)}


def high(file: Path, out: Path) -> float:
    """Return which share of the seats of high priority has somebody."""
    open_ = {task["id"]: task["need"] for task in check.load(str(file))["tasks"] if task["priority"] == HIGH}
    wanted = sum(open_.values())
    for _person, task in check.load(str(out))["assignments"]:
        open_[task] = max(0, open_.get(task, 0) - 1)
    return 1 - sum(open_.values()) / max(1, wanted)


def compare(size: str, folder: Path, seconds: float, *, cpsat: bool) -> tuple[list[str], list[str]]:
    """Return the table of one size, and what went wrong."""
    file = FOLDER / f"{size}-1.json.gz"
    planners = [
        OURS,
        *(who for who, (module, _how) in RIVALS.items() if cpsat or not module.endswith("cpsat")),
    ]
    found = {}
    for who in planners:
        found[who] = plan(who, file, folder / f"{size} {who}.json", seconds)
        print(size, who, found[who], flush=True)
    bounds = [said["bound"] for said in found.values() if said.get("bound") is not None]
    best = min(bounds, default=math.nan)
    proved = (
        "nobody proved a bound"
        if math.isnan(best)
        else f"the best bound that any of them proved is {best:,.0f}"
    )
    lines = [f"{size}-1, {seconds:g} s for each; {proved}.", ""]
    lines += report.table(HEADS, [row(who, said, best) for who, said in found.items()])
    return lines, [f"{size}, {who}: {said['failed']}" for who, said in found.items() if "failed" in said]


def row(who: str, said: dict, best: float) -> list[str]:
    if "failed" in said:
        return [who, "failed", *[""] * (len(HEADS) - 2)]
    return [
        who,
        f"{said['score']:,}",
        percent((best - said["score"]) / abs(best)) if best else "",
        "" if said["gap"] is None else percent(said["gap"]),
        f"{said['seats']:.1%}",
        f"{said['high']:.1%}",
        *(
            "" if said[f"seconds_to_{what}"] is None else f"{said[f'seconds_to_{what}']:.2f}"
            for what in ("first", "1_percent", "0_1_percent")
        ),
        f"{said['seconds']:.1f}",
        f"{said['peak_mb']:.0f}",
    ]


def percent(part: float) -> str:
    return "" if math.isnan(part) else f"{part:.3%}"


def time_pairs(sizes: list[str]) -> tuple[list[str], list[str]]:
    """Return the table of how soon possible pairs are found, and where they are not the same."""
    found = {size: run("-m", "benchmarks.roster_pairs", FOLDER / f"{size}-1.json.gz") for size in sizes}
    print("pairs", found, flush=True)
    good = {size: said for size, said in found.items() if said.get("same")}
    rows = [
        [
            f"{size}-1",
            *(f"{said[what]:,}" for what in ("people", "tasks", "pairs")),
            *(f"{said[what]:.3f}" for what in ("reading", "seconds", "loop")),
            f"{said['loop'] / said['seconds']:.0f} ×",
        ]
        for size, said in good.items()
    ]
    heads = ["file", "people", "tasks", "pairs", "reading, s", "finding, s", "one by one, s", "sooner"]
    return report.table(heads, rows), [
        f"pairs of {size}: {found[size]}" for size in sizes if size not in good
    ]


def replan(folder: Path) -> tuple[list[str], list[str]]:
    """Return what became of a roster from which people dropped out, and which promise was not kept."""
    file = FOLDER / f"{REPLANNED}-1.json.gz"
    sent, new = folder / f"{REPLANNED} {OURS}.json", folder / "replanned.json"
    if not sent.exists():
        plan(OURS, file, sent, SECONDS[REPLANNED])
    said = run("-m", "benchmarks.roster_replan", file, sent, "--out", new)
    print("replan", said, flush=True)
    if "failed" in said:
        return ["Failed."], [f"replan: {said['failed']}"]
    judged = run(FOLDER / "check.py", file, new)
    rows = [
        ["assignments that were sent", f"{said['before']:,}"],
        ["fell away", f"{said['lost']:,}"],
        ["accepted, of which broken", f"{said['accepted']:,}, {said['accepted_broken']:,}"],
        [
            "asked, of which kept",
            f"{said['pending']:,}, {said['pending_kept'] / max(1, said['pending']):.1%}",
        ],
        ["newly asked", f"{said['new']:,}"],
        ["seats covered afterwards", f"{said['filled'] / said['wanted']:.1%}"],
        ["below own bound", percent(said["gap"])],
        ["seconds, finding pairs included", f"{said['seconds']:.2f}"],
        ["MB", f"{said['peak_mb']:.0f}"],
    ]
    wrong = [] if judged.get("valid") else [f"replan: the judge says {judged}"]
    wrong += ["replan: an accepted assignment was broken"] if said["accepted_broken"] else []
    return report.table([f"{REPLANNED}-1 after people dropped out", ""], rows), wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parts = [*SECONDS, "pairs", "replan"]
    parser.add_argument("--only", nargs="+", choices=parts, default=parts, help="run these parts only")
    parser.add_argument("--seconds", type=float, help=f"for each planner, instead of {SECONDS}")
    parser.add_argument("--skip-cpsat", action="store_true")
    parser.add_argument("--dry", action="store_true", help="leave docs/performance.md as it is")
    wanted = parser.parse_args()
    cpsat = not wanted.skip_cpsat and importlib.util.find_spec("ortools") is not None
    if not wanted.skip_cpsat and not cpsat:
        print(MISSING)
    failed = []
    with tempfile.TemporaryDirectory() as name:
        for part in (part for part in parts if part in wanted.only):
            if part == "pairs":
                lines, wrong = time_pairs(list(SECONDS))
            elif part == "replan":
                lines, wrong = replan(Path(name))
            else:
                lines, wrong = compare(part, Path(name), wanted.seconds or SECONDS[part], cpsat=cpsat)
            print(*lines, "", sep="\n", flush=True)
            failed += wrong
            if not wanted.dry:
                report.keep(f"roster, {part}", lines)
    print(*failed, sep="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
