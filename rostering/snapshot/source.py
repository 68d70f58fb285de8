"""What is a world for the matcher made of? Shifts, facts, who stands where: read in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

import numpy as np
from django.db.models import Count

from people import days
from people.models import Location
from rostering import eligibility
from rostering.eligibility.facts import Demands, Facts
from rostering.eligibility.track_record import experienced
from rostering.matching.load import Agreements
from rostering.models import Booking, Shift, TaskKind

AROUND = 4  # weeks before and after the world: what is done in them counts for a fair share


@dataclass
class Source:
    shifts: list[Shift]  # in the order in which they start, with kind and place
    known: list[Facts]
    demands: Demands
    now: datetime
    stands: dict[int, list[bool]] = field(default_factory=dict)  # shift -> per taken seat: experienced?
    declined: list[tuple[int, int]] = field(default_factory=list)  # person, shift
    history: dict[int, int] = field(default_factory=dict)  # person -> shifts

    def read_who_stands(self) -> None:
        """Read who has a seat on these shifts, whoever that is, and who said no to them. One query."""
        states = [*Booking.SEATED, Booking.State.DECLINED]
        rows = Booking.objects.filter(shift__in=[s.pk for s in self.shifts], state__in=states).order_by()
        for person, shift, state, has_done_it in rows.values_list(
            "person_id", "shift_id", "state", experienced("person")
        ):
            if state == Booking.State.DECLINED:
                self.declined.append((person, shift))
            else:
                self.stands.setdefault(shift, []).append(has_done_it)

    def read_history(self) -> None:
        """Count what each person did or stands for in the weeks of the world, and four before and after. One query."""
        first = days.moment(self.monday - timedelta(weeks=AROUND), time(0))
        after = days.moment(self.monday + timedelta(weeks=self.weeks + AROUND), time(0))
        rows = Booking.objects.holding_a_seat().filter(
            person__in=[one.person.pk for one in self.known], starts_at__gte=first, starts_at__lt=after
        )
        self.history = dict(rows.order_by().values_list("person").annotate(n=Count("pk")))

    @cached_property
    def first_day(self) -> date:
        return self.shifts[0].day if self.shifts else days.day_of(self.now)

    @cached_property
    def last_day(self) -> date:
        """The last day on which one of the shifts begins."""
        return self.shifts[-1].day if self.shifts else self.first_day

    @cached_property
    def last_end(self) -> date:
        return max((days.day_of(shift.ends_at) for shift in self.shifts), default=self.last_day)

    @cached_property
    def monday(self) -> date:
        return days.week_of(self.first_day)[0]

    @cached_property
    def weeks(self) -> int:
        return self.week_of(self.last_day) + 1

    def week_of(self, day: date) -> int:
        """Return the number of the week that holds this Amsterdam day; 0 is that of the first shift."""
        return (day - self.monday).days // 7

    @cached_property
    def kinds(self) -> dict[int, TaskKind]:
        return {shift.task_kind_id: shift.task_kind for shift in self.shifts}

    @cached_property
    def places(self) -> dict[int, Location]:
        """Where somebody must travel to."""
        return {s.location_id: s.location for s in self.shifts if eligibility.travel_counts(s)}

    @cached_property
    def task(self) -> dict[int, int]:
        """The index of each shift."""
        return {shift.pk: index for index, shift in enumerate(self.shifts)}

    @cached_property
    def person(self) -> dict[int, int]:
        """The index of each person."""
        return {one.person.pk: index for index, one in enumerate(self.known)}


def minute(moment: datetime) -> int:
    """Return the whole minutes since 1970 in UTC."""
    return int(moment.timestamp() // 60)


def rest_after(block: Any, agreements: Agreements) -> int:
    """Return the minutes that must pass after a block (starts_at, ends_at)."""
    return agreements.rest_hours * 60 if eligibility.is_night(block) else 0


def column(values: Iterable[Any], kind: Any = np.int32) -> np.ndarray:
    return np.array(list(values), kind)
