"""The life of a booking, verb by verb."""

from datetime import timedelta

import pytest

from people.models import JournalEntry, Notice
from rostering import booking
from rostering.booking import MOVES, State, states
from rostering.models import Booking
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def codes(refusal):
    return [reason.code for reason in refusal.value.reasons]


def journal():
    return list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True))


def owed(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def second(utrecht, grant_all):
    return grant_all(make_person("Bea", "volunteer", home=utrecht))


@pytest.fixture
def third(utrecht, grant_all):
    return grant_all(make_person("Cem", "volunteer", home=utrecht))


def test_booking_takes_the_lowest_free_seat_and_says_so(anouk, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    assert (row.state, row.seat, row.sequence) == (State.BOOKED, 1, 0)
    assert journal()[-1] == "booking.booked"
    assert owed(anouk) == ["booking_booked"]


def test_booking_twice_says_that_it_is_done(anouk, shift, now):
    first = booking.book(anouk, shift, by=anouk, now=now)
    with pytest.raises(booking.AlreadyBooked) as refusal:
        booking.book(anouk, shift, by=anouk, now=now)
    assert refusal.value.booking == first
    assert Booking.objects.count() == 1


def test_a_freed_seat_goes_to_who_waits_first(anouk, second, third, make_shift, now):
    shift = make_shift(seats=1)
    held = booking.book(anouk, shift, by=anouk, now=now)
    booking.wait(third, shift, by=third, now=now)
    booking.wait(second, shift, by=second, now=now + timedelta(minutes=1))
    booking.cancel(held, by=anouk, now=now + timedelta(minutes=2))
    assert list(shift.bookings.holding_a_seat().values_list("person__first_name", "seat")) == [("Cem", 1)]
    assert owed(third) == [
        "qualification_granted",
        "qualification_granted",
        "booking_waiting",
        "booking_moved_up",
    ]


def test_waiting_is_for_full_shifts(anouk, shift, now):
    with pytest.raises(booking.NotBookable) as refusal:
        booking.wait(anouk, shift, by=anouk, now=now)
    assert codes(refusal) == ["not_full"]


def test_an_offer_is_accepted_once(anouk, carla, shift, now):
    asked = booking.offer(anouk, shift, by=carla, now=now)
    assert asked.answer_by == now + timedelta(hours=48)
    first = booking.accept(asked, by=anouk, now=now)
    again = booking.accept(asked, by=anouk, now=now)
    assert (first.pk, again.state) == (again.pk, State.BOOKED)
    assert owed(anouk) == ["booking_offered", "booking_booked"]


def test_an_offer_can_be_declined_and_is_then_over(anouk, carla, shift, now):
    asked = booking.offer(anouk, shift, by=carla, now=now)
    booking.decline(asked, by=anouk, now=now)
    with pytest.raises(booking.NotBookable) as refusal:
        booking.accept(asked, by=anouk, now=now)
    assert codes(refusal) == ["offer_over"]


def test_an_offer_lapses(anouk, carla, shift, now):
    asked = booking.offer(anouk, shift, by=carla, now=now)
    assert booking.lapse(asked, now=now).state == State.OFFERED
    assert booking.lapse(asked, now=now + timedelta(hours=49)).state == State.CANCELLED


def test_a_kind_that_needs_approval_makes_a_request(anouk, carla, shift, now):
    shift.task_kind.needs_approval = True
    shift.task_kind.save()
    asked = booking.book(anouk, shift, by=anouk, now=now)
    assert (asked.state, asked.seat) == (State.REQUESTED, None)
    assert booking.confirm(asked, by=carla, now=now).state == State.BOOKED


def test_refusing_a_request_takes_a_reason(anouk, carla, shift, now):
    shift.task_kind.needs_approval = True
    shift.task_kind.save()
    asked = booking.book(anouk, shift, by=anouk, now=now)
    with pytest.raises(booking.NotBookable):
        booking.refuse(asked, by=carla, now=now, because=" ")
    refused = booking.refuse(asked, by=carla, now=now, because="Er komt al iemand.")
    assert (refused.state, refused.reason) == (State.DECLINED, "Er komt al iemand.")


def test_taking_somebody_off_takes_a_reason(anouk, carla, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    with pytest.raises(booking.NotBookable) as refusal:
        booking.cancel(row, by=carla, now=now)
    assert codes(refusal) == ["no_reason"]
    row = booking.cancel(row, by=carla, now=now, because="De dienst is dubbel bezet.")
    assert (row.state, row.seat, row.sequence) == (State.CANCELLED, None, 1)


def test_nobody_cancels_a_shift_that_runs(anouk, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    with pytest.raises(booking.NotBookable) as refusal:
        booking.cancel(row, by=anouk, now=shift.starts_at)
    assert codes(refusal) == ["started"]


def test_a_late_drop_out_reaches_the_coordinator(anouk, carla, make_shift, utrecht, now):
    shift = make_shift(days_ahead=1, location=utrecht)
    row = booking.book(anouk, shift, by=anouk, now=now)
    booking.cancel(row, by=anouk, now=now)
    assert owed(carla) == ["coordinator_dropout"]


def test_attendance_is_marked_from_the_start_on(anouk, carla, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    with pytest.raises(booking.ImpossibleMove):
        booking.mark_attended(row, by=carla, now=now)
    row = booking.mark_attended(row, by=carla, now=shift.starts_at)
    assert booking.mark_absent(row, by=carla, now=shift.ends_at).state == State.ABSENT


@pytest.mark.parametrize("to", list(State))
@pytest.mark.parametrize("state", list(State))
def test_every_move_outside_the_table_is_refused(state, to, anouk, carla, shift, now):
    row = Booking.objects.create(
        person=anouk, shift=shift, state=state, seat=1 if state in Booking.SEATED else None,
        starts_at=shift.starts_at, ends_at=shift.ends_at, made_at=now, moved_at=now,
    )  # fmt: skip
    if to in MOVES[state]:
        assert states._move(row, to, by=carla, now=now).state == to
    else:
        with pytest.raises(booking.ImpossibleMove):
            states._move(row, to, by=carla, now=now)
