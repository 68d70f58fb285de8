import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.roster_instances import check
from rostering.matching import greedy, judge, problem
from rostering.matching.files import read
from rostering.matching.possible import pairs
from tests.rostering.matching.files.test_read import SMALL
from tests.rostering.matching.worlds import plain, plain_people, plain_tasks

WORLD = read.read(SMALL).world
PROBLEM = problem.of(WORLD, pairs.find(WORLD))
JUDGE = check.Judge(check.load(str(SMALL)))


def of(people=None, tasks=None, **change):
    """The problem of everybody on every task that is possible."""
    world = plain(people, tasks)
    return replace(problem.of(world, pairs.find(world)), **change)


def everything(asked) -> list[str]:
    return judge.wrong(asked, np.ones(asked.e, bool))


def some_plan(seed: int, more: int) -> np.ndarray:
    """A valid plan with a few pairs taken off and put on."""
    r = random.Random(seed)
    plan = r.choice([greedy.by_date, greedy.scarce_first])(PROBLEM)
    for _change in range(more):
        plan[r.randrange(PROBLEM.e)] ^= True
    return plan


@given(st.integers(0, 10**9), st.sampled_from([0, 1, 1, 2, 5, 40, 400]))
def test_says_what_the_judge_of_the_benchmarks_says(seed, more):
    plan = some_plan(seed, more)
    people, tasks = WORLD.people.ids, WORLD.tasks.ids
    chosen = zip(PROBLEM.person[plan], PROBLEM.task[plan], strict=True)
    found, theirs = JUDGE.judge([(people[person], tasks[task]) for person, task in chosen])
    mine = judge.measure(PROBLEM, plan)
    assert bool(judge.wrong(PROBLEM, plan)) == bool(found)
    assert (mine.total, mine.cover, mine.preference, mine.fairness, mine.filled, mine.wanted) == tuple(
        theirs[name] for name in ("score", "cover", "preference", "fairness", "seats_filled", "seats_wanted")
    )


def test_a_plan_of_another_length_or_of_numbers():
    asked = of()
    assert judge.wrong(asked, np.ones(2, bool)) == ["the plan has 2 answers for 1 pairs"]
    assert judge.wrong(asked, np.ones(1)) == ["the plan has 1 answers for 1 pairs"]


def test_who_is_fixed_stays():
    asked = of(fixed=np.array([True]))
    assert judge.wrong(asked, np.array([False])) == ["person 0 must stay on task 0"]


def test_no_more_people_than_seats():
    assert everything(of(plain_people(3), plain_tasks([600], need=[1], extra=[1]))) == [
        "task 0: 3 people for 2 seats"
    ]


@pytest.mark.parametrize(
    ("new", "there", "found"),
    [
        ([True, False], {}, []),
        ([True, True], {}, ["task 0: 2 newcomers beside 0 others"]),
        ([True, True, False, False], {}, ["task 0: 2 newcomers beside 2 others"]),
        ([True], {"experienced_on": np.array([1])}, []),
        ([True], {}, ["task 0: 1 newcomers beside 0 others"]),
        ([True], {"alone": np.array([True])}, []),
        ([True, False], {"newcomers_on": np.array([1])}, ["task 0: 2 newcomers beside 1 others"]),
        ([False], {"newcomers_on": np.array([3])}, []),
        ([True], {"fixed": np.array([True])}, []),
    ],
)
def test_at_most_one_newcomer_and_never_alone(new, there, found):
    people = plain_people(len(new), newcomer=np.array(new))
    asked = of(people, plain_tasks([600], need=[4]))
    assert everything(replace(asked, **there)) == found


def test_tasks_of_a_person_leave_each_other_their_rest():
    tasks = plain_tasks([600, 675], rest=[15, 0])
    assert everything(of(tasks=tasks)) == []
    tasks = plain_tasks([674, 600], rest=[0, 15])
    assert everything(of(tasks=tasks)) == ["person 0: tasks 1 and 0 too close"]


def test_the_limits_of_a_week():
    asked = of(tasks=plain_tasks([600, 700, 800], heavy=[True, True, False]))
    tight = np.array([[2]])
    assert everything(replace(asked, most_tasks=tight)) == ["person 0: 3 tasks in week 0, 2 allowed"]
    assert everything(replace(asked, most_minutes=tight * 60)) == [
        "person 0: 180 minutes in week 0, 120 allowed"
    ]
    assert everything(replace(asked, most_heavy=tight // 2)) == [
        "person 0: 2 heavy tasks in week 0, 1 allowed"
    ]


def test_the_cap_of_a_day():
    asked = of(tasks=plain_tasks([600, 700, 2000]))
    assert everything(replace(asked, most_a_day=np.full((1, 7), 1))) == [
        "person 0: 2 tasks on day 0, 1 allowed"
    ]


def test_the_score_of_a_plan():
    people = plain_people(2, history=np.array([2, 0]), capacity=np.array([3, 3]))
    asked = of(people, plain_tasks([600, 700, 800], need=[1, 2, 1], priority=[0, 2, 1]))
    asked = replace(asked, keep=np.arange(6), fixed=np.zeros(6, bool))
    plan = np.array([True, False, True, True, False, False])  # the first on two tasks, the second on one
    found = judge.measure(asked, plan)
    assert (found.cover, found.filled, found.wanted) == (1500 + 2 * 10_000, 3, 4)
    assert found.by_priority == ((1, 1), (0, 1), (2, 2))
    assert (found.preference, found.keep) == (3 * (68 - 10), 0 + 2 + 3)
    assert found.fairness == 200 // 3 + 300 // 3 + 0
    assert found.total == 21_500 + 174 + 5 - 166
