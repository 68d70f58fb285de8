"""What a test costs in seconds of processor: its own, and those of every process that it starts.

Of the processor, not of the clock, so that a busy machine makes nothing dearer. With PARAAT_COST in the
environment each test adds a line to the file of that name; tools/cost.py adds them up.
"""

import contextlib
import os
from pathlib import Path

import pytest

DATABASE = "PostgreSQL" if os.environ.get("PARAAT_TEST_POSTGRES") else "SQLite"
PROPERTY = "processor_seconds"
TICKS = os.sysconf("SC_CLK_TCK")


def children(pid: int) -> list[int]:
    """Return the living processes that `pid` started; none where the system does not tell."""
    found = []
    with contextlib.suppress(OSError):  # it has just ended
        for thread in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 (ten times as quick)
            with contextlib.suppress(OSError):
                found += Path(f"/proc/{pid}/task/{thread}/children").read_text().split()
    return list(map(int, found))


def family(pid: int) -> list[int]:
    """Return the living processes that came of `pid`."""
    return [one for child in children(pid) for one in (child, *family(child))]


def of_process(pid: int) -> float:
    """Return the seconds of a living process, and of those that it started and that have ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return sum(map(int, fields[11:15])) / TICKS


def of_family() -> float:
    """Return the seconds of the living processes that came of this one; looks again when one ends meanwhile."""
    for _turn in range(5):
        before = family(os.getpid())
        seconds = sum(map(of_process, before))
        if family(os.getpid()) == before:
            break
    return seconds


def spent(*, with_the_living: bool) -> float:
    """Return the seconds of this process and of all that it started; of those that live only if asked."""
    return sum(os.times()[:4]) + (of_family() if with_the_living else 0)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item, nextitem):
    # Only a browser outlives its test. Looking for it takes a while, so only where it was used or is closed.
    item.with_the_living = nextitem is None or "browser" in item.fixturenames
    item.spent_before = spent(with_the_living=item.with_the_living)
    return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "teardown":
        seconds = spent(with_the_living=item.with_the_living) - item.spent_before
        report.user_properties.append((PROPERTY, seconds))
    return report


class Ledger:
    """Writes down what each test cost, in the one process that hears of all of them."""

    def __init__(self, path: str):
        self.path = Path(path)

    def pytest_runtest_logreport(self, report):
        if (seconds := dict(report.user_properties).get(PROPERTY)) is not None:
            with self.path.open("a") as file:
                file.write(f"{seconds:.2f} {DATABASE} {report.nodeid}\n")


def pytest_configure(config):
    path = os.environ.get("PARAAT_COST")
    if path and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Ledger(path))
