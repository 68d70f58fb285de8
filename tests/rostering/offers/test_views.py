"""Answering an offer: from a mail without logging in, and on the home page or the page of the shift."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from people.models import JournalEntry
from rostering import booking, shifts
from rostering.models import Booking
from rostering.offers import answers
from tests.conftest import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]
State = Booking.State


@pytest.fixture
def offer(anouk, carla, shift, now):
    return booking.offer(anouk, shift, by=carla, now=now)


@pytest.fixture
def address(offer, now):
    return reverse("rostering:answer", args=[answers.token(offer, now=now)])


def state(offer):
    return Booking.objects.get(pk=offer.pk).state


def code(response):
    return response.context["said"].code


def test_opening_the_link_only_asks(client, offer, address):
    before = JournalEntry.objects.count()
    response = client.get(address)
    text = response.content.decode()
    assert (response.status_code, code(response), state(offer)) == (200, "open", State.OFFERED)
    assert ("Ja, ik kom" in text, "Nee, nu niet" in text) == (True, True)
    assert client.head(address).status_code == 200
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize(("word", "becomes"), [("ja", State.BOOKED), ("nee", State.DECLINED)])
def test_an_answer_counts_without_a_log_in_and_makes_none(word, becomes, client, offer, address):
    response = client.post(address, {"antwoord": word})
    assert (response.status_code, state(offer)) == (200, becomes)
    assert "_auth_user_id" not in client.session
    assert client.get(reverse("rostering:my_roster")).status_code == 302


def test_an_answer_is_for_that_one_booking(client, offer, address, anouk, carla, make_shift, now):
    other = booking.offer(anouk, make_shift(days_ahead=9), by=carla, now=now)
    client.post(address, {"antwoord": "ja"})
    assert (state(offer), state(other)) == (State.BOOKED, State.OFFERED)


def test_somebody_else_who_is_signed_in_answers_for_whom_it_was_asked(client, offer, address, dirk):
    client.force_login(dirk)
    client.post(address, {"antwoord": "ja"})
    assert (state(offer), dirk.bookings.count()) == (State.BOOKED, 0)


@pytest.mark.parametrize(
    ("first", "second", "said", "stays"),
    [
        ("ja", "ja", "Je staat al ingeschreven voor deze dienst.", State.BOOKED),
        ("ja", "nee", "Je staat al ingeschreven voor deze dienst.", State.BOOKED),
        ("nee", "nee", "Je hebt nee gezegd tegen deze dienst.", State.DECLINED),
        ("nee", "ja", "Je hebt nee gezegd tegen deze dienst.", State.DECLINED),
    ],
)
def test_a_second_answer_says_how_it_stands(first, second, said, stays, client, offer, address):
    client.post(address, {"antwoord": first})
    response = client.post(address, {"antwoord": second})
    assert (response.context["said"].sentence, state(offer)) == (said, stays)
    assert client.get(address).context["said"].sentence == said


def test_a_seat_that_is_gone_is_said_kindly(client, carla, make_shift, anouk, grant_all, now):
    shift, bea = make_shift(seats=1), grant_all(make_person("Bea", "volunteer"))
    offer = booking.offer(anouk, shift, by=carla, now=now)
    address = reverse("rostering:answer", args=[answers.token(offer, now=now)])
    booking.book(bea, shift, by=bea, now=now)
    response = client.post(address, {"antwoord": "ja"})
    assert response.context["said"].sentence == "De plek is al bezet. Dank je voor je antwoord."
    assert state(offer) == State.OFFERED


def test_no_is_heard_also_when_the_seat_is_gone(client, offer, address, shift):
    type(shift).objects.filter(pk=shift.pk).update(seats=1)
    bea = make_person("Bea", "volunteer")
    Booking.objects.create(
        person=bea, shift=shift, state=State.BOOKED, seat=1, starts_at=shift.starts_at, ends_at=shift.ends_at,
        made_at=offer.made_at, moved_at=offer.made_at,
    )  # fmt: skip
    assert code(client.post(address, {"antwoord": "nee"})) == "no"


def test_an_offer_past_its_time_is_over(client, offer, address, time_machine, now):
    time_machine.move_to(offer.answer_by, tick=False)
    assert code(client.post(address, {"antwoord": "ja"})) == "over"
    assert state(offer) == State.OFFERED


def test_a_cancelled_shift_is_said(client, carla, shift, address, now):
    shifts.cancel(shift, by=carla, now=now, because="Dicht")
    assert code(client.post(address, {"antwoord": "ja"})) == "cancelled"


def test_a_word_that_is_no_answer_asks_again(client, offer, address):
    assert code(client.post(address, {"antwoord": "misschien"})) == "open"
    assert code(client.post(address)) == "open"
    assert state(offer) == State.OFFERED


@pytest.mark.parametrize("token", ["x", "1.2", "1-1-99999999999.forged", "%F0%9F%8E%88"])
def test_a_forged_link_is_a_clear_404(token, client, offer):
    response = client.post(f"/antwoord/{token}/", {"antwoord": "ja"})
    assert (response.status_code, state(offer)) == (404, State.OFFERED)
    assert "Deze link werkt niet" in response.content.decode()


def test_a_changed_link_is_forged(client, address, offer):
    pk, rest = address.removeprefix("/antwoord/").split("-", 1)
    assert client.post(f"/antwoord/{int(pk) + 1}-{rest}", {"antwoord": "ja"}).status_code == 404


def test_an_old_link_is_a_clear_410(client, address, offer, time_machine, now):
    time_machine.move_to(now + timedelta(days=8), tick=False)
    response = client.get(address)
    assert (response.status_code, state(offer)) == (410, State.OFFERED)
    assert "Deze link werkt niet" in response.content.decode()


def test_the_address_goes_to_no_other_site(client, address):
    response = client.get(address)
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Robots-Tag"] == "noindex"


def test_a_form_of_another_site_is_refused(offer, address):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, {"antwoord": "ja"}).status_code == 403
    assert state(offer) == State.OFFERED


@pytest.mark.parametrize(("back", "to"), [("start", "/"), ("", None), ("//elders.example", None)])
def test_answering_here_leads_back(back, to, client, anouk, offer):
    client.force_login(anouk)
    response = client.post(
        reverse("rostering:answer_here", args=[offer.pk]), {"antwoord": "ja", "terug": back}
    )
    assert response.headers["Location"] == (to or reverse("rostering:shift", args=[offer.shift_id]))
    assert state(offer) == State.BOOKED


def test_answering_here_offers_the_way_back_and_repeats_quietly(client, anouk, offer):
    client.force_login(anouk)
    address = reverse("rostering:answer_here", args=[offer.pk])
    first = client.post(address, {"antwoord": "ja"}, follow=True)
    assert reverse("rostering:cancel", args=[offer.shift_id]) in first.content.decode()
    second = client.post(address, {"antwoord": "ja"}, follow=True)
    assert [str(m) for m in second.context["messages"]] == ["Je staat al ingeschreven voor deze dienst."]


def test_answering_here_without_a_word_asks_for_one(client, anouk, offer):
    client.force_login(anouk)
    response = client.post(reverse("rostering:answer_here", args=[offer.pk]), follow=True)
    assert [str(m) for m in response.context["messages"]] == ["Kies ja of nee."]
    assert state(offer) == State.OFFERED
