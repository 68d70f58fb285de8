"""Which shifts miss people, the worst first, and what has been done about it?"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import days
from rostering import priority, shifts, words
from rostering.dayparts import is_hard_to_fill
from rostering.models import Booking, Shift
from rostering.words import Chip

MOST_DAYS = 2  # on which one kind of task at one place is named
State = Booking.State


@dataclass(frozen=True)
class Gap:
    """A shift that misses people, and what has been done about it."""

    shift: Shift
    open: int  # seats that can still be filled; none once it has begun
    offers: int  # that still wait for an answer
    requests: int
    days_ahead: int = 0  # Amsterdam days
    more: int = 0  # other shifts of this kind, place and day that miss people too

    @property
    def hardness(self) -> tuple:
        """The worst sorts first (priority.badness); of equals what is in the evening or on Saturday."""
        shift = self.shift
        bad = priority.badness(shift.taken, shift.seats, self.days_ahead)
        return -bad, not is_hard_to_fill(shift), shift.starts_at, shift.pk

    @property
    def where(self) -> str:
        return words.times_and_place(self.shift)

    @property
    def chips(self) -> list[Chip]:
        """Say how full it is, and whether anybody has been asked."""
        taken = _("%(taken)s of %(seats)s taken") % {"taken": self.shift.taken, "seats": self.shift.seats}
        is_full = self.shift.taken >= self.shift.seats
        chips = [Chip(taken, "good" if is_full else "gap" if self.shift.taken else "stop")]
        if short := self.open and shifts.short_of(self.shift):
            lacking = ngettext("Not safe yet: %(n)s person short", "Not safe yet: %(n)s people short", short)
            chips.append(Chip(lacking % {"n": short}, "stop"))
        if self.offers:
            said = ngettext("%(n)s person asked", "%(n)s people asked", self.offers)
            chips.append(Chip(said % {"n": self.offers}))
        elif self.open:
            chips.append(Chip(_("Nobody asked yet")))
        if self.requests:
            wait = ngettext("%(n)s request waits", "%(n)s requests wait", self.requests)
            chips.append(Chip(wait % {"n": self.requests}, "warn"))
        if self.more:
            alike = ngettext("%(n)s more like this that day", "%(n)s more like this that day", self.more)
            chips.append(Chip(alike % {"n": self.more}))
        return chips


def asked(shifts: Iterable[Any], *, now: datetime) -> Counter:
    """Count per shift id and state: offers still open, and requests."""
    running = Booking.objects.filter(shift__in=shifts, starts_at__gt=now).filter(
        Q(state=State.OFFERED, answer_by__gt=now) | Q(state=State.REQUESTED)
    )
    counted = running.order_by().values_list("shift_id", "state").annotate(n=Count("pk"))
    return Counter({(shift, state): n for shift, state, n in counted})


def of(shift: Shift, asked: Counter, *, now: datetime) -> Gap:
    """Return what `shift` (with `taken`) still misses, and the part of `asked` that is about it."""
    left = max(0, shift.seats - shift.taken) if shift.starts_at > now else 0
    ahead = (shift.day - days.day_of(now)).days
    return Gap(shift, left, asked[shift.pk, State.OFFERED], asked[shift.pk, State.REQUESTED], ahead)


def worst(found: list[Gap]) -> list[Gap]:
    """Put the worst first, and keep one of each kind, place and day, on two days at most.

    Hourly blocks of one task would fill the list.
    """
    alike = defaultdict(list)
    for gap in sorted(found, key=lambda gap: gap.hardness):
        shift = gap.shift
        alike[shift.task_kind_id, shift.day, shift.location_id, shift.district_id].append(gap)
    kept, days_kept = [], Counter()
    for (kind, _day, *place), group in alike.items():
        days_kept[kind, *place] += 1
        if days_kept[kind, *place] <= MOST_DAYS:
            kept.append(replace(group[0], more=len(group) - 1))
    return kept
