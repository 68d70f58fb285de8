"""Does `make check` run every step, and say which failed and why?"""

import sys

from tools import check

GOOD = ("good", [sys.executable, "-c", "print('quiet')"], {})
BAD = (
    "bad",
    [sys.executable, "-c", "import os, sys; print(os.environ['WHY']); sys.exit(1)"],
    {"WHY": "because"},
)


def test_all_is_well(monkeypatch, capsys):
    monkeypatch.setattr(check, "CHECKS", [GOOD])
    assert check.main([]) == 0
    assert [line.split()[:2] for line in capsys.readouterr().out.splitlines()] == [["ok", "good"]]


def test_one_failure_stops_no_other_step_and_says_why(monkeypatch, capsys):
    monkeypatch.setattr(check, "CHECKS", [BAD, GOOD])
    assert check.main([]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert sorted(line.split()[0] for line in lines) == ["1", "NO", "because", "ok"]


def test_only_fix_repairs(monkeypatch, tmp_path):
    repaired = tmp_path / "repaired"
    monkeypatch.setattr(check, "CHECKS", [GOOD])
    monkeypatch.setattr(check, "FIXES", [("repair", ["touch", repaired], {})])
    check.main([])
    before = repaired.exists()
    check.main(["--fix"])
    assert (before, repaired.exists()) == (False, True)
