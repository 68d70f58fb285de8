"""What people say about when and what."""

from datetime import date, time

import pytest

from rostering.availability import preferences
from rostering.availability.preferences import Window

pytestmark = pytest.mark.django_db


def test_a_pattern_replaces_the_one_before(anouk, now):
    preferences.set_pattern(anouk, [Window(0, time(8), time(12))], by=anouk, now=now)
    preferences.set_pattern(anouk, [Window(1, time(17), time(22))], by=anouk, now=now)
    assert list(anouk.weekly_windows.values_list("weekday", "start", "end")) == [(1, time(17), time(22))]


@pytest.mark.parametrize("second", [Window(0, time(11), time(13)), Window(0, time(8), time(9))])
def test_blocks_that_overlap_are_refused_and_nothing_is_lost(anouk, now, second):
    preferences.set_pattern(anouk, [Window(3, time(8), time(12))], by=anouk, now=now)
    with pytest.raises(preferences.NotPossible):
        preferences.set_pattern(anouk, [Window(0, time(8), time(12)), second], by=anouk, now=now)
    assert anouk.weekly_windows.count() == 1


@pytest.mark.parametrize("until", [date(2026, 11, 30), date(2028, 1, 1)])
def test_an_exception_runs_forward_and_at_most_a_year(anouk, now, until):
    with pytest.raises(preferences.NotPossible):
        preferences.add_exception(
            anouk, from_on=date(2026, 12, 1), until_on=until, is_available=False, by=anouk, now=now
        )


def away(person, first, last, now, *, is_available=False):
    return preferences.add_exception(
        person, from_on=first, until_on=last, is_available=is_available, by=person, now=now
    )


def test_an_exception_in_the_past_is_refused_and_one_that_still_runs_is_not(anouk, now):
    with pytest.raises(preferences.NotPossible, match="Deze dagen zijn voorbij"):
        away(anouk, date(2026, 11, 20), date(2026, 11, 22), now)
    assert away(anouk, date(2026, 11, 20), date(2026, 11, 23), now).pk


@pytest.mark.parametrize(("first", "last"), [(1, 3), (3, 3), (5, 9), (1, 9), (3, 5)])
def test_an_exception_that_overlaps_another_is_refused_with_its_days(anouk, bram, now, first, last):
    day = lambda n: date(2026, 12, n)  # noqa: E731
    away(anouk, day(3), day(5), now)
    with pytest.raises(preferences.NotPossible) as refusal:
        away(anouk, day(first), day(last), now, is_available=True)
    assert "donderdag 3 december tot en met zaterdag 5 december" in str(refusal.value)
    assert away(anouk, day(1), day(2), now).pk and away(anouk, day(6), day(6), now).pk
    assert away(bram, day(3), day(5), now).pk


def test_the_same_exception_twice_is_one(anouk, now):
    day = date(2026, 12, 3)
    assert away(anouk, day, day, now) == away(anouk, day, day, now)


def test_willingness_can_be_taken_back(anouk, telephone, now):
    preferences.set_willingness(anouk, {telephone: 3}, by=anouk, now=now)
    preferences.set_willingness(anouk, {telephone: None}, by=anouk, now=now)
    assert anouk.willingness.count() == 0
