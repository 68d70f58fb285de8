"""How do we say where and when a shift is, and how full? The same words in lists, mails and calendars."""

from datetime import date, datetime

from django.http import QueryDict
from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.words import Chip, clock, long_day
from rostering.models import Shift, TaskKind

PAUSE_EVERY = 120  # minutes; house rule: a quarter of an hour in every two hours


def place(shift: Shift) -> str:
    """Return the place in the active language; no query for what comes of with_place()."""
    mode, where = shift.task_kind.mode, shift.location or shift.district
    if shift.room_id:
        where = f"{where}, {shift.room}"
    if mode == TaskKind.Mode.REMOTE or where is None:
        return capfirst(str(TaskKind.Mode(mode).label))
    if mode == TaskKind.Mode.EITHER:
        return _("%(place)s, or from home") % {"place": where}
    return str(where)


def times_and_place(shift: Shift) -> str:
    """17.00 tot 19.00 uur, op afstand"""
    name, mode = place(shift), str(TaskKind.Mode(shift.task_kind.mode).label)
    return _("%(start)s to %(end)s, %(place)s") % {
        "start": clock(shift.starts_at),
        "end": clock(shift.ends_at),
        "place": mode if name == capfirst(mode) else name,  # a town keeps its capital
    }


def written_day(day: date) -> str:
    """dinsdag 24 november 2026: with the year, for what is read at any time"""
    return formats.date_format(day, "l j F Y")


def moment(at: datetime) -> str:
    """dinsdag 24 november om 17.00 uur"""
    return _("%(day)s at %(time)s") % {"day": long_day(at), "time": clock(at)}


def seats_left(shift: Shift) -> Chip:
    """Say how many seats are free; `shift` carries `taken`."""
    left = max(0, shift.seats - shift.taken)
    if not left:
        return Chip(_("Full"))
    return Chip(ngettext("%(n)s seat left", "%(n)s seats left", left) % {"n": left}, "gap")


def load(shift: Shift) -> Chip:
    return Chip(_("Load: %(load)s") % {"load": TaskKind.Load(shift.task_kind.load).label})


def pauses(shift: Shift) -> int:
    """Return how many pauses of a quarter of an hour are built into the shift."""
    return shift.minutes // PAUSE_EVERY


def name_from(query: QueryDict) -> str:
    """Return the name that is searched; PostgreSQL knows no NUL in a text."""
    return query.get("zoek", "").replace("\0", "").strip()[:60]
