"""Why does nobody come, why this person, and what would it cost to do without them?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from rostering.matching import plan, problem, score
from rostering.matching.explaining import why
from rostering.matching.possible import pairs
from rostering.matching.world import FINE, NEVER, NO_LIMIT, Spans
from tests.rostering.matching.why_worlds import ALWAYS, FIRST, SECOND, world, worlds


def told(stops):
    return [(stop.code, stop.requirement, stop.people.tolist()) for stop in stops]


PEOPLE = [
    {"holds": {0}, "willing": [NEVER] * 3},  # lacks both certificates and does not want to
    {"holds": {0, 1}},  # lacks one
    {"willing": [NEVER] * 3, "travel_km": 1.0},
    {"travel_km": 1.0, "tasks_a_week": 0},
    {"free": []},
    {},
]
TASK = [{"kind": 2, "near": True}]


def test_everybody_is_counted_at_the_first_thing_that_stops_them():
    found = why.funnel(world(PEOPLE, TASK), 0)
    assert told(found.stops) == [
        ("qualification", FIRST, [0]),
        ("qualification", SECOND, [1]),
        ("never", None, [2]),
        ("far", None, [3]),
        ("unavailable", None, [4]),
    ]
    assert (found.n, found.free.tolist()) == (6, [5])


def test_who_is_stopped_by_one_thing_alone():
    assert told(why.single_blockers(world(PEOPLE, TASK), 0)) == [
        ("qualification", SECOND, [1]),
        ("unavailable", None, [4]),
    ]


@given(worlds())
def test_the_funnel_adds_up_and_ends_with_the_possible_pairs(made):
    possible = pairs.find(made)
    for task in range(made.m):
        found = why.funnel(made, task)
        everybody = np.concatenate([*(stop.people for stop in found.stops), found.free])
        assert sorted(everybody.tolist()) == list(range(found.n))
        assert found.free.tolist() == possible.person[possible.task == task].tolist()


def held_by(made, requirement, person):
    spans = requirement.held
    more = [(*row,) for row in zip(spans.person, spans.start, spans.end, strict=True)] + [(person, *ALWAYS)]
    return replace(requirement, held=Spans.of(more))


def without(made, blocker, person):
    """Return the world in which this one thing no longer stops this person."""
    people, tasks = made.people, made.tasks
    if blocker.requirement is not None:
        requirements = list(made.requirements)
        requirements[blocker.requirement] = held_by(made, requirements[blocker.requirement], person)
        return replace(made, requirements=requirements)
    changes = {
        "never": {"willingness": np.full_like(people.willingness, FINE)},
        "far": {"travel_km": np.full_like(people.travel_km, np.inf)},
        "unavailable": {
            "unasked": np.ones_like(people.unasked),
            "day_status": np.zeros_like(people.day_status),
        },
        "week_shifts": {"most_tasks": np.full_like(people.most_tasks, NO_LIMIT)},
    }
    if blocker.code == "newcomer":
        return replace(made, tasks=replace(tasks, alone=np.ones_like(tasks.alone)))
    return replace(made, people=replace(people, **changes[blocker.code]))


@given(worlds(people=4, tasks=3))
def test_without_the_single_blocker_the_pair_is_possible(made):
    for task in range(made.m):
        for blocker in why.single_blockers(made, task):
            for person in blocker.people.tolist():
                found = pairs.find(without(made, blocker, person))
                assert person in found.person[found.task == task]


def problem_of(made):
    return problem.of(made, pairs.find(made))


def test_rank_counts_who_scores_more_and_equals_share_a_place():
    made = world([{"history": 4}, {}, {"willing": [2, 2, 2]}, {}], [{"kind": 1}])
    ranks = [why.rank(made, problem_of(made), 0, person) for person in range(4)]
    assert [(one.place, one.of) for one in ranks] == [(4, 4), (2, 4), (1, 4), (2, 4)]
    assert [sum(part.points for part in one.components) for one in ranks] == [one.points for one in ranks]


def test_who_cannot_come_has_no_rank():
    made = world(PEOPLE, TASK)
    with pytest.raises(ValueError, match="cannot take this task"):
        why.rank(made, problem_of(made), 0, 0)


def planned(made, task):
    found = problem_of(made)
    chosen = plan.plan(found, seconds=5).chosen
    return found.person[chosen & (found.task == task)].tolist()


def priced(made, person, task=0):
    found = problem_of(made)
    best = plan.plan(found, seconds=5)
    row = np.flatnonzero((found.person == person) & (found.task == task))[0]
    return why.price(found, best, int(row))


def test_without_the_only_one_a_seat_is_lost():
    cost = priced(world([{}, {"holds": {0}}], [{"kind": 1}]), person=0)
    assert (cost.by_priority, cost.emptier, cost.instead, cost.moved) == ((0, 0, 1), [(0, 1)], [], 0)


def test_somebody_else_comes_instead_and_no_seat_is_lost():
    cost = priced(world([{"km": 1.0}, {"km": 21.0}], [{"kind": 1, "near": True}]), person=0)
    assert (cost.by_priority, cost.emptier, cost.instead, cost.preference) == ((0, 0, 0), [], [1], 20)
    assert cost.is_exact


def test_two_people_may_change_places():
    made = world([{}, {}], [{"kind": 1}, {"kind": 1, "priority": 0}])
    cost = priced(made, person=0) if planned(made, 0) == [0] else priced(made, person=1)
    assert (cost.points, cost.emptier, len(cost.instead), cost.moved) == (0, [], 1, 1)


def test_who_comes_instead_may_leave_another_seat_empty():
    never_second = {"willing": [FINE, NEVER, FINE]}
    made = world([never_second, {"tasks_a_week": 1}], [{}, {"kind": 1, "priority": 0, "start": 9}])
    cost = priced(made, person=0)
    assert (cost.by_priority, cost.emptier, cost.instead) == ((1, 0, 0), [(1, 1)], [1])


def test_a_weak_plan_does_not_hide_what_somebody_is_worth():
    """The plan leaves the second task empty for no reason: filling it is no gain of doing without the first."""
    made = problem_of(world([{}, {"holds": {0}}], [{"kind": 1}, {"start": 13}]))
    weak = (made.person == 0) & (made.task == 0)
    outcome = plan.Outcome(weak, score.total(made, weak), np.inf, [], 0, 0, False)
    cost = why.price(made, outcome, int(np.flatnonzero(weak)[0]))
    assert (cost.by_priority, cost.emptier, cost.fuller, cost.is_exact) == ((0, 0, 1), [(0, 1)], [], True)


def test_in_a_large_week_only_who_could_come_instead_is_moved(monkeypatch):
    monkeypatch.setattr(why, "EXACT", 0)
    elsewhere = {"holds": {0}}  # does the other task, and stays there
    cost = priced(world([{}, {"km": 9.0}, elsewhere], [{"kind": 1, "near": True}, {"start": 13}]), person=0)
    assert (cost.by_priority, cost.instead, cost.is_exact) == ((0, 0, 0), [1], False)


def test_work_in_another_week_stays_and_keeps_its_rest():
    nights = [{"kind": 1, "start": 7 * 24 - 2, "rest": 660}, {"kind": 1, "start": 7 * 24 + 6}]
    cost = priced(world([{}, {}], nights), person=planned(world([{}, {}], nights), 1)[0], task=1)
    assert (cost.by_priority, cost.emptier, cost.instead) == ((0, 0, 1), [(1, 1)], [])


def test_a_pair_that_is_not_planned_has_no_price():
    made = problem_of(world([{}, {}], [{}]))
    outcome = plan.plan(made, seconds=5)
    with pytest.raises(ValueError, match="not in the plan"):
        why.price(made, outcome, int(np.flatnonzero(~outcome.chosen)[0]))
