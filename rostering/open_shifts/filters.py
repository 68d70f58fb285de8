"""What does somebody look for among the open shifts? Read from the address, asked of each shift, shown as links."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from people import days
from people.models import Location, Person
from people.words import duration
from rostering import dayparts
from rostering.dayparts import WEEKDAYS
from rostering.eligibility import Assessment
from rostering.models import Shift, TaskKind

LENGTHS = (45, 120, 240)  # minutes
DAYS_AHEAD = 14


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for. Days and parts of the day are those of Amsterdam."""

    day: date | None = None
    weekday: int | None = None  # 0 is Monday
    daypart: str = ""
    place: str = ""  # "afstand" or "locatie"
    minutes: int | None = None  # at most
    when_available: bool = False
    full: bool = False  # what has no seat left, in place of what has

    def takes(self, found: Assessment) -> bool:
        shift = found.shift
        return (
            (self.day is None or shift.day == self.day)
            and (self.weekday is None or shift.day.weekday() == self.weekday)
            and (not self.daypart or dayparts.of(shift.starts_at) == self.daypart)
            and (self.minutes is None or shift.minutes <= self.minutes)
            and (not self.place or _is_at(self.place, shift, found.person))
            and (not self.when_available or "unavailable" not in {w.code for w in found.warnings})
        )


class Filters(forms.Form):
    """What somebody looks for, from the address. What makes no sense is left out, so a list always comes."""

    dag = forms.CharField(required=False, max_length=10)
    dagdeel = forms.ChoiceField(required=False, choices=dayparts.LABELS.items())
    plek = forms.ChoiceField(required=False, choices=[("afstand", ""), ("locatie", "")])
    minuten = forms.IntegerField(required=False, min_value=5, max_value=24 * 60)
    vrij = forms.ChoiceField(required=False, choices=[("1", "")])
    vol = forms.ChoiceField(required=False, choices=[("1", "")])

    def wanted(self) -> Wanted:
        self.is_valid()
        chosen = self.cleaned_data
        return Wanted(
            day=_date(chosen.get("dag", "")),
            weekday=_weekday(chosen.get("dag", "")),
            daypart=chosen.get("dagdeel", ""),
            place=chosen.get("plek", ""),
            minutes=chosen.get("minuten"),
            when_available=bool(chosen.get("vrij")),
            full=bool(chosen.get("vol")),
        )

    def kept(self) -> dict[str, str]:
        """Return what was understood, for the addresses of the other filters."""
        wanted = self.wanted()
        kept = {
            "dag": str(wanted.day or "")
            or ([*WEEKDAYS, ""][wanted.weekday] if wanted.weekday is not None else ""),
            "dagdeel": wanted.daypart,
            "plek": wanted.place,
            "minuten": str(wanted.minutes or ""),
            "vrij": "1" if wanted.when_available else "",
            "vol": "1" if wanted.full else "",
        }
        return {name: value for name, value in kept.items() if value}


def pills(kept: dict[str, str], home: Location | None) -> list[dict]:
    """The filters as links: each one puts itself on, or off again, and leaves the others."""
    choices = [("vrij", "1", _("When I am available"))]  # first: on a phone the row goes on out of sight
    choices += [("dagdeel", part, label) for part, label in dayparts.LABELS.items()]
    choices += [("minuten", "45", _("I have 45 minutes")), ("plek", "afstand", _("From home"))]
    if home:
        choices.append(("plek", "locatie", home.name))
    if "vol" in kept:  # the way in stands under the list, with the number of shifts
        choices.insert(0, ("vol", "1", _("Full, with a waiting list")))
    pills = [{"label": _("All"), "href": reverse("rostering:open_shifts"), "on": not kept}]
    for name, value, label in choices:
        on = kept.get(name) == value
        rest = {key: chosen for key, chosen in kept.items() if key != name}
        query = urlencode(rest if on else {**rest, name: value})
        pills.append({"label": label, "href": f"?{query}", "on": on})
    return pills


def length_choices(now_chosen: int | None) -> list[tuple[int, str]]:
    """Return the lengths to choose from, with the chosen one among them."""
    lengths = sorted({*LENGTHS, *([now_chosen] if now_chosen else [])})
    return [(minutes, _("At most %(length)s") % {"length": duration(minutes)}) for minutes in lengths]


def days_ahead(now: datetime) -> list[date]:
    """Return today and the days after it, fourteen in all, in Amsterdam."""
    today = days.day_of(now)
    return [today + timedelta(days=n) for n in range(DAYS_AHEAD)]


def _is_at(place: str, shift: Shift, person: Person) -> bool:
    mode, home = shift.task_kind.mode, person.home
    if place == "afstand":
        return mode in (TaskKind.Mode.REMOTE, TaskKind.Mode.EITHER)
    if home is None or mode == TaskKind.Mode.REMOTE:
        return False
    if shift.is_national:
        return mode == TaskKind.Mode.EITHER
    return home.pk == shift.location_id or home.district_id == shift.district_id


def _date(text: str) -> date | None:
    try:
        return days.read(text)
    except ValueError:
        return None


def _weekday(text: str) -> int | None:
    return list(WEEKDAYS).index(text) if text in WEEKDAYS else None
