"""Passwords that somebody guesses who knows where you volunteer."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from people.accounts.passwords import KNOWN, is_guessed

GUESSED = [
    "welkom123456", "wachtwoord123", "slachtofferhulp", "Slachtofferhulp2026", "Welkom01Welkom01!", "W@chtw00rd2026",
    "zomer2026zomer", "Utrecht-2026-Utrecht", "herfst20262027", "paraat20262027", "mijnwachtwoord12", "sl4cht0ff3rhulp",
    "Wëlkom!!!123456", "aaaaaaaaaaaa", "123456789012", "Oktober2026!!!", "vrijwilliger1234", "DenHaag20262027",
    "midden-nederland1",
]  # fmt: skip
GOOD = [
    "vier paarse olifanten",
    "een lang wachtwoord",
    "trommel-kiwi-ladder",
    "utrecht heeft dertien bruggen",
]


@pytest.mark.parametrize("password", GUESSED)
def test_what_everybody_tries_is_refused(password):
    assert is_guessed(password, [])


@pytest.mark.parametrize("password", GOOD)
def test_words_of_ones_own_are_fine(password, db):
    validate_password(password)


def test_a_place_of_the_organisation_is_tried_too(utrecht, groningen):
    utrecht.name = "Sint-Odiliënberg"
    utrecht.save()
    with pytest.raises(ValidationError) as refused:
        validate_password("sintodilienberg1")
    assert refused.value.messages == [
        "Dit is makkelijk te raden: het bestaat uit woorden die iedereen probeert. Voeg eigen woorden toe."
    ]


def test_the_list_is_letters_only_and_has_each_word_once():
    assert [word for word in KNOWN if not (word.isascii() and word.isalpha() and word.islower())] == []
    assert len(KNOWN) == len(set(KNOWN))
