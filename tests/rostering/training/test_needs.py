"""What does the roster lack that people can learn, and whom would we ask?"""

import pytest
from django.core.cache import cache

from people import access, notices
from people.models import JournalEntry, Notice, Qualification
from rostering import booking
from rostering.models import TaskKind
from rostering.open_shifts import nearby
from rostering.training import invitations
from rostering.training import needs as training_needs
from rostering.training.needs import Choice, Cover
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    cache.clear()
    settings.LANGUAGE_CODE = "en"


@pytest.fixture(autouse=True)
def for_newcomers_too(telephone):
    telephone.ladder = TaskKind.Ladder.MICRO_TASK
    telephone.save()


@pytest.fixture
def course(certificate):
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True, learn_minutes=240)
    certificate.refresh_from_db()
    return certificate


@pytest.fixture
def nearly(utrecht, grant_all, certificate):
    """People who lack only the certificate."""

    def make(*names, home=utrecht):
        people = [grant_all(make_person(name, "volunteer", home=home)) for name in names]
        for person in people:
            person.grants.filter(qualification=certificate).delete()
        return people

    return make


def read(person, now, **choice):
    return training_needs.read(access.scope_of(person), Choice(**choice), now=now)


def told(needs):
    return [
        (need.qualification.code, [str(one.person.first_name) for one in need.trainees], need.seats)
        for need in needs
    ]


def test_who_lacks_only_the_course_is_named_with_what_it_brings(course, nearly, carla, make_shift, now):
    make_shift(days_ahead=5, seats=4)  # a Saturday
    nearly("Bea", "Cem")
    needs = read(carla, now)
    assert told(needs.courses) == [("C06", ["Bea", "Cem"], 2)]
    assert needs.courses[0].covers == [Cover("saturday", 0, 50), Cover("all", 0, 50)]
    assert (needs.kept.open, needs.kept.left, needs.elsewhere) == (4, 4, [])


def test_a_gain_too_small_for_whole_percents_is_told_in_seats_only(course, nearly, carla, make_shift, now):
    make_shift(seats=300)
    nearly("Bea")
    need = read(carla, now).courses[0]
    assert (need.seats, need.covers) == (1, [])


def test_seats_that_are_taken_already_count_as_filled(course, nearly, carla, anouk, make_shift, now):
    shift = make_shift(seats=4)
    booking.book(anouk, shift, by=anouk, now=now)
    nearly("Bea")
    assert read(carla, now).courses[0].covers[-1] == Cover("all", 25, 50)


def test_what_people_can_do_now_needs_no_course(course, nearly, carla, anouk, make_shift, now):
    make_shift(seats=1)
    nearly("Bea")
    needs = read(carla, now)
    assert (needs.courses, needs.kept.open, needs.kept.left) == ([], 1, 0)


def test_what_no_course_gives_is_said_apart(course, vog, carla, utrecht, grant_all, make_shift, now):
    make_shift()
    bea = grant_all(make_person("Bea", "volunteer", home=utrecht))
    bea.grants.filter(qualification=vog).delete()
    needs = read(carla, now)
    assert (told(needs.courses), told(needs.elsewhere)) == ([], [("VOG", ["Bea"], 1)])


def test_only_own_people_are_trained(course, nearly, carla, dirk, groningen, make_shift, now):
    make_shift()
    nearly("Bea")
    nearly("Cem", home=groningen)
    assert told(read(carla, now).courses) == [("C06", ["Bea"], 1)]
    assert told(read(dirk, now).courses) == [("C06", ["Cem"], 1)]


def test_the_choice_is_of_weeks_place_and_course(course, nearly, carla, utrecht, make_shift, now):
    make_shift(days_ahead=20, location=utrecht)
    nearly("Bea")
    seen = [{}, {"weeks": 2}, {"where": "eigen"}, {"where": "landelijk"}, {"code": "C06"}, {"code": "VOG"}]
    assert [len(read(carla, now, **choice).courses) for choice in seen] == [1, 0, 1, 0, 1, 0]


def test_a_district_can_be_chosen_by_who_has_several(course, nearly, utrecht, groningen, make_shift, now):
    greta = make_person("Greta", "coordinator", home=utrecht)  # everywhere
    make_shift(location=utrecht)
    nearly("Bea")
    places = training_needs.places(access.scope_of(greta))
    assert list(places.values())[2:] == ["Midden-Nederland", "Noord-Nederland"]
    found = [len(read(greta, now, where=where).courses) for where in places]
    assert found == [1, 0, 1, 0]


def test_the_answer_is_kept_for_a_while(
    course, nearly, carla, make_shift, now, django_assert_max_num_queries
):
    make_shift()
    nearly("Bea")
    read(carla, now)
    with django_assert_max_num_queries(3):
        assert told(read(carla, now).courses) == [("C06", ["Bea"], 1)]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    course, nearly, carla, make_shift, now, number, django_assert_num_queries
):
    scope = access.scope_of(carla)
    for ahead in range(number):
        make_shift(days_ahead=3 + ahead)
    nearly(*["Bea", "Cem", "Dewi"][:number])
    with django_assert_num_queries(18):
        training_needs.read(scope, Choice(), now=now)


def test_people_are_invited_once_and_told_by_mail(course, nearly, carla, shift, now):
    bea, cem = nearly("Bea", "Cem")
    assert invitations.invite([bea], course, by=carla, now=now) == [bea]
    assert invitations.invite([bea, cem], course, by=carla, now=now) == [cem]
    entries = JournalEntry.objects.filter(verb="learning.invited").order_by("pk")
    assert [(one.subject, one.facts) for one in entries] == [
        (f"people.person:{person.pk}", {"code": "C06"}) for person in (bea, cem)
    ]
    needs = read(carla, now)
    assert [one.invited_at for one in needs.courses[0].trainees] == [now, now]


def test_who_holds_it_or_left_is_not_invited(course, nearly, carla, anouk, now):
    (bea,) = nearly("Bea")
    bea.is_active = False
    bea.save()
    assert invitations.invite([anouk, bea], course, by=carla, now=now) == []


def test_what_is_learned_nowhere_invites_nobody(certificate, nearly, carla, now):
    with pytest.raises(invitations.NotLearned, match="cannot be learned here"):
        invitations.invite(nearly("Bea"), certificate, by=carla, now=now)


def test_the_mail_says_what_it_opens_and_leads_to_the_course(course, nearly, carla, shift, now, mailoutbox):
    bea = nearly("Bea")[0]
    bea.language = "en"
    bea.save()
    invitations.invite([bea], course, by=carla, now=now)
    notices.send_due(now=now)
    mail = mailoutbox[-1]
    assert mail.subject == "Would you like to learn Advieslijn en doorverwijzen?"
    assert "It opens 1 shift near you in the coming four weeks." in mail.body
    assert "https://paraat.example/leren/op-weg/C06/" in mail.body


def test_no_mail_when_it_was_learned_in_the_meantime(course, nearly, carla, grant_all, now, mailoutbox):
    (bea,) = nearly("Bea")
    invitations.invite([bea], course, by=carla, now=now)
    grant_all(bea)
    notices.send_due(now=now)
    assert Notice.objects.get(kind=invitations.KIND).dropped_at == now
    assert all("learn Advieslijn" not in mail.subject for mail in mailoutbox)


def test_what_a_course_opens_near_somebody(course, nearly, telephone, utrecht, groningen, make_shift, now):
    (bea,) = nearly("Bea")
    telephone.mode = "on_site"
    telephone.save()
    near = make_shift(location=utrecht)
    make_shift(location=groningen)
    make_shift(location=utrecht, days_ahead=29)
    assert nearby.shifts(bea, course, now=now) == [near]
