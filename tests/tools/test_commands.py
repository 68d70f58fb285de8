"""Are all commands tried, and does one that fails say why?"""

from tools import commands


def test_each_is_tried_and_a_failure_is_told(capsys):
    assert commands.main(["check --fail-level WARNING", "no_such_command", "check"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("no_such_command:") and "Unknown command" in said and "check:" not in said


def test_nothing_is_said_when_all_is_well(capsys):
    assert (commands.main(["check --fail-level WARNING"]), capsys.readouterr().out) == (0, "")
