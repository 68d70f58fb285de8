"""Days, weeks and months of Amsterdam."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people import days

DATES = st.dates(date(1990, 1, 1), date(2090, 12, 31))


def test_the_day_in_amsterdam_begins_before_that_in_london():
    assert days.day_of(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("day", "at", "instant"),
    [
        (date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # skipped: 03.30 instead
        (date(2026, 10, 25), time(2, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
        (date(2026, 7, 1), time(0, 0), datetime(2026, 6, 30, 22, 0, tzinfo=UTC)),
    ],
)
def test_a_wall_clock_time_is_one_instant(day, at, instant):
    assert days.moment(day, at) == instant


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 10, 24), 9), (date(2027, 3, 27), 7), (date(2026, 7, 1), 8)]
)
def test_a_night_is_as_long_as_it_really_is(day, hours):
    start, end = days.span(day, time(22), time(6))
    assert end - start == timedelta(hours=hours)


@given(DATES)
def test_a_week_runs_from_monday_to_monday(day):
    monday, after = days.week_of(day)
    assert (monday.weekday(), after - monday) == (0, timedelta(days=7))
    assert monday <= day < after


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 11, 22), 2, date(2027, 1, 22)),
        (date(2026, 12, 31), 24, date(2028, 12, 31)),
    ],
)
def test_months_end_where_the_month_ends(day, months, later):
    assert days.add_months(day, months) == later


@given(DATES, st.integers(0, 120))
def test_months_are_counted_as_they_are_added(day, months):
    assert days.months_between(day, days.add_months(day, months)) == months
    assert days.months_between(day, days.add_months(day, months + 1) - timedelta(days=4)) <= months
