"""May this person take this shift? All rules, asked of the facts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from people.models import Person
from rostering.eligibility import facts as known
from rostering.eligibility.facts import Demands, Facts
from rostering.eligibility.reasons import Reason
from rostering.eligibility.rules import (
    already_on,
    already_started,
    has_left,
    is_available,
    is_full,
    is_unavailable,
    is_unwilling,
    lacks_experience,
    lacks_qualification,
    lives_too_far,
    much_load,
    newcomer_alone,
    not_for_role,
    not_published,
    over_load,
    over_weekly_maximum,
    overlaps,
    rests_after_night,
)
from rostering.models import Shift


@dataclass
class Assessment:
    """One person and one shift, judged."""

    facts: Facts
    shift: Shift
    demands: Demands
    reasons: list[Reason]

    @property
    def person(self) -> Person:
        return self.facts.person

    @property
    def fits(self) -> bool:
        return not self.reasons

    @cached_property
    def warnings(self) -> list[Reason]:
        """What does not stop a volunteer, and does stop us from suggesting that person."""
        return [reason for rule in WARNINGS for reason in rule(self.facts, self.shift, self.demands)]


BARS = (
    has_left,
    not_for_role,
    not_published,
    already_started,
    is_full,
    lacks_qualification,
    lacks_experience,
    already_on,
    overlaps,
    rests_after_night,
    over_weekly_maximum,
    over_load,
    is_unwilling,
)


WARNINGS = (is_unavailable, lives_too_far, newcomer_alone, much_load)


def reasons_against(person: Person, shift: Shift, *, now: datetime) -> list[Reason]:
    """Return why `person` may not take `shift`, read afresh from the database; `now` is aware."""
    return assess(person, [shift.pk], now=now)[0].reasons


def assess(person: Person, shifts: Iterable[int] | None = None, *, now: datetime) -> list[Assessment]:
    """Judge one person on these shift ids, or on every shift ahead; in the order in which they start."""
    rows = Shift.objects.ahead(now) if shifts is None else Shift.objects.filter(pk__in=shifts)
    asked, mine = known.demands(), known.of_person(person, now=now)
    return [judge(mine, shift, asked, now) for shift in rows.with_taken().with_place()]


def outside_their_days(people: Iterable[Person], shift: Shift, *, now: datetime) -> list[Person]:
    """Return who of `people` did not say to be free at the time of `shift`; who said nothing is free."""
    people = list(people)
    found = known.of_people(people, now=now).values() if people else ()
    return [facts.person for facts in found if not is_available(facts, shift)]


def assess_people(
    people: Iterable[Person], shift: Shift, *, now: datetime, demands: Demands | None = None
) -> list[Assessment]:
    """Judge many people on one shift, in a fixed number of queries; `demands` when the caller has read them."""
    shift = Shift.objects.with_taken().with_place().get(pk=shift.pk)
    asked = demands or known.demands()
    return [judge(facts, shift, asked, now) for facts in known.of_people(people, now=now).values()]


def judge(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Assessment:
    """Ask every rule. `shift` carries `taken` (Shift.objects.with_taken)."""
    return Assessment(
        facts, shift, demands, [reason for rule in BARS for reason in rule(facts, shift, demands, now)]
    )
