"""Which shifts come near with fewer people than their kind of task asks? Their coordinator is told, twice.

Only of what is done by two or more: who does come should not stand there with too few. A shift that one person does
and nobody took is a gap, and stands on the board.
"""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from people import notices
from rostering import access
from rostering.models import Shift

AHEAD = (timedelta(hours=24), timedelta(hours=48))  # the nearest first
TOGETHER = 2  # people: from here on a task is not done alone


def coming_short(now: datetime) -> QuerySet:
    """Return the shifts of the next 48 hours with fewer people than their kind asks, with `taken`."""
    near = Shift.objects.ahead(now).filter(starts_at__lte=now + max(AHEAD))
    near = near.filter(task_kind__minimum_people__gte=TOGETHER).with_taken().with_place()
    return near.filter(taken__lt=F("task_kind__minimum_people"))


def warn(shift: Shift, *, now: datetime) -> None:
    """Tell who fills this shift that it has too few people: 48 hours ahead and 24 hours ahead, each once.

    Who made or moved it later than that knows.
    """
    due_at = next(shift.starts_at - ahead for ahead in AHEAD if shift.starts_at - ahead <= now)
    if max(shift.published_at, shift.changed_at or shift.published_at) < due_at:
        for coordinator in access.who_fills(shift, now=now):
            notices.owe(coordinator, "coordinator_short", shift, now=now, due_at=due_at)


def short_of(shift: Shift) -> int:
    """Return how many people `shift` (with `taken`) lacks for what its kind asks; 0 for what one person does."""
    least = shift.task_kind.minimum_people
    return max(0, least - shift.taken) if least >= TOGETHER else 0
