"""The quality of a roster, from what stands in the database."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from people import days
from people.access import Scope, scope_of
from people.models import Person
from rostering import booking, priority
from rostering.availability import preferences
from rostering.models import Booking, Shift, TaskKind, Willingness
from rostering.places import NATIONAL, OWN, Choice
from rostering.quality import report
from rostering.quality.measures import Cover
from rostering.quality.report import Period
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
WEEK = Period(date(2026, 11, 23), date(2026, 11, 29))  # the Monday of the tests and the six days after it
EVERYWHERE = Scope(everywhere=True, locations=frozenset(), districts=frozenset())


@pytest.fixture
def read(carla, now):
    """Return a function that reads the week of the tests as Carla sees it."""

    def read(period=WEEK, *, scope=None, choice=None, extra=()):
        seen = scope or scope_of(carla)
        return report.beside(seen, choice or Choice(), period, now=now, extra=extra)

    return read


def seat(person, shift, *, number=1):
    """Put somebody on a shift of whatever day, past or not."""
    return Booking.objects.create(
        person=person, shift=shift, state=Booking.State.BOOKED, seat=number, starts_at=shift.starts_at,
        ends_at=shift.ends_at, made_at=shift.starts_at, moved_at=shift.starts_at,
    )  # fmt: skip


def test_a_period_and_the_days_before_it_are_equally_long_and_touch():
    month = Period(date(2026, 11, 1), date(2026, 11, 30))
    assert (month.days, month.before) == (30, Period(date(2026, 10, 2), date(2026, 10, 31)))
    assert month.before.end == month.begin


def test_this_week_beside_the_last(read, anouk, make_shift, utrecht, now):
    booking.book(anouk, make_shift(location=utrecht, seats=2), by=anouk, now=now)
    seat(anouk, make_shift(days_ahead=-4, seats=1))
    with translation.override("nl"):  # whatever a page before this spoke
        found = read()
    assert (found.this.all, found.last.all) == (Cover(2, 1), Cover(1, 1))
    assert found.this.by_daypart == {"avond": Cover(2, 1)}
    assert list(found.places.values()) == ["Utrecht", "Landelijke pool"]


@pytest.mark.parametrize(("place", "wanted"), [("", 5), (OWN, 2), (NATIONAL, 3)])
def test_the_own_places_and_the_national_pool(read, make_shift, utrecht, groningen, place, wanted):
    make_shift(location=utrecht, seats=2)
    make_shift(seats=3)
    make_shift(location=groningen, seats=4)
    assert read(choice=Choice(place)).this.all.wanted == wanted


def test_drafts_and_cancelled_shifts_are_not_wanted(read, make_shift, now):
    make_shift(published_at=None)
    make_shift(cancelled_at=now, cancelled_because="Ziek")
    assert read().this.all == Cover(0, 0)


def test_who_sees_the_whole_country_sees_it_by_district(read, make_shift, utrecht, groningen):
    for place in (utrecht, groningen):
        make_shift(location=place)
    make_shift(district=utrecht.district)
    found = read(scope=EVERYWHERE)
    assert [(name, found.this.by_place[key].wanted) for key, name in found.places.items()] == [
        ("Midden-Nederland", 4),
        ("Noord-Nederland", 2),
    ]


def test_how_a_shift_is_filled_does_not_change_how_it_counts(read, anouk, make_shift, now):
    shift = make_shift(hour=18)
    before = read().this.by_priority
    booking.book(anouk, shift, by=anouk, now=now)
    assert before == {priority.HIGH: Cover(2, 0)}
    assert read().this.by_priority == {priority.HIGH: Cover(2, 1)}


def test_wishes_are_those_of_the_kind_of_task(read, anouk, shift, now):
    preferences.set_willingness(anouk, {shift.task_kind: Willingness.Level.GLADLY}, by=anouk, now=now)
    preferences.set_pattern(anouk, [preferences.Window(0, days.time(8), days.time(12))], by=anouk, now=now)
    seat(anouk, shift)
    wishes = read().this.wishes
    assert (wishes.people, wishes.gladly, wishes.within) == (1, 1.0, 0.0)


def test_who_could_have_and_had_nothing_is_forgotten(read, anouk, bram, shift, make_shift):
    found = read()
    assert (found.this.forgotten, found.last.forgotten) == ({anouk.pk}, set())  # Bram has no certificate
    seat(anouk, shift)
    assert read().this.forgotten == set()


def test_work_elsewhere_is_work(read, anouk, make_shift, groningen, utrecht):
    make_shift(location=utrecht)
    seat(anouk, make_shift(location=groningen, days_ahead=2))
    found = read().this
    assert (found.all.filled, found.forgotten, found.spread.median) == (0, set(), 2)


@pytest.mark.parametrize("why", ["never", "rather not", "away", "far", "limit", "left"])
def test_who_could_not_or_would_not_is_not_forgotten(read, anouk, shift, groningen, now, why):
    if why in ("never", "rather not"):
        level = Willingness.Level[why.upper().replace(" ", "_")]
        preferences.set_willingness(anouk, {shift.task_kind: level}, by=anouk, now=now)
    elif why == "away":
        preferences.add_exception(
            anouk, from_on=WEEK.first, until_on=WEEK.last, is_available=False, by=anouk, now=now
        )
    elif why == "far":
        Shift.objects.update(location=groningen)
        TaskKind.objects.update(mode=TaskKind.Mode.ON_SITE)
    elif why == "limit":
        Person.objects.filter(pk=anouk.pk).update(shifts_a_week=0)
    else:
        Person.objects.filter(pk=anouk.pk).update(is_active=False)
    assert read(scope=EVERYWHERE).this.forgotten == set()


def test_a_full_or_past_shift_could_have_been_theirs(read, anouk, bram, carla, make_shift):
    full = make_shift(days_ahead=-3, seats=2)
    seat(bram, full, number=1)
    seat(carla, full, number=2)
    assert read().last.forgotten == {anouk.pk}


def test_over_the_own_limit_and_over_the_house_rule(read, anouk, make_shift):
    Person.objects.filter(pk=anouk.pk).update(hours_a_week=8)
    for ahead in range(
        -3, 3
    ):  # three evenings before the week and three in it: 8 and 8 hours, 6 times 2 points
        seat(anouk, make_shift(days_ahead=ahead))
    assert read().this.overloaded == {anouk.pk}  # three times three hours this week
    assert read().this.over_house_rule == set()
    seat(anouk, make_shift(days_ahead=0, hour=6))
    assert read().this.over_house_rule == {anouk.pk}


def test_the_night_the_clock_goes_back(read, anouk, telephone, now):
    """From Saturday 22.00 to Sunday 6.00 is nine hours that night, and one night; it belongs to Saturday."""
    begin, end = days.span(date(2026, 10, 24), days.time(22), days.time(6))
    night = Shift.objects.create(task_kind=telephone, starts_at=begin, ends_at=end, published_at=now)
    seat(anouk, night)
    Person.objects.filter(pk=anouk.pk).update(hours_a_week=8)
    saturday, sunday = (read(Period(day, day)).this for day in (date(2026, 10, 24), date(2026, 10, 25)))
    assert (saturday.on_saturday, saturday.by_daypart) == (Cover(1, 1), {"nacht": Cover(1, 1)})
    assert saturday.over_own_limit == {anouk.pk}
    assert sunday.all == Cover(0, 0)


def test_a_proposal_on_top_is_counted_as_if_it_stood(read, anouk, shift):
    found = read(extra=[(anouk.pk, shift.pk)])
    assert (found.this.all, found.this.forgotten) == (Cover(2, 1), set())
    assert not Booking.objects.exists()


def test_who_said_yes_in_the_meantime_does_not_count_twice(read, anouk, shift):
    seat(anouk, shift)
    assert read(extra=[(anouk.pk, shift.pk)]).this.all == Cover(2, 1)


def test_before_and_after_a_proposal(anouk, bram, shift, make_shift, now):
    seat(bram, shift)
    shifts = Shift.objects.filter(pk__in=[shift.pk, make_shift(days_ahead=4).pk])
    extra = [(anouk.pk, pk) for pk in shifts.values_list("pk", flat=True)]
    found = report.with_and_without(shifts, extra, WEEK, now=now)
    before, after = found.last, found.this
    assert (before.all, after.all) == (Cover(4, 1), Cover(4, 3))
    assert (before.group, before.forgotten, after.forgotten) == (2, {anouk.pk}, set())


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_as_many_queries_for_one_as_for_three(
    number, carla, make_shift, grant_all, utrecht, now, django_assert_num_queries
):
    scope = scope_of(carla)
    for n in range(number):
        person = grant_all(make_person(f"Ada{n}", "volunteer", home=utrecht))
        seat(person, make_shift(days_ahead=n, location=utrecht))
        grant_all(make_person(f"Idle{n}", "volunteer", home=utrecht))
        make_shift(days_ahead=-n - 1, district=utrecht.district)
    with django_assert_num_queries(17):
        report.beside(scope, Choice(), WEEK, now=now)


def test_the_days_of_a_period_are_days_of_amsterdam(read, make_shift):
    """Half past eleven in the evening in Amsterdam is another day in UTC only in name."""
    make_shift(days_ahead=-1, hour=23)
    assert (read().this.all.wanted, read().last.all.wanted) == (0, 2)
    assert WEEK.begin - timedelta(hours=1) == days.moment(date(2026, 11, 22), days.time(23))
