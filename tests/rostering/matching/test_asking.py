"""How many questions one person gets: a day, seven days in a row, and what is out already."""

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rostering.matching import asking, judge, problem
from rostering.matching.load import Agreements, Load
from rostering.matching.possible import pairs
from tests.rostering.matching.worlds import DAY, plain, plain_tasks

AGREED = Agreements(asked_a_day=2, asked_a_week=3)
MONDAY = 140  # of the first week


@given(st.lists(st.integers(100, 120), max_size=8), st.integers(100, 120))
def test_enough_is_that_of_all_windows_tried(out, day):
    windows = [sum(first <= other < first + 7 for other in [*out, day]) for first in range(day - 6, day + 1)]
    too_many = max(windows) > AGREED.asked_a_week or [*out, day].count(day) > AGREED.asked_a_day
    assert asking.is_enough(out, day, AGREED) == too_many


def world_of(*starts):
    tasks = plain_tasks(list(starts))
    m = len(starts)
    work = np.stack([MONDAY + tasks.day, np.ones(m, int), np.zeros(m, int)], axis=1).astype(np.int64)
    sizes = np.full(m, 4, np.int32), np.empty(0, np.int32)
    return plain(tasks=tasks, load=Load(AGREED, work, np.empty((0, 3), np.int64), *sizes))


def capped(world, elsewhere=(), standing=()):
    return asking.within(problem.of(world, pairs.find(world)), world, elsewhere, standing)


def test_the_problem_holds_both_caps_and_what_is_out():
    world = world_of(600, 700, 800, DAY + 600)
    found = capped(world)
    assert (set(found.most_a_day[0].tolist()), found.most_tasks.tolist()) == ({2}, [[3]])
    assert judge.wrong(found, np.array([True, True, True, False])) == [
        "person 0: 3 tasks on day 0, 2 allowed"
    ]
    found = capped(world, elsewhere=[(0, MONDAY), (0, MONDAY - 1)])
    assert (found.most_a_day[0].tolist(), found.most_tasks.tolist()) == ([1, 2, 2, 2, 2, 2, 2], [[2]])


def test_what_was_asked_already_may_stay():
    found = capped(world_of(600, 700, 800, 900, DAY + 600), standing=[(0, 0), (0, 1), (0, 2), (0, 3), (0, 3)])
    assert (found.most_a_day[0, :2].tolist(), found.most_tasks.tolist()) == ([4, 2], [[4]])


def test_where_nothing_was_agreed_there_is_no_cap():
    world = replace(world_of(600, 700), load=None)
    free = problem.of(world, pairs.find(world))
    assert asking.within(free, world, [(0, MONDAY)], []) is free


def test_seven_days_in_a_row_count_across_a_sunday():
    load = world_of(5 * DAY, 6 * DAY).load
    made = replace(load, task=np.array([(day, 1, 0) for day in (145, 146, 147, 151, 152)], np.int64))
    wanted = [(0, 0), (0, 1), (0, 2), (0, 3), (0, 4)]
    assert asking.kept(made, [], wanted) == [(0, 0), (0, 1), (0, 2), (0, 4)]
    assert asking.kept(made, [(0, 146)], wanted) == [(0, 0), (0, 1), (0, 4)]
    assert asking.kept(made, [(0, 146)], wanted, sure=3) == [(0, 0), (0, 1), (0, 2)]
