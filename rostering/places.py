"""Where is a shift? In one line, for lists, mails and calendars."""

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from rostering.models import Shift, TaskKind


def name_of(shift: Shift) -> str:
    """Return the place in the active language; no query once task_kind, location and district are read."""
    mode, place = shift.task_kind.mode, shift.location or shift.district
    if mode == TaskKind.Mode.REMOTE or place is None:
        return capfirst(str(TaskKind.Mode(mode).label))
    if mode == TaskKind.Mode.EITHER:
        return _("%(place)s, or from home") % {"place": place}
    return str(place)
