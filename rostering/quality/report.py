"""How good is the roster of these days, beside the days before? Reads the rows that matching.quality counts.

Wishes and availability are those of today: what somebody wanted last month is not kept. Who stands on a shift, or
would with a proposal on top, is all the same to the counting.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from people import days
from people.access import Scope
from people.models import Person, RoleAssignment
from rostering import dayparts, eligibility, priority, volunteers
from rostering.eligibility import facts
from rostering.eligibility.facts import Demands, Facts
from rostering.matching.world import FINE, GLADLY, NEVER, RATHER_NOT
from rostering.models import Booking, Proposal, Shift, Willingness
from rostering.places import Choice
from rostering.proposals import fingerprint
from rostering.quality import measures
from rostering.quality.measures import Assignment, Report

LOOK_BACK = timedelta(days=27)  # the house rule of 28 days reaches so far before the first day
LEVELS = {
    Willingness.Level.NEVER: NEVER,
    Willingness.Level.RATHER_NOT: RATHER_NOT,
    Willingness.Level.FINE: FINE,
    Willingness.Level.GLADLY: GLADLY,
}
UNWILLING = {Willingness.Level.NEVER, Willingness.Level.RATHER_NOT}  # who would rather not is not asked
NATIONAL_POOL = ("", 0)
Pair = tuple[int, int]  # the ids of a person and a shift


@dataclass(frozen=True)
class Period:
    """Amsterdam days, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """The days of the same number that end the day before."""
        return Period(self.first - timedelta(self.days), self.first - timedelta(1))

    @property
    def begin(self) -> datetime:
        return days.moment(self.first, time(0))

    @property
    def end(self) -> datetime:
        return days.moment(self.last + timedelta(1), time(0))


class Work(NamedTuple):
    """Somebody on a shift, of this report or of another; aware datetimes."""

    person: int
    shift: int
    starts_at: datetime
    ends_at: datetime
    load: int


@dataclass
class Roster:
    """All that a report over these shifts needs."""

    shifts: dict[int, Shift]
    work: list[Work]
    people: dict[int, Facts]
    demands: Demands
    group: frozenset[int]  # whose load is looked at
    places: dict[Hashable, str] = field(default_factory=dict)  # the names of the keys of by_place, in order
    by_district: bool = False


@dataclass(frozen=True)
class Beside:
    """A period beside the one before it, or with a proposal beside without."""

    this: Report
    last: Report
    places: dict[Hashable, str]


def beside(
    scope: Scope, choice: Choice, period: Period, *, now: datetime, extra: Iterable[Pair] = ()
) -> Beside:
    """Return `period` beside the equally long one before it, for a coordinator of `scope`; `now` is aware.

    `extra` are pairs of a person and a shift that would come on top, of a proposal. A fixed number of queries.
    """
    rows = choice.of(Shift.objects, scope).filter(
        starts_at__gte=period.before.begin, starts_at__lt=period.end
    )
    group = volunteers.in_scope(scope, now=now).values("pk").order_by()
    roster = _load(rows, group, period.before.first, period.last, extra, now=now)
    roster.by_district = scope.everywhere
    this, last = (_report(roster, days, extra, now=now) for days in (period, period.before))
    return Beside(this, last, _named(roster, this, last))


def with_and_without(
    shifts: QuerySet[Shift], extra: Iterable[Pair], period: Period, *, now: datetime
) -> Beside:
    """Return the quality of these shifts with the pairs of `extra` on top, beside how they stand now.

    The load that is looked at is that of everybody who stands on one of them, or would.
    """
    extra = list(extra)
    seated = Booking.objects.holding_a_seat().filter(shift__in=shifts.order_by().values("pk"))
    group = Person.objects.filter(
        Q(pk__in=seated.values("person")) | Q(pk__in={who for who, _shift in extra})
    )
    roster = _load(shifts, group.order_by().values("pk"), period.first, period.last, extra, now=now)
    this, last = (_report(roster, period, pairs, now=now) for pairs in (extra, ()))
    return Beside(this, last, _named(roster, this, last))


def of_proposal(proposal: Proposal, *, now: datetime) -> Beside:
    """Return the days of a proposal as if all who are in it say yes, beside how they stand now."""
    lines = fingerprint.coming(proposal)
    shifts = fingerprint.shifts_of(proposal, now=proposal.begun_at or proposal.made_at)
    period = Period(proposal.from_on, proposal.until_on)
    return with_and_without(shifts, lines.values_list("person", "shift"), period, now=now)


def _load(
    rows: QuerySet[Shift], group: QuerySet, first: date, last: date, extra: Iterable[Pair], *, now: datetime
) -> Roster:
    found = rows.with_taken().prefetch_related("task_kind", "location__district", "district")
    shifts = {shift.pk: shift for shift in found}
    chosen = frozenset(group.values_list("pk", flat=True))
    sunday = days.week_of(last)[1]
    seated = Booking.objects.holding_a_seat().filter(
        Q(shift__in=rows.order_by().values("pk")) | Q(person__in=group),
        starts_at__gte=days.moment(first - LOOK_BACK, time(0)),
        starts_at__lt=days.moment(sunday, time(0)),
    )
    columns = ("person_id", "shift_id", "starts_at", "ends_at", "shift__task_kind__load")
    work = [Work(*row) for row in seated.order_by().values_list(*columns)]
    who = chosen | {row.person for row in work} | {person for person, _shift in extra}
    people = Person.objects.filter(pk__in=who).select_related("home")
    known = facts.of_people(people, now=days.moment(first, time(0)), posts=_posts(days.day_of(now)))
    return Roster(shifts, work, known, facts.demands(), chosen)


def _posts(day: date) -> dict[int, list[RoleAssignment]]:
    """Return the roles of today: who came last week was not forgotten the month before."""
    held = defaultdict(list)
    for post in RoleAssignment.objects.in_force(day):
        held[post.person_id].append(post)
    return held


def _report(roster: Roster, period: Period, extra: Iterable[Pair], *, now: datetime) -> Report:
    shifts = [shift for shift in roster.shifts.values() if period.begin <= shift.starts_at < period.end]
    stands = {(row.person, row.shift) for row in roster.work}
    new = {pair for pair in extra if pair[1] in roster.shifts} - stands
    work = [*roster.work, *(_work(person, roster.shifts[pk]) for person, pk in new)]
    taken = Counter(row.shift for row in work)
    counted = {shift.pk for shift in shifts}
    inside = {row.person for row in work if period.begin <= row.starts_at < period.end}
    before = {row.person for row in work if period.before.begin <= row.starts_at < period.begin}
    return measures.of(
        [_shift(roster, shift, taken[shift.pk]) for shift in shifts],
        [_assignment(roster, row, row.shift in counted) for row in work],
        [
            measures.Person(
                id=who,
                most_shifts=roster.people[who].person.shifts_a_week,
                most_minutes=_minutes(roster.people[who].person.hours_a_week),
                did_before=who in before,
                could=who not in inside and _could(roster.people[who], shifts, roster.demands, period),
            )
            for who in roster.group
        ],
        first=period.first.toordinal(),
        days=period.days,
        agreements=roster.demands.agreements,
    )


def _shift(roster: Roster, shift: Shift, taken: int) -> measures.Shift:
    return measures.Shift(
        priority=priority.by_nature(shift),
        daypart=dayparts.of(shift.starts_at),
        place=_place(shift, roster.by_district),
        weekday=shift.day.weekday(),
        seats=shift.seats,
        taken=taken,
    )


def _assignment(roster: Roster, row: Work, is_counted: bool) -> Assignment:
    shift, mine = roster.shifts.get(row.shift), roster.people[row.person]
    gave = bool(mine.windows or mine.exceptions)
    level = mine.willingness.get(shift.task_kind_id) if shift else None
    return Assignment(
        person=row.person,
        day=days.day_of(row.starts_at).toordinal(),
        minutes=int((row.ends_at - row.starts_at).total_seconds() // 60),
        points=row.load,
        is_night=eligibility.is_night(row),
        is_counted=is_counted,
        willingness=FINE if level is None else LEVELS[level],
        is_within=eligibility.is_available(mine, shift) if is_counted and gave else None,
    )


def _work(person: int, shift: Shift) -> Work:
    return Work(person, shift.pk, shift.starts_at, shift.ends_at, shift.task_kind.load)


def _could(mine: Facts, shifts: Iterable[Shift], demands: Demands, period: Period) -> bool:
    """Return whether nothing but what passes by itself stood between somebody and one of these shifts."""
    hopeless = (
        set()
    )  # kinds of task that are out of reach all through the period: most of them, for most people
    for shift in shifts:
        if shift.task_kind_id in hopeless:
            continue
        if mine.willingness.get(shift.task_kind_id) in UNWILLING or not _may_hold(
            mine, shift, demands, period
        ):
            hopeless.add(shift.task_kind_id)
            continue
        found = eligibility.judge(mine, shift, demands, period.begin)
        if all(reason.row.is_passing for reason in found.reasons) and not found.warnings:
            return True
    return False


def _may_hold(mine: Facts, shift: Shift, demands: Demands, period: Period) -> bool:
    """Return whether each qualification that the shift asks for is held on some day of the period."""
    return all(
        any(
            held.first <= period.last and (held.last is None or held.last >= period.first)
            for code in counts
            for held in mine.periods.get(code, ())
        )
        for _qualification, counts in demands.of(shift)
    )


def _minutes(hours: int | None) -> int | None:
    return None if hours is None else hours * 60


def _place(shift: Shift, by_district: bool) -> Hashable:
    """Return the key of the place: of its district for who looks at the whole country."""
    if shift.is_national:
        return NATIONAL_POOL
    if shift.district_id:
        return "district", shift.district_id
    return ("district", shift.location.district_id) if by_district else ("location", shift.location_id)


def _named(roster: Roster, *reports: Report) -> dict[Hashable, str]:
    """Name the places of the reports: locations, whole districts, and the national pool last."""
    names = {NATIONAL_POOL: _("National pool")}
    for shift in roster.shifts.values():
        if not shift.is_national:
            whole = shift.district or shift.location.district
            said = str(whole) if roster.by_district else _("%(name)s, whole district") % {"name": whole}
            key = _place(shift, roster.by_district)
            names[key] = str(shift.location) if key[0] == "location" else said
    seen = set().union(*(report.by_place for report in reports))
    order = {"location": 0, "district": 1, "": 2}
    return {key: names[key] for key in sorted(seen, key=lambda key: (order[key[0]], names[key]))}
