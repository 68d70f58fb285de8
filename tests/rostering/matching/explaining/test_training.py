"""Which qualification opens most of what stays empty, and whom do we train in it?"""

from unittest.mock import patch

import numpy as np
from hypothesis import given, settings

from rostering.matching import plan, problem
from rostering.matching.explaining import training
from rostering.matching.plan import Outcome
from rostering.matching.possible import pairs
from rostering.matching.solving import exact
from rostering.matching.world import NEVER, Blocks
from tests.rostering.matching.why_worlds import FIRST, SECOND, world, worlds

UNTRAINED, ONE_AWAY = {"holds": {0}}, {"holds": {0, 1}}


def at_once(found, *, seconds):
    """Plan without a process of its own: most of these worlds are planned a hundred times."""
    chosen, bound = exact.by_score(found, seconds, lambda chosen: None, lambda bound: None)
    return Outcome(chosen, 0, bound, [], 0, 0, False)


def advised(made, most=6, planner=at_once, **given):
    found = problem.of(made, pairs.find(made))
    with patch.object(plan, "plan", planner):
        return training.what_to_train(made, found, plan.plan(found, seconds=5), most, **given)


def told(advices):
    return [(one.requirement, one.people, one.before.tolist(), one.after.tolist()) for one in advices]


def test_who_lacks_one_certificate_alone_is_trained():
    people = [UNTRAINED, ONE_AWAY, {"willing": [NEVER] * 3, "holds": {0, 1}}]
    assert told(advised(world(people, [{"kind": 2}]), planner=plan.plan)) == [(SECOND, [1], [0], [1])]


def test_the_one_who_can_do_most_comes_first():
    week = [{"kind": 1, "start": day * 24 + 9} for day in range(3)]
    people = [{**UNTRAINED, "tasks_a_week": 1}, {**UNTRAINED, "tasks_a_week": 2}]
    assert told(advised(world(people, week))) == [(FIRST, [1, 0], [0, 0, 0], [1, 1, 1])]


def test_no_more_people_than_asked_and_none_who_add_nothing():
    people = [UNTRAINED] * 3
    assert told(advised(world(people, [{"kind": 1, "need": 2}]), most=1)) == [(FIRST, [0], [0], [1])]
    assert told(advised(world(people, [{"kind": 1, "need": 2}]))) == [(FIRST, [0, 1], [0], [2])]


def test_nobody_is_counted_for_more_than_two_a_week_with_what_stands():
    week = [{"kind": 1, "start": day * 24 + 9} for day in range(4)]
    stands = Blocks(*np.array([[0], [-1], [99 * 60], [100 * 60], [0], [0], [60]]), np.array([False]))
    assert [one.after.sum() for one in advised(world([UNTRAINED], week))] == [2]
    assert [one.after.sum() for one in advised(world([UNTRAINED], week, blocks=stands))] == [1]


def test_what_cannot_be_learned_is_left_out():
    made = world([UNTRAINED], [{"kind": 1}])
    assert told(advised(made, learned={SECOND})) == []
    assert told(advised(made, learned={FIRST})) == [(FIRST, [0], [0], [1])]


def test_only_these_people_are_trained():
    made = world([UNTRAINED, UNTRAINED], [{"kind": 1}])
    assert told(advised(made, people=np.array([False, True]))) == [(FIRST, [1], [0], [1])]


def test_what_somebody_does_already_leaves_no_room_for_more():
    made = world([UNTRAINED], [{"kind": 0}, {"kind": 1}])  # at the same time
    assert told(advised(made)) == []


def test_a_full_roster_and_an_empty_world_need_no_training():
    assert told(advised(world([{}], [{"kind": 1}]))) == []
    assert told(advised(world([], []))) == []


@settings(max_examples=50, deadline=None)
@given(worlds(people=5, tasks=4))
def test_training_never_covers_less_and_is_one_course_away(made):
    for one in advised(made):
        assert (one.before <= one.wanted).all()
        assert (one.after <= one.wanted).all()
        assert one.after.sum() > one.before.sum()
        possible = set(zip(*_pairs(pairs.find(made)), strict=True))
        opened = training.one_away(made)[one.requirement]
        assert set(one.people) <= set(opened.person.tolist())
        assert not possible & set(zip(*_pairs(opened), strict=True))


def _pairs(found):
    return found.person.tolist(), found.task.tolist()
