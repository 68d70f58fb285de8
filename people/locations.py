"""Where is a location, and how does one get in? Who changes that, changes what stands in calendars.

An address counts its changes (`sequence`, RFC 5545), so that the calendar of who comes there follows.
"""

import re
from datetime import datetime

from django.db import transaction
from django.forms import ModelForm

from people import upkeep
from people.models import Location, Person, Room

IN_CALENDARS = {"name", "street", "postcode", "town"}  # what the calendar of a shift shows of a location
POSTCODE = re.compile(r"([1-9][0-9]{3}) ?([A-Za-z]{2})")


def postcode(said: str) -> str:
    """Return a Dutch postcode as it is written, 1234 AB; what is none stays as it is."""
    found = POSTCODE.fullmatch(said.strip())
    return f"{found[1]} {found[2].upper()}" if found else said.strip()


def note_change(location: Location, *, now: datetime) -> None:
    """Count a change of what calendars show of a location that is saved next."""
    location.sequence, location.changed_at = location.sequence + 1, now


@transaction.atomic
def keep(form: ModelForm, *, by: Person, now: datetime) -> Location:
    """Save a valid form of a location."""
    if form.instance.pk and any(form.initial[name] != form.cleaned_data[name] for name in IN_CALENDARS):
        note_change(form.instance, now=now)
    return upkeep.save(form, by=by, now=now)


@transaction.atomic
def keep_room(form: ModelForm, *, by: Person, now: datetime) -> Room:
    """Save a valid form of a room; its name stands in calendars too."""
    if form.instance.pk and "name" in form.changed_data:
        location = Location.objects.select_for_update(no_key=True, of=("self",)).get(
            pk=form.instance.location_id
        )
        note_change(location, now=now)
        location.save(update_fields=["sequence", "changed_at"])
    return upkeep.save(form, by=by, now=now)
