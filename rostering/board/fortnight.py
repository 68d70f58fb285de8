"""Where are people missing in the next fourteen days? Read for the board of a coordinator; writes nothing."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet

from people import days
from people.access import Scope
from rostering import dayparts
from rostering.board import gaps
from rostering.board.gaps import Gap
from rostering.dayparts import LATE_PARTS, SATURDAY
from rostering.models import Booking, Shift
from rostering.places import Choice
from rostering.week_grid import Cell, Day

DAYS = 14
MOST_GAPS = 8
MOST_DRAFTS = 10
State = Booking.State


@dataclass(frozen=True)
class Figures:
    """Percentages are None where nothing is needed."""

    filled: int | None
    saturday: int | None
    evening_open: int
    offers: int
    unfit: int


@dataclass
class Board:
    weeks: list[list[Day]]
    figures: Figures
    gaps: list[Gap] = field(default_factory=list)  # worst first
    unmarked: list[Shift] = field(default_factory=list)  # past shifts of which it is not said who was there
    unmarked_total: int = 0  # of which the latest are in the list
    requests: list[Shift] = field(default_factory=list)  # shifts on which somebody waits for a yes
    unfit: list[Shift] = field(default_factory=list)  # shifts with somebody who lacks a paper on the day
    drafts: list[Shift] = field(default_factory=list)  # ahead, whenever that is; soonest first

    @property
    def unmarked_more(self) -> int:
        return self.unmarked_total - len(self.unmarked)


def read(scope: Scope, choice: Choice, *, now: datetime) -> Board:
    """Return the fourteen days from today for a coordinator of `scope`, in five queries."""
    today = days.day_of(now)
    rows = choice.of(Shift.objects, scope).filter(
        starts_at__gte=days.moment(today, time(0)),
        starts_at__lt=days.moment(today + timedelta(days=DAYS), time(0)),
    )
    shifts = list(rows.with_taken().with_place())
    asked = gaps.asked(rows, now=now)
    missing = [gap for gap in (gaps.of(shift, asked, now=now) for shift in shifts) if gap.open]
    unfit = Booking.objects.booked().filter(unfit_since__isnull=False, starts_at__gt=now, shift__in=rows)
    lacking = Counter(unfit.values_list("shift_id", flat=True))
    unmarked = list(_unmarked(scope, now))
    return Board(
        weeks=_weeks(today, shifts, asked, now),
        figures=_figures(shifts, missing, offers=_total(asked, State.OFFERED), unfit=lacking.total()),
        gaps=gaps.worst(missing)[:MOST_GAPS],
        unfit=[shift for shift in shifts if shift.pk in lacking],
        drafts=list(_drafts(scope, now)[:MOST_DRAFTS]),
        unmarked=unmarked[:MOST_DRAFTS],
        unmarked_total=len(unmarked),
        requests=[s for s in shifts if asked[s.pk, State.REQUESTED]],
    )


def _unmarked(scope: Scope, now: datetime) -> QuerySet:
    """Shifts of the last fourteen days with somebody on them whose attendance has not been marked."""
    since = now - timedelta(days=DAYS)
    waiting = Booking.objects.booked().filter(ends_at__lte=now, starts_at__gt=since)
    past = Shift.objects.live().in_scope(scope).filter(ends_at__lte=now, starts_at__gt=since)
    return past.filter(pk__in=waiting.values("shift")).select_related("task_kind").order_by("-starts_at")


def cell(scope: Scope, choice: Choice, day: date, part: str, *, now: datetime) -> list[Gap]:
    """Return the shifts of one daypart of one Amsterdam day, in the order in which they start."""
    rows = choice.of(Shift.objects, scope).filter(
        starts_at__gte=days.moment(day, time(0)), starts_at__lt=days.moment(day + timedelta(days=1), time(0))
    )
    asked = gaps.asked(rows, now=now)
    found = [shift for shift in rows.with_taken().with_place() if dayparts.of(shift.starts_at) == part]
    return [gaps.of(shift, asked, now=now) for shift in found]


def _drafts(scope: Scope, now: datetime) -> QuerySet:
    rows = Shift.objects.in_scope(scope).filter(published_at=None, cancelled_at=None, starts_at__gt=now)
    return rows.select_related("task_kind")


def _total(asked: Counter, state: str) -> int:
    return sum(n for (_shift, said), n in asked.items() if said == state)


def _weeks(today: date, shifts: Iterable[Shift], asked: Counter, now: datetime) -> list[list[Day]]:
    cells = defaultdict(dict)
    for offset in range(DAYS):
        day = today + timedelta(days=offset)
        cells[day] = {part: Cell(day, part) for part in dayparts.LABELS}
    for shift in shifts:
        found = cells[shift.day][dayparts.of(shift.starts_at)]
        found.seats += shift.seats
        found.taken += shift.taken
        if shift.starts_at > now:
            found.ahead = True
            found.open += max(0, shift.seats - shift.taken)
            found.asked += asked[shift.pk, State.OFFERED]
    fortnight = [Day(day, list(parts.values())) for day, parts in cells.items()]
    return [fortnight[:7], fortnight[7:]]


def _figures(shifts: list[Shift], missing: list[Gap], *, offers: int, unfit: int) -> Figures:
    return Figures(
        filled=_percentage(shifts),
        saturday=_percentage([shift for shift in shifts if shift.day.weekday() == SATURDAY]),
        evening_open=sum(gap.open for gap in missing if dayparts.of(gap.shift.starts_at) in LATE_PARTS),
        offers=offers,
        unfit=unfit,
    )


def _percentage(shifts: list[Shift]) -> int | None:
    """Return how many of a hundred seats are taken, rounded down: 100 means that everything is filled."""
    seats = sum(shift.seats for shift in shifts)
    return sum(min(shift.taken, shift.seats) for shift in shifts) * 100 // seats if seats else None
