"""A shift that does not go on: who hears what, and for ten minutes everything comes back."""

from datetime import timedelta

import pytest

from people import notices
from people.models import JournalEntry, Notice
from rostering import booking, shifts
from rostering.board import crew
from rostering.models import Booking
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

State = Booking.State
BECAUSE = "De zaal is dicht."


@pytest.fixture
def people(grant_all):
    return [grant_all(make_person(name, "volunteer")) for name in ("Ada", "Bea", "Cem", "Dee")]


@pytest.fixture
def full(make_shift, people, carla, now):
    """One on it, one asked, two on the waiting list: Dee before Cem."""
    shift, (ada, bea, cem, dee) = make_shift(seats=1), people
    booking.offer(bea, shift, by=carla, now=now)
    booking.book(ada, shift, by=ada, now=now)
    for minute, person in enumerate((dee, cem)):
        booking.wait(person, shift, by=person, now=now + timedelta(minutes=minute))
    return shift


def stand(shift):
    rows = shift.bookings.order_by("pk")
    return list(rows.values_list("person__first_name", "state", "seat", "moved_at", "answer_by", "reason"))


def later(now, minutes=5):
    return now + timedelta(minutes=minutes)


def test_it_is_said_who_was_on_it_and_whose_question_ended(full, carla, now):
    shift = shifts.cancel(full, by=carla, now=later(now), because=BECAUSE)
    assert shifts.ended_with(shift).sentences == [
        "Erop stond: Ada Voorbeeld.",
        "Eén vraag is ingetrokken: Bea Voorbeeld.",
        "2 mensen wachtten op een plek: Dee Voorbeeld, Cem Voorbeeld.",
        "Zij krijgen een mail met je reden.",
    ]


def test_nobody_on_it_is_said_too(shift, carla, now):
    shift = shifts.cancel(shift, by=carla, now=now, because=BECAUSE)
    assert shifts.ended_with(shift).sentences == [
        "Er stond niemand op en er was niemand voor gevraagd. Niemand krijgt dus een mail."
    ]


def test_who_never_answered_did_not_say_no(make_shift, people, carla, now):
    shift, (ada, bea, cem, _dee) = make_shift(seats=3), people
    booking.decline(booking.offer(ada, shift, by=carla, now=now), by=ada, now=now)
    booking.offer(bea, shift, by=carla, now=now)
    booking.cancel(booking.book(cem, shift, by=cem, now=now), by=cem, now=now)
    shift = shifts.cancel(shift, by=carla, now=later(now), because=BECAUSE)
    found = crew.of(shift, now=later(now))
    assert found.gone_said == "1 persoon zei nee, 1 persoon ging eraf"
    assert [(one.booking.person.first_name, one.became) for one in found.ended] == [
        ("Bea", "was gevraagd, nog zonder antwoord")
    ]


def test_undoing_brings_back_exactly_what_was(full, carla, now):
    before = stand(full)
    shift = shifts.cancel(full, by=carla, now=later(now), because=BECAUSE)
    assert shifts.undo_cancel(shift, by=carla, now=later(now, 14)) == []
    full.refresh_from_db()
    assert (stand(full), full.cancelled_at, full.cancelled_because) == (before, None, "")
    assert JournalEntry.objects.filter(verb="shift.uncancelled").count() == 1
    assert shifts.undo_cancel(full, by=carla, now=later(now, 14)) == []  # twice changes nothing


def test_who_did_not_hear_yet_hears_nothing(full, carla, now):
    shift = shifts.cancel(full, by=carla, now=later(now), because=BECAUSE)
    shifts.undo_cancel(shift, by=carla, now=later(now, 6))
    assert not Notice.objects.waiting().filter(kind__startswith="shift_").exists()


def test_who_heard_hears_once_that_it_goes_on(full, carla, now, mailoutbox):
    shift = shifts.cancel(full, by=carla, now=later(now), because=BECAUSE)
    notices.send_due(now=later(now, 6))
    mailoutbox.clear()
    shifts.undo_cancel(shift, by=carla, now=later(now, 7))
    notices.send_due(now=later(now, 8))
    assert sorted((mail.to[0].split()[0], mail.subject) for mail in mailoutbox) == [
        (name, "Gaat toch door: Advieslijn telefoon, donderdag 26 november")
        for name in ("Ada", "Bea", "Cem", "Dee")
    ]


def test_who_took_another_shift_meanwhile_stays_off(full, people, make_shift, carla, now):
    shift, other = shifts.cancel(full, by=carla, now=later(now), because=BECAUSE), make_shift()
    booking.book(people[0], other, by=people[0], now=later(now, 6))
    assert shifts.undo_cancel(shift, by=carla, now=later(now, 7)) == [people[0]]
    assert [state for _name, state, *_rest in stand(full)] == [
        State.OFFERED, State.CANCELLED, State.WAITING, State.WAITING,
    ]  # fmt: skip


def test_ten_minutes_later_it_stays_cancelled(full, carla, now):
    shift = shifts.cancel(full, by=carla, now=now, because=BECAUSE)
    with pytest.raises(shifts.NotPossible, match="te lang geleden"):
        shifts.undo_cancel(shift, by=carla, now=later(now, 10))
