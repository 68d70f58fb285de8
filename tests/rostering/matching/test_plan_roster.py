import io
import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from benchmarks.roster_instances import check
from rostering.management.commands import plan_roster
from rostering.matching import greedy, judge, plan
from rostering.matching.plan import Heard, NoPlan, Outcome
from tests.rostering.matching.files.test_read import SMALL, changed


@pytest.fixture
def planned(tmp_path, monkeypatch):
    """Run the command with a planner that is quick and takes who it can get; returns (what it prints, out)."""
    out = tmp_path / "out.json"

    def stand_in(problem, *, seconds):
        chosen = greedy.scarce_first(problem)
        score = judge.measure(problem, chosen).total
        trace = [Heard(0.1, None, 9e9), Heard(1, score // 2, 9e9), Heard(2, score - 9, score + 99)]
        return Outcome(chosen, score, score + 99.0, [], 3.0, 50.0, False, trace)

    monkeypatch.setattr(plan, "plan", stand_in)

    def run(file=SMALL, out=out, seconds=5):
        said = io.StringIO()
        call_command("plan_roster", str(file), f"--out={out}", f"--seconds={seconds}", stdout=said)
        return json.loads(said.getvalue()), out

    return run


def refusal(run, **change) -> str:
    with pytest.raises(CommandError) as found:
        run(**change)
    assert found.value.returncode == 1
    return str(found.value)


def test_prints_what_it_found_and_writes_what_the_judge_accepts(planned):
    said, out = planned()
    wrong, score = check.Judge(check.load(str(SMALL))).judge(json.loads(out.read_text())["assignments"])
    assert wrong == []
    assert said["score"] == score["score"] == said["bound"] - 99
    assert [said["name"], said["valid"], said["gap"]] == ["S-1", True, round(99 / said["bound"], 8)]
    assert said["peak_mb"] > 50
    assert [path.name for path in out.parent.iterdir()] == ["out.json"]
    assert list(said) == [
        *("name", "score", "bound", "gap", "seconds_to_first", "seconds_to_1_percent"),
        *("seconds_to_0_1_percent", "seconds", "peak_mb", "valid"),
    ]


def test_times_count_from_the_beginning_and_against_the_final_bound():
    trace = [Heard(1, 10, 9e9), Heard(2, 989, 9e9), Heard(3, 990, 9e9), Heard(4, 998, 1000)]
    found = Outcome(np.array([True]), 999, 1000.0, [], 7.0, 50.0, False, trace)
    said = plan_roster.report("x", found, before=0.5, seconds=8)
    times = [said[f"seconds_to_{what}"] for what in ("first", "1_percent", "0_1_percent")]
    assert times == [1.5, 3.5, 7.5]


def test_what_was_never_reached_is_null_and_so_is_what_was_never_proved():
    found = Outcome(np.array([True]), 10, 1000.0, [], 7.0, 50.0, False, [])
    said = plan_roster.report("x", found, before=0, seconds=8)
    assert (said["seconds_to_first"], said["seconds_to_1_percent"]) == (7, None)
    said = plan_roster.report("x", Outcome(found.chosen, 10, np.inf, [], 7.0, 50.0, False, []), 0, 8)
    assert (said["bound"], said["gap"], said["seconds_to_1_percent"]) == (None, None, None)


def test_a_file_that_is_wrong(planned, tmp_path):
    file = tmp_path / "x.json"
    file.write_text(changed("tasks", 3, "need", to=-1))
    assert refusal(planned, file=file) == f"{file}: tasks[3].need: must be at least 0, not -1."
    assert not (tmp_path / "out.json").exists()


@pytest.mark.parametrize("seconds", [0, -1, float("nan"), float("inf"), 1e9])
def test_seconds_that_are_none(planned, seconds):
    assert refusal(planned, seconds=seconds) == "--seconds: must be more than 0 and at most 86400."


def test_an_answer_that_has_nowhere_to_go(planned, tmp_path):
    assert refusal(planned, out=tmp_path) == f"--out: {tmp_path} is a folder, not a file."
    nowhere = tmp_path / "none"
    said = f"--out: nothing can be written in {nowhere} (No such file or directory)."
    assert refusal(planned, out=nowhere / "x.json") == said


def test_what_stood_there_stays_when_writing_fails(planned, tmp_path, monkeypatch):
    out = tmp_path / "out.json"
    out.write_text("old")

    def full(self, other):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert refusal(planned) == f"--out: {out} cannot be written (No space left on device)."
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("out.json", "old")]


def test_no_plan_and_a_plan_that_is_not_valid(planned, tmp_path, monkeypatch):
    def dies(problem, *, seconds):
        raise NoPlan("the child died")

    def takes_all(problem, *, seconds):
        return Outcome(np.ones(problem.e, bool), 1, 2.0, [], 1.0, 1.0, False)

    monkeypatch.setattr(plan, "plan", dies)
    assert refusal(planned) == "No plan was found: the child died"
    monkeypatch.setattr(plan, "plan", takes_all)
    assert refusal(planned).startswith("The plan that was found is not valid, nothing is written: task ")
    assert list(tmp_path.iterdir()) == []


def test_from_the_command_line_a_wrong_file_is_one_sentence(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "plan_roster", "none.json", "--out", str(tmp_path / "x.json")],
        cwd=settings.ROOT,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "CommandError: none.json: This file cannot be read: No such file or directory.\n"
