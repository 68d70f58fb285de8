"""How days are said."""

from datetime import date, timedelta

import pytest

from people.words import in_days

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("ahead", "said"), [(0, "vandaag"), (1, "morgen"), (2, "over 2 dagen"), (9, "over 9 dagen")]
)
def test_how_far_off_a_day_is(ahead, said):
    assert in_days(TODAY + timedelta(days=ahead), today=TODAY) == said
