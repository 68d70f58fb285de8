"""What do the rules need to know? Loaded in a fixed number of queries, for one person or for hundreds."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from math import asin, cos, radians, sin, sqrt

from django.db.models import BooleanField, DateTimeField, IntegerField, Value

from people import days, qualifications, roles, validity
from people.models import Grant, Location, Person, Qualification
from people.models import RoleAssignment as Post
from people.validity import Period
from rostering import agreements
from rostering.eligibility import track_record
from rostering.matching.load import Agreements, Work
from rostering.models import AvailabilityException, Booking, Shift, TaskKind, WeeklyWindow, Willingness

LOOK_BACK = timedelta(
    days=29
)  # what counts for 28 days; a week's maximum and the rest after a night reach less far
NIGHT_ENDS = time(6)


@dataclass(frozen=True)
class Block:
    """A booked shift of the person; aware datetimes."""

    shift: int
    starts_at: datetime
    ends_at: datetime
    load: int = 0  # points

    @cached_property
    def work(self) -> Work:
        return work(self, self.load)


@dataclass
class Facts:
    """All that the rules, and the fit, ask about one person."""

    person: Person
    may: frozenset[str]
    periods: dict[int, list[Period]] = field(default_factory=lambda: defaultdict(list))
    booked: list[Block] = field(default_factory=list)
    willingness: dict[int, int] = field(default_factory=dict)  # task kind -> level
    windows: list[tuple[int, time, time]] = field(default_factory=list)
    exceptions: list[tuple[date, date, bool]] = field(default_factory=list)
    is_experienced: bool = False  # was present at a small role
    acceptance: float = track_record.acceptance(0, 0)  # how likely a yes to an offer is

    def holds(self, codes: Iterable[int], day: date) -> bool:
        """Return whether one of these qualification ids counts on `day`."""
        return covered(self.periods, codes, day)

    def rests_on(self, award: Grant, codes: Iterable[int], day: date) -> bool:
        """Return whether one of these ids counts on `day`, and would not without `award`."""
        kept = {pk: list(periods) for pk, periods in self.periods.items()}
        period = validity.period(award.valid_from, award.valid_until, award.revoked_on)
        if period not in kept.get(award.qualification_id, ()):
            return False
        kept[award.qualification_id].remove(period)
        codes = list(codes)
        return self.holds(codes, day) and not covered(kept, codes, day)

    def lapsed_on(self, codes: Iterable[int], day: date) -> date | None:
        """Return the last day of what the person held before `day`, or None."""
        ends = [
            p.last for code in codes for p in self.periods.get(code, ()) if p.last and p.first <= p.last < day
        ]
        return max(ends, default=None)


@dataclass(frozen=True)
class Demands:
    """What each kind of task asks: its qualifications, and what else counts as holding one."""

    required: dict[int, list[Qualification]]
    wider: dict[int, set[int]]
    agreements: Agreements  # house rules about load and rest

    def of(self, shift: Shift) -> list[tuple[Qualification, set[int]]]:
        """Return each required qualification with the ids that count as holding it."""
        return [(q, self.wider.get(q.pk, {q.pk})) for q in self.required.get(shift.task_kind_id, ())]


def is_night(block) -> bool:
    """Return whether a block (starts_at, ends_at) touches the hours between midnight and six."""
    start, end = block.starts_at.astimezone(days.AMSTERDAM), block.ends_at.astimezone(days.AMSTERDAM)
    return start.time() < NIGHT_ENDS or (end.date() > start.date() and end > days.moment(end.date(), time(0)))


def work(block, load: int) -> Work:
    """Return what a block (starts_at, ends_at) with this load weighs, and on which day."""
    return days.day_of(block.starts_at).toordinal(), load, int(is_night(block))


def demands() -> Demands:
    required = defaultdict(list)
    rows = TaskKind.requires.through.objects.select_related("qualification").order_by("qualification__code")
    for row in rows:
        required[row.taskkind_id].append(row.qualification)
    return Demands(required, qualifications.wider(), agreements.now_held())


def of_person(person: Person, *, now: datetime) -> Facts:
    """Return the facts of one person, read afresh except for the person row itself."""
    return of_people([person], now=now, posts={person.pk: person.posts_on(days.day_of(now))})[person.pk]


def of_people(people: Iterable[Person], *, now: datetime, posts: dict | None = None) -> dict[int, Facts]:
    """Return the facts per person id, in seven queries whatever the number of people."""
    people = list(people)
    mine = {"person": people[0]} if len(people) == 1 else {"person__in": [p.pk for p in people]}
    if posts is None:
        posts = _posts(mine, days.day_of(now))
    found = {
        p.pk: Facts(p, frozenset().union(*(roles.ROLES[post.role].may for post in posts.get(p.pk, ()))))
        for p in people
    }
    for who, periods in periods_of(found).items():
        found[who].periods = periods
    for who, shift, starts_at, ends_at, load, experienced, yes, asked in _work(found, mine, now):
        if shift is None:
            found[who].is_experienced = experienced
            found[who].acceptance = track_record.acceptance(yes, asked)
        else:
            found[who].booked.append(Block(shift, starts_at, ends_at, load))
    for who, kind, level in Willingness.objects.filter(**mine).values_list(
        "person_id", "task_kind_id", "level"
    ):
        found[who].willingness[kind] = level
    windows = WeeklyWindow.objects.filter(**mine).values_list("person_id", "weekday", "start", "end")
    for who, *window in windows:
        found[who].windows.append(tuple(window))
    exceptions = AvailabilityException.objects.filter(**mine, until_on__gte=days.day_of(now))
    exceptions = exceptions.order_by("from_on", "pk")  # of two for the same day, the first is the rule
    for who, *exception in exceptions.values_list("person_id", "from_on", "until_on", "is_available"):
        found[who].exceptions.append(tuple(exception))
    return found


def periods_of(people: Iterable[int]) -> dict[int, dict[int, list[Period]]]:
    """Return, per person id and qualification id, the periods in which it counts. One query."""
    held = defaultdict(lambda: defaultdict(list))
    people = list(people)
    mine = {"person": people[0]} if len(people) == 1 else {"person__in": people}
    for who, what, first, last, revoked in (
        Grant.objects.filter(**mine)
        .order_by()
        .values_list("person_id", "qualification_id", "valid_from", "valid_until", "revoked_on")
    ):
        held[who][what].append(validity.period(first, last, revoked))
    return held


def covered(periods: dict[int, list[Period]], codes: Iterable[int], day: date) -> bool:
    """Return whether one of these qualification ids counts on `day`."""
    return any(period.covers(day) for code in codes for period in periods.get(code, ()))


def _work(people: Iterable[int], mine: dict, now: datetime):
    """Read in one query what each person is booked for, and one more row of each: the record of the past."""
    blocks = Booking.objects.holding_a_seat().filter(**mine, ends_at__gt=now - LOOK_BACK).order_by()
    none, no, no_moment = (Value(None, field()) for field in (BooleanField, IntegerField, DateTimeField))
    blocks = blocks.values_list(
        "person_id", "shift_id", "starts_at", "ends_at", "shift__task_kind__load", none, no, no
    )
    record = track_record.of(people, now=now)
    record = record.values_list("pk", no, no_moment, no_moment, no, "experienced", "yes", "asked")
    return blocks.union(record, all=True)


def _posts(mine: dict, day: date) -> dict[int, list[Post]]:
    held = defaultdict(list)
    for post in Post.objects.in_force(day).filter(**mine):
        held[post.person_id].append(post)
    return held


def distance_km(a: Location, b: Location) -> float:
    """Return the great-circle distance in kilometres (haversine, mean radius 6371 km)."""
    lat_a, lat_b = radians(a.latitude), radians(b.latitude)
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(b.longitude - a.longitude) / 2
    return 2 * 6371 * asin(sqrt(sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2))
