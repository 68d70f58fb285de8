"""Draw the life of a proposal in docs/proposals.md, from the tables that the code itself goes by."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from rostering import proposals
from rostering.models import Proposal, ProposalLine
from rostering.proposals import lines as proposal_lines

TARGET = Path("docs") / "proposals.md"
PAGE = """\
# The life of a proposal

Made by `manage.py proposals_diagram` from the `MOVES` of `rostering.proposals` and `rostering.proposals.lines`;
`make check` fails when it differs.

```mermaid
stateDiagram-v2
    [*] --> asked
{proposal}
```

Each person in it has a life of their own; being asked is an offer, see [bookings.md](bookings.md).

```mermaid
stateDiagram-v2
    [*] --> proposed
{line}
```

| state | on screen | may become |
| --- | --- | --- |
{rows}
"""


def arrows(states, moves: dict) -> str:
    """Return a line for each name, and one for each move or end."""
    lines = [f"    {state.value}: {state.label}" for state in states]
    for state in states:
        after = in_order(states, moves[state]) or ["[*]"]
        lines += [f"    {state.value} --> {other}" for other in after]
    return "\n".join(lines)


def rows(states, moves: dict) -> str:
    return "\n".join(
        f"| {state.value} | {state.label} | {', '.join(in_order(states, moves[state])) or 'nothing'} |"
        for state in states
    )


def in_order(states, some) -> list[str]:
    return [state.value for state in states if state in some]


def page() -> str:
    """Return the whole page, with the words that a Dutch screen shows."""
    tables = (Proposal.State, proposals.MOVES), (ProposalLine.State, proposal_lines.MOVES)
    with translation.override("nl"):
        return PAGE.format(
            proposal=arrows(*tables[0]),
            line=arrows(*tables[1]),
            rows="\n".join(rows(*table) for table in tables),
        )


class Command(BaseCommand):
    help = "Write docs/proposals.md from the moves a proposal can make; --check only compares."
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
            raise CommandError(f"{TARGET} is out of date: run `manage.py proposals_diagram`.")
