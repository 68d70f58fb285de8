"""A plan is made in a process of its own: what comes back, and what happens when the process does not."""

import os
import signal
import sys
import textwrap
from dataclasses import replace

import numpy as np
import pytest

from benchmarks.roster_instances import check
from rostering.management.commands.plan_roster import assignments
from rostering.matching import judge, plan, problem
from rostering.matching.files import read
from rostering.matching.possible import pairs
from rostering.matching.solving import exact
from tests.rostering.matching import brute
from tests.rostering.matching.files.test_read import SMALL
from tests.rostering.matching.solving.test_exact import of_seed
from tests.rostering.matching.worlds import plain, plain_people, plain_tasks

FOLDER = SMALL.parent


def of_world(world, **wishes):
    return problem.of(world, pairs.find(world), **wishes)


@pytest.fixture(scope="module")
def small():
    return of_world(read.read(SMALL).world)


@pytest.fixture
def fake_child(monkeypatch):
    """Let another program be the child."""

    def become(code):
        monkeypatch.setattr(plan, "CHILD", (sys.executable, "-c", textwrap.dedent(code)))

    return become


def refused(asked, **how) -> str:
    with pytest.raises(plan.NoPlan) as found:
        plan.plan(asked, **{"seconds": 5, **how})
    assert str(found.value).endswith(".")
    return found.value.code


def test_the_small_file_is_proved(small):
    found = plan.plan(small, seconds=20)
    assert (found.score, found.bound, found.gap, found.stopped) == (541109, 541109, 0, False)
    assert judge.measure(small, found.chosen).total == found.score
    assert found.peak_mb > 10


def test_levels_come_with_what_each_reached(small):
    found = plan.plan(small, seconds=30, levels=True)
    assert [level.name for level in found.levels] == list(exact.LEVELS[:5])  # nobody is kept: nothing stands
    assert [level.value for level in found.levels[:3]] == [35, 40, 17]
    assert found.bound == found.score


def test_somebody_hears_how_it_goes(small):
    heard = []
    found = plan.plan(small, seconds=20, heard=heard.append)
    scores = [word.score for word in heard if word.score is not None]
    assert scores == sorted(scores)
    assert (heard, scores[-1]) == (found.trace, found.score)


@pytest.mark.parametrize("seed", [3, 14, 29])
def test_a_large_problem_says_how_many_seats_could_be_filled_at_most(seed):
    asked = of_seed(seed)
    (level,) = plan.plan(asked, seconds=4, exact_up_to=-1, levels=True).levels
    most = brute.best_score(asked.seats_only())
    assert (level.name, level.value <= most <= level.bound) == ("cover_all", True)


@pytest.mark.parametrize("seed", [2, 9, 11, 23, 31, 37])
def test_weeks_apart_stay_below_their_bound_and_valid(seed):
    asked = of_seed(seed)
    found = plan.plan(asked, seconds=6, exact_up_to=-1)
    assert judge.wrong(asked, found.chosen) == []
    assert found.score <= brute.best_score(asked) <= found.bound + 1e-6


def test_the_middle_file_in_a_few_seconds_passes_both_judges(tmp_path):
    given = read.read(FOLDER / "M-1.json.gz")
    asked = of_world(given.world)
    found = plan.plan(asked, seconds=6)
    wrong, score = check.Judge(check.load(str(FOLDER / "M-1.json.gz"))).judge(
        assignments(given, asked, found)
    )
    assert (wrong, score["score"]) == ([], found.score)
    assert 8_905_639 <= found.score <= found.bound  # no worse than greedy, however busy the machine


def test_who_stops_it_before_anything_was_found_gets_a_plan_all_the_same():
    asked = of_world(read.read(FOLDER / "S-1.json.gz").world)
    found = plan.plan(asked, seconds=60, stop=lambda: True)
    assert (found.stopped, judge.wrong(asked, found.chosen), bool(found.chosen.any())) == (True, [], True)


def test_who_stops_it_gets_the_best_so_far():
    asked = of_world(read.read(FOLDER / "M-1.json.gz").world)
    heard = []
    found = plan.plan(asked, seconds=60, stop=lambda: bool(heard), heard=heard.append)
    assert found.stopped
    assert judge.wrong(asked, found.chosen) == []


def test_a_killed_child_is_no_plan(small, monkeypatch):
    children = []
    start = plan.subprocess.Popen

    def remember(*args, **how):
        children.append(start(*args, **how))
        os.kill(children[-1].pid, signal.SIGKILL)
        return children[-1]

    monkeypatch.setattr(plan.subprocess, "Popen", remember)
    assert refused(small) == "crashed"
    assert children[0].poll() == -signal.SIGKILL


def test_a_child_that_trips_is_no_plan_and_its_last_words_are_in_the_log(small, caplog):
    assert refused(replace(small, value=small.value[:-1])) == "crashed"
    assert "could not be broadcast" in caplog.text


def test_a_child_that_never_ends_is_killed(small, fake_child, monkeypatch):
    monkeypatch.setattr(plan, "GRACE", 0.3)
    fake_child("import time; time.sleep(600)")
    assert refused(small, seconds=0.1) == "silent"


def test_a_child_that_breaks_off_in_the_middle_of_a_word(small, fake_child):
    fake_child(
        """
        import sys
        sys.stdin.buffer.read()
        sys.stdout.buffer.write(b"\\x00\\x10\\x00\\x00half")
        """
    )
    assert refused(small) == "crashed"


def test_a_plan_that_breaks_a_rule_is_never_returned(small, fake_child):
    fake_child(
        """
        import pickle, struct, sys
        problem, *rest = pickle.loads(sys.stdin.buffer.read())
        all_of_it = b"\\xff" * (problem.e // 8 + 1)
        word = pickle.dumps(dict(done=True, chosen=all_of_it, score=9, bound=9.0, peak_mb=1, more_mb=0, levels=[]))
        sys.stdout.buffer.write(struct.pack("<I", len(word)) + word)
        """
    )
    assert refused(small) == "invalid"


@pytest.mark.parametrize("exact_up_to", [5000, -1])
def test_what_must_stay_and_cannot_stand_together(exact_up_to):
    asked = of_world(plain(plain_people(), plain_tasks([600, 630])), fixed=[(0, 0), (0, 1)])
    assert refused(asked, exact_up_to=exact_up_to) == "impossible"


@pytest.mark.parametrize("exact_up_to", [5000, -1])
def test_a_world_in_which_nobody_can_do_anything(exact_up_to):
    people = plain_people(3, willingness=np.full((3, 1), -1))
    found = plan.plan(of_world(plain(people)), seconds=5, exact_up_to=exact_up_to)
    assert (found.score, found.bound, len(found.chosen)) == (0, 0, 0)


def test_ten_thousand_tasks_at_once():
    """Of all that happens at the same moment a person without limits can do one thing."""
    world = plain(plain_people(3), plain_tasks(np.full(10_000, 600)))
    asked = of_world(world)
    found = plan.plan(asked, seconds=10)
    assert (asked.e, int(found.chosen.sum())) == (30_000, 3)
    assert found.gap < 1e-6
