"""Who is on this shift, who is asked, who waits, and who could come? All that its page shows a coordinator.

Why somebody cannot come is said as far as it concerns the work: papers, experience, role. What a person is
willing to do, when they are free and how much they do is theirs: of that a coordinator reads "cannot come".
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import roles
from people.models import Person
from people.search import by_name
from rostering import eligibility, volunteers
from rostering.eligibility import facts
from rostering.eligibility.facts import Demands
from rostering.models import Booking, Shift
from rostering.offers import suggestions
from rostering.offers.suggestions import Suggestion

State = Booking.State
MOST_FOUND = 10


@dataclass(frozen=True)
class Line:
    """One booking, with what its person will lack on the day."""

    booking: Booking
    lacking: list[str] = field(default_factory=list)

    @property
    def is_offered(self) -> bool:
        return self.booking.state == State.OFFERED

    @property
    def was_there(self) -> bool:
        return self.booking.state == State.ATTENDED

    @property
    def was_away(self) -> bool:
        return self.booking.state == State.ABSENT


@dataclass(frozen=True)
class Found:
    """Somebody who was searched by name. `bars` empty means: may be put on the shift."""

    person: Person
    bars: list[str]
    ask_first: bool  # it may not suit: ask, do not put on
    state: str  # of the live booking on this shift


@dataclass(frozen=True)
class Gone:
    """Somebody who was asked for this shift, or on it, and is no longer; and what became of it."""

    booking: Booking
    became: str


@dataclass
class Crew:
    shift: Shift
    now: datetime
    seated: list[Line] = field(default_factory=list)
    offered: list[Line] = field(default_factory=list)
    requested: list[Line] = field(default_factory=list)
    waiting: list[Line] = field(default_factory=list)  # in the order in which they move up
    gone: list[Gone] = field(default_factory=list)  # by an act or a "no", last first
    ended: list[Gone] = field(default_factory=list)  # because the shift was cancelled
    suggested: list[Suggestion] = field(default_factory=list)
    found: list[Found] = field(default_factory=list)
    wants_company: bool = False  # done together, and nobody experienced is on it

    @property
    def open(self) -> int:
        return max(0, self.shift.seats - len(self.seated))

    @property
    def company_short(self) -> int:
        """How many people are lacking for it to be safe: who comes should not stand there with too few."""
        if self.shift.cancelled_at or self.has_begun or not self.seated:
            return 0
        return max(0, self.shift.task_kind.minimum_people - len(self.seated))

    @property
    def lacks_company(self) -> bool:
        """Whether only newcomers are on what a newcomer does beside somebody experienced."""
        return self.wants_company and bool(self.seated) and not (self.shift.cancelled_at or self.has_begun)

    @property
    def gone_said(self) -> str:
        """Say how many said no, went off it, or had a question or request that ended: not one for another."""
        no = sum(
            one.booking.state == State.DECLINED and one.booking.was != State.REQUESTED for one in self.gone
        )
        off = sum(
            one.booking.state == State.CANCELLED and one.booking.was == State.BOOKED for one in self.gone
        )
        rest = len(self.gone) - no - off
        parts = (
            (no, ngettext("%(n)s person said no", "%(n)s people said no", no)),
            (off, ngettext("%(n)s person went off it", "%(n)s people went off it", off)),
            (rest, ngettext("%(n)s question or request ended", "%(n)s questions or requests ended", rest)),
        )
        return ", ".join(said % {"n": n} for n, said in parts if n)

    @property
    def has_begun(self) -> bool:
        return self.shift.starts_at <= self.now

    @property
    def takes_people(self) -> bool:
        return bool(self.open and self.shift.published_at) and not (self.shift.cancelled_at or self.has_begun)

    @property
    def to_mark(self) -> int:
        """How many people are booked on a shift that has begun, present or absent not said yet."""
        booked = [line for line in self.seated if line.booking.state == State.BOOKED]
        return len(booked) if self.has_begun and not self.shift.cancelled_at else 0


def of(shift: Shift, *, now: datetime, name: str = "") -> Crew:
    """Return everybody on `shift`, and who was searched by `name`, or else who suits it."""
    crew = Crew(shift, now)
    rows = list(shift.bookings.select_related("person__home", "offered_by").order_by("moved_at", "pk"))
    demands = facts.demands()
    lacking = _lacking([row for row in rows if row.state in Booking.LIVE], shift, demands, now)
    for row in rows:
        line = Line(row, lacking.get(row.pk, []))
        match row.state:
            case State.OFFERED:
                crew.offered.append(line)
            case State.REQUESTED:
                crew.requested.append(line)
            case State.WAITING:
                crew.waiting.append(line)
            case State.CANCELLED if shift.cancelled_at and row.moved_at == shift.cancelled_at:
                crew.ended.append(Gone(row, _became(row)))
            case State.DECLINED | State.CANCELLED:
                crew.gone.insert(0, Gone(row, _became(row)))
            case _:
                crew.seated.append(line)
    together = eligibility.is_done_together(shift.task_kind, demands.agreements)
    crew.wants_company = together and not eligibility.has_company(shift)
    crew.seated.sort(key=lambda line: line.booking.seat)
    if name and not crew.has_begun:
        standing = {row.person_id: row.state for row in rows if row.state in Booking.LIVE}
        crew.found = search(name, shift, standing, now=now, demands=demands)
    elif crew.takes_people:
        crew.suggested = suggestions.suggest(shift, now=now, demands=demands)
    return crew


def _became(row: Booking) -> str:
    """Say what became of a booking that is over: who never answered did not say no."""
    match row.state, row.was:
        case State.DECLINED, State.REQUESTED:
            return _("the request was refused")
        case State.DECLINED, _was:
            return _("said no")
        case _cancelled, State.BOOKED:
            return _("was on it")
        case _cancelled, State.OFFERED:
            return _("was asked, without an answer")
        case _cancelled, State.REQUESTED:
            return _("had asked for it")
        case _cancelled, State.WAITING:
            return _("was on the waiting list")
    return str(row.get_state_display())


def search(
    name: str, shift: Shift, standing: dict[int, str], *, now: datetime, demands: Demands | None = None
) -> list[Found]:
    """Return people whose name holds every word of `name`, with why not. `standing`: state per person id."""
    people = by_name(volunteers.who_may(roles.TAKE_MICROTASKS, now=now), name)
    found = [
        Found(
            one.person,
            eligibility.for_others(one.reasons),
            bool(one.warnings),
            standing.get(one.person.pk, ""),
        )
        for one in eligibility.assess_people(
            people.select_related("home")[:MOST_FOUND], shift, now=now, demands=demands
        )
    ]
    return sorted(found, key=lambda one: bool(one.bars))


def _lacking(rows: list[Booking], shift: Shift, demands: Demands, now: datetime) -> dict[int, list[str]]:
    """Return per booking id what its person does not hold on the day of the shift."""
    periods = facts.periods_of(row.person_id for row in rows)
    return {
        row.pk: [
            reason.sentence
            for reason in eligibility.lacks_qualification(
                facts.Facts(row.person, frozenset(), periods[row.person_id]), shift, demands, now
            )
        ]
        for row in rows
    }
