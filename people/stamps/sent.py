"""Was this form sent before? One row for each form that was sent, kept for a week.

Two presses at once meet at the unique key: on PostgreSQL the second waits for the transaction of the first.
"""

import hashlib
from datetime import datetime, timedelta

from people.models import Stamp

KEPT = timedelta(days=7)  # longer than anybody leaves a form open, or a browser restores a window
AT_ONCE = timedelta(minutes=1)  # the same again within this is a button pressed twice


def claim(who: str, what: str, *, now: datetime, only: timedelta = KEPT) -> tuple[Stamp, bool]:
    """Return the row for `what` sent by `who`, and whether this is the first time within `only`.

    Call it in the transaction that does what was asked, so that both are kept or neither. `now` is aware.
    """
    key = hashlib.sha256(f"{who}\n{what}".encode()).hexdigest()
    Stamp.objects.filter(key=key, used_at__lte=now - only).delete()
    return Stamp.objects.get_or_create(key=key, defaults={"used_at": now})


def forget(*, now: datetime) -> int:
    """Remove what was sent more than a week ago; return how many."""
    return Stamp.objects.filter(used_at__lt=now - KEPT).delete()[0]
