"""What are the shifts of a world, as arrays: when, where, how many seats, and what bars them for everybody."""

import numpy as np

from rostering import eligibility, priority
from rostering.matching.world import Tasks
from rostering.models import TaskKind
from rostering.snapshot.source import Source, column, minute, rest_after


def tasks(source: Source) -> Tasks:
    """Return the tasks, in the order of `source.shifts`."""
    shifts = source.shifts
    stands = [source.stands.get(shift.pk, ()) for shift in shifts]
    taken = column(len(seats) for seats in stands)
    seats = column(shift.seats for shift in shifts)
    kind = {pk: index for index, pk in enumerate(source.kinds)}
    place = {pk: index for index, pk in enumerate(source.places)}
    day = [shift.day for shift in shifts]
    none = np.zeros(len(shifts), np.int32)
    return Tasks(
        ids=[shift.pk for shift in shifts],
        kind=column(kind[shift.task_kind_id] for shift in shifts),
        place=column(place[s.location_id] if eligibility.travel_counts(s) else -1 for s in shifts),
        start=column((minute(shift.starts_at) for shift in shifts), np.int64),
        end=column((minute(shift.ends_at) for shift in shifts), np.int64),
        rest=column((rest_after(shift, source.demands.agreements) for shift in shifts), np.int64),
        judged_on=column((one.toordinal() for one in day), np.int64),
        week=column(source.week_of(one) for one in day),
        day=column((one - source.first_day).days for one in day),
        weekday=column((one.weekday() for one in day), np.int8),
        need=np.maximum(seats - taken, 0),
        extra=none,  # every seat is wanted
        priority=column(
            (priority.of(s, len(on), now=source.now) for s, on in zip(shifts, stands, strict=True)), np.int8
        ),
        minutes=column(shift.minutes for shift in shifts),
        heavy=column((shift.task_kind.load == TaskKind.Load.HEAVY for shift in shifts), bool),
        on_call=none.astype(bool),
        alone=column((s.task_kind.ladder == TaskKind.Ladder.MICRO_TASK for s in shifts), bool),
        experienced_on=column(sum(on) for on in stands),
        newcomers_on=column(len(on) - sum(on) for on in stands),
        bars=_bars(source, taken >= seats),
    )


def _bars(source: Source, full: np.ndarray) -> dict[str, np.ndarray]:
    cancelled = column((shift.cancelled_at is not None for shift in source.shifts), bool)
    published = column((shift.published_at is not None for shift in source.shifts), bool)
    started = column((shift.starts_at <= source.now for shift in source.shifts), bool)
    return {
        "cancelled": cancelled,
        "unpublished": ~published & ~cancelled,
        "started": started,
        "full": full,
    }
