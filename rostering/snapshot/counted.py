"""What counted for somebody on a shift, in words? One rule for list, board and proposal.

Only what speaks for a person is said, and how far they live; silence says nothing about anybody. How gladly somebody
does something is theirs, and never said.
"""

from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext as _

from people.models import Person
from rostering.matching import fit
from rostering.matching.fit import Component
from rostering.models import Shift
from rostering.snapshot.load import FAIRNESS

OFTEN = 0.85  # how often somebody says yes when asked; more than we take for granted of everybody
LITTLE = 0.25  # of a full share of the work


def in_words(components: Iterable[Component], *, person: Person, shift: Shift) -> dict[str, str]:
    """Return the words for what makes `person` fit `shift`, by component, in their order; only what can be said."""
    points = {component.code: component.points for component in components}
    said = {code: _said(code, points) for code in points}
    if (
        "travel" in said
        and not points["travel"]
        and shift.location_id
        and person.home_id == shift.location_id
    ):
        said["travel"] = _("works from this location")
    return {code: words for code, words in said.items() if words}


def _said(code: str, points: dict[str, int]) -> str:
    match code:
        case "likely":
            return _("often says yes") if points[code] > _usual_yes(points.get("willing", 0)) else ""
        case "travel":
            return _("lives %(km)s km away") % {"km": -points[code]} if points[code] < 0 else ""
        case "load":
            return _("does little at the moment") if -points[code] <= LITTLE * FAIRNESS else ""
    return ""


def _usual_yes(willing: int) -> int:
    """Return the points for saying yes as often as OFTEN, with this willingness (in points)."""
    level = np.searchsorted(fit.GLADNESS, willing)
    return round(fit.SURE * OFTEN * float(fit.YES[level]))
