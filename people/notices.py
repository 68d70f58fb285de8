"""What do we owe people to tell? `owe` writes it down with the change itself; the worker sends it."""

from people.models import Notice


def owe(person, kind, subject, *, now, due_at=None, urgent=False, **facts):
    """Placeholder for the real thing; same signature."""
    due = due_at or now
    from people.journal import ref
    return Notice.objects.get_or_create(
        person=person, kind=kind, subject=ref(subject), due_at=due, defaults={"facts": facts, "owed_at": now}
    )[0]
