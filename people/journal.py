"""What happened here? Every verb writes one line, in the same transaction.

What bears on who may see what stands in the log too, so that it can be read beside log-ins and refusals, and
where nobody who reaches the database can change it.
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Model

from people import log
from people.models import JournalEntry, Person

OF_ACCESS = frozenset({
    "invitation.accepted", "invitation.sent", "invitation.withdrawn", "person.added", "person.changed",
    "person.erased", "person.exported", "person.left", "qualification.granted", "qualification.revoked",
    "role.assigned", "role.ended",
})  # fmt: skip


def ref(row: Any) -> str:
    """Return a stable name for a row, "rostering.booking:7", or for a whole table, "people.person"."""
    return f"{row._meta.label_lower}:{row.pk}" if isinstance(row, Model) else row._meta.label_lower


def record(verb: str, subject: Any, *, by: Person | None, now: datetime, **facts: Any) -> JournalEntry:
    """Write that `by` (a person, or None for the clock) did `verb` to `subject` at `now` (aware)."""
    if verb in OF_ACCESS:
        told = partial(log.note, verb, person=by, row=ref(subject), kind=facts.get("role"))
        transaction.on_commit(told, robust=True)
    return JournalEntry.objects.create(
        at=now, actor=ref(by) if by else "clock", verb=verb, subject=ref(subject), facts=facts
    )
