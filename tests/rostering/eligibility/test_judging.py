"""Each rule can say no, and the list agrees with the single question."""

import random
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from people import days, qualifications
from people.models import Grant, Location, Person, Qualification
from rostering import booking, eligibility
from rostering.availability import preferences
from rostering.eligibility import facts
from rostering.models import Booking, Shift, TaskKind, Willingness
from rostering.open_shifts import nearby
from tests.asking import bookable_by
from tests.conftest import NOW, make_person

pytestmark = pytest.mark.django_db


def codes(person, shift, now=NOW):
    return [reason.code for reason in eligibility.reasons_against(person, shift, now=now)]


def warnings(person, shift):
    return [reason.code for reason in eligibility.assess(person, [shift.pk], now=NOW)[0].warnings]


def test_who_has_everything_may(anouk, shift):
    assert codes(anouk, shift) == []
    assert bookable_by(anouk, now=NOW) == [shift]


def test_a_person_who_left(anouk, shift):
    anouk.is_active = False
    assert codes(anouk, shift) == ["left"]


def test_a_candidate_does_small_tasks_only(bram, make_shift):
    kind = TaskKind.objects.create(
        code="T16", name="Gids", minutes=20, load=1, mode="remote", ladder="micro_task"
    )
    assert codes(bram, make_shift(kind)) == []
    kind.ladder = "small_role"
    kind.save()
    assert codes(bram, make_shift(kind)) == ["role"]


def test_what_a_qualification_opens_before_and_after_it_is_granted(anouk, shift, certificate):
    anouk.grants.filter(qualification=certificate).delete()
    assert nearby.of(anouk, certificate, now=NOW).shifts == [shift]
    qualifications.grant(anouk, certificate, by=None, now=NOW)
    assert nearby.of(anouk, certificate, now=NOW).shifts == [shift]


def test_a_draft(anouk, make_shift):
    assert codes(anouk, make_shift(published_at=None)) == ["unpublished"]


def test_a_cancelled_shift(anouk, make_shift):
    assert codes(anouk, make_shift(cancelled_at=NOW, cancelled_because="Storing")) == ["cancelled"]


def test_a_shift_that_has_begun(anouk, shift):
    assert codes(anouk, shift, now=shift.starts_at) == ["started"]


def test_a_full_shift(anouk, carla, make_shift, grant_all):
    shift = make_shift(seats=1)
    booking.book(grant_all(carla), shift, by=carla, now=NOW)
    assert codes(anouk, shift) == ["full"]


def test_a_missing_certificate(anouk, shift, certificate):
    anouk.grants.filter(qualification=certificate).delete()
    reason = eligibility.reasons_against(anouk, shift, now=NOW)[0]
    assert (reason.code, reason.qualification) == ("qualification", certificate)


@pytest.mark.parametrize(("until", "said"), [(-1, ["qualification"]), (0, []), (1, [])])
def test_a_certificate_is_judged_on_the_day_of_the_shift(anouk, shift, certificate, until, said):
    last = shift.day + timedelta(days=until)
    anouk.grants.filter(qualification=certificate).update(valid_until=last)
    assert codes(anouk, shift) == said


@pytest.mark.parametrize(("revoked", "said"), [(0, ["qualification"]), (1, [])])
def test_a_revocation_counts_from_its_day_on(anouk, shift, certificate, revoked, said):
    day = shift.day + timedelta(days=revoked)
    anouk.grants.filter(qualification=certificate).update(revoked_on=day, revoked_because="Fout")
    assert codes(anouk, shift) == said


def test_a_shift_after_midnight_is_judged_in_amsterdam(anouk, make_shift, certificate):
    shift = make_shift(hour=0, days_ahead=4)  # 23.00 the day before in London
    anouk.grants.filter(qualification=certificate).update(valid_until=shift.day - timedelta(days=1))
    assert codes(anouk, shift) == ["qualification"]


def test_one_qualification_may_include_another(anouk, shift, certificate):
    anouk.grants.filter(qualification=certificate).delete()
    wide = Qualification.objects.create(code="B", name="Basiscertificaat")
    wider = Qualification.objects.create(code="A", name="Alles")
    wide.includes.add(certificate)
    wider.includes.add(wide)
    qualifications.grant(anouk, wider, by=None, now=NOW)
    assert codes(anouk, shift) == []


@pytest.mark.parametrize(("joined", "said"), [(date(2025, 11, 26), []), (date(2025, 11, 27), ["experience"])])
def test_months_of_experience(anouk, shift, joined, said):
    TaskKind.objects.update(minimum_months=12)  # the shift is on 26 November 2026
    anouk.joined_on = joined
    assert codes(anouk, shift) == said


def test_who_is_on_it_already(anouk, shift):
    booking.book(anouk, shift, by=anouk, now=NOW)
    assert codes(anouk, shift) == ["already"]


def test_two_shifts_at_once(anouk, make_shift):
    booking.book(anouk, make_shift(hour=17, hours=3), by=anouk, now=NOW)
    assert codes(anouk, make_shift(hour=19, hours=2)) == ["overlap"]
    assert codes(anouk, make_shift(hour=20, hours=2)) == []


@pytest.mark.parametrize(("hour", "said"), [(11, ["rest"]), (12, [])])
def test_rest_after_a_night(anouk, make_shift, hour, said):
    night = make_shift(days_ahead=3, hour=22, hours=3)
    booking.book(anouk, night, by=anouk, now=NOW)
    assert codes(anouk, make_shift(days_ahead=4, hour=hour)) == said


def test_a_night_before_a_booked_morning(anouk, make_shift):
    booking.book(anouk, make_shift(days_ahead=4, hour=9), by=anouk, now=NOW)
    assert codes(anouk, make_shift(days_ahead=3, hour=22, hours=3)) == ["rest"]


def test_shifts_a_week(anouk, make_shift):
    anouk.shifts_a_week = 1
    anouk.save()
    booking.book(anouk, make_shift(days_ahead=1), by=anouk, now=NOW)
    assert codes(anouk, make_shift(days_ahead=6)) == ["week_shifts"]  # Sunday
    assert codes(anouk, make_shift(days_ahead=7)) == []  # Monday


def test_hours_a_week(anouk, make_shift):
    anouk.hours_a_week = 6
    anouk.save()
    booking.book(anouk, make_shift(days_ahead=1, hours=3), by=anouk, now=NOW)
    assert codes(anouk, make_shift(days_ahead=2, hours=3)) == []
    assert codes(anouk, make_shift(days_ahead=2, hours=4)) == ["week_hours"]


def test_never(anouk, shift):
    preferences.set_willingness(anouk, {shift.task_kind: Willingness.Level.NEVER}, by=anouk, now=NOW)
    assert codes(anouk, shift) == ["never"]


@pytest.mark.parametrize(
    ("windows", "said"),
    [
        ([], []),
        ([(3, 17, 20)], []),
        ([(3, 12, 18), (3, 18, 22)], []),
        ([(3, 18, 22)], ["unavailable"]),
        ([(2, 12, 22)], ["unavailable"]),
        ([(2, 17, 17)], ["unavailable"]),  # 24 hours, until Thursday 17.00
    ],
)
def test_the_weekly_pattern_is_a_warning(anouk, shift, windows, said):  # Thursday 17.00 to 20.00
    pattern = [preferences.Window(day, time(a), time(b)) for day, a, b in windows]
    preferences.set_pattern(anouk, pattern, by=anouk, now=NOW)
    assert warnings(anouk, shift) == said


def test_a_window_over_midnight(anouk, make_shift):
    shift = make_shift(hour=22, hours=3)
    preferences.set_pattern(anouk, [preferences.Window(3, time(18), time(1))], by=anouk, now=NOW)
    assert warnings(anouk, shift) == []


@pytest.mark.parametrize(("available", "said"), [(False, ["unavailable"]), (True, [])])
def test_an_exception_wins_over_the_pattern(anouk, shift, available, said):
    pattern = (
        [preferences.Window(3, time(8), time(23))]
        if not available
        else [preferences.Window(0, time(8), time(9))]
    )
    preferences.set_pattern(anouk, pattern, by=anouk, now=NOW)
    preferences.add_exception(
        anouk, from_on=shift.day, until_on=shift.day, is_available=available, by=anouk, now=NOW
    )
    assert warnings(anouk, shift) == said


def test_too_far_is_a_warning_on_site_only(anouk, make_shift, groningen):
    shift = make_shift(location=groningen)
    assert warnings(anouk, shift) == []
    TaskKind.objects.update(mode="on_site")
    assert warnings(anouk, shift) == ["far"]


def test_the_first_time_is_not_alone(anouk, make_shift, now):
    single, double = make_shift(seats=1), make_shift(seats=2, days_ahead=4)
    assert [warnings(anouk, shift) for shift in (single, double)] == [["newcomer"], []]
    done = make_shift(days_ahead=-2)
    row = Booking.objects.create(
        person=anouk, shift=done, state="absent", seat=1, made_at=now, moved_at=now,
        starts_at=done.starts_at, ends_at=done.ends_at,
    )  # fmt: skip
    assert warnings(anouk, single) == ["newcomer"]
    booking.mark_attended(row, by=anouk, now=now)
    assert warnings(anouk, single) == []


def test_a_small_task_may_be_done_alone_the_first_time(anouk, make_shift, telephone):
    TaskKind.objects.update(ladder="micro_task")
    assert warnings(anouk, make_shift(seats=1)) == []


def test_every_window_of_a_long_shift_is_looked_at(anouk, make_shift):
    shift = make_shift(hour=10, hours=60)  # Thursday 10.00 to Saturday 22.00
    pattern = [preferences.Window(day, time(0), time(0)) for day in (3, 4, 5)]
    preferences.set_pattern(anouk, pattern, by=anouk, now=NOW)
    assert warnings(anouk, shift) == []


MUCH = ["week_shifts", "week_hours", "points", "nights", "load_near"]


def test_every_rule_is_tried_here():
    """A new rule needs a test in which it says no."""
    load = Path(__file__).parents[1] / "agreements" / "test_load.py"
    said = Path(__file__).read_text() + load.read_text()
    names = [
        "left",
        "role",
        "unpublished",
        "cancelled",
        "started",
        "full",
        "qualification",
        "experience",
        "overlap",
    ]
    assert all(f'"{name}"' in said for name in [*names, "rest", *MUCH, "never"])
    assert len(eligibility.BARS) == 13
    assert len(eligibility.WARNINGS) == 4


WORLDS = 216  # in eight parts, for the workers of the suite


@pytest.mark.parametrize("part", range(8))
def test_list_and_question_agree_in_random_worlds(part, utrecht, groningen):
    for seed in range(part, WORLDS, 8):
        with transaction.atomic():
            agree(random.Random(seed))
            transaction.set_rollback(True)


def read_once(read):
    """Return `read`, asked of the database only once for the same people; what it gives depends on nothing else."""
    known = {}

    def remembered(who, **options):
        key = who.pk if isinstance(who, Person) else tuple(person.pk for person in who)
        if key not in known:
            known[key] = read(who, **options)
        return known[key]

    return remembered


def agree(dice):
    """Compare the answers of the three doors; each door reads the facts for itself, once in a world."""
    people, shifts = random_world(dice)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "of_person", read_once(facts.of_person))
        answers = {p: {s: eligibility.reasons_against(p, s, now=NOW) for s in shifts} for p in people}
    for person in people:
        assert bookable_by(person, now=NOW) == [s for s in shifts if not answers[person][s]]
        for shift in shifts:  # two ways to ask the same: a query in people, arithmetic over periods here
            absent = qualifications.missing(person, shift.task_kind.requires.all(), on=shift.day)
            lacking = [r.qualification for r in answers[person][shift] if r.code == "qualification"]
            assert sorted(q.pk for q in lacking) == sorted(q.pk for q in absent)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facts, "of_people", read_once(facts.of_people))
        judged = {shift: eligibility.assess_people(people, shift, now=NOW) for shift in shifts}
    for shift, of_all in judged.items():
        reasons = {found.person: found.reasons for found in of_all}
        assert reasons == {person: answers[person][shift] for person in people}


def random_world(dice):
    places = list(Location.objects.all())
    quals = [Qualification.objects.create(code=f"Q{i}", name=f"Q{i}") for i in range(4)]
    for wide, narrow in [(0, 1), (2, 3), (1, 3)]:
        if dice.random() < 0.4:
            quals[wide].includes.add(quals[narrow])
    kinds = []
    for i in range(3):
        kind = TaskKind.objects.create(
            code=f"K{i}", name=f"K{i}", minutes=60, load=1, mode=dice.choice(TaskKind.Mode.values),
            ladder=dice.choice(TaskKind.Ladder.values), minimum_months=dice.choice([0, 0, 12]),
        )  # fmt: skip
        kind.requires.set(dice.sample(quals, dice.randint(0, 2)))
        kinds.append(kind)
    shifts = sorted((random_shift(dice, kinds, places) for _ in range(6)), key=lambda s: (s.starts_at, s.pk))
    people = [random_person(dice, i, quals, kinds, places) for i in range(3)]
    for shift in dice.sample(shifts, 3):
        seat_somebody(dice, people, shift)
    return people, shifts


def random_shift(dice, kinds, places):
    starts_at = NOW + timedelta(hours=dice.randint(-30, 150))
    return Shift.objects.create(
        task_kind=dice.choice(kinds), starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=dice.choice([1, 3, 9, 12])), seats=dice.randint(1, 2),
        location=dice.choice([None, *places]), published_at=dice.choice([NOW, NOW, NOW, None]),
    )  # fmt: skip


def random_person(dice, number, quals, kinds, places):
    person = make_person(
        f"P{number}", dice.choice(["volunteer", "volunteer", "candidate"]), home=dice.choice([None, *places]),
        joined_on=date(2025, dice.randint(10, 12), 20), shifts_a_week=dice.choice([None, None, 0, 1]),
        hours_a_week=dice.choice([None, None, 4, 10]),
    )  # fmt: skip
    for qualification in quals:
        for _ in range(dice.randint(0, 2)):
            first = NOW.date() + timedelta(days=dice.randint(-9, 6))
            revoked = dice.choice([None, None, first + timedelta(days=dice.randint(0, 9))])
            Grant.objects.create(
                person=person, qualification=qualification, valid_from=first, granted_at=NOW, source="test",
                valid_until=dice.choice([None, first + timedelta(days=dice.randint(0, 9))]),
                revoked_on=revoked, revoked_because="x" if revoked else "",
            )  # fmt: skip
    for kind in dice.sample(kinds, 2):
        Willingness.objects.create(person=person, task_kind=kind, level=dice.randint(0, 3))
    return person


def seat_somebody(dice, people, shift):
    state = dice.choice(Booking.State.values)
    Booking.objects.create(
        person=dice.choice(people), shift=shift, state=state, seat=1 if state in Booking.SEATED else None,
        starts_at=shift.starts_at, ends_at=shift.ends_at, made_at=NOW, moved_at=NOW,
    )  # fmt: skip


def test_the_number_of_queries_does_not_grow(anouk, make_shift, django_assert_num_queries):
    make_shift()
    with django_assert_num_queries(10):
        eligibility.assess(anouk, now=NOW)
    anouk.__dict__.pop("assigned_roles")
    make_shift(days_ahead=4)
    make_shift(days_ahead=5)
    with django_assert_num_queries(10):
        eligibility.assess(anouk, now=NOW)


def test_night_is_between_midnight_and_six(make_shift):
    at = [(22, 2), (22, 3), (6, 3), (5, 2), (0, 1)]
    assert [eligibility.is_night(make_shift(hour=h, hours=n)) for h, n in at] == [
        False,
        True,
        False,
        True,
        True,
    ]


def test_moments_are_real_over_the_clock_change():
    night = days.span(date(2026, 10, 24), time(22), time(6))
    assert night[1] - night[0] == timedelta(hours=9)
    assert datetime(2026, 10, 24, 22, tzinfo=days.AMSTERDAM) == night[0]
