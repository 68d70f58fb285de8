import gzip
import json
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.roster_instances import check
from rostering.matching.files import read
from rostering.matching.possible import pairs
from rostering.matching.world import Requirement, Spans
from tests.rostering.matching import one_by_one
from tests.rostering.matching.worlds import blocks, plain, plain_people, plain_tasks, random_world

SMALL = Path(check.__file__).parent / "S-1.json.gz"


def named(bits) -> set[str]:
    return {code for code, bit in pairs.BIT.items() if bits & bit}


def against(world) -> set[str]:
    """What stands between the first person and the first task."""
    return named(pairs.reasons(world, np.array([0]))[0, 0])


def found(world) -> list[tuple[int, int]]:
    some = pairs.find(world)
    return list(zip(some.person.tolist(), some.task.tolist(), strict=True))


@given(st.integers(0, 10**9))
def test_every_reason_of_every_pair_is_that_of_the_rules_one_by_one(seed):
    world = random_world(seed)
    bits = pairs.reasons(world, np.arange(world.m))
    here = {(i, j): named(bits[i, j]) for i in range(world.n) for j in range(world.m)}
    assert here == {(i, j): one_by_one.reasons(world, i, j) for i, j in here}


@given(st.integers(0, 10**9))
def test_a_pair_is_found_when_no_reason_stands_and_in_order(seed):
    world = random_world(seed)
    task, person = np.nonzero(pairs.reasons(world, np.arange(world.m)).T == 0)
    assert found(world) == list(zip(person.tolist(), task.tolist(), strict=True))


@given(st.integers(0, 10**9), st.lists(st.integers(0, 5), max_size=8))
def test_reasons_of_some_tasks_are_those_of_all_whatever_their_order(seed, some):
    world = random_world(seed)
    asked = np.array([j % world.m for j in some], int)
    assert pairs.reasons(world, asked).tolist() == pairs.reasons(world, np.arange(world.m))[:, asked].tolist()


def test_the_pairs_of_a_benchmark_are_those_of_its_judge():
    judge = check.Judge(json.loads(gzip.decompress(SMALL.read_bytes())))
    people, tasks = judge.i["people"], judge.i["tasks"]
    wanted = [(i, j) for j, t in enumerate(tasks) for i, p in enumerate(people) if not judge.reasons(p, t)]
    assert found(read.read(SMALL).world) == wanted


def test_a_person_without_limits_may_take_everything():
    tasks = plain_tasks(range(0, 9000, 700), 600)
    assert found(plain(tasks=tasks)) == [(0, j) for j in range(13)]


def test_ten_thousand_tasks_at_once():
    assert len(found(plain(plain_people(3), plain_tasks([600] * 10_000)))) == 30_000


def test_an_empty_world():
    nobody = plain(plain_people(0))
    nothing = plain(tasks=plain_tasks([]))
    assert [found(nobody), found(nothing), found(plain(plain_people(0), plain_tasks([])))] == [[], [], []]
    assert pairs.reasons(nobody, np.array([0])).shape == (0, 1)
    assert pairs.reasons(nothing, np.array([], int)).shape == (1, 0)


def test_a_task_in_the_hour_that_the_clock_repeats():
    """Minutes are real minutes: 02.00 to 03.00 happens twice, and only the second is free here."""
    first_two, second_two = 120, 180
    people = plain_people(free=Spans.of([(0, 180, 240)]), unasked=np.array([False]))
    assert found(plain(people, plain_tasks([first_two, second_two]))) == [(0, 1)]


def test_windows_that_touch_join_and_count_in_whole_quarters():
    people = plain_people(free=Spans.of([(0, 600, 660), (0, 660, 725)]), unasked=np.array([False]))
    tasks = plain_tasks([600, 601, 600, 599], np.array([120, 110, 121, 60]))
    assert found(plain(people, tasks, grid=15)) == [(0, 0), (0, 1)]


def test_a_moment_of_busy_time_takes_the_whole_quarter():
    people = plain_people(busy=Spans.of([(0, 661, 661), (0, 900, 900)]))
    assert found(plain(people, plain_tasks([600, 630, 675, 860]), grid=15)) == [(0, 0), (0, 2), (0, 3)]


def test_nothing_is_free_after_the_last_minute_except_on_call():
    people = plain_people(on_call_days=np.ones((1, 7), bool))
    tasks = plain_tasks([540, 541, 541], on_call=[False, False, True])
    assert found(plain(people, tasks, last=600)) == [(0, 0), (0, 2)]


def test_both_ends_of_a_grant_count_and_a_renewal_closes_the_hole():
    held = Spans.of([(0, 1, 2), (0, 4, 4), (0, 5, 6)])
    tasks = plain_tasks([600 + day * 1440 for day in range(7)] + [600 + 6 * 1440 + 100])
    world = plain(tasks=tasks, requires=[[0]], requirements=[Requirement("qualification", "q", held)])
    assert [j for _person, j in found(world)] == [1, 2, 4, 5, 6, 7]


def test_rest_counts_on_either_side():
    tasks = plain_tasks([1000], rest=[30])
    before, after = (0, -1, 900, 990, 11, 0, 90, 0), (0, -1, 1089, 1100, 0, 0, 11, 0)
    assert against(plain(tasks=tasks, blocks=blocks(before))) == {"rest"}
    assert against(plain(tasks=tasks, blocks=blocks(after))) == {"rest"}
    apart = (0, -1, 900, 990, 10, 0, 90, 0), (0, -1, 1090, 1100, 0, 0, 10, 0)
    assert against(plain(tasks=tasks, blocks=blocks(*apart))) == set()


def test_a_task_on_which_somebody_stands_does_not_shut_itself_out_twice():
    people = plain_people(most_tasks=np.array([[1]]), most_minutes=np.array([[60]]))
    standing = blocks((0, 0, 600, 660, 15, 0, 60, 0))
    assert against(plain(people, blocks=standing)) == {"already"}


def test_a_week_has_room_for_what_stands_and_this_task_together():
    people = plain_people(
        most_tasks=np.array([[1]]), most_minutes=np.array([[119]]), most_heavy=np.array([[1]])
    )
    standing = blocks((0, -1, 3000, 3060, 0, 0, 60, 1), (0, -1, 5000, 5060, 0, -1, 60, 1))
    world = plain(people, plain_tasks([600], heavy=[True]), blocks=standing)
    assert against(world) == {"week_shifts", "week_hours", "week_heavy"}


def test_a_newcomer_may_stand_beside_somebody_but_not_alone():
    people = plain_people(newcomer=np.array([True]))
    tasks = plain_tasks(
        [0, 100, 200, 300, 400],
        need=[1, 2, 1, 1, 1],
        extra=[0, 0, 1, 0, 0],
        experienced_on=[0, 0, 0, 1, 0],
        alone=[False, False, False, False, True],
    )
    assert [j for _person, j in found(plain(people, tasks))] == [1, 2, 3, 4]
