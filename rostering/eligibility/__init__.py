"""May this person take this shift, and if not, why?"""

from rostering.eligibility.company import asks_company, has_company, is_done_together, lacks_company
from rostering.eligibility.facts import is_night
from rostering.eligibility.judging import (
    BARS,
    WARNINGS,
    Assessment,
    assess,
    assess_people,
    judge,
    outside_their_days,
    reasons_against,
)
from rostering.eligibility.reasons import Reason, for_others
from rostering.eligibility.rules import (
    is_available,
    lacks_qualification,
    travel_counts,
    travel_km,
)

__all__ = [
    "BARS",
    "WARNINGS",
    "Assessment",
    "Reason",
    "asks_company",
    "assess",
    "assess_people",
    "for_others",
    "has_company",
    "is_available",
    "is_done_together",
    "is_night",
    "judge",
    "lacks_company",
    "lacks_qualification",
    "outside_their_days",
    "reasons_against",
    "travel_counts",
    "travel_km",
]
