"""One rule in two forms: what eligibility says of a person and a shift, the arrays say of all of them at once."""

import random
from collections import Counter
from datetime import date, time, timedelta

import numpy as np
import pytest
from django.db import transaction

from people import days
from people.models import Person
from rostering import booking, eligibility, open_shifts
from rostering.availability import preferences
from rostering.eligibility import facts
from rostering.matching import fit, world
from rostering.matching.codes import MATCHED
from rostering.matching.possible import pairs
from rostering.models import Booking, Shift
from rostering.offers import suggestions
from rostering.snapshot import load
from tests.conftest import make_person
from tests.rostering.worlds import Roster

pytestmark = pytest.mark.django_db

WORLDS = 120  # in four parts, for the workers of the suite
NO_COUNTERPART = {"busy", "declined", "reluctant", "week_heavy"}  # said by the arrays alone


@pytest.mark.parametrize("part", range(4))
def test_rules_and_arrays_agree_in_random_worlds(part):
    said = Counter()
    for seed in range(part, WORLDS, 4):
        with transaction.atomic():
            said += agree(Roster(random.Random(seed)), seed)
            transaction.set_rollback(True)
    assert set(said) == set(MATCHED) - NO_COUNTERPART


def agree(roster, seed):
    chosen = [shift.pk for shift in roster.shifts[:-2]]  # two are known by their bookings only
    made = load.load(chosen, now=roster.now, people=Person.objects.all())
    bits = pairs.reasons(made, np.arange(made.m))
    possible = pairs.find(made)
    free = {
        (person, task) for person, task in zip(possible.person.tolist(), possible.task.tolist(), strict=True)
    }
    known = facts.of_people(Person.objects.select_related("home"), now=roster.now)
    demands = facts.demands()
    shifts = Shift.objects.with_taken().with_place().in_bulk(chosen)
    worth = fit.values(made, *np.indices((made.n, made.m)))
    said = Counter()
    for i, who in enumerate(made.people.ids):
        for j, what in enumerate(made.tasks.ids):
            found = eligibility.judge(known[who], shifts[what], demands, roster.now)
            codes = {reason.code for reason in [*found.reasons, *found.warnings]}
            listed = {code for code in MATCHED if bits[i, j] & pairs.BIT[code]}
            assert listed - NO_COUNTERPART == codes, (seed, who, what)
            assert ((i, j) in free) == (not listed), (seed, who, what)
            assert worth[i, j] == open_shifts.values([found])[0]
            assert lacking(made, i, j) == {r.qualification.pk for r in found.reasons if r.qualification}
            said.update(codes)
    return said


def lacking(made, person, task):
    """The ids of the qualifications that the arrays know to be missing."""
    asked = [made.requirements[index] for index in made.requires[made.tasks.kind[task]]]
    return {
        one.key
        for one in asked
        if one.code == "qualification" and not holds(one, person, made.tasks.judged_on[task])
    }


def holds(requirement, person, day):
    held = requirement.held
    return bool(((held.person == person) & (held.start <= day) & (day <= held.end)).any())


@pytest.mark.parametrize("seed", range(30))
def test_who_is_suggested_first_is_who_the_arrays_put_first(seed):
    roster = Roster(random.Random(seed), people=9, shifts=5)
    for shift in Shift.objects.all():
        asked = [one.person.pk for one in suggestions.suggest(shift, now=roster.now, most=9)]
        assert asked == ranked(shift, roster.now)


def ranked(shift, now):
    made, one = load.load([shift.pk], now=now, wishes=False), np.array([0])
    free = np.flatnonzero(pairs.reasons(made, one)[:, 0] == 0)
    free = free[~np.isin(np.array(made.people.ids)[free], shift.bookings.live().values_list("person"))]
    if made.tasks.newcomers_on[0] and not made.tasks.alone[0]:
        free = free[~made.people.newcomer[free]]
    worth = fit.values(made, free, np.zeros_like(free)) - fit.load(made, free)
    return [made.people.ids[i] for _points, i in sorted(zip(-worth, free, strict=True))]


def test_a_newcomer_is_not_put_beside_a_newcomer(anouk, carla, shift, grant_all, now):
    booking.book(grant_all(carla), shift, by=carla, now=now)
    assert suggestions.suggest(shift, now=now) == []


@pytest.mark.both
def test_seats_and_who_stands_on_them(anouk, carla, make_shift, grant_all, now):
    here, there = make_shift(seats=3), make_shift(days_ahead=4, seats=1)
    for person, shift in [(anouk, here), (grant_all(carla), here), (anouk, there)]:
        booking.book(person, shift, by=person, now=now)
    done = make_shift(days_ahead=-30, published_at=now)
    Booking.objects.create(
        person=anouk, shift=done, state="attended", seat=1, starts_at=done.starts_at, ends_at=done.ends_at,
        made_at=now, moved_at=now,
    )  # fmt: skip
    tasks = load.load([here.pk, there.pk], now=now, people=[anouk]).tasks
    on = (tasks.need.tolist(), tasks.experienced_on.tolist(), tasks.newcomers_on.tolist())
    assert on == ([1, 0], [1, 1], [1, 0])
    assert [code for code, mask in tasks.bars.items() if mask[1]] == ["full"]


def test_share_and_history_are_those_of_the_period_and_four_weeks_around_it(anouk, make_shift, now):
    anouk.shifts_a_week = 3
    # Today is Monday; what is asked about lies in this week and in the next.
    for n in (-29, -28, -1, 2, 8, 41, 42):
        booked = make_shift(days_ahead=n, hour=9)
        Booking.objects.create(
            person=anouk, shift=booked, state="booked", seat=1, starts_at=booked.starts_at,
            ends_at=booked.ends_at, made_at=now, moved_at=now,
        )  # fmt: skip
    made = load.load([make_shift().pk, make_shift(days_ahead=10).pk], now=now, people=[anouk])
    people = made.people
    assert (made.weeks, people.history.tolist(), people.capacity.tolist()) == (2, [5], [3 * 10])
    assert people.most_tasks.tolist() == [[3, 3]]
    assert people.most_minutes.tolist() == [[world.NO_LIMIT] * 2]


def test_who_would_rather_not_is_asked_only_when_that_is_wanted(anouk, shift, now):
    preferences.set_willingness(anouk, {shift.task_kind: 1}, by=anouk, now=now)
    assert said(load.load([shift.pk], now=now)) == ["reluctant"]
    assert said(load.load([shift.pk], now=now, reluctant=True)) == []


def test_who_declined_is_not_asked_again(anouk, carla, shift, now):
    booking.decline(booking.offer(anouk, shift, by=carla, now=now), by=anouk, now=now)
    assert said(load.load([shift.pk], now=now, people=[anouk])) == ["declined"]


def said(made):
    return [code for code in MATCHED if pairs.reasons(made, np.array([0]))[0, 0] & pairs.BIT[code]]


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 10, 24), 9), (date(2027, 3, 27), 7)])
def test_a_night_in_which_the_clock_changes(anouk, telephone, day, hours, now):
    start, end = days.span(day, time(22), time(6))
    shift = Shift.objects.create(task_kind=telephone, starts_at=start, ends_at=end, published_at=now)
    preferences.set_pattern(anouk, [preferences.Window(5, time(22), time(6))], by=anouk, now=now)
    made = load.load([shift.pk], now=day_before(day), people=[anouk])
    assert made.tasks.end - made.tasks.start == made.people.free.end - made.people.free.start == 60 * hours
    assert said(made) == ["newcomer"]


def day_before(day):
    return days.moment(day - timedelta(days=1), time(12))


def test_nobody_and_nothing(anouk, shift, now):
    empty, nobody = load.load([], now=now), load.load([shift.pk], now=now, people=[])
    assert (empty.n, empty.m, len(pairs.find(empty).person)) == (1, 0, 0)
    assert (nobody.n, nobody.m, len(pairs.find(nobody).person)) == (0, 1, 0)
    assert pairs.reasons(nobody, np.array([0])).shape == (0, 1)


def test_the_number_of_queries_does_not_grow(anouk, make_shift, now, django_assert_num_queries):
    make_shift()
    with django_assert_num_queries(13):
        load.load(Shift.objects.ahead(now), now=now)
    for name in ("Bea", "Cem"):
        make_person(name, "volunteer")
        make_shift(days_ahead=9)
    with django_assert_num_queries(13):
        load.load(Shift.objects.ahead(now), now=now)
