"""Questions that tests and benchmarks ask, and no page."""

from datetime import datetime

from people.models import Person
from rostering import eligibility
from rostering.models import Shift


def bookable_by(person: Person, *, now: datetime) -> list[Shift]:
    """Return the shifts that `person` may take now, soonest first."""
    return [found.shift for found in eligibility.assess(person, now=now) if found.fits]
