"""How does a shift that misses people look in a list of the board?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rostering import wording
from rostering.board import Gap
from rostering.models import Shift
from rostering.wording import Chip


@dataclass(frozen=True)
class GapRow:
    shift: Shift
    where: str
    chips: list[Chip]
    offers: int
    may_ask: bool


def of(gap: Gap) -> GapRow:
    return GapRow(gap.shift, wording.times_and_place(gap.shift), _chips(gap), gap.offers, gap.open > 0)


def _chips(gap: Gap) -> list[Chip]:
    taken = _("%(taken)s of %(seats)s taken") % {"taken": gap.shift.taken, "seats": gap.shift.seats}
    is_full = gap.shift.taken >= gap.shift.seats
    chips = [Chip(taken, "good" if is_full else "gap" if gap.shift.taken else "stop")]
    if gap.offers:
        asked = ngettext("%(n)s person asked", "%(n)s people asked", gap.offers) % {"n": gap.offers}
        chips.append(Chip(asked))
    elif gap.open:
        chips.append(Chip(_("Nobody asked yet")))
    if gap.requests:
        wanting = ngettext("%(n)s request waits", "%(n)s requests wait", gap.requests) % {"n": gap.requests}
        chips.append(Chip(wanting, "warn"))
    if gap.more:
        alike = ngettext("%(n)s more like this that day", "%(n)s more like this that day", gap.more)
        chips.append(Chip(alike % {"n": gap.more}))
    return chips
