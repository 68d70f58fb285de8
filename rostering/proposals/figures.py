"""The figures of a proposal, as its page shows them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rostering import dayparts, priority
from rostering.matching.proof import is_proved
from rostering.models import Proposal
from rostering.proposals.cover import PRIORITIES
from rostering.proposals.rows import Figures, Row, Share


def share(cover: dict) -> Share:
    """Return what a stored cover says of all priorities together."""
    return Share(*(sum(cover[name][n] for name in PRIORITIES) for n in range(3)))


def best(proposal: Proposal) -> str:
    """Say how many more seats anybody could fill, as far as that is known; "proved" only of a best plan."""
    more, gap = proposal.cover.get("more", 0), proposal.cover.get("gap")
    if not more and is_proved(proposal.score, proposal.bound):
        return _("More seats cannot be filled with these choices: that is proved.")
    if not more:
        return _("More seats cannot be filled with these choices.")
    said = ngettext("At most %(n)s seat more is possible.", "At most %(n)s seats more are possible.", more)
    if gap is None or gap < 0.001:
        return said % {"n": more}
    words = {"percent": formats.number_format(100 * (1 - gap), 1)}
    return said % {"n": more} + " " + _("It reaches %(percent)s%% of what is possible at most.") % words


def figures_of(proposal: Proposal, rows: Iterable[Any], *, as_made: bool) -> Figures:
    """Count afresh, so that who was left out no longer counts; by priority as the quality of a roster does."""
    rows = list(rows)
    by_nature = defaultdict(list)
    for row in rows:
        by_nature[priority.by_nature(row.shift)].append(row)
    late = [row for row in rows if dayparts.of(row.shift.starts_at) in dayparts.LATE_PARTS]
    saturday = [row for row in rows if row.shift.day.weekday() == dayparts.SATURDAY]
    return Figures(
        all=_count(rows),
        late=_count(late),
        saturday=_count(saturday),
        by_priority=[
            (str(name), _count(by_nature[level]))
            for level, name in priority.LABELS.items()
            if by_nature[level]
        ],
        best=best(proposal) if as_made else "",
    )


def _count(rows: list[Row]) -> Share:
    return Share(
        sum(row.shift.seats for row in rows),
        sum(min(row.taken, row.shift.seats) for row in rows),
        sum(row.after for row in rows),
    )
