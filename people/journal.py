"""What happened here? Every verb writes one line, in the same transaction."""

from django.db.models import Model

from people.models import JournalEntry


def ref(row) -> str:
    """Return a stable name for a row, "rostering.booking:7", or for a whole table, "people.person"."""
    return f"{row._meta.label_lower}:{row.pk}" if isinstance(row, Model) else row._meta.label_lower


def record(verb: str, subject, *, by, now, **facts) -> JournalEntry:
    """Write that `by` (a person, or None for the clock) did `verb` to `subject` at `now` (aware)."""
    return JournalEntry.objects.create(
        at=now, actor=ref(by) if by else "clock", verb=verb, subject=ref(subject), facts=facts
    )
