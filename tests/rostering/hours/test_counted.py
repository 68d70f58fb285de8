"""Hours follow from attendance."""

from datetime import timedelta

import pytest

from rostering import booking, hours

pytestmark = pytest.mark.django_db


def test_hours_are_those_of_shifts_attended(anouk, carla, make_shift, now):
    for shift in (make_shift(days_ahead=1, hours=3), make_shift(days_ahead=12, hours=4)):
        row = booking.book(anouk, shift, by=anouk, now=now)
        booking.mark_attended(row, by=carla, now=shift.ends_at)
    missed = booking.book(anouk, make_shift(days_ahead=2), by=anouk, now=now)
    booking.mark_absent(missed, by=carla, now=missed.ends_at)
    assert hours.worked(anouk, year=2026) == timedelta(hours=7)
    assert hours.of_year(anouk, 2026).by_month == {11: timedelta(hours=3), 12: timedelta(hours=4)}
    assert hours.worked(anouk, year=2025) == timedelta()


def test_a_year_begins_in_amsterdam(anouk, carla, make_shift, now):
    new_year = make_shift(days_ahead=39, hour=0, hours=2)  # 1 January 2027, still 2026 in London
    row = booking.book(anouk, new_year, by=anouk, now=now)
    booking.mark_attended(row, by=carla, now=new_year.ends_at)
    assert hours.of_year(anouk, 2027).by_month == {1: timedelta(hours=2)}
