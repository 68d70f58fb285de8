"""What the page of a proposal is made of: typed rows, without logic."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rostering import week_grid
from rostering import words as wording
from rostering.models import Proposal, ProposalLine, Shift
from rostering.proposals.choice import Change
from rostering.words import Chip

TONES = {Proposal.State.DRAFT: "good", Proposal.State.FAILED: "warn", Proposal.State.EXPIRED: "warn"}
MOST_SHIFTS = 15  # of a week on one page


@dataclass(frozen=True)
class Share:
    """Whole seats: how many there are, how many are taken now, and how many with the proposal."""

    seats: int
    before: int
    after: int

    @property
    def percent_before(self) -> int:
        return self.before * 100 // self.seats if self.seats else 100

    @property
    def percent_after(self) -> int:
        return self.after * 100 // self.seats if self.seats else 100

    @property
    def open(self) -> int:
        return self.seats - self.after


@dataclass(frozen=True, slots=True)
class Listed:
    """A proposal in the list."""

    proposal: Proposal
    where: str
    share: Share | None  # nothing as long as it is made

    @property
    def tone(self) -> str:
        return TONES.get(self.proposal.state, "")


@dataclass(frozen=True)
class Figures:
    all: Share
    late: Share
    saturday: Share
    by_priority: list[tuple[str, Share]]  # what matters most first
    best: str  # how much better it could be


@dataclass(frozen=True)
class Person:
    """One line, with what is said of it."""

    line: ProposalLine
    why: list[str]
    chips: list[Chip]

    @property
    def is_pinned(self) -> bool:
        return self.line.state == ProposalLine.State.PINNED

    @property
    def may_change(self) -> bool:
        return self.line.state in ProposalLine.TO_SEND and self.line.change != Change.GOES


@dataclass
class Row:
    """A shift with the people of the proposal. `taken` counts who has a seat without the proposal."""

    shift: Shift
    taken: int = 0
    people: list[Person] = field(default_factory=list)
    left_out: list[Person] = field(default_factory=list)  # by the coordinator
    added: int = 0  # seats that the proposal fills
    to_ask: int = 0
    because: list[str] = field(default_factory=list)  # why seats stay open

    @property
    def after(self) -> int:
        return min(self.shift.seats, self.taken + self.added)

    @property
    def open(self) -> int:
        return max(0, self.shift.seats - self.after)

    @property
    def where(self) -> str:
        return wording.times_and_place(self.shift)

    @property
    def cover(self) -> Chip:
        words = {"before": self.taken, "after": self.after, "seats": self.shift.seats}
        tone = "good" if not self.open else "gap" if self.after else "stop"
        return Chip(_("%(before)s → %(after)s of %(seats)s") % words, tone)


@dataclass
class Day:
    day: date
    rows: list[Row]

    @property
    def to_ask(self) -> int:
        return sum(row.to_ask for row in self.rows)


@dataclass
class Cell(week_grid.Cell):
    """A part of a day: `taken` is how many seats are taken now, `after` with the proposal."""

    after: int = 0

    @property
    def tone(self) -> str:
        if self.after >= self.seats:
            return "full"
        if not self.after:
            return "empty"
        return "few" if (self.seats - self.after) * week_grid.MOST_FEW <= self.seats else "gap"

    @property
    def said(self) -> str:
        left = self.seats - self.after
        if not left:
            return _("full")
        return ngettext("%(n)s open", "%(n)s open", left) % {"n": left}


@dataclass
class Page:
    """One week of a proposal."""

    proposal: Proposal
    figures: Figures
    weeks: list[tuple[date, date]]
    number: int  # of the week that is shown; 1 is the first
    first: date
    days: list[Day]
    grid: list[week_grid.Day]
    open: list[Row]  # seats that nobody fills, worst first
    more_open: int
    left_out: list[Person]
    passed: list[Person]
    goes: list[Person]
    people: int  # in all the weeks
    to_ask: int
    asked: int
    said_no: int
    changed: "Changed | None"
    newer: list[Proposal]
    wanted: date | None = None  # the day that was asked for

    @property
    def is_draft(self) -> bool:
        return self.proposal.state == Proposal.State.DRAFT

    @property
    def is_expired(self) -> bool:
        return self.proposal.state == Proposal.State.EXPIRED

    @property
    def is_sent(self) -> bool:
        return self.proposal.state == Proposal.State.SENT

    @property
    def is_discarded(self) -> bool:
        return self.proposal.state == Proposal.State.DISCARDED

    @property
    def is_by_day(self) -> bool:
        """A week of many shifts is shown a day at a time: a whole one would be metres long on a phone."""
        return sum(len(one.rows) for one in self.days) > MOST_SHIFTS

    @property
    def shown(self) -> list[Day]:
        if not self.is_by_day:
            return self.days
        return [one for one in self.days if one.day == self.wanted] or self.days[:1]


@dataclass(frozen=True)
class Changed:
    """What is different from the proposal before."""

    new: int
    same: int
    gone: list[ProposalLine]
