"""Why nobody comes, and what to train: what a coordinator sees and does."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from people.models import Notice, Qualification
from rostering.matching.plan import NoPlan
from rostering.models import TaskKind
from rostering.training import needs
from tests.conftest import make_person
from tests.rostering.conftest import said, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]
NEEDS = "rostering:training_needs"


@pytest.fixture(autouse=True)
def nothing_kept(settings):
    cache.clear()
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def client(client, carla):
    client.force_login(carla)
    return client


@pytest.fixture
def course(certificate, telephone):
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True, learn_minutes=240)
    TaskKind.objects.update(ladder=TaskKind.Ladder.MICRO_TASK)
    return certificate


@pytest.fixture
def nearly(utrecht, grant_all, certificate):
    """People who lack only the certificate."""

    def make(*names):
        people = [grant_all(make_person(name, "volunteer", home=utrecht)) for name in names]
        for person in people:
            person.grants.filter(qualification=certificate).delete()
        return people

    return make


def invite(client, people, code="C06", **given):
    given = {"wie": [person.public_id for person in people], **given}
    return client.post(reverse("rostering:invite_to_learn", args=[code]), given, follow=True)


def test_the_page_of_a_shift_asks_for_the_reasons_only_when_seats_are_open(client, make_shift):
    open_shift, full = make_shift(), make_shift(seats=1, published_at=None)
    address = reverse("rostering:board_why", args=[open_shift.pk])
    assert text_of(client.get(reverse("rostering:board_shift", args=[open_shift.pk]))).count(address) == 2
    assert "/waarom/" not in text_of(client.get(reverse("rostering:board_shift", args=[full.pk])))


def test_reasons_are_a_page_and_a_part_of_one(client, course, nearly, shift):
    nearly("Bea")
    address = reverse("rostering:board_why", args=[shift.pk])
    page, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    assert "Why nobody?" in text_of(part)
    assert "<html" not in part.content.decode()
    assert page.content.decode().count("<h1") == 1
    assert f"{reverse(NEEDS)}?wat=C06" in text_of(part)


def test_an_english_reader_and_a_dutch_one(client, course, nearly, shift, settings):
    nearly("Bea")
    settings.LANGUAGE_CODE = "nl"
    assert "Waarom niemand?" in text_of(client.get(reverse("rostering:board_why", args=[shift.pk])))


def test_what_to_train_names_people_and_invites_them(client, course, nearly, shift):
    people = nearly("Bea", "Cem")
    page = text_of(client.get(reverse(NEEDS)))
    assert "Train 2 people in Advieslijn en doorverwijzen" in page
    assert "from 0% to 100%" in page
    response = invite(client, people, weken="4", waar="eigen")
    assert said(response) == ["Invited: Bea Voorbeeld, Cem Voorbeeld. They get a mail."]
    assert response.redirect_chain == [(f"{reverse(NEEDS)}?weken=4&waar=eigen", 302)]
    assert said(invite(client, people)) == ["Everybody had been invited already."]
    assert Notice.objects.filter(kind="learning_invited").count() == 2
    assert "Everybody here has been invited." in text_of(client.get(reverse(NEEDS)))


def test_people_from_elsewhere_and_odd_names_are_not_invited(client, course, groningen, shift):
    stranger = make_person("Gijs", "volunteer", home=groningen)
    assert said(invite(client, [stranger])) == ["Everybody had been invited already."]
    assert invite(client, [], wie="x").status_code == 404
    assert invite(client, [], code="ZZ").status_code == 404
    assert not Notice.objects.filter(kind="learning_invited").exists()


def test_what_is_not_learned_here_is_refused(client, vog, anouk):
    assert said(invite(client, [anouk], code="VOG")) == ["VOG cannot be learned here."]


@pytest.mark.parametrize("query", ["?weken=x&waar=99&wat=ZZ", "?wat=%01", "?weken=-1", "?waar=x"])
def test_odd_choices_are_the_usual_one(client, shift, query):
    assert client.get(reverse(NEEDS) + query).status_code == 200


def test_nothing_to_train_says_what_helps(client, course, shift):
    assert "No single course fills an empty seat now." in text_of(client.get(reverse(NEEDS)))


def test_a_plan_that_fails_is_said_and_not_kept(client, course, nearly, shift, monkeypatch):
    nearly("Bea")

    def dies(*args, **given):
        raise NoPlan("gone")

    with monkeypatch.context() as patch:
        patch.setattr(needs.training, "what_to_train", dies)
        assert "could not be worked out in time" in text_of(client.get(reverse(NEEDS)))
    assert "Train 1 person" in text_of(client.get(reverse(NEEDS)))


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_does_not_grow(
    client, course, nearly, make_shift, number, django_assert_num_queries
):
    shifts = [make_shift(days_ahead=3 + ahead) for ahead in range(number)]
    nearly(*["Bea", "Cem", "Dewi"][:number])
    with django_assert_num_queries(21):
        client.get(reverse(NEEDS))
    with django_assert_num_queries(19):
        client.get(reverse("rostering:board_why", args=[shifts[0].pk]))
