"""How likely is a yes?"""

from datetime import timedelta

import pytest

from rostering import booking
from rostering.eligibility import track_record
from rostering.models import Booking

pytestmark = pytest.mark.django_db


def record(person, now):
    return track_record.of([person.pk], now=now).values_list("experienced", "yes", "asked").get()


def test_who_was_never_asked_says_yes_eight_times_of_ten(anouk, now):
    assert record(anouk, now) == (False, 0, 0)
    assert track_record.acceptance(0, 0) == 0.8


def test_answers_count_and_silence_is_a_no(anouk, carla, make_shift, now):
    yes, no, silent, open_yet, taken_back, own = (make_shift(days_ahead=n) for n in range(8, 14))
    offers = {
        shift: booking.offer(anouk, shift, by=carla, now=now)
        for shift in (yes, no, silent, open_yet, taken_back)
    }
    booking.accept(offers[yes], by=anouk, now=now)
    booking.decline(offers[no], by=anouk, now=now)
    booking.cancel(offers[taken_back], by=carla, now=now, because="Niet meer nodig")
    booking.lapse(offers[silent], now=now + timedelta(hours=49))
    booking.book(anouk, own, by=anouk, now=now)
    assert record(anouk, now) == (False, 1, 3)


def test_an_answer_of_long_ago_does_not_count(anouk, carla, shift, now):
    booking.decline(booking.offer(anouk, shift, by=carla, now=now), by=anouk, now=now)
    Booking.objects.update(made_at=now - timedelta(days=366))
    assert record(anouk, now) == (False, 0, 0)
