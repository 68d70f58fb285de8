"""How does a coordinator do one thing for several people at once?

Each person is a transaction of their own: locks are taken per person, and a refusal of one leaves the rest.
"""

from datetime import datetime

from people.models import Person
from rostering import booking, suggestions
from rostering.models import Booking, Shift

MOST_ASKED = 4


def ask_best(shift: Shift, *, by: Person, now: datetime, most: int = MOST_ASKED) -> list[Booking]:
    """Offer the shift to the `most` people who suit it best, and return the offers.

    Who no longer fits at that moment is passed over. The first to say yes get the seats.
    """
    offers = []
    for found in suggestions.suggest(shift, now=now, most=most):
        try:
            offers.append(booking.offer(found.person, shift, by=by, now=now))
        except booking.NotBookable:
            continue
    return offers


def mark_all_attended(shift: Shift, *, by: Person, now: datetime) -> int:
    """Write that everybody who is still only booked was there, from the start on; return how many."""
    booked = list(shift.bookings.booked().select_related("shift"))
    for row in booked:
        booking.mark_attended(row, by=by, now=now)
    return len(booked)
