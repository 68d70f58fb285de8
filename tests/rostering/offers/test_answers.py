"""Does the link of a mail open one question, for one person, for a while?"""

from datetime import timedelta

import pytest
from django.core.signing import Signer

from rostering import booking
from rostering.offers import answers

WEEK = timedelta(days=7)
SECOND = timedelta(seconds=1)


@pytest.fixture
def offer(anouk, carla, make_shift, now):
    return booking.offer(anouk, make_shift(days_ahead=20), by=carla, now=now)


@pytest.fixture
def token(offer, now):
    return answers.token(offer, now=now)


def test_a_link_leads_to_its_booking(offer, token, now, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = answers.offer_of(token, now=now)
    assert (found, found.person, found.shift.task_kind.name) == (offer, offer.person, "Advieslijn telefoon")


def test_a_link_works_for_a_week(offer, token, now):
    assert answers.offer_of(token, now=now + WEEK - SECOND) == offer
    with pytest.raises(answers.Expired, match="te oud"):
        answers.offer_of(token, now=now + WEEK)


def test_no_link_outlives_the_start_of_its_shift(anouk, carla, shift, now):
    token = answers.token(booking.offer(anouk, shift, by=carla, now=now), now=now)
    answers.offer_of(token, now=shift.starts_at - SECOND)
    with pytest.raises(answers.Expired):
        answers.offer_of(token, now=shift.starts_at)


def test_a_shift_that_came_forward_takes_its_links_along(offer, token, now):
    offer.starts_at = now + timedelta(hours=1)
    offer.save()
    with pytest.raises(answers.Expired):
        answers.offer_of(token, now=now + timedelta(hours=1))


def test_who_has_left_cannot_answer(offer, token, now):
    offer.person.is_active = False
    offer.person.save()
    with pytest.raises(answers.Expired):
        answers.offer_of(token, now=now)


@pytest.mark.parametrize("text", ["", "x", "1-2-3", "1-2-3.", ".", "1-2-3.AAAA", "é.é", "a" * 5000])
def test_what_we_did_not_sign_is_refused(text, token, now):
    with pytest.raises(answers.Forged, match="niet compleet"):
        answers.offer_of(text, now=now)


def test_every_changed_letter_breaks_the_link(token, now):
    for place, letter in enumerate(token):
        changed = token[:place] + ("1" if letter != "1" else "2") + token[place + 1 :]
        with pytest.raises(answers.Forged):
            answers.offer_of(changed, now=now)


def test_a_signature_for_something_else_is_refused(offer, now):
    other = Signer(salt="something else", sep=".").sign(f"{offer.pk}-{offer.person_id}-9999999999")
    with pytest.raises(answers.Forged):
        answers.offer_of(other, now=now)


def test_a_booking_that_is_gone_is_no_longer_about_anything(offer, token, now):
    offer.delete()
    with pytest.raises(answers.Forged, match="nergens meer"):
        answers.offer_of(token, now=now)


def test_the_address_is_whole_and_holds_no_name(offer, now):
    url = answers.link(offer, now=now)
    assert (url.startswith("https://paraat.example/antwoord/"), "anouk" in url.lower()) == (True, False)


def test_a_link_mailed_to_an_address_that_was_corrected_answers_nothing(offer, token, anouk, now):
    anouk.email = "anouk.goed@paraat.example"
    anouk.save()
    with pytest.raises(answers.Expired):
        answers.offer_of(token, now=now)
    offer.person = anouk
    assert answers.offer_of(answers.token(offer, now=now), now=now) == offer
