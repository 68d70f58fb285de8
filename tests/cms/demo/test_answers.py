"""People of the demo answer as they are: the same for a seed, and not all alike."""

from datetime import timedelta
from statistics import fmean

import pytest

from cms.demo.answers import Answers
from cms.demo.roster import Agenda
from tests.cms.demo.test_world import make, slot


@pytest.fixture(scope="module")
def world():
    return make(300)


def test_a_seed_gives_the_same_answers(world):
    one, other = Answers(world), Answers(world)
    assert one.temper == other.temper
    assert one.who_says_no(slot(), Agenda()) == other.who_says_no(slot(), Agenda())


def test_who_rarely_says_yes_is_more_often_the_one_who_does_not_come(world):
    answers = Answers(world)
    said = [answers.temper[answers.who_says_no(slot(), Agenda()).email] for _n in range(200)]
    assert fmean(said) < fmean(answers.temper.values()) - 0.1


def test_the_log_ins_have_a_story_of_their_own(world):
    answers = Answers(world)
    named = [p for p in world.people if p.is_named]
    assert [p for p in named if p.email in answers.temper or answers.was_asked(p)] == []


def test_nobody_thinks_until_it_is_too_late(world):
    answers, left = Answers(world), timedelta(hours=2)
    assert max(answers.thinks(left) for _n in range(50)) == left * 0.8
