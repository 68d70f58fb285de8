"""Which shifts did the coordinator of the demo make by hand? Hard ones, that nobody has taken yet.

Pure. They ask for certificates that few people have: what cannot be filled, and what would be worth learning.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

SOONEST = timedelta(days=3)
FRIDAY, SATURDAY = 4, 5


@dataclass(frozen=True)
class Extra:
    """A shift in one of the two weeks (0 and 1) that begin in three days; national without a location."""

    kind: str
    week: int
    weekday: int  # 0 is Monday
    start: time
    end: time
    seats: int
    location: str = ""
    directions: str = ""
    note: str = ""

    def day(self, today: date) -> date:
        first = today + SOONEST
        return first + timedelta(days=(self.weekday - first.weekday()) % 7, weeks=self.week)


COURT = "In de rechtbank (verzonnen), in de hal. Op de locatie spreek je een half uur eerder af."
LATE = (time(22), time(1))
DRUK = "Extra plekken: in de weken voor de feestdagen is het drukker."


def shifts() -> Iterator[Extra]:
    """Yield what was made by hand: hearings near Utrecht, and more of the late chat for the young."""
    yield Extra(
        "T14", 0, 1, time(9), time(14), 2, "Lelystad", COURT, "Zitting met twee zalen. Meld je bij de balie."
    )
    yield Extra("T14", 0, 3, time(9), time(14), 2, "Amersfoort", COURT)
    yield Extra("T14", 1, 2, time(9), time(14), 2, "Lelystad", COURT)
    yield Extra(
        "T14", 1, 0, time(13), time(18), 2, "Utrecht", COURT, "Neem een legitimatie mee voor de ingang."
    )
    for week in (0, 1):
        yield Extra("T04", week, FRIDAY, *LATE, 6, note=DRUK)
        yield Extra("T04", week, SATURDAY, *LATE, 9, note=DRUK)
