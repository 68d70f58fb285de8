"""Who made or changed a kind of task? The form judged it; here it is saved and journaled.

A kind is never deleted: it is taken out of use, and what was planned, done and counted of it stays.
"""

from datetime import datetime

from django.db import transaction
from django.forms import ModelForm

from people import journal
from people.models import Person
from rostering.models import TaskKind


@transaction.atomic
def save(form: ModelForm, *, by: Person, now: datetime) -> TaskKind:
    """Save a valid form; the journal names the fields that changed. Saving what stands there changes nothing."""
    made = form.instance.pk is None
    kind = form.save()
    if made or form.changed_data:
        fields = [] if made else form.changed_data
        verb = "made" if made else "changed"
        journal.record(f"task_kind.{verb}", kind, by=by, now=now, code=kind.code, fields=fields)
    return kind
