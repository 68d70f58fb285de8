"""Can a coordinator read what somebody wishes? The same pages in worlds that differ only in one wish."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from rostering import booking, proposals
from rostering.availability import preferences
from rostering.models import Willingness
from rostering.proposals import why as proposal_why
from rostering.proposals.choice import Choice
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
Level = Willingness.Level
TOKENS = re.compile(rb'name="(csrfmiddlewaretoken|stempel)" value="[^"]*"|"x-csrftoken": "[^"]*"')


@pytest.fixture
def the_moment(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def people(utrecht, grant_all, telephone):
    telephone.ladder = "micro_task"  # nobody is a newcomer to that
    telephone.save()
    return [grant_all(make_person(name, "volunteer", home=utrecht)) for name in ("Bea", "Cem", "Dewi")]


@pytest.fixture
def pages(client, carla, make_shift, utrecht, the_moment):
    """All that a coordinator reads about one shift, as bytes."""
    shift = make_shift(location=utrecht, days_ahead=5, seats=2)
    client.force_login(carla)

    def read():
        cache.clear()  # what to train is kept for ten minutes
        at = reverse("rostering:board_shift", args=[shift.pk])
        paths = (at, f"{at}?zoek=Cem", reverse("rostering:board_why", args=[shift.pk]), *others())
        return {path: TOKENS.sub(b"", client.get(path).content) for path in paths}

    read.shift = shift
    return read


def others():
    return reverse("rostering:board"), reverse("rostering:training_needs"), reverse("rostering:board_people")


def wish(person, shift, level, now):
    preferences.set_willingness(person, {shift.task_kind: level}, by=person, now=now)


def test_no_page_tells_how_gladly_somebody_comes(people, pages, now):
    before = pages()
    assert b"Cem" in b"".join(before.values())
    for level in (Level.RATHER_NOT, Level.GLADLY, Level.FINE):
        wish(people[1], pages.shift, level, now)
        assert pages() == before


def test_who_is_asked_first_does_not_tell_it_either(people, pages, client, now):
    wish(people[0], pages.shift, Level.RATHER_NOT, now)
    wish(people[2], pages.shift, Level.GLADLY, now)
    client.post(reverse("rostering:board_ask_four", args=[pages.shift.pk]), {"gevraagd": "0"})
    asked = pages.shift.bookings.order_by("pk").values_list("person__first_name", flat=True)
    assert list(asked) == ["Bea", "Cem", "Dewi"]


def test_never_is_read_as_cannot_come(people, pages, client, now):
    wish(people[1], pages.shift, Level.NEVER, now)
    found = pages()
    assert (
        "Kan dan niet."
        in found[f"{reverse('rostering:board_shift', args=[pages.shift.pk])}?zoek=Cem"].decode()
    )
    assert b"nooit" not in b"".join(found.values())


def test_the_reasons_of_a_proposal_do_not_tell_it(people, make_shift, carla, utrecht, now):
    """All three are in it, whatever they wish, so that the reasons are all that could differ."""
    shift = make_shift(location=utrecht, days_ahead=5, seats=3)
    choice = Choice(shift.day, shift.day, locations=frozenset({utrecht.pk}), asks_reluctant=True)

    def said():
        made = proposals.ask(choice, by=carla, now=now)
        lines = made.lines.order_by("person__first_name")
        return [(line.person, proposal_why.of(line, now=now)) for line in lines]

    before = said()
    assert len(before) == 3
    for level in (Level.RATHER_NOT, Level.GLADLY):
        wish(people[1], shift, level, now)
        assert said() == before


def test_how_much_somebody_carries_is_read_as_cannot_come(people, pages, client, make_shift, now, telephone):
    telephone.load = 4
    telephone.save()
    for day in (2, 3, 6):
        booking.book(people[1], make_shift(days_ahead=day), by=people[1], now=now)
    page = client.get(f"{reverse('rostering:board_shift', args=[pages.shift.pk])}?zoek=Cem").content.decode()
    assert ("Kan dan niet." in page, "afgesproken" in page) == (True, False)


def test_the_person_is_told_who_sees_it(client, people):
    client.force_login(people[0])
    page = client.get(reverse("rostering:willingness")).content.decode()
    assert "Wie ziet dit?" in page
