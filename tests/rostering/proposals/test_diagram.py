"""Is docs/proposals.md the table that the code goes by, and does the check see when it is not?"""

import pytest
from django.core.management import CommandError, call_command

from rostering import proposals
from rostering.proposals import lines


@pytest.fixture
def docs(tmp_path, settings):
    settings.ROOT = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs" / "proposals.md"


def test_it_draws_every_move(docs):
    call_command("proposals_diagram")
    arrows = {line.strip() for line in docs.read_text().splitlines() if "-->" in line}
    tables = [*proposals.MOVES.items(), *lines.MOVES.items()]
    moves = {f"{before.value} --> {after.value}" for before, found in tables for after in found}
    ends = {f"{before.value} --> [*]" for before, found in tables if not found}
    assert arrows == moves | ends | {"[*] --> asked", "[*] --> proposed"}


def test_the_check_writes_nothing_and_fails_when_it_differs(docs):
    docs.write_text("something else")
    with pytest.raises(CommandError):
        call_command("proposals_diagram", check=True)
    assert docs.read_text() == "something else"
    call_command("proposals_diagram")
    call_command("proposals_diagram", check=True)
