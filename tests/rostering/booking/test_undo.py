"""Undo is the inverse: exactly what stood before stands again."""

from datetime import timedelta

import pytest

from people.models import Notice
from rostering import booking
from rostering.booking import State
from rostering.models import Booking
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
LATER = timedelta(minutes=3)


def stands(row):
    """Return what undo must bring back."""
    row = Booking.objects.get(pk=row.pk)
    return row.state, row.seat, row.answer_by, row.moved_at, row.offered_by, row.reason


def owed(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def second(utrecht, grant_all):
    return grant_all(make_person("Bea", "volunteer", home=utrecht))


@pytest.fixture
def request_of_anouk(anouk, shift, telephone, now):
    telephone.needs_approval = True
    telephone.save()
    return booking.book(anouk, shift, by=anouk, now=now)


@pytest.fixture
def offer_to_anouk(anouk, shift, carla, now):
    return booking.offer(anouk, shift, by=carla, now=now)


@pytest.mark.parametrize("before", ["request_of_anouk", "offer_to_anouk"])
def test_a_coordinator_takes_back_a_mistaken_booking(before, request, anouk, shift, carla, now):
    row = request.getfixturevalue(before)
    stood = stands(row)
    booking.book(anouk, shift, by=carla, now=now + LATER)
    booking.undo(row, by=carla, now=now + 2 * LATER)
    assert stands(row) == stood
    assert owed(anouk)[-1] == "booking_undone"


def test_a_mistaken_confirmation_is_a_request_again(request_of_anouk, carla, now):
    stood = stands(request_of_anouk)
    booking.confirm(request_of_anouk, by=carla, now=now + LATER)
    booking.undo(request_of_anouk, by=carla, now=now + 2 * LATER)
    assert stands(request_of_anouk) == stood


def test_where_nothing_stood_before_the_booking_is_cancelled(anouk, shift, carla, now):
    row = booking.book(anouk, shift, by=carla, now=now)
    row = booking.undo(row, by=carla, now=now + LATER)
    assert (row.state, row.reason) == (State.CANCELLED, "Dit was een vergissing.")


def test_undo_twice_changes_nothing_more(offer_to_anouk, anouk, shift, carla, now):
    row = booking.book(anouk, shift, by=carla, now=now)
    booking.undo(row, by=carla, now=now + LATER)
    with pytest.raises(booking.ImpossibleMove):
        booking.undo(row, by=carla, now=now + LATER)
    assert stands(row)[0] == State.OFFERED


def test_the_freed_seat_goes_to_who_waits(offer_to_anouk, second, anouk, shift, carla, now):
    shift.seats = 1
    shift.save()
    row = booking.book(anouk, shift, by=carla, now=now)
    waits = booking.wait(second, shift, by=second, now=now)
    booking.undo(row, by=carla, now=now + LATER)
    assert [stands(row)[0], stands(waits)[0]] == [State.OFFERED, State.BOOKED]


def test_a_no_is_taken_back_for_ten_minutes(offer_to_anouk, anouk, now):
    stood = stands(offer_to_anouk)
    booking.decline(offer_to_anouk, by=anouk, now=now)
    booking.undo(offer_to_anouk, by=anouk, now=now + LATER)
    assert stands(offer_to_anouk) == stood
    booking.decline(offer_to_anouk, by=anouk, now=now)
    with pytest.raises(booking.ImpossibleMove):
        booking.undo(offer_to_anouk, by=anouk, now=now + booking.JUST_NOW)


def test_a_no_is_not_taken_back_when_the_seats_are_gone(offer_to_anouk, second, anouk, shift, now):
    shift.seats = 1
    shift.save()
    booking.decline(offer_to_anouk, by=anouk, now=now)
    booking.book(second, shift, by=second, now=now)
    with pytest.raises(booking.NotBookable) as refusal:
        booking.undo(offer_to_anouk, by=anouk, now=now + LATER)
    assert [reason.code for reason in refusal.value.reasons] == ["full"]


def test_nobody_takes_back_the_no_of_somebody_else(offer_to_anouk, anouk, carla, now):
    booking.decline(offer_to_anouk, by=anouk, now=now)
    with pytest.raises(booking.ImpossibleMove):
        booking.undo(offer_to_anouk, by=carla, now=now)
