"""One mistake has one sentence, whatever file it stands in."""

from decimal import Decimal

import pytest
from django.utils import translation

from people.files import sheets
from people.files.cells import Cells

READERS = {
    "text": lambda cells: cells.text("it", 3),
    "code": lambda cells: cells.code("it"),
    "codes": lambda cells: cells.codes("it", {"A", "B"}),
    "one_of": lambda cells: cells.one_of("it", {"ja": 1, "nee": 0}),
    "known": lambda cells: cells.known("it", {"a": 7}),
    "yes": lambda cells: cells.yes("it"),
    "number": lambda cells: cells.number("it", 1, 9),
    "decimal": lambda cells: cells.number("it", 1, 9, Decimal),
    "day": lambda cells: cells.day("it"),
    "time": lambda cells: cells.time("it"),
}


def read(reader, said):
    """Return what the reader makes of a cell, and what it says about it."""
    problems = []
    cells = Cells(sheets.Row(2, {"it": said}, {"it": "Dit"}), problems)
    with translation.override("en"):
        found = READERS[reader](cells)
        assert cells.is_right == (not problems)
        return found, [problem.sentence for problem in problems]


@pytest.mark.parametrize(
    ("reader", "said", "found"),
    [
        ("text", " a  b", "a b"),
        ("code", "C-1", "C-1"),
        ("codes", "A B", ("A", "B")),
        ("one_of", "JA", 1),
        ("known", "A", 7),
        ("yes", "Yes", True),
        ("yes", "nee", False),
        ("number", "9", 9),
        ("decimal", "1,5", Decimal("1.5")),
    ],
)
def test_what_a_cell_says(reader, said, found):
    assert read(reader, said) == (found, [])


@pytest.mark.parametrize("reader", sorted(READERS.keys() - {"codes", "code"}))
def test_an_empty_cell_is_called_empty_by_every_reader(reader):
    assert read(reader, "")[1] == ["Dit is empty."]


@pytest.mark.parametrize(
    ("reader", "said", "sentence"),
    [
        ("text", "abcd", "Dit is longer than 3 characters."),
        ("code", "a b", "“a b”: A code holds capitals, digits, hyphens and plus signs only, at most 12."),
        ("codes", "A C", "“C” is not known as Dit."),
        ("one_of", "misschien", "“misschien” is no Dit. Choose from ja, nee."),
        ("known", "c", "“c” is not known as Dit."),
        ("yes", "1", "“1” is no Dit. Choose from yes, no, ja, nee."),
        *[
            (reader, said, f"“{said}” is no Dit: a number from 1 to 9.")
            for reader, all_said in {"number": "0 10 1.5 x ² 1_0", "decimal": "NaN sNaN Infinity 1e9"}.items()
            for said in all_said.split()
        ],
        ("day", "2026-02-30", "“2026-02-30” is no day for Dit. Write it as 2026-11-24."),
        ("time", "24:00", "“24:00” is no time for Dit. Write it as 17:00."),
        ("number", "9" * 5000, f"“{'9' * 40}” is no Dit: a number from 1 to 9."),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_cell(reader, said, sentence):
    assert read(reader, said)[1] == [sentence]
