"""How does a roster reach somebody's own calendar?"""

from rostering.calendar.events import (
    cancellation,
    etag,
    event,
    feed,
    person_of,
    request,
    subscribe,
    unsubscribe,
)

__all__ = ["cancellation", "etag", "event", "feed", "person_of", "request", "subscribe", "unsubscribe"]
