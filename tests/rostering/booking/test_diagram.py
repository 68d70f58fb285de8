"""Is docs/bookings.md the table that the code goes by, and does the check see when it is not?"""

import pytest
from django.core.management import CommandError, call_command

from rostering import booking
from rostering.models import Booking


@pytest.fixture
def docs(tmp_path, settings):
    settings.ROOT = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs" / "bookings.md"


def test_it_draws_every_move(docs):
    call_command("bookings_diagram")
    arrows = {line.strip() for line in docs.read_text().splitlines() if "-->" in line}
    moves = {
        f"{before.value} --> {after.value}" for before in Booking.State for after in booking.MOVES[before]
    }
    ends = {f"{state.value} --> [*]" for state in Booking.State if not booking.MOVES[state]}
    assert arrows == moves | ends | {f"[*] --> {state.value}" for state in booking.FIRST}


def test_the_check_writes_nothing_and_fails_when_it_differs(docs):
    docs.write_text("something else")
    with pytest.raises(CommandError):
        call_command("bookings_diagram", check=True)
    assert docs.read_text() == "something else"


def test_the_check_is_content_after_a_new_drawing(docs):
    call_command("bookings_diagram")
    call_command("bookings_diagram", check=True)
