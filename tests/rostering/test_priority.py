"""What comes first when not everything can be filled?"""

import pytest

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
