"""Draw every life cycle in docs/, from the tables of moves that the code itself goes by."""

from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from rostering import booking, proposals
from rostering.models import Booking, Proposal, ProposalLine
from rostering.proposals import lines


@dataclass(frozen=True)
class Life:
    """The states of one thing and the moves between them; `marks` are columns that say yes of some states."""

    named: str  # where the table of moves stands
    states: type
    moves: dict
    first: tuple
    marks: dict = field(default_factory=dict)
    before: str = ""  # what is said above the picture


@dataclass(frozen=True)
class Page:
    path: Path
    title: str
    lives: tuple[Life, ...]


PAGES = (
    Page(
        Path("docs") / "bookings.md",
        "The life of a booking",
        (
            Life(
                "rostering.booking.MOVES",
                Booking.State,
                booking.MOVES,
                booking.FIRST,
                {"holds a seat": Booking.SEATED},
            ),
        ),
    ),
    Page(
        Path("docs") / "proposals.md",
        "The life of a proposal",
        (
            Life("rostering.proposals.MOVES", Proposal.State, proposals.MOVES, (Proposal.State.ASKED,)),
            Life(
                "rostering.proposals.lines.MOVES",
                ProposalLine.State,
                lines.MOVES,
                (ProposalLine.State.PROPOSED,),
                before="Each person in it has a life of their own; being asked is an offer, see "
                "[bookings.md](bookings.md).",
            ),
        ),
    ),
)


def picture(life: Life) -> str:
    """Return the lines of a mermaid picture: names, where it begins, each move, and where it ends."""
    drawn = [f"    {state.value}: {state.label}" for state in life.states]
    drawn += [f"    [*] --> {state.value}" for state in life.states if state in life.first]
    for state in life.states:
        drawn += [f"    {state.value} --> {after}" for after in _after(life, state) or ["[*]"]]
    return "\n".join(["```mermaid", "stateDiagram-v2", *drawn, "```"])


def table(life: Life) -> str:
    """Return the same as a table, with the words of the screen and a column for each mark."""
    marks = {**life.marks, "begins here": life.first}
    head = ["state", "on screen", *marks, "may become"]
    rows = [
        [
            state.value,
            str(state.label),
            *("yes" if state in some else "" for some in marks.values()),
            ", ".join(_after(life, state)) or "nothing",
        ]
        for state in life.states
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def written(page: Page) -> str:
    """Return the whole page, with the words that a Dutch screen shows."""
    names = " and ".join(f"`{life.named}`" for life in page.lives)
    parts = [
        f"# {page.title}",
        f"Made by `manage.py life_cycles` from {names};\n`make check` fails when it differs.",
    ]
    with translation.override("nl"):
        for life in page.lives:
            parts += [life.before, picture(life), table(life)]
    return "\n\n".join(part for part in parts if part) + "\n"


def _after(life: Life, state) -> list[str]:
    return [other.value for other in life.states if other in life.moves[state]]


class Command(BaseCommand):
    help = "Write the page of every life cycle from its table of moves; --check only compares."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when a page is out of date"
        )

    def handle(self, *, check, **options):
        for page in PAGES:
            target = settings.ROOT / page.path
            if not check:
                target.write_text(written(page))
            elif not target.exists() or target.read_text() != written(page):
                raise CommandError(f"{page.path} is out of date: run `manage.py life_cycles`.")
