"""Where is a shift, and how do I get in? The same answer on pages, in mails and in calendars."""

from dataclasses import dataclass
from urllib.parse import quote

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rostering import words
from rostering.models import Shift, TaskKind

MAP = "https://www.openstreetmap.org/search?query="  # opened by who presses it, never by the page
HOME = {
    TaskKind.Channel.PHONE: gettext_lazy("From home, with your headset"),
    TaskKind.Channel.ONLINE: gettext_lazy("From home, online"),
}


@dataclass(frozen=True)
class Whereabouts:
    """Where one shift is; `lines` are labels with what stands beside them, the address first."""

    place: str  # Utrecht, Spreekkamer 1; or: From home, with your headset
    address: str  # of the location, or nothing
    lines: list[tuple[str, str]]
    for_calendar: str

    @property
    def map_link(self) -> str:
        return MAP + quote(self.address) if self.address else ""


def of(shift: Shift) -> Whereabouts:
    """Say where a shift is, in the active language; no query for what comes of with_place()."""
    place, is_remote = _place(shift), shift.task_kind.mode == TaskKind.Mode.REMOTE
    address = "" if is_remote or not shift.location else shift.location.address
    inside = f"{shift.room}, {address}" if shift.room_id and address else address
    found = [] if is_remote else _lines(shift)
    if shift.directions:
        found.insert(min(len(found), 2), (_("How to find it"), shift.directions))
    return Whereabouts(place, address, found, _said_once(shift, inside) or place)


def _place(shift: Shift) -> str:
    kind, where = shift.task_kind, shift.location or shift.district
    home = str(HOME.get(kind.channel) or _("From home"))
    if kind.mode == TaskKind.Mode.REMOTE:
        return home
    if kind.mode == TaskKind.Mode.EITHER and shift.location is None:
        return _("%(home)s; or at a location, if you agree that with your coordinator") % {"home": home}
    if kind.mode == TaskKind.Mode.EITHER:
        at = f"{where}, {shift.room}" if shift.room_id else str(where)
        return _("%(place)s; or %(home)s") % {"place": at, "home": home[:1].lower() + home[1:]}
    if shift.location is None and not shift.directions:
        at = str(where) if where else _("At a location")
        return _("%(place)s; your coordinator tells you exactly where") % {"place": at}
    return words.place(shift)


def _lines(shift: Shift) -> list[tuple[str, str]]:
    at, room = shift.location, shift.room if shift.room_id else None
    found = [(_("Address"), at.address)] if at else []
    if room:
        found.append((_("Room"), f"{room}: {room.directions}" if room.directions else str(room)))
    if at:
        found += [
            (_("Entrance"), at.entrance),
            (_("Bell or reception"), at.bell),
            (_("Parking"), at.parking),
            (_("Accessibility"), at.accessibility),
        ]
    return [(label, text) for label, text in found if text]


def _said_once(shift: Shift, address: str) -> str:
    """Return the address as a calendar shows it, and can send a navigation to."""
    if address and shift.task_kind.mode == TaskKind.Mode.EITHER:
        return _("%(place)s, or from home") % {"place": address}
    return address
