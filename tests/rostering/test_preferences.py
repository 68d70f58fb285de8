"""What people say about when and what."""

from datetime import date, time

import pytest

from rostering import preferences
from rostering.preferences import Window

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


def test_willingness_can_be_taken_back(anouk, telephone, now):
    preferences.set_willingness(anouk, {telephone: 3}, by=anouk, now=now)
    preferences.set_willingness(anouk, {telephone: None}, by=anouk, now=now)
    assert anouk.willingness.count() == 0
