"""How good is this roster: for who needs help, and for who does the work?

Rows in, counts out. Days are whole numbers (date.toordinal), so that a window of seven days is seven days whatever
the clock does. Nothing here has a name: who reads the sets of ids decides how much of them may be shown.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

import numpy as np

from rostering.matching.load import NIGHTS, POINTS, USUAL, Agreements
from rostering.matching.world import FINE, GLADLY

FEWEST = 10  # a group smaller than this says too much about one person
EVENING, SATURDAY = "avond", 5


@dataclass(frozen=True)
class Shift:
    """What is wanted. `taken` may be more than `seats`, when seats were taken away; it never covers more."""

    priority: Hashable
    daypart: Hashable
    place: Hashable
    weekday: int  # 0 is Monday, of the start
    seats: int
    taken: int


@dataclass(frozen=True)
class Assignment:
    """Somebody on a shift. Work outside the report is given too: it weighs on the person all the same."""

    person: Hashable
    day: int  # of the start
    minutes: int
    points: int
    is_night: bool
    is_counted: bool  # on one of the shifts of this report
    willingness: int = FINE  # at this kind of task, as in world.py
    is_within: bool | None = None  # inside the availability that was given; None when none was given


@dataclass(frozen=True)
class Person:
    """Somebody of the group whose load is looked at."""

    id: Hashable
    most_shifts: int | None  # own limits for a week from Monday to Sunday; None is no limit
    most_minutes: int | None
    did_before: bool  # had a shift in the period before
    could: bool  # able, willing and available for at least one of the shifts


@dataclass(frozen=True)
class Cover:
    """Seats wanted and seats filled."""

    wanted: int = 0
    filled: int = 0

    @property
    def share(self) -> float | None:
        """How much of what is wanted is filled, 0 to 1; None when nothing is wanted."""
        return self.filled / self.wanted if self.wanted else None


@dataclass(frozen=True)
class Part:
    """How much of all seats lies in one part of the week: of what is wanted, and of what is filled; 0 to 1."""

    wanted: float | None
    filled: float | None


@dataclass(frozen=True)
class Wishes:
    """How gladly the work of this report is done. Shares are 0 to 1 and add up to 1; None when nobody works."""

    people: int
    gladly: float | None
    fine: float | None
    rather_not: float | None  # and who would now say never
    within: float | None  # of the assignments of people who gave an availability


@dataclass(frozen=True)
class Spread:
    """How the load, in points, lies over who worked and who could have."""

    people: int
    median: float | None
    ninetieth: float | None  # nine out of ten carry no more than this
    unevenness: float | None  # Gini: 0 when all carry the same, nearly 1 when one carries everything
    busiest_half: float | None  # the part of all load that the busier half carries; 0.5 is even


@dataclass(frozen=True)
class Report:
    """The quality of one roster over `days` days. The sets hold ids of people."""

    days: int
    group: int  # people whose load is looked at, idle ones too
    all: Cover
    on_saturday: Cover
    by_priority: dict[Hashable, Cover]
    by_daypart: dict[Hashable, Cover]
    by_place: dict[Hashable, Cover]
    evening: Part
    saturday: Part
    wishes: Wishes
    spread: Spread
    over_own_limit: frozenset
    over_house_rule: frozenset
    many_nights: frozenset
    forgotten: frozenset  # could, and had no shift at all
    long_forgotten: frozenset  # of those, who had none in the period before either

    @property
    def overloaded(self) -> frozenset:
        return self.over_own_limit | self.over_house_rule

    def figures(self) -> dict[tuple, float | None]:
        """Return every number of the report by the place where it stands."""
        covers: dict[tuple, Cover] = {("all",): self.all, ("on_saturday",): self.on_saturday}
        for name in ("by_priority", "by_daypart", "by_place"):
            covers |= {(name, key): cover for key, cover in getattr(self, name).items()}
        found: dict[tuple, float | None] = {}
        for key, cover in covers.items():
            found |= {(*key, name): getattr(cover, name) for name in ("wanted", "filled", "share")}
        for name in ("evening", "saturday", "wishes", "spread"):
            found |= {(name, field): value for field, value in vars(getattr(self, name)).items()}
        for name in ("overloaded", "over_own_limit", "over_house_rule", "many_nights", "forgotten",
                     "long_forgotten"):  # fmt: skip
            found[(name,)] = len(getattr(self, name))
        return found


def of(
    shifts: Iterable[Shift],
    assignments: Iterable[Assignment],
    people: Iterable[Person],
    *,
    first: int,
    days: int,
    agreements: Agreements = USUAL,
) -> Report:
    """Return the quality of a roster of `days` days from the day `first`.

    `assignments` reach from 27 days before `first` to the Sunday after the end, for each of `people`: windows of
    days, and weeks with a limit, do not stop at the edge of a period.
    """
    shifts, assignments, people = list(shifts), list(assignments), list(people)
    everything = _cover(shifts)
    on_saturday = [shift for shift in shifts if shift.weekday == SATURDAY]
    inside = [row for row in assignments if first <= row.day < first + days]
    busy = {row.person for row in inside}
    forgotten = frozenset(one.id for one in people if one.could and one.id not in busy)
    before = {one.id for one in people if one.did_before}
    return Report(
        days=days,
        group=len(people),
        all=everything,
        on_saturday=_cover(on_saturday),
        by_priority=_covers(shifts, lambda shift: shift.priority),
        by_daypart=_covers(shifts, lambda shift: shift.daypart),
        by_place=_covers(shifts, lambda shift: shift.place),
        evening=_part([shift for shift in shifts if shift.daypart == EVENING], everything),
        saturday=_part(on_saturday, everything),
        wishes=_wishes([row for row in inside if row.is_counted]),
        spread=_spread(_loads(people, inside, forgotten)),
        over_own_limit=_over_own_limit(people, assignments, first, days, agreements),
        over_house_rule=_over(people, assignments, POINTS, first, days, agreements),
        many_nights=_over(people, assignments, NIGHTS, first, days, agreements),
        forgotten=forgotten,
        long_forgotten=forgotten - before,
    )


def _cover(shifts: Iterable[Shift]) -> Cover:
    shifts = list(shifts)
    return Cover(sum(s.seats for s in shifts), sum(min(s.taken, s.seats) for s in shifts))


def _covers(shifts: list[Shift], key: Callable[[Shift], Hashable]) -> dict[Hashable, Cover]:
    groups = defaultdict(list)
    for shift in shifts:
        groups[key(shift)].append(shift)
    return {name: _cover(group) for name, group in groups.items()}


def _part(shifts: list[Shift], everything: Cover) -> Part:
    mine = _cover(shifts)
    return Part(
        mine.wanted / everything.wanted if everything.wanted else None,
        mine.filled / everything.filled if everything.filled else None,
    )


def _wishes(rows: list[Assignment]) -> Wishes:
    given = [row.is_within for row in rows if row.is_within is not None]
    gladly = sum(row.willingness >= GLADLY for row in rows)
    fine = sum(row.willingness == FINE for row in rows)

    def share(n: int) -> float | None:
        return n / len(rows) if rows else None

    return Wishes(
        people=len({row.person for row in rows}),
        gladly=share(gladly),
        fine=share(fine),
        rather_not=share(len(rows) - gladly - fine),
        within=sum(given) / len(given) if given else None,
    )


def _loads(people: list[Person], inside: list[Assignment], forgotten: frozenset) -> list[int]:
    """Return the points of everybody of the group who worked, and nothing for each who could have."""
    points: dict[Hashable, int] = defaultdict(int)
    for row in inside:
        points[row.person] += row.points
    return [points.get(one.id, 0) for one in people if one.id in points or one.id in forgotten]


def _spread(loads: list[int]) -> Spread:
    if not loads:
        return Spread(0, None, None, None, None)
    load, n = np.sort(np.array(loads, np.int64)), len(loads)
    total = int(load.sum())
    rank = np.arange(1, n + 1)
    half, odd = divmod(n, 2)
    upper = load[n - half :].sum() + odd * load[half] / 2  # of an odd number the middle one is shared
    return Spread(
        people=n,
        median=float(np.median(load)),
        ninetieth=float(np.percentile(load, 90, method="inverted_cdf")),
        unevenness=float(((2 * rank - n - 1) * load).sum() / (n * total)) if total else 0.0,
        busiest_half=float(upper / total) if total else None,
    )


def _over_own_limit(
    people: list[Person], rows: list[Assignment], first: int, days: int, agreements: Agreements
) -> frozenset:
    """Return who has, in a week that touches the period, more shifts or more minutes than they wanted."""
    weeks: dict[tuple, list[int]] = defaultdict(lambda: [0, 0])
    monday = _monday(first)
    for row in rows:
        if monday <= row.day <= _monday(first + days - 1) + 6:
            week = weeks[row.person, _monday(row.day)]
            week[0] += agreements.size(row.minutes)
            week[1] += row.minutes
    a_shift = agreements.small_a_shift
    limits = {
        one.id: (None if one.most_shifts is None else one.most_shifts * a_shift, one.most_minutes)
        for one in people
    }
    return frozenset(
        person
        for (person, _week), done in weeks.items()
        for n, most in zip(done, limits.get(person, ()), strict=False)
        if most is not None and n > most
    )


def _over(
    people: list[Person], rows: list[Assignment], of: str, first: int, days: int, agreements: Agreements
) -> frozenset:
    """Return who goes over one of the house rules about points, or about nights."""
    weight = _points if of == POINTS else _night
    limits = [limit for limit in agreements.limits if limit.of == of]
    return frozenset().union(
        *(_in_window(people, rows, weight, first, days, limit.days, limit.most) for limit in limits)
    )


def _in_window(
    people: list[Person],
    rows: list[Assignment],
    weight: Callable[[Assignment], int],
    first: int,
    days: int,
    length: int,
    most: int,
) -> frozenset:
    """Return who has more than `most` in some window of `length` days that ends inside the period."""
    index = {one.id: i for i, one in enumerate(people)}
    start = first - length + 1
    table = np.zeros((len(people), days + length), np.int64)  # a column of zeros, then a day each
    for row in rows:
        if row.person in index and start <= row.day < first + days:
            table[index[row.person], row.day - start + 1] += weight(row)
    total = table.cumsum(axis=1)
    over = (total[:, length:] - total[:, :-length] > most).any(axis=1)
    return frozenset(one.id for one, is_over in zip(people, over, strict=True) if is_over)


def _points(row: Assignment) -> int:
    return row.points


def _night(row: Assignment) -> int:
    return int(row.is_night)


def _monday(day: int) -> int:
    """Return the Monday of the week of a day; day 1, the first of January of the year 1, was a Monday."""
    return day - (day - 1) % 7
