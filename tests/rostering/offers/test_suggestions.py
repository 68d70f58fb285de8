"""Whom could we ask?"""

from datetime import time

import pytest

from rostering import booking
from rostering.availability import preferences
from rostering.models import TaskKind
from rostering.offers import suggestions
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(utrecht, grant_all):
    return [grant_all(make_person(name, "volunteer", home=utrecht)) for name in ("Bea", "Cem", "Dewi")]


def names(shift, now):
    return [found.person.first_name for found in suggestions.suggest(shift, now=now)]


def test_who_does_least_comes_first(people, make_shift, now):
    booking.book(people[0], make_shift(days_ahead=2), by=people[0], now=now)
    assert names(make_shift(days_ahead=5), now) == ["Cem", "Dewi", "Bea"]


def test_a_small_task_is_first_for_volunteers_and_candidates(people, carla, eva, bram, make_shift, now):
    """Staff does few small tasks, and would stand above everybody by that."""
    small = TaskKind.objects.create(
        code="T17", name="B1-check", minutes=30, load=1, mode="remote", ladder="micro_task"
    )
    for person in (*people, bram):
        booking.book(person, make_shift(small, days_ahead=2, seats=9), by=person, now=now)
    assert names(make_shift(small, days_ahead=5), now) == ["Bea", "Cem", "Dewi", "Bram", "Carla"]


def test_who_never_does_it_is_not_asked(people, shift, now):
    preferences.set_willingness(people[0], {shift.task_kind: 0}, by=people[0], now=now)
    assert names(shift, now) == ["Cem", "Dewi"]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_how_gladly_somebody_comes_changes_nothing(people, shift, now, level):
    before = suggestions.suggest(shift, now=now)
    preferences.set_willingness(people[1], {shift.task_kind: level}, by=people[1], now=now)
    assert suggestions.suggest(shift, now=now) == before


def test_who_is_not_available_is_not_asked(people, shift, now):
    monday = [preferences.Window(0, time(8), time(12))]
    preferences.set_pattern(people[0], monday, by=people[0], now=now)
    assert names(shift, now) == ["Cem", "Dewi"]


def test_who_is_asked_booked_or_said_no_is_not_asked_again(people, carla, shift, now):
    bea, cem, dewi = people
    booking.book(bea, shift, by=bea, now=now)
    booking.offer(cem, shift, by=carla, now=now)
    booking.decline(booking.offer(dewi, shift, by=carla, now=now), by=dewi, now=now)
    assert names(shift, now) == []


def test_the_reasons_are_said(people, make_shift, utrecht, now, settings):
    settings.LANGUAGE_CODE = "en"
    shift = make_shift(location=utrecht)
    first = suggestions.suggest(shift, now=now)[0]
    assert first.why == ["has no other shift in these weeks", "works from this location"]


def test_the_number_of_queries_does_not_grow(
    people, shift, grant_all, utrecht, now, django_assert_num_queries
):
    with django_assert_num_queries(13):
        suggestions.suggest(shift, now=now)
    for name in ("Els", "Femke", "Gijs"):
        grant_all(make_person(name, "volunteer", home=utrecht))
    with django_assert_num_queries(13):
        suggestions.suggest(shift, now=now)
