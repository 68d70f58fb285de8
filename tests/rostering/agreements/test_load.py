"""What we agreed about load is held where people book, for whoever books and however."""

from datetime import timedelta

import pytest

from people import house_rules
from rostering import booking, eligibility
from rostering.booking import NotBookable
from rostering.models import TaskKind
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


def codes(person, shift):
    return [reason.code for reason in eligibility.reasons_against(person, shift, now=NOW)]


def warnings(person, shift):
    found = eligibility.assess(person, [shift.pk], now=NOW)[0]
    return [reason.code for reason in found.warnings if reason.code == "load_near"]


@pytest.fixture
def heavy(telephone):
    TaskKind.objects.update(load=4)
    telephone.refresh_from_db()
    return telephone


def book(person, *shifts):
    for shift in shifts:
        booking.book(person, shift, by=person, now=NOW)


@pytest.mark.usefixtures("heavy")
def test_over_the_load_of_seven_days_nobody_books(anouk, carla, make_shift):
    one, two, three, four, later = (make_shift(days_ahead=day) for day in (2, 4, 6, 8, 9))
    book(anouk, one, two)
    assert (codes(anouk, three), warnings(anouk, three)) == ([], ["load_near"])
    book(anouk, three)
    assert (codes(anouk, four), codes(anouk, later)) == (["points"], [])
    for verb in (booking.book, booking.offer):
        with pytest.raises(NotBookable, match="hooguit 12 punten"):
            verb(anouk, four, by=carla, now=NOW)


@pytest.mark.usefixtures("heavy")
def test_what_lies_before_and_behind_counts_together(anouk, make_shift):
    before, between, behind, also = (make_shift(days_ahead=day) for day in (2, 5, 7, 8))
    book(anouk, before, behind, also)
    assert codes(anouk, between) == ["points"]


@pytest.mark.usefixtures("heavy")
def test_twenty_eight_days(anouk, make_shift):
    book(anouk, *(make_shift(days_ahead=day) for day in (1, 5, 9, 13, 17, 21, 25)))
    assert codes(anouk, make_shift(days_ahead=28)) == ["points"]
    assert codes(anouk, make_shift(days_ahead=29)) == []


def test_two_nights_in_four_weeks(anouk, make_shift):
    book(anouk, *(make_shift(days_ahead=day, hour=22, hours=4) for day in (2, 9)))
    assert codes(anouk, make_shift(days_ahead=29, hour=22, hours=4)) == ["nights"]
    assert codes(anouk, make_shift(days_ahead=30, hour=22, hours=4)) == []
    assert codes(anouk, make_shift(days_ahead=20)) == []


def test_what_the_organisation_agreed_holds_at_once(anouk, frank, make_shift):
    book(anouk, make_shift(days_ahead=2))
    there = make_shift(days_ahead=4)
    assert codes(anouk, there) == []
    house_rules.change({"load_near_7": 2, "load_most_7": 3}, by=frank, now=NOW)
    assert codes(anouk, there) == ["points"]


def test_an_own_limit_that_is_lower_comes_first(anouk, make_shift):
    anouk.shifts_a_week = 1
    anouk.save()
    book(anouk, make_shift(days_ahead=1))
    assert codes(anouk, make_shift(days_ahead=3)) == ["week_shifts"]


def test_small_tasks_are_a_part_of_a_shift(anouk, make_shift):
    anouk.shifts_a_week = 1
    anouk.save()
    small = []
    for hour in range(9, 14):
        shift = make_shift(days_ahead=2, hour=hour, hours=1)
        shift.ends_at = shift.starts_at + timedelta(minutes=20)
        shift.save()
        small.append(shift)
    TaskKind.objects.update(load=1)
    book(anouk, *small[:4])
    assert codes(anouk, small[4]) == ["week_shifts"]
    assert codes(anouk, make_shift(days_ahead=3)) == ["week_shifts"]
