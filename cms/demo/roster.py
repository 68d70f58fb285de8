"""Who takes which shift in the demo? Nearly full by day, gaps in the evening, as rosters go.

Pure: shifts and people in, seats out. It knows the rules only roughly; rostering.booking has the last word.
"""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cms.demo.world import GLADLY, NEVER, ON_CALL, RATHER_NOT, Inhabitant, World
from people import days

REST = timedelta(hours=11)
FILL = {"day": 0.89, "evening": 0.66, "saturday": 0.68, "sunday": 0.6}  # of the seats, by part of the week
ON_CALL_FILL, LATE_CHAT_FILL, TASK_FILL = 0.96, 0.15, 0.55
LOOK_AT = 40  # candidates per seat, drawn by lot
MOST_A_WEEK = {"PIKET": 4, "T10": 4}
BUSIEST = 5  # shifts a week, for those who set no limit themselves


@dataclass(frozen=True)
class Slot:
    """A planned shift; aware datetimes in Amsterdam."""

    pk: int
    kind: str
    requires: frozenset[str]
    minimum_months: int
    is_microtask: bool
    starts_at: datetime
    ends_at: datetime
    seats: int
    district: str = ""  # both empty: the national pool
    location: str = ""
    needs_approval: bool = False
    km: dict[str, float] = field(default_factory=dict, compare=False)  # from each home, where that matters

    @property
    def day(self) -> date:
        return self.starts_at.date()


@dataclass(frozen=True)
class Seat:
    """Somebody on a shift."""

    slot: Slot
    person: Inhabitant


class Agenda:
    """What everybody has taken so far."""

    def __init__(self):
        self.taken = defaultdict(list)

    def take(self, person: Inhabitant, slot: Slot) -> Seat:
        self.taken[person.email].append(slot)
        return Seat(slot, person)

    def has_room(self, person: Inhabitant, slot: Slot) -> bool:
        """Return whether the shift fits between the others, with rest, and within the week's maximum."""
        others = self.taken[person.email]
        if any(_touch(other, slot) for other in others):
            return False
        week = [other for other in others if days.week_of(other.day) == days.week_of(slot.day)]
        most = person.shifts_a_week or BUSIEST
        hours = sum((o.ends_at - o.starts_at for o in week), slot.ends_at - slot.starts_at)
        same = sum(o.kind == slot.kind for o in week)
        return (
            len(week) < most
            and same < MOST_A_WEEK.get(slot.kind, 3)
            and (person.hours_a_week is None or hours <= timedelta(hours=person.hours_a_week))
        )

    def busy(self, person: Inhabitant) -> int:
        return len(self.taken[person.email])


def fill(world: World, slots: Iterable[Slot], agenda: Agenda, taken: Sequence[Seat] = ()) -> list[Seat]:
    """Return who takes the seats of `slots`; `taken` are seats that are given away already."""
    rng = random.Random(f"{world.seed}:roster:{world.today}")  # noqa: S311 - a demo, not a secret
    given = defaultdict(list)
    for seat in taken:
        given[seat.slot.pk].append(seat.person.email)
    crowd = [p for p in world.people if not p.is_named and p.engagement != "external"]
    candidates, seats = {}, []
    for slot in sorted(slots, key=lambda s: (s.kind != "PIKET", s.starts_at, s.pk)):
        wanted = _round(rng, slot.seats * share(slot, world.today)) - len(given[slot.pk])
        if slot.kind not in candidates:
            candidates[slot.kind] = _candidates(crowd, slot)
        for _n in range(wanted):
            person = choose(rng, candidates[slot.kind], slot, agenda, but=given[slot.pk])
            if person is None:
                break
            given[slot.pk].append(person.email)
            seats.append(agenda.take(person, slot))
    return seats


def share(slot: Slot, today: date) -> float:
    """Return which part of the seats is taken: less in the evening, and less further ahead."""
    ahead = (slot.day - today).days
    eagerness = 1.04 if ahead < 0 else 1 if ahead <= 7 else 0.95 if ahead <= 13 else 0.6
    if slot.kind == "PIKET":
        return ON_CALL_FILL * min(1, eagerness + 0.04)
    if slot.kind == "T04":
        return LATE_CHAT_FILL
    if slot.is_microtask:
        return TASK_FILL * eagerness
    match slot.day.weekday():
        case 5:
            return FILL["saturday"] * eagerness
        case 6:
            return FILL["sunday"] * eagerness
    return min(1, FILL["evening" if slot.starts_at.hour >= 16 else "day"] * eagerness)


def choose(rng, candidates: Sequence[Inhabitant], slot: Slot, agenda: Agenda, but: Iterable[str] = ()):
    """Return somebody of a lot of candidates who can, gladly first and then who does least; or None."""
    lot = rng.sample(candidates, min(LOOK_AT, len(candidates)))
    able = [p for p in lot if p.email not in but and may(p, slot) and agenda.has_room(p, slot)]
    return min(able, key=lambda p: agenda.busy(p) - 2 * (p.wishes.get(slot.kind) == GLADLY), default=None)


def may(person: Inhabitant, slot: Slot) -> bool:
    """Return whether `person` is qualified, willing and free for this shift."""
    is_candidate = all(post.role == "candidate" for post in person.posts)
    return (
        (slot.is_microtask or not is_candidate)
        and all(person.holds(code, slot.day) for code in slot.requires)
        and days.months_between(person.joined_on, slot.day) >= slot.minimum_months
        and person.wishes.get(slot.kind) not in (RATHER_NOT, NEVER)
        and (not slot.district or slot.district == person.district)
        and slot.km.get(person.home, 0) <= person.travel_km
        and is_free(person, slot)
        and person.joined_on < slot.day - timedelta(days=21 * (not slot.is_microtask))
    )


def is_free(person: Inhabitant, slot: Slot) -> bool:
    """Return whether the shift lies inside the windows, and not in a time away."""
    if person.away and person.away[0] <= slot.day <= person.away[1]:
        return False
    if not person.windows:
        return True
    reached = slot.starts_at
    for start, end in sorted(_spans(person, slot.day)):
        if start <= reached < end:
            reached = end  # windows that touch count as one
    return reached >= slot.ends_at


def _spans(person: Inhabitant, day: date) -> Iterable[tuple[datetime, datetime]]:
    for near in (day - timedelta(days=1), day, day + timedelta(days=1)):
        for window in person.windows:
            if window.weekday == near.weekday():
                yield days.span(near, window.start, window.end)


def _candidates(crowd: Iterable[Inhabitant], slot: Slot) -> list[Inhabitant]:
    """Who ever held all that the kind asks; the on-call rota is for those who signed up for it."""
    asked = slot.requires - {"C01", "C02", "C03", "C04", "C05"}
    return [
        person
        for person in crowd
        if asked <= {paper.code for paper in person.papers}
        and (ON_CALL not in asked or "PIKET" in person.wishes)
    ]


def _touch(one: Slot, other: Slot) -> bool:
    """Return whether two shifts overlap, or leave too little rest after the one that ends in the night."""
    first, second = sorted((one, other), key=lambda s: s.starts_at)
    gap = second.starts_at - first.ends_at
    return gap < timedelta() or (first.starts_at.date() != first.ends_at.date() and gap < REST)


def _round(rng, amount: float) -> int:
    """Round up or down by lot, so that the average stays what it was."""
    return int(amount) + (rng.random() < amount % 1)
