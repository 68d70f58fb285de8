"""The rows that the solver is given: no whole answer is cut off, and no forbidden one is let through."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rostering.matching.solving import rows as cliques
from rostering.matching.solving.knapsacks import Knapsacks, fillings
from tests.rostering.matching.solving.test_exact import of_seed, seeds

SIZES = (30, 45, 60, 90, 120, 150, 180, 240)
spans = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 30), st.integers(1, 12)), max_size=9)


def holds(rows, x) -> bool:
    used = np.bincount(rows.row, weights=rows.factor * x[rows.column], minlength=len(rows.most))
    return bool((used <= rows.most + 1e-9).all())


@given(spans)
def test_two_tasks_of_a_person_share_a_row_when_they_overlap(drawn):
    person, start, length = np.array(drawn, np.int64).reshape(-1, 3).T
    until = start + length
    rows = cliques.cliques(person, start, until)
    members = [set(rows.column[rows.row == number].tolist()) for number in range(len(rows.most))]
    for a, b in combinations(range(len(person)), 2):
        overlap = person[a] == person[b] and start[a] < until[b] and start[b] < until[a]
        assert any({a, b} <= row for row in members) == overlap
    assert not any(one < other for one in members for other in members)  # each as large as can be


@given(st.lists(st.sampled_from(SIZES), min_size=1, max_size=8), st.integers(0, 700))
def test_rounded_rows_let_every_whole_answer_through(sizes, room):
    minutes, most = np.array(sizes), np.array([room])
    rows = cliques.rounded_minutes(np.zeros(len(sizes), np.int64), minutes, most)
    for bits in range(2 ** len(sizes)):
        x = np.array([bits >> i & 1 for i in range(len(sizes))], float)
        if minutes @ x <= room:
            assert holds(rows, x)


@given(st.sets(st.sampled_from(SIZES), min_size=1, max_size=5), st.integers(0, 600), st.integers(1, 5))
def test_fillings_are_all_there(sizes, minutes, tasks):
    sizes = np.array(sorted(sizes))
    found = {tuple(row) for row in fillings(sizes, minutes, tasks)}
    whole = {
        counts
        for counts in np.ndindex(*(tasks + 1,) * len(sizes))
        if 0 < sum(counts) <= tasks and np.dot(counts, sizes) <= minutes
    }
    assert found == whole


@settings(max_examples=60, deadline=None)
@given(seeds, st.integers(0, 1000))
def test_cuts_break_the_answer_they_were_made_for_and_no_whole_one(seed, draw):
    asked = of_seed(seed)
    random = np.random.default_rng(draw)
    x = random.random(asked.e)
    rows = Knapsacks(asked, np.arange(asked.e)).cut(x)
    if len(rows.most):
        assert not holds(rows, x)
    for person in np.unique(asked.person):
        mine = np.flatnonzero(asked.person == person)
        for _try in range(20):
            some = mine[random.random(len(mine)) < 0.5]
            if _fits(asked, person, some):
                whole = np.zeros(asked.e)
                whole[some] = 1
                assert holds(rows, whole)


def _fits(asked, person, some) -> bool:
    for week in range(asked.weeks):
        tasks = asked.task[some][asked.week[asked.task[some]] == week]
        if len(tasks) > asked.most_tasks[person, week]:
            return False
        if asked.minutes[tasks].sum() > asked.most_minutes[person, week]:
            return False
    return True
