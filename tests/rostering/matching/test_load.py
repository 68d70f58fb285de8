"""Days in a row, one by one and all at once, and what a plan may ask of one person."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rostering.matching import load
from rostering.matching.load import NIGHTS, POINTS, Agreements, Limit, Load

LIMITS = (Limit(POINTS, 7, 8, 12), Limit(POINTS, 28, 20, 28), Limit(NIGHTS, 28, 2, 2))
works = st.tuples(st.integers(100, 160), st.sampled_from([1, 2, 4]), st.integers(0, 1))


def laid(tasks, blocks):
    return Load(
        Agreements(LIMITS), np.array(tasks, np.int64).reshape(-1, 3), np.array(blocks, np.int64).reshape(-1, 3),
        np.full(len(tasks), 4, np.int32), np.full(len(blocks), 4, np.int32),
    )  # fmt: skip


@given(st.lists(works, max_size=12), works, st.sampled_from(LIMITS))
def test_the_heaviest_window_is_that_of_all_windows_tried(stands, asked, limit):
    column = load.column(limit)
    tried = [
        sum(one[column] for one in stands if first <= one[0] < first + limit.days)
        for first in range(asked[0] - limit.days + 1, asked[0] + 1)
    ]
    assert load.heaviest(stands, asked, limit) == max(tried) + asked[column]


@given(
    st.lists(st.tuples(st.integers(0, 2), works), max_size=12),
    st.lists(works, min_size=1),
    st.sampled_from(LIMITS),
)
def test_arrays_say_the_same_as_one_by_one(blocks, tasks, limit):
    made = laid(tasks, [work for _who, work in blocks])
    line = np.array([who for who, _work in blocks], np.intp)
    table = load.standing(made, line, 3, limit, np.arange(len(tasks)))
    for who in range(3):
        mine = [work for owner, work in blocks if owner == who]
        column = load.column(limit)
        expected = [load.heaviest(mine, task, limit) - task[column] for task in tasks]
        assert table[who].tolist() == expected


def test_a_plan_asks_nobody_for_more_than_is_near_the_limit():
    made = laid([(101, 4, 0), (103, 4, 0), (107, 4, 0), (108, 4, 0)], [(100, 4, 0)])
    person = np.array([0], np.int32)
    asked = [(0, 0), (0, 1), (0, 2), (1, 1), (0, 3)]
    assert load.kept(made, person, asked) == [(0, 0), (0, 2), (1, 1), (0, 3)]
    assert load.kept(made, person, asked, sure=2) == [(0, 0), (0, 1), (1, 1), (0, 3)]
