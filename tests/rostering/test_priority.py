"""What comes first when not everything can be filled?"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostering import priority
from rostering.models import TaskKind

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("when", "taken", "expected"),
    [
        ({"days_ahead": 3, "hour": 10}, 1, priority.HIGH),  # within 72 hours
        ({"days_ahead": 3, "hour": 13}, 0, priority.MIDDLE),
        ({"days_ahead": 4, "hour": 17}, 0, priority.HIGH),  # the evening, nobody yet
        ({"days_ahead": 4, "hour": 17}, 1, priority.MIDDLE),
        ({"days_ahead": 5, "hour": 10}, 0, priority.HIGH),  # Saturday
    ],
)
def test_soon_and_hours_that_nobody_wants_come_first(make_shift, now, when, taken, expected):
    assert priority.of(make_shift(**when), taken, now=now) == expected


def test_a_small_task_can_wait(make_shift, now):
    shift = make_shift(days_ahead=1)
    shift.task_kind.ladder = TaskKind.Ladder.MICRO_TASK
    assert priority.of(shift, 0, now=now) == priority.LOW


WORST_FIRST = [  # (people who stand, seats, days ahead)
    (0, 6, 1),
    (0, 6, 5),
    (0, 2, 1),
    (1, 6, 5),
    (0, 2, 5),
    (3, 6, 1),
    (0, 2, 13),
    (1, 2, 1),
    (1, 3, 12),
    (5, 6, 1),
]


def test_the_worst_gap_comes_first_and_what_is_soon_weighs_more():
    assert sorted(WORST_FIRST, key=lambda gap: -priority.badness(*gap)) == WORST_FIRST


@pytest.mark.parametrize(("taken", "seats"), [(2, 2), (3, 2), (0, 0)])
def test_where_no_seat_is_empty_there_is_no_gap(taken, seats):
    assert priority.badness(taken, seats, 0) == 0


@given(st.integers(0, 50), st.integers(1, 50), st.integers(0, 60))
def test_a_gap_is_worse_with_fewer_people_or_sooner(taken, seats, days_ahead):
    bad = priority.badness(taken, seats, days_ahead)
    assert priority.badness(taken + 1, seats, days_ahead) <= bad
    assert priority.badness(taken, seats, days_ahead + 1) <= bad
