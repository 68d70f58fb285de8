"""Small problems: the same optimum as trying everything, by score and level by level."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.matching import greedy, judge, problem, score
from rostering.matching.possible import pairs
from rostering.matching.solving import exact
from rostering.matching.world import NO_LIMIT
from tests.rostering.matching import brute
from tests.rostering.matching.worlds import plain, plain_people, plain_tasks, random_world

seeds = st.integers(0, 100_000)


def of_seed(seed):
    """A problem of at most six people and six tasks; some pairs are asked already, some days have a cap."""
    world = random_world(seed)
    found = pairs.find(world)
    pending = [pair for i, pair in enumerate(zip(found.person, found.task, strict=True)) if i % 5 == 0]
    asked = problem.of(world, found, pending=pending)
    a_day = np.random.default_rng(seed).choice([0, 1, 1, 2, NO_LIMIT], asked.most_a_day.shape)
    return replace(asked, most_a_day=a_day)


def silent(*_heard):
    pass


@settings(max_examples=150, deadline=None)
@given(seeds)
def test_the_score_is_that_of_trying_everything(seed):
    asked = of_seed(seed)
    chosen, bound = exact.by_score(asked, 20, silent, silent)
    assert judge.wrong(asked, chosen) == []
    assert score.total(asked, chosen) == brute.best_score(asked) == round(bound)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_every_level_is_that_of_trying_everything(seed):
    asked = of_seed(seed)
    chosen, reached = exact.by_levels(asked, 20, silent)
    assert judge.wrong(asked, chosen) == []
    best = dict(zip(exact.LEVELS, brute.best_levels(asked), strict=True))
    assert {level.name: level.value for level in reached} == {
        level.name: best[level.name] for level in reached
    }
    assert all(level.value == level.bound for level in reached)


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_points_counted_at_once_are_those_counted_one_by_one(seed):
    asked = of_seed(seed)
    chosen = np.random.default_rng(seed).random(asked.e) < 0.5
    assert score.total(asked, chosen) == judge.measure(asked, chosen).total


def test_a_low_seat_never_costs_a_high_one():
    people = plain_people(1, most_tasks=np.array([[1]]))
    tasks = plain_tasks([600, 900], priority=np.array([2, 0]))
    asked = problem.of(plain(people, tasks), pairs.find(plain(people, tasks)))
    chosen, _reached = exact.by_levels(asked, 5, silent)
    assert asked.task[chosen].tolist() == [0]


def test_what_is_fixed_and_cannot_stand_together_is_impossible():
    tasks = plain_tasks([600, 630])
    world = plain(plain_people(), tasks)
    asked = problem.of(world, pairs.find(world), fixed=[(0, 0), (0, 1)])
    with pytest.raises(exact.Impossible):
        exact.by_score(asked, 5, silent, silent)


def test_a_newcomer_who_stays_may_have_lost_the_company():
    world = plain(plain_people(1, newcomer=np.array([True])), plain_tasks([600], need=[2]))
    asked = problem.of(world, pairs.find(world), fixed=[(0, 0)])
    chosen, _bound = exact.by_score(asked, 5, silent, silent)
    assert chosen.tolist() == [True]
    assert greedy.scarce_first(asked).tolist() == [True]


@pytest.mark.parametrize("who", [0, 1])
def test_made_again_among_equals_the_draft_stays(who):
    world = plain(plain_people(2), plain_tasks([600]))
    asked = problem.of(world, pairs.find(world), drafted=[(who, 0)])
    for chosen, _proof in (exact.by_score(asked, 5, silent, silent), exact.by_levels(asked, 5, silent)):
        assert asked.person[chosen].tolist() == [who]
