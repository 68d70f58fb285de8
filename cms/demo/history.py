"""What has happened in the demo so far? Plays it from old to new through the same verbs that people use."""

import random
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction

from cms.demo import answers, roster
from cms.demo import cast as demo_cast
from cms.demo.roster import Agenda, Seat, Slot
from cms.demo.world import World
from people import days, qualifications
from people.models import Location, Person
from rostering import booking
from rostering.eligibility import facts
from rostering.models import Booking, Shift, TaskKind

TOGETHER = 200  # events in one transaction
ABSENT, DROPS_OUT, BOOKED_BY_OTHERS = 0.03, 0.04, 0.2
MOST_ASKED = 100  # a larger crowd does not make a longer waiting list
ASKED = ["T01", "T02", "T03", "T09", "T10"]  # kinds of which somebody is asked for an open seat


@dataclass(frozen=True, order=True)
class Event:
    """Something that somebody did, at an aware moment."""

    at: datetime
    order: int
    act: Callable[[datetime], object]


class History:
    """The shifts, the people and who takes what."""

    def __init__(self, world: World, now: datetime):
        self.world, self.now = world, now
        self.rng = random.Random(f"{world.seed}:history:{world.today}")  # noqa: S311 - a demo, not a secret
        self.people = {p.email: p for p in Person.objects.select_related("home")}
        self.shifts = {
            s.pk: s for s in Shift.objects.select_related("task_kind", "location__district", "district")
        }
        self.slots = _slots(self.shifts.values())
        self.agenda = Agenda()
        self.answers = answers.Answers(world)
        self.events: list[Event] = []
        self.rows: dict[tuple[int, str], Booking] = {}
        self.refused: list[str] = []
        self.coordinators = self._coordinators()

    def plan(self) -> None:
        """Decide who does what when; nothing happens yet."""
        cast = demo_cast.seats(self.world, self.slots, self.agenda, self.now)
        seats = cast + roster.fill(self.world, self.slots, self.agenda, cast)
        taken = defaultdict(int)
        for seat in seats:
            taken[seat.slot.pk] += 1
            self._add_seat(seat)
        self._add_dropouts([s for s in self.slots if taken[s.pk] < s.seats])
        self._add_answers([s for s in self.slots if s.ends_at < self.now], taken)
        ahead = [s for s in self.slots if s.starts_at > self.now + timedelta(hours=30)]
        self._add_waiting([s for s in ahead if taken[s.pk] == s.seats])
        self._add_offers([s for s in ahead if taken[s.pk] < s.seats])
        self._add_requests([s for s in ahead if s.needs_approval and taken[s.pk] < s.seats])
        self._add_withdrawals(seats)
        self.events.sort(key=lambda event: (event.at, event.order))

    def play(self, tell: Callable[[int], object]) -> None:
        """Let everything happen, in groups; `tell` hears how far we are."""
        for first in range(0, len(self.events), TOGETHER):
            with transaction.atomic():
                for event in self.events[first : first + TOGETHER]:
                    self._try(event)
            tell(min(first + TOGETHER, len(self.events)))

    def _try(self, event: Event) -> None:
        try:
            event.act(event.at)
        except (booking.NotBookable, booking.ImpossibleMove) as refusal:
            self.refused.append(str(refusal))

    def _add(self, at: datetime, act: Callable[[datetime], object]) -> None:
        if at <= self.now:
            self.events.append(Event(at, len(self.events), act))

    def _add_seat(self, seat: Seat) -> None:
        slot, person, shift = seat.slot, self.people[seat.person.email], self.shifts[seat.slot.pk]
        other = slot.needs_approval or self.rng.random() < BOOKED_BY_OTHERS
        by = self._coordinator(slot) if other and not seat.person.is_named else person
        marker = self._coordinator(slot)
        at = self._before(slot, 2, 20, person)
        if slot.ends_at < self.now and self.answers.was_asked(seat.person):
            self._add(at, lambda at: self._offer(person, shift, marker, at))
            said = at + self.answers.thinks(slot.starts_at - at)
            self._add(said, lambda at: self._accept(person, shift, at))
        else:
            self._add(at, lambda at: self._book(person, shift, by, at, confirmed_by=marker))
        marked_at = slot.ends_at + timedelta(hours=self.rng.choice([1, 2, 4, 14, 16, 18]))
        mark = booking.mark_absent if self.rng.random() < ABSENT else booking.mark_attended
        if seat.person.is_named:
            mark = booking.mark_attended
        self._add(marked_at, lambda at: self._mark(mark, shift, person, marker, at))

    def _book(self, person: Person, shift: Shift, by: Person, at: datetime, *, confirmed_by: Person) -> None:
        row = booking.book(person, shift, by=by, now=at)
        if row.state == Booking.State.REQUESTED:
            row = booking.confirm(row, by=confirmed_by, now=at)
        self.rows[shift.pk, person.email] = row

    def _mark(self, mark, shift: Shift, person: Person, by: Person, at: datetime) -> None:
        if row := self.rows.get((shift.pk, person.email)):
            mark(row, by=by, now=at)

    def _add_dropouts(self, open_slots: list[Slot]) -> None:
        """People who signed up and took themselves off again; the seat stayed open."""
        for slot in open_slots:
            if self.rng.random() < DROPS_OUT * 3 and (found := self._somebody(slot)):
                person, shift, by = self.people[found.email], self.shifts[slot.pk], self._coordinator(slot)
                booked_at = self._before(slot, 6, 20, person)
                self._add(
                    booked_at, lambda at, p=person, s=shift, c=by: self._book(p, s, p, at, confirmed_by=c)
                )
                left_at = booked_at + (slot.starts_at - booked_at) * self.rng.uniform(0.3, 0.97)
                self._add(left_at, lambda at, p=person, s=shift: self._leave(p, s, at))

    def _leave(self, person: Person, shift: Shift, at: datetime) -> None:
        if row := self.rows.get((shift.pk, person.email)):
            booking.cancel(row, by=person, now=at)

    def _add_answers(self, past: list[Slot], taken: dict[int, int]) -> None:
        """People who were asked and said no, or nothing; of the full shifts long before, of the others later."""
        for slot in self._some(past, answers.NO_PER_THOUSAND, most=answers.MOST_NO):
            found = self.answers.who_says_no(slot, self.agenda)
            if not found:
                continue
            person, shift, by = self.people[found.email], self.shifts[slot.pk], self._coordinator(slot)
            least, most = (16, 24) if taken[slot.pk] >= slot.seats else (3, 20)
            at = self._before(slot, least, most, person)
            self._add(at, lambda at, p=person, s=shift, c=by: self._offer(p, s, c, at))
            if self.answers.is_silent():
                over = min(at + booking.ANSWER_WITHIN, slot.starts_at) + timedelta(minutes=1)
                self._add(over, lambda at, p=person, s=shift: self._lapse(p, s, at))
            else:
                said = at + self.answers.thinks(slot.starts_at - at)
                self._add(said, lambda at, p=person, s=shift: self._decline(p, s, at))

    def _offer(self, person: Person, shift: Shift, by: Person, at: datetime) -> None:
        self.rows[shift.pk, person.email] = booking.offer(person, shift, by=by, now=at)

    def _accept(self, person: Person, shift: Shift, at: datetime) -> None:
        if row := self.rows.get((shift.pk, person.email)):
            booking.accept(row, by=person, now=at)

    def _decline(self, person: Person, shift: Shift, at: datetime) -> None:
        if row := self.rows.get((shift.pk, person.email)):
            booking.decline(row, by=person, now=at)

    def _lapse(self, person: Person, shift: Shift, at: datetime) -> None:
        if row := self.rows.get((shift.pk, person.email)):
            booking.lapse(row, now=at)

    def _add_waiting(self, full: list[Slot]) -> None:
        for slot in self._some([s for s in full if s.kind != "PIKET"], 60):
            if found := self._somebody(slot):
                person, shift = self.people[found.email], self.shifts[slot.pk]
                at = self._lately(2, 40)
                self._add(at, lambda at, p=person, s=shift: booking.wait(p, s, by=p, now=at))

    def _add_offers(self, open_slots: list[Slot]) -> None:
        for slot in self._some([s for s in open_slots if s.kind in ASKED], 25):
            if found := self._somebody(slot):
                person, shift, by = self.people[found.email], self.shifts[slot.pk], self._coordinator(slot)
                at = self._lately(1, 40)
                self._add(at, lambda at, p=person, s=shift, by=by: booking.offer(p, s, by=by, now=at))
        for slot in demo_cast.offers(self.world, open_slots, self.agenda):
            noor, shift, by = (
                self.people[demo_cast.VOLUNTEER], self.shifts[slot.pk], self.people[demo_cast.COORDINATOR],
            )  # fmt: skip
            at = self._lately(3, 3)
            self._add(at, lambda at, p=noor, s=shift, by=by: booking.offer(p, s, by=by, now=at))

    def _add_requests(self, open_slots: list[Slot]) -> None:
        for slot in self._some(open_slots, 80):
            if found := self._somebody(slot):
                person, shift = self.people[found.email], self.shifts[slot.pk]
                at = self._lately(1, 60)
                self._add(at, lambda at, p=person, s=shift: booking.book(p, s, by=p, now=at))

    def _add_withdrawals(self, seats: list[Seat]) -> None:
        """Certificates that turn out wrong: who is booked on them is no longer fit for the shift."""
        ahead = [
            s for s in seats if s.slot.starts_at > self.now + timedelta(days=2) and not s.person.is_named
        ]
        near = [s for s in ahead if self._district(s.slot) == "Midden-Nederland" and s.slot.location]
        for seat in [*self.rng.sample(near, min(1, len(near))), *self._some(ahead, 5)]:
            person, by = self.people[seat.person.email], self.people[demo_cast.ADMINISTRATOR]
            code = next(iter(sorted(c for c in seat.slot.requires if c.startswith("C"))), "B")
            at = self._lately(2, 20)
            self._add(at, lambda at, p=person, by=by, code=code: _withdraw(p, code, by, at))

    def _somebody(self, slot: Slot):
        crowd = [p for p in self.world.people if not p.is_named and roster.may(p, slot)]
        found = roster.choose(self.rng, crowd, slot, self.agenda)
        if found:
            self.agenda.take(found, slot)
        return found

    def _some(self, slots: list[Slot], per_thousand_people: int, most: int = MOST_ASKED) -> list[Slot]:
        most = min(most, max(2, len(self.world.people) * per_thousand_people // 1000))
        return self.rng.sample(slots, min(most, len(slots)))

    def _before(self, slot: Slot, least: int, most: int, person: Person) -> datetime:
        """Return a moment some days before the shift, by day; not before somebody joined, nor after now."""
        day = max(slot.day - timedelta(days=self.rng.randint(least, most)), person.joined_on)
        if day >= slot.day:
            return min(slot.starts_at, self.now) - timedelta(minutes=30)
        at = days.moment(day, time(self.rng.randint(8, 21), self.rng.randint(0, 59)))
        return min(at, self._by_day(self.now - timedelta(minutes=self.rng.randint(60, 4000))))

    def _lately(self, least: int, most: int) -> datetime:
        """Return a moment so many hours ago, or before that night."""
        return self._by_day(self.now - timedelta(hours=self.rng.randint(least, most)))

    def _by_day(self, at: datetime) -> datetime:
        day, hour = days.day_of(at), at.astimezone(days.AMSTERDAM).hour
        if 8 <= hour < 22:
            return at
        evening = days.moment(day - timedelta(days=hour < 8), time(20, self.rng.randint(0, 59)))
        return min(at, evening)

    def _coordinators(self) -> dict[str, list[Person]]:
        found = defaultdict(list)
        for inhabitant in self.world.people:
            for post in inhabitant.posts:
                if post.role == "coordinator":
                    found[post.district or post.location].append(self.people[inhabitant.email])
        return found

    def _coordinator(self, slot: Slot) -> Person:
        able = self.coordinators.get(self._district(slot)) or self.coordinators.get("")
        return self.rng.choice(able or [p for found in self.coordinators.values() for p in found])

    def _district(self, slot: Slot) -> str:
        """Return the name of the district a shift lies in; empty for the national pool."""
        return slot.district or (self.shifts[slot.pk].location.district.name if slot.location else "")


def _withdraw(person: Person, code: str, by: Person, at: datetime) -> None:
    for award in person.grants.filter(qualification__code=code).valid_on(days.day_of(at)):
        qualifications.revoke(award, by=by, now=at, because="Stond per vergissing op deze naam.")


def _slots(shifts: Iterable[Shift]) -> list[Slot]:
    """Return the shifts as the chooser sees them."""
    requires = {
        kind.pk: frozenset(q.code for q in kind.requires.all())
        for kind in TaskKind.objects.prefetch_related("requires")
    }
    places = list(Location.objects.all())
    return [
        Slot(
            pk=shift.pk,
            kind=shift.task_kind.code,
            requires=requires[shift.task_kind_id],
            minimum_months=shift.task_kind.minimum_months,
            is_microtask=shift.task_kind.ladder == TaskKind.Ladder.MICRO_TASK,
            starts_at=shift.starts_at.astimezone(days.AMSTERDAM),
            ends_at=shift.ends_at.astimezone(days.AMSTERDAM),
            seats=shift.seats,
            district=shift.district.name if shift.district else "",
            location=shift.location.name if shift.location else "",
            needs_approval=shift.task_kind.needs_approval,
            km={place.name: facts.distance_km(place, shift.location) for place in places}
            if shift.location
            else {},
        )
        for shift in shifts
    ]
