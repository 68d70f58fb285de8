"""Are the pages of life cycles the tables that the code goes by, is none forgotten, and does the check see it?"""

import ast

import pytest
from django.core.management import CommandError, call_command

from cms.management.commands.life_cycles import PAGES
from tests.architecture.house import modules

LIVES = [life for page in PAGES for life in page.lives]


@pytest.fixture
def docs(tmp_path, settings):
    settings.ROOT = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs"


def test_every_table_of_moves_is_drawn():
    """A room that gives something a life draws it too."""
    tables = {
        module.name
        for module in modules()
        for node in module.tree.body
        if isinstance(node, ast.Assign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name) and target.id == "MOVES"
    }
    drawn = {life.named.removesuffix(".MOVES") for life in LIVES}
    assert {name.removesuffix(".states") for name in tables} == drawn


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.stem)
def test_it_draws_every_move(docs, page):
    call_command("life_cycles")
    arrows = {line.strip() for line in (docs / page.path.name).read_text().splitlines() if "-->" in line}
    moves = {
        f"{before.value} --> {after.value}"
        for life in page.lives
        for before, found in life.moves.items()
        for after in found
    }
    ends = {
        f"{before.value} --> [*]" for life in page.lives for before, found in life.moves.items() if not found
    }
    begins = {f"[*] --> {state.value}" for life in page.lives for state in life.first}
    assert arrows == moves | ends | begins


def test_the_check_writes_nothing_and_fails_when_it_differs(docs):
    call_command("life_cycles")
    (docs / "proposals.md").write_text("something else")
    with pytest.raises(CommandError, match=r"docs/proposals\.md"):
        call_command("life_cycles", check=True)
    assert (docs / "proposals.md").read_text() == "something else"


def test_the_check_is_content_after_a_new_drawing(docs):
    call_command("life_cycles")
    call_command("life_cycles", check=True)
