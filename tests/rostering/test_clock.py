"""What time does by itself, and only once."""

from datetime import timedelta

import pytest

from people import qualifications
from people.models import JournalEntry, Notice, Trouble
from people.privacy import leaving
from rostering import booking, clock
from rostering.booking import states
from rostering.models import Booking
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


def kinds(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_reminders_come_48_hours_ahead_and_in_the_morning(anouk, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    for hours in (1, 30, 31, 70, 71, 72, 73, 74, 80):
        clock.tick(now + timedelta(hours=hours))
    assert kinds(anouk) == ["booking_booked", "reminder_48h", "reminder_today"]


def test_who_books_late_is_not_reminded_at_once(anouk, make_shift, now):
    booking.book(anouk, make_shift(days_ahead=1), by=anouk, now=now)
    clock.tick(now + timedelta(minutes=1))
    assert kinds(anouk) == ["booking_booked"]


def test_an_early_shift_is_announced_the_evening_before(make_shift):
    early, late = make_shift(days_ahead=1, hour=8), make_shift(days_ahead=1, hour=9)
    assert [clock.morning_of(s.starts_at).hour for s in (early, late)] == [19, 6]  # UTC in winter


def test_a_booking_whose_holder_is_no_longer_qualified_is_found_once(
    anouk, frank, carla, make_shift, utrecht, now
):
    shift = make_shift(location=utrecht)
    booking.book(anouk, shift, by=anouk, now=now)
    qualifications.revoke(anouk.grants.first(), by=frank, now=now, because="Vergissing")
    clock.tick(now)
    clock.tick(now + timedelta(minutes=1))
    assert Booking.objects.get().unfit_since == now
    assert kinds(anouk) == ["booking_booked", "qualification_revoked", "booking_unfit"]
    assert kinds(carla) == ["coordinator_unfit"]


def test_the_flag_goes_when_the_certificate_is_back(anouk, frank, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    grant = anouk.grants.first()
    qualifications.revoke(grant, by=frank, now=now, because="Vergissing")
    clock.tick(now)
    qualifications.grant(anouk, grant.qualification, by=frank, now=now, source="exemption")
    clock.tick(now)
    assert Booking.objects.get().unfit_since is None
    assert JournalEntry.objects.filter(verb="booking.fit_again").count() == 1


def test_offers_and_waits_end(anouk, carla, make_shift, grant_all, utrecht, now):
    shift = make_shift(seats=1)
    asked = booking.offer(anouk, shift, by=carla, now=now)
    booking.book(grant_all(carla), shift, by=carla, now=now)
    bea = grant_all(make_person("Bea", "volunteer", home=utrecht))
    booking.wait(bea, shift, by=bea, now=now)
    clock.tick(now + timedelta(hours=49))
    asked.refresh_from_db()
    assert asked.state == "cancelled"
    clock.tick(shift.starts_at)
    assert shift.bookings.filter(state="waiting").count() == 0


def test_a_seat_that_stayed_free_is_filled_by_the_clock(
    anouk, carla, make_shift, grant_all, now, monkeypatch
):
    shift = make_shift(seats=1)
    held = booking.book(grant_all(carla), shift, by=carla, now=now)
    booking.wait(anouk, shift, by=anouk, now=now)
    with monkeypatch.context() as patch:  # as if Anouk's row were locked by another transaction just then
        patch.setattr(states, "_fill", lambda shift, now: [])
        booking.cancel(held, by=carla, now=now)
    clock.tick(now + timedelta(minutes=1))
    assert list(shift.bookings.booked().values_list("person__first_name", flat=True)) == ["Anouk"]


def test_the_shifts_of_who_leaves_go_to_who_waits(anouk, carla, frank, make_shift, grant_all, now):
    shift = make_shift(seats=1)
    booking.book(anouk, shift, by=anouk, now=now)
    booking.wait(grant_all(carla), shift, by=carla, now=now)
    leaving.leave(anouk, by=frank, now=now)
    clock.tick(now)
    clock.tick(now)
    assert list(shift.bookings.booked().values_list("person__first_name", flat=True)) == ["Carla"]
    assert list(Booking.objects.filter(person=anouk).values_list("state", flat=True)) == ["cancelled"]


def test_a_poisoned_row_keeps_nobody_from_the_reminder(anouk, carla, make_shift, now, monkeypatch):
    """Step one trips over an offer; the reminders are step four."""
    shift = make_shift()
    booking.book(anouk, shift, by=anouk, now=now)
    bad = booking.offer(anouk, make_shift(days_ahead=2), by=carla, now=now)

    def lapse(row, *, now):
        raise ValueError(row)

    monkeypatch.setattr(booking, "lapse", lapse)
    for hours in (49, 71):
        clock.tick(now + timedelta(hours=hours))
    assert kinds(anouk)[-2:] == ["reminder_48h", "reminder_today"]
    assert list(Trouble.objects.values_list("step", "row", "times")) == [
        ("rostering.clock.lapse", f"rostering.booking:{bad.pk}", 2)
    ]
    monkeypatch.undo()
    clock.tick(now + timedelta(hours=72))
    assert (Trouble.objects.count(), Booking.objects.get(pk=bad.pk).state) == (0, "cancelled")
