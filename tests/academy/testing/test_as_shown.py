"""A test is graded on what was shown, whatever a trainer or the clock changes while somebody is busy."""

import re
from datetime import timedelta

import pytest
import time_machine

from academy.models import Answer, Attempt, Question
from academy.testing import attempts
from people.models import Grant
from tests.academy.conftest import right_answers
from tests.plugins.sessions import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def learner(bram, lessons):
    client = signed_in(bram, "password")
    for lesson in lessons:
        client.post(f"/leren/les/{lesson.pk}/gelezen/")
    return client


@pytest.fixture
def address(module):
    return f"/leren/toets/{module.pk}/"


def opened(client, address):
    """Return the hidden fields of the form as it was shown."""
    return dict(HIDDEN.findall(client.get(address).content.decode().partition("<main")[2]))


def filled(module):
    return {f"q{key}": chosen for key, chosen in right_answers(module).items()}


def test_it_is_graded_on_the_words_that_were_shown(learner, address, module):
    form = opened(learner, address) | filled(module)
    Question.objects.update(prompt="Iets heel anders?")
    Answer.objects.update(text="Andere woorden")
    for answer in Answer.objects.all():
        Answer.objects.filter(pk=answer.pk).update(is_right=not answer.is_right)
    learner.post(address, form)
    attempt = Attempt.objects.get()
    assert (attempt.score, attempt.is_passed) == (100, True)
    assert [row["prompt"] for row in attempt.answers] == ["Een of twee?", "Welke zijn even?"]
    assert [option["text"] for option in attempt.answers[0]["options"]] == ["Een", "Twee"]


def test_a_question_that_was_taken_away_still_counts(learner, address, module):
    form = opened(learner, address) | filled(module)
    Question.objects.order_by("pk").first().delete()
    learner.post(address, form)
    assert len(Attempt.objects.get().answers) == 2


def test_who_opens_it_afterwards_sees_the_new_words(learner, address):
    learner.get(address)
    Question.objects.update(prompt="Iets heel anders?")
    assert "Iets heel anders?" in learner.get(address).content.decode()


def test_sent_twice_ends_on_the_first_result(learner, address, module):
    form = opened(learner, address) | filled(module)
    first, second = (learner.post(address, form) for _time in range(2))
    attempt = Attempt.objects.get()
    assert [first.url, second.url] == [f"/leren/toets/uitslag/{attempt.pk}/"] * 2
    assert attempt.award == Grant.objects.get(person=attempt.person)


def test_one_wording_is_kept_once(learner, address, module):
    for _time in range(3):
        learner.get(address)
    assert module.papers.count() == 1


def test_a_form_of_somebody_else_or_of_yesterday_shows_nothing(bram, anouk, module, now):
    token = attempts.token(attempts.as_shown(module, now=now), bram, now=now)
    assert attempts.shown_by(token, bram, module, now=now) == module.papers.get()
    assert attempts.shown_by(token, anouk, module, now=now) is None
    assert attempts.shown_by(token, bram, module, now=now + timedelta(days=1)) is None
    assert attempts.shown_by(token + "x", bram, module, now=now) is None


def test_a_test_of_yesterday_is_shown_again_and_not_graded(learner, address, module, now):
    form = opened(learner, address) | filled(module)
    with time_machine.travel(now + timedelta(days=1), tick=False):
        answer = learner.post(address, form)
    assert answer.status_code == 200
    assert not Attempt.objects.exists()


@pytest.mark.parametrize("offline", ["course", "module"])
def test_a_course_that_goes_offline_loses_no_answers(learner, address, module, course, offline):
    form = opened(learner, address) | filled(module)
    page = {"course": course, "module": module}[offline]
    page.unpublish()
    answer = learner.post(address, form)
    assert answer.status_code == 410
    assert "Verstuur mijn antwoorden opnieuw" in answer.content.decode()
    kept = HIDDEN.findall(answer.content.decode().partition("<main")[2])
    page.refresh_from_db()
    page.save_revision().publish()
    again = {name: [value for key, value in kept if key == name] for name, _value in kept}
    learner.post(address, again)
    assert Attempt.objects.get().is_passed


def test_who_was_never_busy_with_it_finds_nothing(anouk, address, course):
    course.unpublish()
    assert signed_in(anouk, "password").get(address).status_code == 404
