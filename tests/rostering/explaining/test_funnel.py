"""Why does nobody come, in words that point at nobody?"""

from datetime import time

import pytest

from people.models import Qualification
from rostering import booking
from rostering.availability import preferences
from rostering.explaining import funnel
from rostering.matching.explaining.why import Price
from rostering.models import Willingness
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def make_volunteers(utrecht, grant_all):
    def make(*names):
        return [grant_all(make_person(name, "volunteer", home=utrecht)) for name in names]

    return make


def bars(shift, now):
    return [bar.said for bar in funnel.of(shift, now=now).bars]


def near(shift, now):
    return [
        (one.said, one.act, [person.first_name for person in one.people])
        for one in funnel.of(shift, now=now).near
    ]


def cannot(people, now):
    for person in people:
        preferences.set_pattern(person, [preferences.Window(0, time(8), time(12))], by=person, now=now)


def test_papers_are_counted_and_named(bram, shift, utrecht, now):
    make_person("Bea", "volunteer", home=utrecht)
    why = funnel.of(shift, now=now)
    assert [bar.said for bar in why.bars] == [
        "1 person is still in the first training",
        "1 person lacks Advieslijn en doorverwijzen",
    ]
    assert (why.people, why.free, why.able) == (50, 0, [])  # about so many: no sum gives the hidden ones away


def test_a_private_reason_of_a_few_people_is_not_told_apart(make_volunteers, shift, now):
    bea, cem = make_volunteers("Bea", "Cem")
    cannot([bea], now)
    preferences.set_willingness(cem, {shift.task_kind: Willingness.Level.NEVER}, by=cem, now=now)
    assert bars(shift, now) == ["A few people cannot come then"]


def test_a_private_reason_of_many_is_counted(make_volunteers, shift, now):
    cannot(make_volunteers("Bea", "Cem", "Dewi", "Els", "Finn"), now)
    assert bars(shift, now) == ["5 people are not available then"]


def test_small_private_reasons_are_counted_together(make_volunteers, shift, now):
    people = make_volunteers("Bea", "Cem", "Dewi", "Els", "Finn")
    cannot(people[:3], now)
    for person in people[3:]:
        preferences.set_willingness(person, {shift.task_kind: Willingness.Level.NEVER}, by=person, now=now)
    assert bars(shift, now) == ["5 people cannot come then"]


def test_who_lacks_one_paper_can_learn_it_only_where_it_is_taught(
    make_volunteers, shift, certificate, vog, now
):
    bea, cem = make_volunteers("Bea", "Cem")
    bea.grants.filter(qualification=certificate).delete()
    cem.grants.filter(qualification=vog).delete()
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True)
    assert near(shift, now) == [
        ("1 person lacks only Advieslijn en doorverwijzen", "learn", []),
        ("1 person lacks only VOG", "", []),
    ]


def test_who_may_not_suit_is_named_to_be_asked_but_not_why(make_volunteers, shift, now):
    bea, cem, dewi = make_volunteers("Bea", "Cem", "Dewi")
    cannot([bea], now)
    for person, level in ((cem, Willingness.Level.RATHER_NOT), (dewi, Willingness.Level.NEVER)):
        preferences.set_willingness(person, {shift.task_kind: level}, by=person, now=now)
    said = "1 person holds everything, but it may not suit them"
    assert near(shift, now) == [(said, "ask", ["Bea"])]


def test_one_who_may_not_suit_is_one_in_the_sentence_too(make_volunteers, carla, shift, now):
    bea, cem = make_volunteers("Bea", "Cem")
    cannot([bea, cem], now)
    booking.offer(bea, shift, by=carla, now=now)
    said = "1 person holds everything, but it may not suit them"
    assert near(shift, now) == [(said, "ask", ["Cem"])]


def test_who_can_come_is_named_with_what_counted(make_volunteers, make_shift, now):
    bea, cem = make_volunteers("Bea", "Cem")
    shift = make_shift(days_ahead=5)
    booking.book(bea, make_shift(days_ahead=2), by=bea, now=now)
    able = funnel.of(shift, now=now).able
    assert [(one.person, one.place) for one in able] == [
        (cem, "Fits this shift as number 1 of the 2 who can"),
        (bea, "Fits this shift as number 2 of the 2 who can"),
    ]
    assert able[0].why == ["does little at the moment"]


def test_who_is_asked_already_is_not_named_again(make_volunteers, shift, carla, now):
    bea, cem = make_volunteers("Bea", "Cem")
    booking.offer(bea, shift, by=carla, now=now)
    why = funnel.of(shift, now=now)
    assert (why.free, why.asked, [one.person for one in why.able]) == (1, 1, [cem])


def test_who_stands_on_it_is_counted_first(make_volunteers, shift, now):
    (bea,) = make_volunteers("Bea")
    booking.book(bea, shift, by=bea, now=now)
    assert bars(shift, now) == ["1 person stands on it already"]


def test_the_number_of_queries_does_not_grow(make_volunteers, shift, now, django_assert_num_queries):
    make_volunteers("Bea")
    with django_assert_num_queries(16):
        funnel.of(shift, now=now)
    make_volunteers("Cem", "Dewi")
    with django_assert_num_queries(16):
        funnel.of(shift, now=now)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"emptier": [(0, 1)]}, "one seat less: Thursday, 17:00"),
        ({"emptier": [(0, 2)], "fuller": [(1, 1)]}, "one seat less: Thursday, 17:00"),
        (
            {"emptier": [(0, 1)], "fuller": [(1, 1)], "points": 6000},
            "as many seats, but others: nobody then on Thursday, 17:00",
        ),
        ({"instead": [7]}, "no seat less: Bea would come, who lives 20 km further away"),
        ({"instead": [7, 8]}, "no seat less: Bea and Cem would come"),
        ({"emptier": [(0, 1)], "fuller": [(1, 1)]}, "no seat less"),
        ({}, "no seat less"),
    ],
)
def test_what_it_costs_is_said_in_seats_and_people(shift, given, said):
    parts = {"points": 0, "emptier": [], "fuller": [], "instead": [], **given}
    price = Price(by_priority=(0, 0, 0), preference=0, moved=0, is_exact=True, **parts)
    words = funnel.price_in_words(price, names={7: "Bea", 8: "Cem"}, shifts={0: shift, 1: shift}, km=20)
    assert words == said
