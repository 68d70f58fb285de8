"""Whatever people do, in whatever order: no promise of a booking is broken. On SQLite and on PostgreSQL."""

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from people.models import JournalEntry, Location
from rostering import booking, eligibility, shifts
from rostering.booking import State
from rostering.models import Booking, Shift, TaskKind
from tests.conftest import NOW, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.both]

REFUSALS = (booking.NotBookable, booking.ImpossibleMove, shifts.NotPossible)
WHO, WHICH = st.integers(0, 3), st.integers(0, 2)


class Roster(RuleBasedStateMachine):
    """Four people and three shifts (two of them at the same time) of one or two seats."""

    def __init__(self):
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOW
        kind = TaskKind.objects.create(
            code="T16", name="Gids", minutes=60, load=1, mode="remote", ladder="micro_task"
        )
        self.people = [make_person(f"P{n}", "volunteer") for n in range(4)]
        self.coordinator = make_person("C", "coordinator")
        self.shifts = [
            Shift.objects.create(
                task_kind=kind, starts_at=NOW + timedelta(hours=start), ends_at=NOW + timedelta(hours=start + 3),
                seats=seats, published_at=NOW,
            )
            for start, seats in [(48, 1), (49, 2), (72, 1)]
        ]  # fmt: skip

    def teardown(self):
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def attempt(self, verb, *arguments, **named):
        try:
            with transaction.atomic():
                verb(*arguments, now=self.now, **named)
        except REFUSALS as refusal:
            assert str(refusal)  # every refusal says why

    def standing(self, who, which):
        return (
            Booking.objects.filter(person=self.people[who], shift=self.shifts[which]).order_by("-pk").first()
        )

    @rule(who=WHO, which=WHICH)
    def books(self, who, which):
        self.attempt(booking.book, self.people[who], self.shifts[which], by=self.people[who])

    @rule(who=WHO, which=WHICH)
    def is_booked_in(self, who, which):
        self.attempt(booking.book, self.people[who], self.shifts[which], by=self.coordinator)

    @rule(who=WHO, which=WHICH)
    def waits(self, who, which):
        self.attempt(booking.wait, self.people[who], self.shifts[which], by=self.people[who])

    @rule(who=WHO, which=WHICH)
    def is_asked(self, who, which):
        self.attempt(booking.offer, self.people[who], self.shifts[which], by=self.coordinator)

    @rule(who=WHO, which=WHICH, verb=st.sampled_from([booking.accept, booking.decline, booking.cancel]))
    def answers(self, who, which, verb):
        if row := self.standing(who, which):
            self.attempt(verb, row, by=self.people[who])

    @rule(who=WHO, which=WHICH)
    def is_taken_off(self, who, which):
        if row := self.standing(who, which):
            self.attempt(booking.cancel, row, by=self.coordinator, because="Anders geregeld")

    @rule(who=WHO, which=WHICH, verb=st.sampled_from([booking.mark_attended, booking.mark_absent]))
    def is_marked(self, who, which, verb):
        if row := self.standing(who, which):
            self.attempt(verb, row, by=self.coordinator)

    @rule(which=WHICH, seats=st.integers(1, 3))
    def the_shift_grows_or_shrinks(self, which, seats):
        shift = Shift.objects.get(pk=self.shifts[which].pk)
        self.attempt(
            shifts.change, shift, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=seats, note="",
            by=self.coordinator,
        )  # fmt: skip

    @rule(hours=st.sampled_from([1, 20, 50]))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @invariant()
    def nobody_is_overbooked(self):
        held = Booking.objects.holding_a_seat().values_list("shift", "seat", "shift__seats")
        taken = Counter((shift, seat) for shift, seat, _seats in held)
        assert all(number == 1 for number in taken.values())
        assert all(1 <= seat <= seats for _shift, seat, seats in held)

    @invariant()
    def nobody_is_in_two_places(self):
        booked = Booking.objects.booked().order_by("person", "starts_at")
        times = booked.values_list("person", "starts_at", "ends_at")
        for (who, _start, end), (next_who, next_start, _end) in itertools.pairwise(times):
            assert who != next_who or end <= next_start

    @invariant()
    def one_live_booking_each(self):
        live = Counter(Booking.objects.live().values_list("person", "shift"))
        assert all(number == 1 for number in live.values())

    @invariant()
    def nobody_waits_for_a_free_seat_they_could_have(self):
        for row in Booking.objects.filter(state=State.WAITING, shift__starts_at__gt=self.now):
            reasons = eligibility.reasons_against(row.person, row.shift, now=self.now)
            assert reasons != []

    @invariant()
    def every_change_is_in_the_journal(self):
        changes = JournalEntry.objects.filter(verb__startswith="booking.").count()
        assert changes >= Booking.objects.count()


def test_no_invariant_is_broken():
    assert Location.objects.count() == 0
    run_state_machine_as_test(
        Roster,
        settings=settings(
            max_examples=40, stateful_step_count=25, deadline=None, derandomize=True, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
