"""Draw the life of a booking in docs/bookings.md, from the table that the code itself goes by."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from rostering import booking
from rostering.models import Booking

TARGET = Path("docs") / "bookings.md"
PAGE = """\
# The life of a booking

Made by `manage.py bookings_diagram` from `rostering.booking.MOVES`; `make check` fails when it differs.

```mermaid
stateDiagram-v2
{names}
{arrows}
```

| state | on screen | holds a seat | begins here | may become |
| --- | --- | --- | --- | --- |
{rows}
"""


def names() -> str:
    return "\n".join(f"    {state.value}: {state.label}" for state in Booking.State)


def arrows() -> str:
    """Return the lines from the start, from state to state, and to the end of a state that nothing leaves."""
    lines = [f"    [*] --> {state.value}" for state in Booking.State if state in booking.FIRST]
    for state in Booking.State:
        lines += [f"    {state.value} --> {after.value}" for after in in_order(booking.MOVES[state])]
    lines += [f"    {state.value} --> [*]" for state in Booking.State if not booking.MOVES[state]]
    return "\n".join(lines)


def rows() -> str:
    return "\n".join(
        f"| {state.value} | {state.label} | {yes(state in Booking.SEATED)} | {yes(state in booking.FIRST)} "
        f"| {', '.join(after.value for after in in_order(booking.MOVES[state])) or 'nothing'} |"
        for state in Booking.State
    )


def in_order(states) -> list:
    return [state for state in Booking.State if state in states]


def yes(it: bool) -> str:
    return "yes" if it else ""


def page() -> str:
    """Return the whole page, with the words that a Dutch screen shows."""
    with translation.override("nl"):
        return PAGE.format(names=names(), arrows=arrows(), rows=rows())


class Command(BaseCommand):
    help = "Write docs/bookings.md from the moves a booking can make; --check only compares."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when the page is out of date"
        )

    def handle(self, *, check, **options):
        target = settings.ROOT / TARGET
        if not check:
            target.write_text(page())
        elif not target.exists() or target.read_text() != page():
            raise CommandError(f"{TARGET} is out of date: run `manage.py bookings_diagram`.")
