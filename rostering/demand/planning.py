"""Which shifts does the weekly demand ask for, and which of those are made?

`look` says it per district and writes nothing; `plan` makes them, for the own part of the country only;
`undoing.undo_planning` takes them back.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import days, journal
from people.access import Scope, scope_of
from people.days import public_holidays
from people.models import District, Location, Person
from people.words import clock, long_day
from rostering.demand.access import may_plan
from rostering.models import Booking, Planning, Shift, TaskKind, WeeklyDemand

ADDED, CHANGED, SAME, PEOPLED, BY_HAND = "added", "changed", "same", "peopled", "by_hand"
NATIONAL, ELSEWHERE, HOLIDAY, SKIPPED, TOO_FEW = "national", "elsewhere", "holiday", "skipped", "too_few"
REFUSED = {
    NATIONAL: gettext_lazy("a national coordinator plans the national pool"),
    ELSEWHERE: gettext_lazy("not your part of the country"),
    HOLIDAY: gettext_lazy("a public holiday"),
    SKIPPED: gettext_lazy("a time that the clock skips"),
    TOO_FEW: gettext_lazy("fewer seats than this kind of task asks"),
}
EVERYWHERE = Scope(everywhere=True, locations=frozenset(), districts=frozenset())


class Outdated(Exception):
    """What was shown is no longer what planning would do."""


@dataclass
class Part:
    """What planning does in one district, or in the national pool."""

    name: str
    counts: Counter = field(default_factory=Counter)

    @property
    def added(self) -> int:
        return self.counts[ADDED]

    @property
    def changed(self) -> int:
        """Shifts that stand, and get the number of seats that is asked for now."""
        return self.counts[CHANGED]

    @property
    def same(self) -> int:
        return self.counts[SAME]

    @property
    def peopled(self) -> int:
        """Shifts for which another number of seats is asked, left alone because people are on them."""
        return self.counts[PEOPLED]

    @property
    def by_hand(self) -> int:
        """Shifts that somebody moved, changed or cancelled, and that stay so."""
        return self.counts[BY_HAND]

    @property
    def refused(self) -> list[tuple[str, int]]:
        return [(str(why), self.counts[code]) for code, why in REFUSED.items() if self.counts[code]]


@dataclass
class Look:
    """What planning would do, per district; nothing has been written."""

    first: date
    last: date
    parts: list[Part]
    new: list[Shift]
    changed: list[tuple[Shift, int]]  # with the seats asked for
    left_out: list[tuple[date, time]]

    @property
    def number(self) -> int:
        return len(self.new)

    @property
    def has_work(self) -> bool:
        return bool(self.new or self.changed)

    @property
    def mark(self) -> str:
        """Tell this apart from every other outcome, so that what was shown is what is done."""
        said = [
            *(f"{_block_of(shift)} {shift.seats}" for shift in self.new),
            *(f"{shift.pk} {shift.seats} {seats}" for shift, seats in self.changed),
        ]
        return salted_hmac("rostering.planning", "\n".join(said)).hexdigest()[:16]


@dataclass(frozen=True)
class Planned:
    """How many shifts were made, and which of the weekly demand were not, because the clock skips their start."""

    number: int
    left_out: list[tuple[date, time]]
    changed: int = 0
    planning: Planning | None = None  # to take it back by; None when nothing was done

    @property
    def sentences(self) -> list[str]:
        return [
            _("On %(day)s there is no %(time)s; that shift has not been planned.")
            % {"day": long_day(day), "time": clock(at)}
            for day, at in self.left_out
        ]


def demand() -> QuerySet[WeeklyDemand]:
    """Return the weekly demand of the kinds of task that are in use."""
    return WeeklyDemand.objects.filter(task_kind__is_active=True).select_related("task_kind")


def weeks_ahead(weeks: int, *, now: datetime) -> tuple[date, date]:
    """Return the first and the last day of so many weeks from tomorrow on."""
    first = days.day_of(now) + timedelta(days=1)
    return first, first + timedelta(weeks=weeks, days=-1)


def look_weeks(weeks: int, *, by: Person, now: datetime) -> Look:
    """Say what planning so many weeks from tomorrow on would do; see look."""
    first, last = weeks_ahead(weeks, now=now)
    return look(demand(), first=first, last=last, by=by, now=now)


def plan_weeks(weeks: int, *, by: Person, now: datetime, seen: str | None = None) -> Planned:
    """Make the shifts of so many weeks from tomorrow on; see plan."""
    first, last = weeks_ahead(weeks, now=now)
    return plan(demand(), first=first, last=last, by=by, now=now, seen=seen)


def look(
    demand: Iterable[WeeklyDemand], *, first: date, last: date, by: Person | None, now: datetime
) -> Look:
    """Say what planning `demand` from `first` to `last` would do, per district. Writes nothing; see plan."""
    demand = list(demand)
    return _weigh(demand, _standing(demand, first, last), first=first, last=last, by=by, now=now)


@transaction.atomic
def plan(
    demand: Iterable[WeeklyDemand],
    *,
    first: date,
    last: date,
    by: Person | None,
    now: datetime,
    seen: str | None = None,
) -> Planned:
    """Make the shifts that `demand` (WeeklyDemand rows) asks for from `first` to `last`, and say how many.

    Only for the part of the country that `by` fills the roster of; None is the command line, which plans for all.
    What is planned already stays, also when it has moved since; it gets the seats asked for now as long as nobody
    is on it and nobody changed it. On Dutch public holidays only kinds that go on then are planned. A block whose
    start the clock of Amsterdam skips is left out, and told. Raises Outdated when `seen`, the mark of a look, is
    not of this.
    """
    demand = list(demand)
    # the lock: two who plan at the same time do it one after the other
    list(TaskKind.objects.select_for_update(no_key=True).order_by("pk"))
    standing = _standing(demand, first, last, lock=True)
    found = _weigh(demand, standing, first=first, last=last, by=by, now=now)
    if seen is not None and seen != found.mark:
        raise Outdated
    if not (found.new or found.changed):
        return Planned(0, found.left_out)
    made = Planning.objects.create(
        made_by=by, made_at=now, first_on=first, last_on=last, number=found.number,
        changed={shift.pk: shift.seats for shift, _seats in found.changed},
    )  # fmt: skip
    for shift in found.new:
        shift.planning = made
    Shift.objects.bulk_create(found.new, batch_size=500)
    for shift, seats in found.changed:
        shift.seats = shift.planned_seats = seats
    Shift.objects.bulk_update([shift for shift, _s in found.changed], ["seats", "planned_seats"])
    facts = {"number": found.number, "first": str(first), "last": str(last)}
    if found.changed:
        facts["changed"] = len(found.changed)
    journal.record("shifts.planned", made, by=by, now=now, **facts)
    return Planned(found.number, found.left_out, len(found.changed), made)


def is_by_hand(shift: Shift) -> bool:
    """Return whether somebody moved, changed or cancelled a planned shift since it was planned."""
    is_moved = (shift.starts_at, shift.ends_at) != (shift.planned_from, shift.planned_until)
    has_other_seats = shift.planned_seats not in (None, shift.seats)
    return (
        is_moved
        or has_other_seats
        or bool(shift.cancelled_at or shift.note or shift.room_id or shift.directions)
    )


def _weigh(
    demand: list[WeeklyDemand], standing: dict[tuple, Shift], *, first: date, last: date, by: Person | None,
    now: datetime,
) -> Look:  # fmt: skip
    """Judge every block of every place: made, changed, left alone or refused."""
    scope = EVERYWHERE if by is None else scope_of(by)
    places, closed = _places(), _closed_days(first, last)
    parts: dict[str, Part] = {}
    asked = set()  # in the night of the clock change two rows may ask for the same moments
    found = Look(first, last, [], [], [], [])
    for row in demand:
        for day in _days_of(row, first, last):
            for place in places[row.scope]:
                shift = _shift_of(row, day, place, now)
                block = _block_of(shift)
                fate = _fate(row, day, place, standing.get(block), scope, closed, now)
                if not fate or block in asked:
                    continue
                asked.add(block)
                name = _name_of(place, fate)
                parts.setdefault(name, Part(name)).counts[fate] += 1
                if fate == ADDED:
                    found.new.append(shift)
                elif fate == CHANGED:
                    found.changed.append((standing[block], row.seats))
                elif fate == SKIPPED and (day, row.start) not in found.left_out:
                    found.left_out.append((day, row.start))
    pool = parts.pop(_pool(), None)
    found.parts = [*([pool] if pool else []), *sorted(parts.values(), key=attrgetter("name"))]
    found.left_out.sort()
    return found


def _fate(
    row: WeeklyDemand, day: date, place: District | Location | None, stands: Shift | None, scope: Scope,
    closed: set[date], now: datetime,
) -> str:  # fmt: skip
    """Return what becomes of one block at one place; nothing for what is not ours and not missing either."""
    is_ours, is_closed = may_plan(scope, place), day in closed and not row.task_kind.on_holidays
    if not is_ours:
        if stands or is_closed:
            return ""
        return NATIONAL if place is None else ELSEWHERE
    if stands:
        return _fate_of_standing(row, stands, now)
    if is_closed:
        return HOLIDAY
    if days.is_skipped(day, row.start):
        return SKIPPED
    return TOO_FEW if row.seats < row.task_kind.minimum_people else ADDED


def _fate_of_standing(row: WeeklyDemand, shift: Shift, now: datetime) -> str:
    if is_by_hand(shift):
        return BY_HAND
    if shift.seats == row.seats or shift.starts_at <= now:
        return SAME
    if shift.has_people:
        return PEOPLED
    return TOO_FEW if row.seats < row.task_kind.minimum_people else CHANGED


def _standing(
    demand: list[WeeklyDemand], first: date, last: date, *, lock: bool = False
) -> dict[tuple, Shift]:
    """Return the planned shifts of a period by their block, with whether somebody is on them or was asked."""
    people = Booking.objects.live().filter(shift=OuterRef("pk"))
    rows = Shift.objects.filter(
        task_kind__in={row.task_kind_id for row in demand},
        planned_from__gte=days.moment(first, time(0)),
        planned_from__lt=days.moment(last + timedelta(days=1), time(0)),
    )
    if lock:
        list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    return {_block_of(shift): shift for shift in rows.annotate(has_people=Exists(people))}


def _block_of(shift: Shift) -> tuple:
    """Return what a planned shift is known by, wherever it moves: kind, day and times that were asked, place."""
    return (
        shift.task_kind_id, shift.planned_from, shift.planned_until, shift.location_id, shift.district_id
    )  # fmt: skip


def _days_of(row: WeeklyDemand, first: date, last: date) -> Iterator[date]:
    day = first + timedelta(days=(row.weekday - first.weekday()) % 7)
    while day <= last:
        yield day
        day += timedelta(days=7)


def _shift_of(row: WeeklyDemand, day: date, place: District | Location | None, now: datetime) -> Shift:
    starts_at, ends_at = days.span(day, row.start, row.end)
    return Shift(
        task_kind=row.task_kind, starts_at=starts_at, ends_at=ends_at, seats=row.seats,
        demand=row, published_at=now, planned_from=starts_at, planned_until=ends_at, planned_seats=row.seats,
        location=place if isinstance(place, Location) else None,
        district=place if isinstance(place, District) else None,
    )  # fmt: skip


def _closed_days(first: date, last: date) -> set[date]:
    return {day for year in range(first.year, last.year + 1) for day in public_holidays(year)}


def _places() -> dict[str, list[District | Location | None]]:
    """Return the places that each scope of demand is for; None is the national pool."""
    return {
        WeeklyDemand.Scope.DISTRICT: list(District.objects.all()),
        WeeklyDemand.Scope.LOCATION: list(Location.objects.filter(is_open=True).select_related("district")),
        WeeklyDemand.Scope.NATIONAL: [None],
    }


def _name_of(place: District | Location | None, fate: str) -> str:
    """Return the district that a place is counted with; all that is not ours is counted together."""
    if fate == ELSEWHERE:
        return _("Other districts")
    if place is None:
        return _pool()
    return place.district.name if isinstance(place, Location) else place.name


def _pool() -> str:
    return _("National pool")
