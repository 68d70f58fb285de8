"""A newcomer takes a seat of what is done together only beside somebody experienced."""

from datetime import timedelta

import pytest

from people import house_rules, notices
from people.models import Notice
from rostering import booking, clock, eligibility
from rostering.board import crew
from rostering.matching.possible import pairs
from rostering.models import Booking
from rostering.offers import answers
from rostering.snapshot import load
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

State = Booking.State


@pytest.fixture
def pair(telephone, make_shift, utrecht):
    """A shift in Utrecht of a task that two people do together."""
    telephone.minimum_people = 2
    telephone.save()
    return make_shift(seats=3, location=utrecht)


@pytest.fixture
def els(grant_all, make_shift, now):
    """Somebody experienced: was present at a small role."""
    els, done = grant_all(make_person("Els", "volunteer")), make_shift(days_ahead=-20)
    Booking.objects.create(
        person=els, shift=done, state=State.ATTENDED, seat=1, starts_at=done.starts_at, ends_at=done.ends_at,
        made_at=now, moved_at=now,
    )  # fmt: skip
    return els


def state(person):
    return person.bookings.exclude(state=State.ATTENDED).get().state


def test_a_newcomer_gets_the_seat_when_somebody_experienced_is_there(pair, anouk, els, now):
    assert booking.book(anouk, pair, by=anouk, now=now).state == State.REQUESTED
    booking.book(els, pair, by=els, now=now)
    assert (state(els), state(anouk)) == (State.BOOKED, State.BOOKED)
    kinds = Notice.objects.filter(person=anouk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["booking_requested", "booking_booked"]


def test_a_newcomer_beside_somebody_experienced_is_on_it_at_once(pair, anouk, els, now):
    booking.book(els, pair, by=els, now=now)
    assert booking.book(anouk, pair, by=anouk, now=now).state == State.BOOKED


def test_two_newcomers_who_wait_get_one_seat_each(pair, anouk, grant_all, els, now):
    bea = grant_all(make_person("Bea", "volunteer"))
    for person in (anouk, bea):
        booking.book(person, pair, by=person, now=now)
    booking.book(els, pair, by=els, now=now)
    seats = pair.bookings.order_by("seat").values_list("person__first_name", "seat")
    assert list(seats) == [("Els", 1), ("Anouk", 2), ("Bea", 3)]


@pytest.mark.parametrize("act", ["book", "confirm"])
def test_a_coordinator_does_not_put_a_newcomer_alone_either(pair, anouk, carla, now, act):
    row = booking.book(anouk, pair, by=anouk, now=now) if act == "confirm" else None
    with pytest.raises(booking.NotBookable) as refusal:
        if row:
            booking.confirm(row, by=carla, now=now)
        else:
            booking.book(anouk, pair, by=carla, now=now)
    assert [reason.code for reason in refusal.value.reasons] == ["company"]


def test_the_yes_of_a_newcomer_is_held_and_outlives_its_deadline(pair, anouk, els, carla, now):
    offer = booking.offer(anouk, pair, by=carla, now=now, answer_by=now + timedelta(hours=2))
    said = answers.answer(offer, yes=True, now=now)
    assert (said.code, said.sentence.partition(".")[0]) == ("requested", "Dank je wel, je ja is genoteerd")
    offer.refresh_from_db()
    assert booking.accept(offer, by=anouk, now=now).state == State.REQUESTED  # twice changes nothing
    clock.tick(now + timedelta(hours=3))
    booking.book(els, pair, by=els, now=now + timedelta(hours=4))
    assert state(anouk) == State.BOOKED


def test_who_waits_does_not_move_up_alone(telephone, make_shift, anouk, els, grant_all, now):
    telephone.minimum_people = 2
    telephone.save()
    shift, eva = make_shift(seats=1), grant_all(make_person("Fem", "volunteer"))
    seat = booking.book(els, shift, by=els, now=now)
    booking.wait(eva, shift, by=eva, now=now)
    booking.cancel(seat, by=els, now=now)
    clock.tick(now)
    assert state(eva) == State.WAITING


def test_who_is_left_alone_keeps_the_seat_and_the_coordinator_hears_it(
    pair, anouk, els, carla, now, mailoutbox
):
    seat = booking.book(els, pair, by=els, now=now)
    booking.book(anouk, pair, by=anouk, now=now)
    booking.cancel(seat, by=els, now=now)
    assert state(anouk) == State.BOOKED
    assert crew.of(pair, now=now).lacks_company
    notices.send_due(now=now)
    subjects = [mail.subject for mail in mailoutbox if "carla" in mail.to[0]]
    assert subjects == ["Een nieuweling zonder gezelschap: Advieslijn telefoon, donderdag 26 november"]


def test_from_how_many_people_on_is_a_house_rule(pair, anouk, frank, now):
    house_rules.change({"company_from": 3}, by=frank, now=now)
    assert booking.book(anouk, pair, by=anouk, now=now).state == State.BOOKED


def test_it_says_so_on_the_page_and_in_the_mail(pair, anouk, client, now, time_machine, mailoutbox):
    time_machine.move_to(now, tick=False)
    client.force_login(anouk)
    page = client.get(f"/rooster/dienst/{pair.pk}/")
    assert page.context["standing"].act == "ask"
    assert "naast iemand die dit al eens heeft gedaan" in page.content.decode()
    booking.book(anouk, pair, by=anouk, now=now)
    notices.send_due(now=now)
    assert "naast iemand die het al eens heeft gedaan" in mailoutbox[0].body


def test_whom_the_planner_puts_on_it_now_is_whom_booking_gives_the_seat(pair, anouk, els, now):
    """The planner never puts a newcomer alone; booking holds one only where nobody experienced is."""
    for person, alone in ((anouk, True), (els, False)):
        assert eligibility.lacks_company(person, pair) == alone
    booking.book(els, pair, by=els, now=now)
    made = load.load([pair.pk], now=now, people=[anouk])
    assert (made.tasks.experienced_on.tolist(), len(pairs.find(made).person)) == ([1], 1)
    assert not eligibility.lacks_company(anouk, pair)
