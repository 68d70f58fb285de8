"""Run a command and say at its end what it cost in seconds of processor, and which tests were dearest.

    python tools/cost.py make everything

Seconds of user and system together, of the command and of every process it started and waited for. The tests
tell what they cost each (tests/plugins/cost.py), in the file that PARAAT_COST names.
"""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

DEAREST = 10


def used() -> float:
    """Return the seconds of all processes that this one started and that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def dearest(lines: list[str]) -> list[tuple[float, str]]:
    """Return the dearest of lines like "12.30 SQLite tests/test_walk.py::test_a", dearest first."""
    told = (line.split(maxsplit=1) for line in lines)
    return sorted(((float(seconds), name) for seconds, name in told), reverse=True)[:DEAREST]


def main(command: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="paraat-cost-") as folder:
        path = Path(folder, "tests")
        path.touch()
        done = subprocess.run(command, check=False, env={**os.environ, "PARAAT_COST": str(path)})
        lines = path.read_text().splitlines()
    if lines:
        print(f"The {DEAREST} dearest of {len(lines)} tests, in seconds of processor:")
        for seconds, name in dearest(lines):
            print(f"{seconds:8.1f}  {name}")
    print(f"In all {used():.0f} seconds of processor ({used() / 60:.1f} minutes).")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
