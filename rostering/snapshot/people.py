"""Who are the people of a world, as arrays: what they want, where they live, when they can, what they hold."""

from datetime import date, time, timedelta
from typing import Any

import numpy as np

from people import days, roles
from rostering.eligibility import facts
from rostering.matching.world import FINE, NO_LIMIT, Blocks, People, Requirement, Spans
from rostering.models import TaskKind, Willingness
from rostering.snapshot.source import AROUND, Source, column, minute, rest_after

USUAL_SHIFTS_A_WEEK = 2  # the fair share at most of somebody who gave no limit
NO_END = date.max.toordinal()


def people(source: Source) -> People:
    """Return the people, in the order of `source.known`."""
    who, known, weeks = [one.person for one in source.known], source.known, source.weeks
    n = len(known)
    a_week = column(USUAL_SHIFTS_A_WEEK if p.shifts_a_week is None else p.shifts_a_week for p in who)
    return People(
        ids=[person.pk for person in who],
        newcomer=column((not one.is_experienced for one in known), bool),
        willingness=_willingness(source),
        acceptance=column((one.acceptance for one in known), float),
        travel_km=column((person.travel_km for person in who), float),
        km=_km(source),
        most_tasks=_limit([person.shifts_a_week for person in who], 1, weeks),
        most_minutes=_limit([person.hours_a_week for person in who], 60, weeks),
        most_heavy=_limit([None] * n, 1, weeks),  # nobody is asked how much heavy work they want
        capacity=a_week * (weeks + 2 * AROUND),
        history=column(source.history.get(person.pk, 0) for person in who),
        free=_free(source),
        unasked=column((not one.windows for one in known), bool),
        day_status=_day_status(source),
        busy=Spans.of([]),  # nothing outside this roster is known
        on_call_days=np.zeros((n, 7), bool),
        bars={"left": column((not person.is_active for person in who), bool)},
    )


def blocks(source: Source) -> Blocks:
    """Return the shifts for which these people hold a seat."""
    rows = []
    for index, one in enumerate(source.known):
        for block in one.booked:
            week = source.week_of(days.day_of(block.starts_at))
            start, end = minute(block.starts_at), minute(block.ends_at)
            rows.append(
                (
                    index,
                    source.task.get(block.shift, -1),
                    start,
                    end,
                    rest_after(block, source.demands.agreements),
                    week if 0 <= week < source.weeks else -1,
                    end - start,
                )
            )
    table = np.array(rows, np.int64).reshape(-1, 7)
    person, task, start, end, rest, week, minutes = table.T
    small = [array.astype(np.int32) for array in (person, task, week, minutes)]
    return Blocks(*small[:2], start, end, rest, *small[2:], np.zeros(len(rows), bool))


def requirements(source: Source) -> tuple[list[list[int]], list[Requirement]]:
    """Return for each kind of task the indexes of what it asks, and everything that is asked.

    Days count as ordinals, both ends included. Role and months of experience are asked like a qualification.
    """
    found: dict[tuple, Requirement] = {}
    asks = []
    for kind in source.kinds.values():
        micro = kind.ladder == TaskKind.Ladder.MICRO_TASK
        wanted = [("role", roles.TAKE_MICROTASKS if micro else roles.TAKE_SHIFTS, _role)]
        if kind.minimum_months:
            wanted.append(("experience", kind.minimum_months, _experience))
        wanted += [("qualification", q.pk, _qualification) for q in source.demands.required.get(kind.pk, ())]
        for code, key, held in wanted:
            if (code, key) not in found:
                found[code, key] = Requirement(code, key, Spans.of(held(source, key)))
        asks.append([list(found).index((code, key)) for code, key, _held in wanted])
    return asks, list(found.values())


def _role(source: Source, permission: str) -> Any:
    return [(i, 0, NO_END) for i, one in enumerate(source.known) if permission in one.may]


def _experience(source: Source, months: int) -> Any:
    for index, one in enumerate(source.known):
        if one.person.joined_on:
            yield index, days.add_months(one.person.joined_on, months).toordinal(), NO_END


def _qualification(source: Source, qualification: int) -> Any:
    counts = source.demands.wider.get(qualification, {qualification})
    for index, one in enumerate(source.known):
        for code in counts:
            for period in one.periods.get(code, ()):
                last = period.last.toordinal() if period.last else NO_END
                yield index, period.first.toordinal(), last


def _willingness(source: Source) -> np.ndarray:
    """The levels of the database run from 0 to 3, those of the matcher from -1 to 2; no choice is fine."""
    levels = np.full((len(source.known), len(source.kinds)), FINE, np.int8)
    at = {kind: index for index, kind in enumerate(source.kinds)}
    for index, one in enumerate(source.known):
        for kind, level in one.willingness.items():
            if kind in at:
                levels[index, at[kind]] = level - Willingness.Level.RATHER_NOT
    return levels


def _km(source: Source) -> np.ndarray:
    """From each home to each place; measured once for each home."""
    homes = {one.person.home_id: one.person.home for one in source.known}
    from_home = {
        pk: [facts.distance_km(home, place) if home else np.nan for place in source.places.values()]
        for pk, home in homes.items()
    }
    rows = [from_home[one.person.home_id] for one in source.known]
    return np.array(rows, float).reshape(len(source.known), len(source.places))


def _limit(given: list[int | None], unit: int, weeks: int) -> np.ndarray:
    most = column(NO_LIMIT if number is None else number * unit for number in given)
    return np.repeat(most[:, None], weeks, axis=1)


def _free(source: Source) -> Spans:
    """The weekly windows laid out over the period, from the day before: that one may reach past midnight."""
    first = source.first_day - timedelta(days=1)
    dates = [first + timedelta(days=n) for n in range((source.last_end - first).days + 1)]
    laid: dict[tuple[int, time, time], list[tuple[int, int]]] = {}
    rows = []
    for index, one in enumerate(source.known):
        for window in one.windows:
            if window not in laid:
                weekday, start, end = window
                spans = [days.span(day, start, end) for day in dates if day.weekday() == weekday]
                laid[window] = [(minute(a), minute(b)) for a, b in spans if a < b]  # the clock may skip it
            rows += [(index, *span) for span in laid[window]]
    return Spans.of(rows)


def _day_status(source: Source) -> np.ndarray:
    """1 free after all, -1 away, 0 the pattern holds; of two that were said for a day, the first."""
    length = (source.last_day - source.first_day).days + 1
    status = np.zeros((len(source.known), length), np.int8)
    for index, one in enumerate(source.known):
        for first, last, available in reversed(one.exceptions):
            begin, behind = (first - source.first_day).days, (last - source.first_day).days + 1
            status[index, max(begin, 0) : max(behind, 0)] = 1 if available else -1
    return status
