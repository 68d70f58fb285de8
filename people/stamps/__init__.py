"""Was this form sent before, and does what it showed still stand? Every form that writes asks one of the two."""

from people.stamps.once import FIELD, Key, fresh, once
from people.stamps.seen import SEEN, Seen, edits, row_or_404
from people.stamps.sent import claim, forget

__all__ = ["FIELD", "SEEN", "Key", "Seen", "claim", "edits", "forget", "fresh", "once", "row_or_404"]
