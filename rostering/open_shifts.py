"""What could this person take, what almost, and what would learning open? One reading of all shifts ahead."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import OuterRef, Subquery

from people import days, roles
from people.models import LearningStep, Person, Qualification
from rostering import dayparts, eligibility, facts
from rostering.eligibility import Assessment
from rostering.models import Booking, Shift, TaskKind

LEARNABLE = {"qualification", "experience"}  # bars that learning or time takes away
MOST_NEAR = 5
UNKNOWN = 10**6  # minutes of a way that nobody described: after all that are


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Days and parts of the day are those of Amsterdam."""

    day: date | None = None
    weekday: int | None = None  # 0 is Monday
    daypart: str = ""
    place: str = ""  # "afstand" or "locatie"
    minutes: int | None = None  # at most
    when_available: bool = False

    def takes(self, found: Assessment) -> bool:
        shift = found.shift
        return (
            (self.day is None or shift.day == self.day)
            and (self.weekday is None or shift.day.weekday() == self.weekday)
            and (not self.daypart or dayparts.of(shift.starts_at) == self.daypart)
            and (self.minutes is None or shift.minutes <= self.minutes)
            and (not self.place or _is_at(self.place, shift, found.person))
            and (not self.when_available or "unavailable" not in {w.code for w in found.warnings})
        )


@dataclass(frozen=True)
class Lack:
    """A qualification that is missing, and how long the rest of the way to it takes (minutes, if known)."""

    qualification: Qualification
    minutes: int | None
    has_way: bool


@dataclass(frozen=True)
class Near:
    """A shift that only asks something that can still be learned."""

    found: Assessment
    lacks: list[Lack]
    sentences: list[str]  # what no course gives: months of experience

    @property
    def shift(self) -> Shift:
        return self.found.shift

    @property
    def distance(self) -> tuple[int, int]:
        """How far away: the number of things lacking, then the minutes left."""
        minutes = sum(UNKNOWN if lack.minutes is None else lack.minutes for lack in self.lacks)
        return len(self.lacks) + len(self.sentences), minutes + UNKNOWN * len(self.sentences)


@dataclass(frozen=True)
class Opening:
    """What one qualification would open."""

    lack: Lack
    shifts: int


@dataclass
class Overview:
    """All shifts ahead as one person sees them, in the order in which they start."""

    person: Person
    all: list[Assessment]
    demands: facts.Demands
    facts: facts.Facts
    steps: dict[int, LearningStep] = field(default_factory=dict)

    @property
    def fitting(self) -> list[Assessment]:
        """What can be taken now; not what the person already has, or asked for."""
        return [found for found in self.all if found.fits and not found.shift.standing]

    def near(self, wanted: Wanted | None = None, *, most: int = MOST_NEAR) -> list[Near]:
        """The shifts whose only bars are qualifications or experience; fewest lacking, then least to learn.

        Among equals each kind of task comes once before one comes twice.
        """
        misses = [
            self._near(found)
            for found in self.all
            if not found.shift.standing
            and found.reasons
            and all(reason.code in LEARNABLE for reason in found.reasons)
            and (wanted is None or wanted.takes(found))
        ]
        turn, turns = Counter(), {}
        for miss in misses:
            turns[miss.shift.pk] = turn[miss.shift.task_kind_id]
            turn[miss.shift.task_kind_id] += 1
        return sorted(misses, key=lambda n: (*n.distance, turns[n.shift.pk], n.shift.starts_at))[:most]

    def opened_by(self, qualification: Qualification) -> list[Shift]:
        """Return the shifts whose only bars are this qualification, or what it includes."""
        return [found.shift for found in self.all if self._only_lacks(found, qualification)]

    def openings(self) -> list[Opening]:
        """Return the single qualifications that would open something, the most shifts first."""
        counted = defaultdict(int)
        asked = {}
        for found in self.all:
            lacking = {r.qualification.pk: r.qualification for r in found.reasons if r.qualification}
            if len(lacking) == 1 and len(found.reasons) == 1 and not found.shift.standing:
                asked |= lacking
                counted[next(iter(lacking))] += 1
        openings = [Opening(self.lack(asked[pk]), n) for pk, n in counted.items()]
        return sorted(
            openings, key=lambda o: (-o.shifts, o.lack.minutes or UNKNOWN, o.lack.qualification.code)
        )

    def lack(self, qualification: Qualification) -> Lack:
        step = self.steps.get(qualification.pk)
        minutes = step.minutes_left if step else qualification.learn_minutes
        return Lack(qualification, minutes, bool(step or qualification.learn_url))

    def _near(self, found: Assessment) -> Near:
        return Near(
            found,
            [self.lack(reason.qualification) for reason in found.reasons if reason.qualification],
            [reason.sentence for reason in found.reasons if not reason.qualification],
        )

    def _only_lacks(self, found: Assessment, qualification: Qualification) -> bool:
        return bool(found.reasons) and all(
            reason.qualification is not None
            and qualification.pk in self.demands.wider.get(reason.qualification.pk, {reason.qualification.pk})
            for reason in found.reasons
        )


def overview(person: Person, *, now: datetime, steps: Iterable[LearningStep] | None = None) -> Overview:
    """Judge every shift ahead for `person`, in a fixed number of queries; `now` is aware."""
    asked, mine = facts.demands(), facts.of_person(person, now=now)
    found = [eligibility.judge(mine, shift, asked, now) for shift in _ahead(person, now)]
    if steps is None:
        steps = person.learning_steps.all()
    return Overview(person, found, asked, mine, {step.qualification_id: step for step in steps})


def opened_by(person: Person, qualification: Qualification, *, now: datetime) -> list[Shift]:
    """Return the shifts ahead whose only bars for `person` are `qualification`, or what it includes."""
    return overview(person, now=now, steps=()).opened_by(qualification)


def may_take_any(person: Person) -> bool:
    """Return whether one of the person's roles takes shifts or small tasks at all."""
    return roles.may(person, roles.TAKE_SHIFTS) or roles.may(person, roles.TAKE_MICROTASKS)


def _ahead(person: Person, now: datetime) -> Iterator[Shift]:
    """Every shift ahead, with the state of what the person already has on it in `standing`."""
    mine = Booking.objects.live().filter(shift=OuterRef("pk"), person=person).order_by().values("state")[:1]
    rows = Shift.objects.ahead(now).with_taken().annotate(standing=Subquery(mine))
    return rows.with_place()


def _is_at(place: str, shift: Shift, person: Person) -> bool:
    mode, home = shift.task_kind.mode, person.home
    if place == "afstand":
        return mode in (TaskKind.Mode.REMOTE, TaskKind.Mode.EITHER)
    if home is None or mode == TaskKind.Mode.REMOTE:
        return False
    if shift.is_national:
        return mode == TaskKind.Mode.EITHER
    return home.pk == shift.location_id or home.district_id == shift.district_id


def days_ahead(now: datetime, count: int = 14) -> list[date]:
    """Return today and the days after it, in Amsterdam."""
    today = days.day_of(now)
    return [date.fromordinal(today.toordinal() + n) for n in range(count)]
