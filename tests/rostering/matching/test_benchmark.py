"""The benchmark of rosters itself: does it measure what it says?"""

import json

import pytest

from benchmarks import report, roster, roster_replan, roster_rivals
from rostering.matching import greedy
from tests.rostering.matching.files.test_read import SMALL
from tests.rostering.matching.test_judge import PROBLEM, WORLD

PAIRS = zip(PROBLEM.person.tolist(), PROBLEM.task.tolist(), strict=True)
DUTIES = [pair for pair, on in zip(PAIRS, greedy.scarce_first(PROBLEM), strict=True) if on]


def test_a_part_of_the_page_is_written_and_the_rest_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "PAGE", tmp_path / "page.md")
    report.PAGE.write_text("one\n<!-- x: begin -->\nold\n<!-- x: end -->\ntwo\n")
    report.keep("x", ["new", "newer"])
    assert report.PAGE.read_text() == "one\n<!-- x: begin -->\nnew\nnewer\n<!-- x: end -->\ntwo\n"
    with pytest.raises(ValueError, match="has no <!-- y: begin -->"):
        report.keep("y", [])


def test_every_part_has_its_place_on_the_page():
    page = report.PAGE.read_text()
    for part in (*roster.SECONDS, "pairs", "replan"):
        assert (
            page.count(f"<!-- roster, {part}: begin -->") == page.count(f"<!-- roster, {part}: end -->") == 1
        )


def test_an_answer_that_the_judge_does_not_accept_is_a_failure(tmp_path, monkeypatch):
    out = tmp_path / "x.json"
    said = {"score": 5}

    def run(*command, seconds=600):
        return said if "manage.py" in command else {"valid": True, "score": 4}

    monkeypatch.setattr(roster, "run", run)
    failed = {"failed": "says 5, the judge says {'valid': True, 'score': 4}"}
    assert roster.plan(roster.OURS, SMALL, out, 1) == failed
    assert roster.row("x", failed, 9.0)[:2] == ["x", "failed"]


def test_the_share_of_high_priority(tmp_path):
    out = tmp_path / "x.json"
    high = [task["id"] for task in roster.check.load(str(SMALL))["tasks"] if task["priority"] == 2]
    out.write_text(json.dumps({"assignments": [["p0", high[0]]]}))
    assert round(roster.high(SMALL, out), 6) == round(1 / 64, 6)


def test_as_many_fall_away_as_was_said_and_the_ill_are_busy():
    world, left = roster_replan.drop_out(WORLD, DUTIES, ill=3, lost=20)
    assert (len(DUTIES) - len(left), set(left) - set(DUTIES)) == (20, set())
    patients = set(world.people.busy.person[len(WORLD.people.busy.person) :].tolist())
    assert len(patients) == 3
    assert patients & {person for person, _task in left} == set()


def test_nobody_accepted_whom_no_roster_could_keep():
    accepted, pending = roster_replan.share(WORLD, DUTIES)
    assert sorted(accepted + pending) == sorted(DUTIES)
    new = WORLD.people.newcomer
    company = {task for person, task in DUTIES if not new[person]}
    assert [task for person, task in accepted if new[person] and task not in company] == []


def test_a_greedy_rival_needs_no_solver():
    found = roster_rivals.RIVALS["scarce_first"](PROBLEM, 1)
    assert (found.chosen.sum(), found.bound) == (len(DUTIES), float("inf"))
