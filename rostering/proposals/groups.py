"""Which questions to one person about one day belong together, and which shifts of it join?

Shifts join when one begins within half an hour after the other ends, at the same place or both from home: that is
coming once.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext as _

from people.words import clock
from rostering import eligibility
from rostering.models import ProposalLine, Shift
from rostering.words import Chip

BETWEEN = timedelta(minutes=30)


def joins(first: Shift, second: Shift) -> bool:
    """Return whether who does `first` can go on with `second`, which does not begin before it."""
    there, then = eligibility.travel_counts(first), eligibility.travel_counts(second)
    same_place = first.location_id == second.location_id if there and then else there == then
    return same_place and timedelta() <= second.starts_at - first.ends_at <= BETWEEN


def groups(shifts: Iterable[Shift]) -> list[list[Shift]]:
    """Return the shifts of one person on one day as they begin, those that join as one group."""
    found: list[list[Shift]] = []
    for shift in sorted(shifts, key=lambda shift: (shift.starts_at, shift.pk)):
        if found and joins(found[-1][-1], shift):
            found[-1].append(shift)
        else:
            found.append([shift])
    return found


def beside(lines: Iterable[ProposalLine]) -> dict[int, list[Chip]]:
    """Return what to say beside each line (by its id) of what else its person is asked for that day."""
    by_day: dict[tuple, dict[int, ProposalLine]] = {}
    for line in lines:
        by_day.setdefault((line.person_id, line.shift.day), {})[line.shift_id] = line
    said = {}
    for of_shift in by_day.values():
        found = groups(line.shift for line in of_shift.values())
        for group in found:
            others = [other for other in found if other is not group]
            for shift in group:
                said[of_shift[shift.pk].pk] = _said(shift, group, others)
    return said


def _said(shift: Shift, group: list[Shift], others: list[list[Shift]]) -> list[Chip]:
    chips = []
    if len(group) > 1:
        chips.append(Chip(_("One visit: %(times)s") % {"times": _times(group)}))
    if others:
        chips.append(Chip(_("Also that day: %(times)s") % {"times": "; ".join(map(_times, others))}))
    return chips


def _times(group: list[Shift]) -> str:
    return _("%(start)s to %(end)s") % {"start": clock(group[0].starts_at), "end": clock(group[-1].ends_at)}
