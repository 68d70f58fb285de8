"""Was this form sent before, and does what it showed still stand? Every form that writes asks one of these."""

from people.stamps.once import FIELD, Key, fresh, once
from people.stamps.seen import SEEN, Seen, edits, row_or_404
from people.stamps.sent import claim, forget
from people.stamps.shown import VERSION, is_stale

__all__ = [
    "FIELD",
    "SEEN",
    "VERSION",
    "Key",
    "Seen",
    "claim",
    "edits",
    "forget",
    "fresh",
    "is_stale",
    "once",
    "row_or_404",
]
