"""What somebody does in a browser, from the catalogue to the certificate."""

import pytest

from academy.models import Attempt
from people.models import JournalEntry
from tests.academy.conftest import posted, right_answers, wrong_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def test_from_catalogue_to_certificate(client, bram, course, module, lessons):
    JournalEntry.objects.all().delete()
    client.force_login(bram)
    assert "Cursus C01" in client.get("/academie/").text
    page = client.get("/academie/c01/")
    assert "Je kunt het." in page.text and "/rooster/opent/C01/" in page.text

    first = client.post(f"/leren/cursus/{course.pk}/begin/")
    assert first.url == "/academie/c01/deel/les-1/"
    assert "Les 1 van 2, 10 minuten" in client.get(first.url).text
    second = client.post(f"/leren/les/{lessons[0].pk}/gelezen/")
    assert second.url == "/academie/c01/deel/les-2/"
    test = client.post(f"/leren/les/{lessons[1].pk}/gelezen/")
    assert test.url == f"/leren/toets/{module.pk}/"

    failed = client.post(test.url, posted(wrong_answers(module)), follow=True)
    assert "Je bent er nog niet" in failed.text and "Maak de toets opnieuw" in failed.text
    passed = client.post(test.url, posted(right_answers(module)), follow=True)
    assert "Je bent geslaagd" in passed.text and "Dit kun je hiermee doen" in passed.text
    assert "Certificaat C01" in client.get("/leren/certificaten/").text

    assert list(JournalEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "enrolment.opened",
        "lesson.completed",
        "lesson.completed",
        "attempt.finished",
        "qualification.granted",
        "attempt.finished",
    ]
    assert [notice.kind for notice in bram.notices.all()] == ["qualification_granted"]
    assert list(Attempt.objects.values_list("score", "is_passed")) == [(100, True), (0, False)]


@pytest.fixture
def ready(client, bram, lessons):
    client.force_login(bram)
    for lesson in lessons:
        client.post(f"/leren/les/{lesson.pk}/gelezen/")


def test_a_forgotten_question_is_named_and_the_other_answers_stay(client, ready, module):
    answers = right_answers(module)
    _first, second = answers
    response = client.post(f"/leren/toets/{module.pk}/", posted({second: answers[second]}))
    assert (response.status_code, Attempt.objects.count()) == (422, 0)
    assert "1 vraag heeft nog geen antwoord" in response.text
    assert response.text.count("Kies een antwoord.") == 1
    assert response.text.count(" checked") == 2


@pytest.mark.parametrize("value", ["x", "999999", "-1", "1e3"])
def test_an_answer_that_does_not_exist_is_refused(client, ready, module, value):
    answers = posted(right_answers(module))
    name = next(iter(answers))
    assert client.post(f"/leren/toets/{module.pk}/", answers | {name: value}).status_code == 422
    assert Attempt.objects.count() == 0


def test_an_answer_that_no_browser_can_send_is_refused_before_it_is_read(client, ready, module):
    answers = posted(right_answers(module))
    answers[next(iter(answers))] = "\x00"
    assert client.post(f"/leren/toets/{module.pk}/", answers).status_code == 400
    assert Attempt.objects.count() == 0


def test_the_test_before_the_lessons_leads_back_to_the_course(client, bram, module):
    client.force_login(bram)
    response = client.get(f"/leren/toets/{module.pk}/", follow=True)
    assert response.redirect_chain == [("/academie/c01/", 302)]
    assert "Lees eerst nog 2 lessen." in response.text


def test_a_self_check_answers_without_keeping_anything(client, bram, lessons):
    client.force_login(bram)
    address = lessons[0].get_url()
    check = lessons[0].body[1]
    assert check.block_type == "check"
    wrong = client.get(address, {"vraag": check.id, "antwoord": 0}).text
    assert "Nog niet." in wrong and "Stilte mag ook." in wrong and "Een open vraag." not in wrong
    right = client.get(address, {"vraag": check.id, "antwoord": 1}).text
    assert "Dat is goed." in right and "Een open vraag." in right
    strange = client.get(address, {"vraag": check.id, "antwoord": ["²", "999", "x"]})
    assert (strange.status_code, "Nog niet." in strange.text) == (200, False)


def test_looking_changes_nothing(client, bram, course, module, lessons):
    client.force_login(bram)
    JournalEntry.objects.all().delete()
    for address in ("/academie/", "/academie/c01/", lessons[0].get_url(), f"/leren/toets/{module.pk}/"):
        client.get(address)
    for verb in (f"/leren/cursus/{course.pk}/begin/", f"/leren/les/{lessons[0].pk}/gelezen/"):
        assert client.get(verb).status_code == 405
    assert (JournalEntry.objects.count(), bram.enrolments.count()) == (0, 0)


def test_what_can_be_collected_later_has_a_button(client, ready, bram, course, module, now):
    client.post(f"/leren/toets/{module.pk}/", posted(right_answers(module)))
    Attempt.objects.update(award=None)
    bram.grants.all().delete()
    assert "Haal je certificaat op" in client.get("/academie/c01/").text
    response = client.post(f"/leren/cursus/{course.pk}/certificaat/", follow=True)
    assert "Je hebt nu het certificaat Certificaat C01." in response.text
    again = client.post(f"/leren/cursus/{course.pk}/certificaat/", follow=True)
    assert "Je hebt dit certificaat al. Het verloopt niet." in again.text
    assert bram.grants.count() == 1
