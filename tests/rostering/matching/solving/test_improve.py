"""Whatever way a plan is made better, it stays valid and never gets worse; bounds stay above the best there is."""

from time import monotonic

import numpy as np
from hypothesis import given, settings

from rostering.matching import greedy, judge, score
from rostering.matching.solving import improve
from rostering.matching.solving.improve import Neighbourhoods
from rostering.matching.solving.relaxation import Relaxation
from tests.rostering.matching import brute
from tests.rostering.matching.solving.test_exact import of_seed, seeds


def first_week(seed):
    """A problem, the rows of its first week that has pairs, and the relaxation of that week without a charge."""
    asked = of_seed(seed)
    if not asked.e:
        return asked, np.empty(0, np.int64), None
    week = asked.week[asked.task]
    rows = np.flatnonzero(week == week.min())
    relaxed = Relaxation(asked, rows, np.zeros(asked.n), likely=rows[:1])
    relaxed.solve(monotonic() + 10)
    return asked, rows, relaxed


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_a_week_without_charge_is_bounded_from_above(seed):
    asked, rows, relaxed = first_week(seed)
    if len(rows) and len(rows) == asked.e:
        assert brute.best_score(asked) <= relaxed.bound + 1e-6


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_the_slopes_of_fairness_keep_the_bound_above(seed):
    asked = of_seed(seed)
    slope = score.slopes(asked, np.random.default_rng(seed).random(asked.n) * 3)
    bound = score.spare_charge(asked, slope)
    for week in range(asked.weeks):
        rows = np.flatnonzero(asked.week[asked.task] == week)
        if len(rows):
            relaxed = Relaxation(asked, rows, slope, likely=rows[:1])
            relaxed.solve(monotonic() + 10)
            bound += relaxed.bound
    assert brute.best_score(asked) <= bound + 1e-6


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_rounding_and_a_new_hand_give_valid_plans(seed):
    asked, rows, relaxed = first_week(seed)
    if relaxed is None:
        return
    chosen = np.zeros(asked.e, bool)
    chosen[improve.rounded(relaxed, 5)] = True
    assert judge.wrong(asked, chosen) == []
    again = np.zeros(asked.e, bool)
    again[improve.redrawn(relaxed, chosen, np.random.default_rng(seed), 5)] = True
    assert judge.wrong(asked, again) == []
    free = np.zeros(asked.n)
    worth = improve.value_of(asked, chosen, rows, free)
    assert improve.value_of(asked, again, rows, free) >= worth - 1e-6


@settings(max_examples=60, deadline=None)
@given(seeds)
def test_a_neighbourhood_never_makes_it_worse(seed):
    asked, rows, relaxed = first_week(seed)
    chosen = greedy.by_date(asked)
    if relaxed is None:
        return
    around = Neighbourhoods(asked, rows, np.random.default_rng(seed), size=3)
    for _turn in range(3):
        better = improve.resolve(asked, rows, chosen, around.next(chosen), 5)
        if better is not None:
            assert judge.wrong(asked, better) == []
            assert score.total(asked, better) > score.total(asked, chosen)
            chosen = better
