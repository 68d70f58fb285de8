"""What is said of a person for a shift: what speaks for them, by one rule; the rest is silence."""

import pytest

from rostering.eligibility import track_record
from rostering.matching.fit import Component
from rostering.snapshot import counted

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


def said(person, shift, **points):
    components = [Component(code, worth) for code, worth in points.items()]
    return list(counted.in_words(components, person=person, shift=shift).values())


@pytest.mark.parametrize(
    ("points", "words"),
    [
        ({"willing": 60}, []),
        ({"willing": -80}, []),
        ({"travel": -20}, ["lives 20 km away"]),
        ({"travel": 0}, []),
        ({"load": 0}, ["does little at the moment"]),
        ({"load": -25}, ["does little at the moment"]),
        ({"load": -26}, []),
        ({"load": -200}, []),
        ({"willing": 60, "likely": 90, "travel": -3, "load": -300},
         ["often says yes", "lives 3 km away"]),
        ({}, []),
    ],
)  # fmt: skip
def test_only_what_speaks_for_somebody_is_said(anouk, make_shift, points, words):
    assert said(anouk, make_shift(), **points) == words


@pytest.mark.parametrize(("willing", "yes"), [(60, 1.0), (0, 0.85), (-80, 0.55)])
@pytest.mark.parametrize(("chance", "words"), [(0.80, []), (0.85, []), (0.9, ["often says yes"])])
def test_often_is_more_than_we_take_for_granted(anouk, shift, willing, yes, chance, words):
    likely = round(100 * chance * yes)
    assert said(anouk, shift, willing=willing, likely=likely) == words


def test_who_was_never_asked_does_not_often_say_yes():
    assert track_record.acceptance(0, 0) < counted.OFTEN


def test_who_lives_there_works_from_there(anouk, make_shift, utrecht, groningen):
    anouk.home = utrecht
    here, there = make_shift(location=utrecht), make_shift(location=groningen)
    assert said(anouk, here, travel=0) == ["works from this location"]
    assert said(anouk, there, travel=0) == []
