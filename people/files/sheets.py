"""What does this CSV file say? Reads what Excel and Google make of it, and tells what is wrong where."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from people.files import encodings

MAX_BYTES = 5_000_000
MAX_ROWS = 5_000


@dataclass(frozen=True)
class Problem:
    """A sentence about one line of the file (the heading is line 1), or about the whole file."""

    line: int | None
    sentence: str

    def __str__(self) -> str:
        if self.line is None:
            return self.sentence
        return _("Line %(line)s: %(sentence)s") % {"line": self.line, "sentence": self.sentence}


class Unreadable(Exception):
    """Carries the problems; nothing of the file may be used."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Row:
    """The cells of one line by the name of their column, without the spaces around them."""

    line: int
    cells: dict[str, str]
    headings: Mapping[str, str] = field(default_factory=dict)  # how the file itself calls a column

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str, otherwise: str = "") -> str:
        return self.cells.get(column) or otherwise

    def named(self, column: str) -> str:
        return self.headings.get(column, column)

    def problem(self, sentence: str) -> Problem:
        return Problem(self.line, sentence)


def read(
    source: Any, *, required: Iterable[str], max_rows: int = MAX_ROWS, also: Mapping[str, str] | None = None
) -> list[Row]:
    """Return the rows of a CSV file: a path, or an open or uploaded file.

    UTF-8, UTF-16, cp1252 (Windows) and Mac Roman are recognised, and so are comma, semicolon, tab and a first line
    `sep=;`. Names of columns are compared in lower case, `also` gives other names for them ({"taak": "task_kind"});
    columns that nobody asked for are kept, empty lines are left out.
    Raises Unreadable with every problem found.
    """
    return parse(decode(_bytes(source)), required=required, max_rows=max_rows, also=also)


def _bytes(source: Any) -> bytes:
    if hasattr(source, "read"):
        content = source.read(MAX_BYTES + 1)
        content = content.encode() if isinstance(content, str) else content
    else:
        path = Path(source)
        if not path.is_file():
            raise Unreadable([Problem(None, _("There is no file %(path)s.") % {"path": path})])
        with path.open("rb") as handle:
            content = handle.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise Unreadable([Problem(None, _("The file is larger than 5 MB. Split it."))])
    return content


def decode(content: bytes) -> str:
    """Return the text of a file made by Excel, Numbers, Google or an editor. Raises Unreadable."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise Unreadable([Problem(None, _("This is a workbook. Save it as CSV (UTF-8) first."))])
    try:
        return encodings.decode(content)
    except encodings.NotText as refusal:
        raise Unreadable([Problem(None, str(refusal))]) from None


def parse(
    text: str, *, required: Iterable[str], max_rows: int = MAX_ROWS, also: Mapping[str, str] | None = None
) -> list[Row]:
    """Return the rows of CSV text; see read."""
    text, delimiter = _delimited(text)
    try:
        numbered = list(
            _numbered(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
        )
    except csv.Error:
        raise Unreadable(
            [Problem(None, _("A quotation mark is not closed, or stands in the wrong place."))]
        ) from None
    if not numbered:
        raise Unreadable([Problem(None, _("The file is empty."))])
    (first, heading), *body = numbered
    known = also or {}
    columns = [known.get(name, name) for name in (cell.strip().lower() for cell in heading)]
    if problems := _heading_problems(first, columns, list(required)):
        raise Unreadable(problems)
    if len(body) > max_rows:
        said = _("The file has more than %(max)s lines. Split it.") % {"max": max_rows}
        raise Unreadable([Problem(None, said)])
    wide = [
        Problem(line, _("there are more cells than in the heading."))
        for line, cells in body
        if any(cell.strip() for cell in cells[len(columns) :])
    ]
    if wide:
        raise Unreadable(wide)
    headings = {known.get(name.lower(), name.lower()): name for name in map(str.strip, heading)}
    return [Row(line, _cells(columns, cells), headings) for line, cells in body]


def _delimited(text: str) -> tuple[str, str]:
    """Return the text without a line that says the delimiter, and the delimiter; the lines keep their numbers."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if said := re.fullmatch(r'"?sep=(.)"?[,;\t ]*', first, re.IGNORECASE):
        return text.replace(first, "", 1), said[1]
    return text, max(",;\t", key=first.count)


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which the row starts, cells) of every row that is not empty."""
    start = 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield start, cells
        start = reader.line_num + 1


def _heading_problems(line: int, columns: list[str], required: list[str]) -> list[Problem]:
    found = [
        Problem(line, _("the column “%(name)s” is missing in the heading.") % {"name": name})
        for name in required
        if name not in columns
    ]
    doubles = sorted({name for name in columns if name and columns.count(name) > 1})
    return found + [
        Problem(line, _("the column “%(name)s” is there twice.") % {"name": name}) for name in doubles
    ]


def _cells(columns: list[str], cells: list[str]) -> dict[str, str]:
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return {name: cell.strip() for name, cell in zip(columns, padded, strict=False) if name}
