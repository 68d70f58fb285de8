"""How is a period drawn as days and dayparts?"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from rostering import dayparts

MOST_FEW = 5  # one seat in so many may be open before a daypart looks worrying


@dataclass
class Cell:
    """One daypart of one day."""

    day: date
    part: str
    seats: int = 0
    taken: int = 0
    open: int = 0  # seats that can still be filled
    asked: int = 0  # people who have been asked and have not answered
    ahead: bool = False  # something is still to begin

    @property
    def name(self) -> str:
        return dayparts.LABELS[self.part]

    @property
    def tone(self) -> str:
        if not self.ahead:
            return "past"
        if not self.open:
            return "full"
        if not self.taken:
            return "empty"
        return "few" if self.open * MOST_FEW <= self.seats else "gap"

    @property
    def said(self) -> str:
        words = {"past": _("over"), "full": _("full"), "empty": _("nobody")}
        return words.get(self.tone) or ngettext("%(n)s open", "%(n)s open", self.open) % {"n": self.open}

    @property
    def questions(self) -> str:
        """2 gevraagd; nothing where nobody has been asked, or where no seat is left."""
        if not (self.asked and self.open):
            return ""
        return ngettext("%(n)s asked", "%(n)s asked", self.asked) % {"n": self.asked}


@dataclass
class Day:
    day: date
    cells: list[Cell]
