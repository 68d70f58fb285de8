"""What could this person take, what almost, and what would learning open? One reading of all shifts ahead,
and how each of them looks in a list.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import roles
from people.models import Grant, LearningStep, Person, Qualification
from people.words import duration
from rostering import eligibility, words
from rostering.eligibility import Assessment, facts
from rostering.matching import fit
from rostering.models import Booking, Shift, Willingness
from rostering.open_shifts.filters import Wanted
from rostering.words import Chip

MOST_NEAR = 5
UNKNOWN = 10**6  # minutes of a way that nobody described: after all that are


@dataclass(frozen=True)
class Lack:
    """A qualification that is missing, and how long the rest of the way to it takes (minutes, if known)."""

    qualification: Qualification
    minutes: int | None
    has_way: bool

    @classmethod
    def of(cls, qualification: Qualification, steps: dict[int, LearningStep]) -> "Lack":
        """Measure the way from where the person is: `steps` per id of what is being learned."""
        step = steps.get(qualification.pk)
        minutes = step.minutes_left if step else qualification.learn_minutes
        return cls(qualification, minutes, bool(step or qualification.learn_url))


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
class Row:
    """What components/shift_row.html shows, but for the addresses."""

    shift: Shift
    where: str
    chips: list[Chip]
    near: Near | None = None

    @property
    def act_label(self) -> str:
        if self.shift.taken >= self.shift.seats:
            return _("Put me on the waiting list")
        return _("Ask for this shift") if self.shift.task_kind.needs_approval else _("Take this shift")

    @property
    def learn(self) -> str:
        """The code of the first thing to learn, if it is known where."""
        ways = [lack.qualification.code for lack in self.near.lacks if lack.has_way] if self.near else []
        return ways[0] if ways else ""


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

    @property
    def full(self) -> list[Assessment]:
        """What could be taken but for the seats: there the waiting list is open."""
        return [
            found
            for found in self.all
            if [reason.code for reason in found.reasons] == ["full"] and not found.shift.standing
        ]

    def beyond_limit(self, wanted: Wanted) -> list[Assessment]:
        """What could be taken but for the person's own maximum in a week."""
        return [
            found
            for found in self.all
            if found.reasons
            and all(reason.row.is_own_limit for reason in found.reasons)
            and not found.shift.standing
            and wanted.takes(found)
        ]

    def near(self, wanted: Wanted | None = None, *, most: int = MOST_NEAR) -> list[Near]:
        """The shifts whose only bars are qualifications or experience; fewest lacking, then least to learn.

        Among equals each kind of task comes once before one comes twice.
        """
        misses = [
            self._near(found)
            for found in self.all
            if not found.shift.standing
            and found.reasons
            and all(reason.row.is_learnable for reason in found.reasons)
            and (wanted is None or wanted.takes(found))
        ]
        turn, turns = Counter(), {}
        for miss in misses:
            turns[miss.shift.pk] = turn[miss.shift.task_kind_id]
            turn[miss.shift.task_kind_id] += 1
        return sorted(misses, key=lambda n: (*n.distance, turns[n.shift.pk], n.shift.starts_at))[:most]

    def opened_by(self, qualification: Qualification) -> list[Shift]:
        """Return what comes with this qualification: the shifts whose only bars are it, or what it includes."""
        return [
            found.shift
            for found in self.all
            if not found.shift.standing and self._only_lacks(found, qualification)
        ]

    def brought_by(self, award: Grant) -> list[Shift]:
        """Return what came with an award: the shifts that fit and would not without it."""
        return [
            found.shift
            for found in self.fitting
            if any(
                self.facts.rests_on(award, counts, found.shift.day)
                for _asked, counts in self.demands.of(found.shift)
            )
        ]

    def openings(self) -> list[Opening]:
        """Return the single qualifications that would open something, the most shifts first."""
        asked = {
            found.reasons[0].qualification.pk: found.reasons[0].qualification
            for found in self.all
            if len(found.reasons) == 1 and found.reasons[0].qualification and not found.shift.standing
        }
        openings = [Opening(self.lack(one), len(self.opened_by(one))) for one in asked.values()]
        return sorted(
            openings, key=lambda o: (-o.shifts, o.lack.minutes or UNKNOWN, o.lack.qualification.code)
        )

    def lack(self, qualification: Qualification) -> Lack:
        return Lack.of(qualification, self.steps)

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


def best_first(found: Iterable[Assessment]) -> list[Assessment]:
    """Put the shifts of each day in order: first what suits in time and place, and of that the best fit."""
    found = list(found)
    worth = {one.shift.pk: points for one, points in zip(found, values(found), strict=True)}

    def place(one: Assessment) -> tuple:
        shift = one.shift
        return shift.day, bool(one.warnings), -worth[shift.pk], shift.starts_at, shift.pk

    return sorted(found, key=place)


def values(found: Sequence[Assessment]) -> list[int]:
    """Return what the fit of each is worth, in the points with which the matcher counts."""
    usual = Willingness.Level.FINE
    level = [one.facts.willingness.get(one.shift.task_kind_id, usual) for one in found]
    acceptance = [one.facts.acceptance for one in found]
    km = [eligibility.travel_km(one.facts, one.shift) for one in found]
    level = np.array(level, int) - Willingness.Level.RATHER_NOT
    return fit.points(level, np.array(acceptance), np.array(km)).tolist()


def limit_in_words(beyond: Sequence[Assessment]) -> str:
    """Say which own maximum leaves the list empty; nothing when no shift is held back by it."""
    if not beyond:
        return ""
    person, codes = beyond[0].person, {reason.code for found in beyond for reason in found.reasons}
    said = []
    if "week_shifts" in codes:
        n = person.shifts_a_week
        said.append(ngettext("%(n)s shift", "%(n)s shifts", n) % {"n": n})
    if "week_hours" in codes:
        said.append(ngettext("%(n)s hour", "%(n)s hours", person.hours_a_week) % {"n": person.hours_a_week})
    words = {"most": f" {_('and')} ".join(said), "n": len(beyond)}
    return (
        ngettext(
            "Your own maximum of %(most)s a week is reached. Without it there is %(n)s shift for you.",
            "Your own maximum of %(most)s a week is reached. Without it there are %(n)s shifts for you.",
            len(beyond),
        )
        % words
    )


def may_take_any(person: Person) -> bool:
    """Return whether one of the person's roles takes shifts or small tasks at all."""
    return roles.may(person, roles.TAKE_SHIFTS) or roles.may(person, roles.TAKE_MICROTASKS)


def row(found: Assessment) -> Row:
    """Say how a shift that can be taken looks in a list."""
    shift = found.shift
    chips = [words.seats_left(shift)]
    level = found.facts.willingness.get(shift.task_kind_id)
    if level == Willingness.Level.GLADLY:
        chips.append(Chip(_("You like doing this"), "good"))
    elif level == Willingness.Level.RATHER_NOT:
        chips.append(Chip(_("You would rather not"), "warn"))
    chips.append(words.load(shift))
    chips += [Chip(reason.short, "warn") for reason in found.warnings]
    return Row(shift, words.times_and_place(shift), chips)


def near_row(near: Near) -> Row:
    """Say how a shift that asks something to learn first looks in a list."""
    chips = [Chip(_lacking(lack), "warn") for lack in near.lacks]
    chips += [Chip(sentence, "warn") for sentence in near.sentences]
    return Row(near.shift, words.times_and_place(near.shift), chips, near)


def _ahead(person: Person, now: datetime) -> Iterator[Shift]:
    """Every shift ahead, with the state of what the person already has on it in `standing`."""
    mine = Booking.objects.live().filter(shift=OuterRef("pk"), person=person).order_by().values("state")[:1]
    rows = Shift.objects.ahead(now).with_taken().annotate(standing=Subquery(mine))
    return rows.with_place()


def _lacking(lack: Lack) -> str:
    name = {"name": lack.qualification.name}
    if lack.minutes:
        return _("You lack %(name)s, %(left)s to go") % {**name, "left": duration(lack.minutes)}
    return _("You lack %(name)s") % name
