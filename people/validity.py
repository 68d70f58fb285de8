"""On which days does something that was given count, and does it end soon? Pure, over Amsterdam calendar days.

People.models.GrantQuerySet says the same of rows; a random test holds both together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

ENDS_SOON = 90  # days before the last valid day: from then on it is said, and can be renewed
LATER, VALID, OVER, REVOKED = "later", "valid", "over", "revoked"


@dataclass(frozen=True)
class Period:
    """The days on which something counts, both ends included; `last` None has no end, before `first` is never."""

    first: date
    last: date | None

    def covers(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Validity:
    """The days of one grant: `valid_until` is the last valid day, `revoked_on` the first day without it."""

    valid_from: date
    valid_until: date | None = None
    revoked_on: date | None = None

    @property
    def period(self) -> Period:
        return period(self.valid_from, self.valid_until, self.revoked_on)

    def is_valid(self, on: date) -> bool:
        return self.period.covers(on)

    def state(self, on: date) -> str:
        """Return how it stands on a day: later, valid, over or revoked."""
        if self.is_valid(on):
            return VALID
        if self.revoked_on and self.revoked_on <= on:
            return REVOKED
        return LATER if self.valid_from > on else OVER

    def outlasts(self, other: "Validity") -> bool:
        """Return whether this replaces `other` when that ends: not revoked, and valid for longer."""
        if self.revoked_on is not None or other.valid_until is None:
            return False
        return self.valid_until is None or self.valid_until > other.valid_until


def period(valid_from: date, valid_until: date | None, revoked_on: date | None) -> Period:
    """Return the days on which a grant counts. A revocation counts from its day on."""
    if revoked_on is None:
        return Period(valid_from, valid_until)
    before = revoked_on - timedelta(days=1)
    return Period(valid_from, before if valid_until is None else min(before, valid_until))


def ends_soon(one: Validity, others: Iterable[Validity], *, on: date) -> bool:
    """Return whether it is valid on this day, ends within ENDS_SOON days, and nothing replaces it.

    `others`: what the same person was given of the same qualification. A revocation that is still to come is no end:
    it was decided, and nobody renews it.
    """
    return (
        one.is_valid(on)
        and one.revoked_on is None
        and one.valid_until is not None
        and one.valid_until <= on + timedelta(days=ENDS_SOON)
        and not any(other.outlasts(one) for other in others)
    )


def soon_from(valid_until: date) -> date:
    """Return the first day on which something that is valid until this day ends soon."""
    return valid_until - timedelta(days=ENDS_SOON)
