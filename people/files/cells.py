"""What stands in the cells of one line of a file? Reads them, and notes per line what is wrong.

The same mistake has the same sentence in every file, and a column has the name that the file itself gives it.
"""

import re
from collections.abc import Collection, Hashable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people import codes, days, freetext, text
from people.files.sheets import Problem, Row, Unreadable

LONGEST_SAID = 40  # letters of a wrong cell that a sentence repeats
YES, YES_OR_NO = ("yes", "ja"), ("yes", "no", "ja", "nee")
Number = TypeVar("Number", int, float, Decimal)


class Cells:
    """Reads the cells of one row; what is wrong with them is added to `problems`."""

    def __init__(self, row: Row, problems: list[Problem]):
        self.row, self.problems = row, problems
        self.before = len(problems)

    @property
    def is_right(self) -> bool:
        return len(self.problems) == self.before

    def wrong(self, sentence: str) -> None:
        self.problems.append(self.row.problem(sentence))

    def _refuse(self, sentence: str, column: str, **words: Any) -> None:
        said = {"said": self.row.get(column)[:LONGEST_SAID], "column": self.row.named(column)}
        self.wrong(sentence % (said | words))

    def _is_filled(self, column: str) -> bool:
        """Return whether something stands in the cell; that nothing does is noted."""
        if self.row.get(column):
            return True
        self._refuse(_("%(column)s is empty."), column)
        return False

    def text(self, column: str, longest: int, *, required: bool = True) -> str:
        """Return the text of a cell on one line; too long is noted, and so is empty where something is required."""
        said = text.line(self.row.get(column))
        if required and not said:
            self._refuse(_("%(column)s is empty."), column)
        if len(said) > longest:
            self._refuse(_("%(column)s is longer than %(most)s characters."), column, most=longest)
        return said

    def free_text(self, column: str, longest: int, *, required: bool = False) -> str:
        """Return a line that others read; it holds nothing about a client."""
        return self._guarded(column, self.text(column, longest, required=required))

    def lines(self, column: str) -> str:
        """Return a text of several lines that others read; it holds nothing about a client."""
        return self._guarded(column, text.lines(self.row.get(column)))

    def _guarded(self, column: str, said: str) -> str:
        if traces := freetext.traces(said):
            self._refuse(_("%(column)s seems to hold %(what)s."), column, what=", ".join(traces))
        return said

    def code(self, column: str) -> str:
        """Return a code as it is kept."""
        said = self.row[column]
        try:
            codes.refuse(said)
        except ValidationError as refused:
            self.wrong(f"“{said[:LONGEST_SAID]}”: {' '.join(refused.messages)}")
        return said

    def codes(self, column: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the codes of a cell, with spaces between them; each that is not in `known` is noted."""
        found = tuple(self.row.get(column).split())
        for code in found:
            if code not in known:
                self._refuse(_("“%(said)s” is not known as %(column)s."), column, said=code[:LONGEST_SAID])
        return found

    def one_of(
        self,
        column: str,
        choices: Collection[str],
        otherwise: str = "",
        *,
        said: str = "",
        told: Collection[str] = (),
    ) -> Any:
        """Return the one of a few words that a cell says, or what it stands for; capitals do not matter.

        `said` is the part of the cell that counts, if not all of it does. Something else is noted with the words to
        choose from, or with those of `told`.
        """
        said = (said or self.row.get(column) or otherwise).lower()
        if said in choices:
            return choices[said] if isinstance(choices, Mapping) else said
        if self._is_filled(column):
            listed = ", ".join(told or choices)
            self._refuse(_("“%(said)s” is no %(column)s. Choose from %(choices)s."), column, choices=listed)
        return None

    def known(self, column: str, rows: Mapping[str, Any]) -> Any:
        """Return the row of ours that a cell names; there are too many of them to say which."""
        for said in (self.row[column], self.row[column].lower()):
            if said in rows:
                return rows[said]
        if self._is_filled(column):
            self._refuse(_("“%(said)s” is not known as %(column)s."), column)
        return None

    def yes(self, column: str) -> bool:
        return self.one_of(column, YES_OR_NO) in YES

    def number(
        self,
        column: str,
        least: float,
        most: float,
        kind: type[Number] = int,  # type: ignore[assignment]
        otherwise: str = "",
        *,
        required: bool = True,
    ) -> Number | None:
        """Return the number of a cell, with a point or a comma."""
        said = (self.row.get(column) or otherwise).replace(",", ".")
        if not said and (not required or not self._is_filled(column)):
            return None
        try:
            number = kind(said)
            if said.isascii() and "_" not in said and least <= number <= most:
                return number
        except (ValueError, InvalidOperation):
            pass
        sentence = _("“%(said)s” is no %(column)s: a number from %(least)s to %(most)s.")
        self._refuse(sentence, column, least=least, most=most)
        return None

    def day(self, column: str, *, required: bool = True) -> date | None:
        said = self.row[column]
        if not said and (not required or not self._is_filled(column)):
            return None
        try:
            if dutch := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", said):
                day = date(*map(int, reversed(dutch.groups())))
            else:
                day = date.fromisoformat(said)
        except ValueError:
            self._refuse(_("“%(said)s” is no day for %(column)s. Write it as 2026-11-24."), column)
            return None
        if not days.FIRST <= day <= days.LAST:
            sentence = _("choose a day from %(first)s up to and including %(last)s for %(column)s.")
            self._refuse(sentence, column, first=str(days.FIRST.year), last=str(days.LAST.year))
            return None
        return day

    def time(self, column: str) -> time | None:
        """Return a time of the day, as the clock on the wall says it."""
        if not self._is_filled(column):
            return None
        if found := re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", self.row[column]):
            return time(int(found[1]), int(found[2]))
        self._refuse(_("“%(said)s” is no time for %(column)s. Write it as 17:00."), column)
        return None

    def email(self) -> str:
        said = self.row["email"]
        try:
            return text.address(said)
        except ValidationError as refused:
            self.wrong(_("“%(said)s” is not a mail address.") % {"said": said})
            if said.strip() and not said.isascii():
                self.wrong(" ".join(refused.messages))
            return said.lower()

    def once(self, key: Hashable, called: str, seen: dict[Any, int]) -> None:
        """Note that what this line is about, `called` so, was in the file before; `seen` has the lines by key."""
        before = seen.setdefault(key, self.row.line)
        if before != self.row.line:
            self.wrong(_("%(what)s is also on line %(line)s.") % {"what": called, "line": before})


def stop_if(problems: list[Problem]) -> None:
    """Raise Unreadable with all that is wrong, if something is."""
    if problems:
        raise Unreadable(problems)
