"""What do the pages cost in an organisation of 700 people? Queries and bytes have a budget; time is shown.

    python -m benchmarks.pages
    python tools/postgres.py python -m benchmarks.pages        the same on PostgreSQL

Time is the median over many rounds in which every page takes its turn, as a ratio to a page that only loads a
session and a user: so it says something on any machine. Writes docs/performance.md; a page over budget is exit 1.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from statistics import median

import django

from cms.demo import cast

ON_POSTGRES = bool(os.environ.get("PARAAT_TEST_POSTGRES"))
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test" if ON_POSTGRES else "config.settings.dev"
django.setup()

from django.conf import settings  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from benchmarks import budgets, world  # noqa: E402
from people.models import Person  # noqa: E402

REPORT = Path(settings.ROOT) / "docs" / "performance.md"
ENGINE = "PostgreSQL" if ON_POSTGRES else "SQLite"
ROUNDS = 25
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # no collectstatic needed
SETTINGS = {
    "ROOT_URLCONF": "benchmarks.urls",
    "ALLOWED_HOSTS": ["testserver"],
    "STORAGES": {**settings.STORAGES, "staticfiles": PLAIN},
    "WHITENOISE_AUTOREFRESH": True,
}
WARM_UP = 2


def time_pages(pages: list[budgets.Page], rounds: int) -> dict[str, float]:
    """Return the median of seconds per page; the pages take turns, so that all share what disturbs them."""
    taken = {page.name: [] for page in pages}
    for round_ in range(rounds + WARM_UP):
        for page in pages:
            begun = time.perf_counter()
            page.ask()
            seconds = time.perf_counter() - begun
            page.after()
            if round_ >= WARM_UP:
                taken[page.name].append(seconds)
    return {name: median(seconds) for name, seconds in taken.items()}


def table(pages, costs, seconds, yardstick: float) -> list[str]:
    lines = ["| page | queries | budget | kB | budget | time |", "| --- | ---: | ---: | ---: | ---: | ---: |"]
    for page in pages:
        cost, room = costs[page.name], page.kilobytes or ""
        size = f"{cost.bytes / budgets.KB:.1f}"
        ratio = f"{seconds[page.name] / yardstick:.1f} ×"
        lines.append(f"| {page.name} | {cost.queries} | {page.queries} | {size} | {room} | {ratio} |")
    return lines


def keep(lines: list[str]) -> None:
    """Put the table between its markers in docs/performance.md; the rest of that page is written by hand."""
    begin, end = f"<!-- {ENGINE}: begin -->", f"<!-- {ENGINE}: end -->"
    text = REPORT.read_text(encoding="utf-8")
    before, _begin, rest = text.partition(begin)
    _old, _end, after = rest.partition(end)
    REPORT.write_text("\n".join([before + begin, *lines, end + after]), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=world.PEOPLE)
    parser.add_argument("--bookings", type=int, default=world.BOOKINGS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--dry", action="store_true", help="leave docs/performance.md as it is")
    wanted = parser.parse_args()
    world.use(wanted.people, wanted.bookings)
    with override_settings(**SETTINGS):
        pages = budgets.pages()
        client = Client()
        client.force_login(Person.objects.get(email=cast.VOLUNTEER))
        nothing = budgets.Page("session and user only", lambda: client.get("/bench/niets/"), 2)
        pages.insert(0, nothing)
        costs = {page.name: budgets.measure(page) for page in pages}
        seconds = time_pages(pages, wanted.rounds)
    yardstick = seconds[nothing.name]
    lines = [
        f"{world.counts()}; {wanted.rounds} rounds, yardstick {yardstick * 1000:.1f} ms.",
        "",
        *table(pages, costs, seconds, yardstick),
    ]
    print(*lines, sep="\n")
    if not wanted.dry:
        keep(lines)
    over = [sentence for page in pages for sentence in budgets.excess(page, costs[page.name])]
    print(*over, sep="\n")
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
