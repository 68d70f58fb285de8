"""How days are said."""

from datetime import date, timedelta

import pytest

from people.words import in_days, period, weekday_name

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ahead", "said"), [(0, "vandaag"), (1, "morgen"), (2, "over 2 dagen"), (9, "over 9 dagen")]
)
def test_how_far_off_a_day_is(ahead, said):
    assert in_days(TODAY + timedelta(days=ahead), today=TODAY) == said


@pytest.mark.parametrize(
    ("last", "said"),
    [(0, "maandag 2 maart 2020"), (6, "maandag 2 maart 2020 tot en met zondag 8 maart 2020")],
)
def test_a_period_names_its_first_and_last_day(last, said):
    first = date(2020, 3, 2)
    assert period(first, first + timedelta(days=last)) == said


def test_the_days_of_a_week_have_their_names():
    assert [weekday_name(n) for n in (0, 3, 6)] == ["maandag", "donderdag", "zondag"]
