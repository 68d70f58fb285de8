"""Who changed a plain row: a name, a place, a term? The form judged it; here it is saved and journaled."""

from datetime import datetime

from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm

from people import journal
from people.models import Person


@transaction.atomic
def save(form: ModelForm, *, by: Person, now: datetime) -> Model:
    """Save a valid form; the journal names the fields that changed, not what stood in them."""
    added = form.instance.pk is None
    row = form.save()
    if added or form.changed_data:
        verb = f"{row._meta.model_name}.{'added' if added else 'changed'}"
        journal.record(verb, row, by=by, now=now, fields=[] if added else form.changed_data)
    return row
