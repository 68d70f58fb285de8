from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostering.matching import greedy, judge, problem
from rostering.matching.possible import pairs
from tests.rostering.matching.test_judge import PROBLEM
from tests.rostering.matching.worlds import plain, plain_people, random_world

BOTH = [greedy.by_date, greedy.scarce_first]


@pytest.mark.parametrize("fill", BOTH)
@given(st.integers(0, 10**9))
def test_a_plan_is_always_valid(fill, seed):
    world = random_world(seed, 9, 9)
    asked = problem.of(world, pairs.find(world))
    assert judge.wrong(asked, fill(asked)) == []


@pytest.mark.parametrize("fill", BOTH)
@given(st.integers(0, 10**9), st.integers(0, 255))
def test_what_is_fixed_stays_in_a_valid_plan(fill, seed, some):
    world = random_world(seed, 9, 9)
    asked = problem.of(world, pairs.find(world))
    kept = fill(asked) & np.resize(np.array([some >> i & 1 for i in range(8)], bool), asked.e)
    plan = fill(replace(asked, fixed=kept))
    assert (judge.wrong(replace(asked, fixed=kept), plan), (kept & ~plan).any()) == ([], False)


def test_scarce_first_covers_more_of_the_benchmark_than_by_date():
    worth = [judge.measure(PROBLEM, fill(PROBLEM)).total for fill in BOTH]
    assert [judge.wrong(PROBLEM, fill(PROBLEM)) for fill in BOTH] == [[], []]
    assert 350_000 < worth[0] < worth[1] < 541_109


def test_a_seat_that_costs_more_than_it_brings_stays_empty():
    world = plain(plain_people(history=np.array([1000])), fairness=10_000)
    asked = problem.of(world, pairs.find(world))
    assert [fill(asked).tolist() for fill in BOTH] == [[False], [False]]
