"""What stands in the cells of one line of a file? Reads them, and notes per line what is wrong."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from people import days, freetext, text
from people.files.sheets import Problem, Row


class Cells:
    """Reads the cells of one row, and notes what is wrong with them."""

    def __init__(self, row: Row, problems: list[Problem]):
        self.row, self.problems = row, problems

    def wrong(self, sentence: str) -> None:
        self.problems.append(self.row.problem(sentence))

    def text(self, column: str, longest: int, *, required: bool = True) -> str:
        said = text.line(self.row[column])
        if required and not said:
            self.wrong(_("%(column)s is empty.") % {"column": column})
        if len(said) > longest:
            self.wrong(
                _("%(column)s is longer than %(most)s characters.") % {"column": column, "most": longest}
            )
        return said

    def free_text(self, column: str, longest: int) -> str:
        """Return what may be empty and what others read; it holds nothing about a client."""
        said = self.text(column, longest, required=False)
        if traces := freetext.traces(said):
            words = {"column": column, "what": ", ".join(traces)}
            self.wrong(_("%(column)s seems to hold %(what)s.") % words)
        return said

    def one_of(self, column: str, known, otherwise: str = ""):
        said = self.row[column] or otherwise
        if said not in known:
            self.wrong(_("“%(said)s” is not known as %(column)s.") % {"said": said, "column": column})
            return None
        return known[said] if isinstance(known, dict) else said

    def number(self, column: str, least: float, most: float, kind=int, otherwise: str = ""):
        said = (self.row[column] or otherwise).replace(",", ".")
        try:
            number = kind(said)
        except ValueError:
            number = None
        if number is None or not least <= number <= most:
            words = {"said": said, "column": column, "least": least, "most": most}
            self.wrong(_("“%(said)s” is no %(column)s: a number from %(least)s to %(most)s.") % words)
        return number

    def day(self, column: str, *, required: bool = True) -> date | None:
        said = self.row[column]
        if not said and not required:
            return None
        try:
            if dutch := re.fullmatch(r"(\d{1,2})-(\d{1,2})-(\d{4})", said):
                day = date(*map(int, reversed(dutch.groups())))
            else:
                day = date.fromisoformat(said)
        except ValueError:
            words = {"said": said, "column": column}
            self.wrong(_("“%(said)s” is no day for %(column)s. Write it as 2026-11-24.") % words)
            return None
        if not days.FIRST <= day <= days.LAST:
            said = _("choose a day from %(first)s up to and including %(last)s for %(column)s.")
            words = {"first": f"{days.FIRST.year}", "last": f"{days.LAST.year}", "column": column}
            self.wrong(said % words)
            return None
        return day

    def email(self) -> str:
        said = self.row["email"]
        try:
            return text.address(said)
        except ValidationError as refused:
            self.wrong(_("“%(said)s” is not a mail address.") % {"said": said})
            if said.strip() and not said.isascii():
                self.wrong(" ".join(refused.messages))
            return said.lower()
