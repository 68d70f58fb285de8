"""The forms for one shift."""

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import days, freetext, stamps
from people.access import Scope
from people.forms import DayField
from people.models import District, Location, Room
from people.words import clock, long_day
from rostering.demand.files import MOST_SEATS
from rostering.models import Shift, TaskKind, WeeklyDemand
from rostering.places import NATIONAL, places_of, value_of
from rostering.shifts.making import Spot

PUBLISHED, DRAFT = "publiceer", "concept"
NINE = time(9)


def _input(kind: str) -> dict:
    return {"attrs": {"type": kind}, "format": "%Y-%m-%d" if kind == "date" else "%H:%M"}


class RoomField(forms.ModelChoiceField):
    def label_from_instance(self, room):
        return f"{room.location}: {room}"


class TimesForm(forms.Form):
    """When, for how many, and what else there is to say: a shift that stands."""

    day = DayField(label=gettext_lazy("Day"), widget=forms.DateInput(**_input("date")))
    start = forms.TimeField(label=gettext_lazy("Start"), widget=forms.TimeInput(**_input("time")))
    end = forms.TimeField(
        label=gettext_lazy("End"),
        help_text=gettext_lazy("An end before the start is on the next day."),
        widget=forms.TimeInput(**_input("time")),
    )
    seats = forms.IntegerField(label=gettext_lazy("Seats"), min_value=1, max_value=MOST_SEATS, initial=1)
    room = RoomField(
        Room.objects.none(),
        label=gettext_lazy("Room"),
        required=False,
        empty_label=gettext_lazy("No room in particular"),
    )
    directions = forms.CharField(
        label=gettext_lazy("How do you find it?"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Only what is different this time, such as: the side door is open after six."),
        validators=[freetext.refuse],
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Volunteers read this. Never write anything about a client."),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[freetext.refuse],
    )

    def __init__(self, *args, now: datetime, **kwargs):
        super().__init__(*args, **kwargs)
        self.now = now

    def clean(self):
        given = super().clean()
        if {"day", "start", "end"} <= given.keys():
            if given["start"] == given["end"]:
                raise forms.ValidationError({"end": _("The end is the same as the start.")})
            given["starts_at"], given["ends_at"] = days.span(given["day"], given["start"], given["end"])
            if days.is_skipped(given["day"], given["start"]):
                self.add_error(
                    "start",
                    _("On %(day)s there is no %(time)s: the clock goes forward then.")
                    % {"day": long_day(given["day"]), "time": clock(given["start"])},
                )
            if given["starts_at"] <= self.now:
                self.add_error("start", _("That is in the past."))
        return given

    def times(self) -> dict:
        """Return what shifts.make and shifts.change take of it."""
        given = self.cleaned_data
        spot = Spot(given.get("room"), given["directions"])
        return {name: given[name] for name in ("starts_at", "ends_at", "seats", "note")} | {"spot": spot}


class ChangeForm(stamps.Seen, TimesForm):
    """Another time for a shift that stands, with what it was when the form was opened.

    When the new time does not suit its people, it is asked once more.
    """

    anyway = forms.BooleanField(
        label=gettext_lazy("Move the shift all the same; I have talked about it with them."),
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args, shift: Shift, **kwargs):
        super().__init__(*args, initial=as_initial(shift), **kwargs)
        if shift.location_id:
            usable = Q(is_open=True) | Q(pk=shift.room_id)
            rooms = Room.objects.filter(usable, location=shift.location_id).select_related("location")
            self.fields["room"].queryset = rooms
        else:
            del self.fields["room"]

    def ask_once_more(self, warning: str) -> None:
        self.fields["anyway"].widget = forms.CheckboxInput()
        self.add_error("anyway", warning)


class ShiftForm(TimesForm):
    """A new shift, in the own part of the country or in the national pool."""

    task_kind = forms.ModelChoiceField(
        TaskKind.objects.filter(is_active=True).order_by("name"), label=gettext_lazy("Kind of task")
    )
    where = forms.ChoiceField(label=gettext_lazy("Where"))
    published = forms.ChoiceField(
        label=gettext_lazy("Who sees it?"),
        choices=[
            (PUBLISHED, gettext_lazy("Everybody: publish it at once")),
            (DRAFT, gettext_lazy("Only coordinators: keep it as a draft")),
        ],
        widget=forms.RadioSelect,
        initial=PUBLISHED,
    )
    field_order = [
        "task_kind",
        "day",
        "start",
        "end",
        "seats",
        "where",
        "room",
        "directions",
        "note",
        "published",
    ]

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places_of(scope)
        kind = TaskKind.objects.filter(pk=self.initial.get("task_kind")).first()
        if kind and kind.minimum_people > 1:
            least = _("This is done by at least %(n)s people together.") % {"n": kind.minimum_people}
            self.fields["seats"].help_text = least
        self.fields["where"].choices = [(NATIONAL, _("National: everybody")), *_grouped(self.places)]
        at = [place for place in self.places.values() if isinstance(place, Location)]
        rooms = Room.objects.filter(is_open=True, location__in=at).select_related("location")
        self.fields["room"].queryset = rooms.order_by("location__name", "name")

    def made_of(self) -> dict:
        """Return what shifts.make takes."""
        place = self.places.get(self.cleaned_data["where"])
        return {
            **self.times(),
            "task_kind": self.cleaned_data["task_kind"],
            "location": place if isinstance(place, Location) else None,
            "district": place if isinstance(place, District) else None,
            "published": self.cleaned_data["published"] == PUBLISHED,
        }


class KindForm(forms.Form):
    """For what kind of task a new shift is: the rest of its form is filled in from that."""

    soort = forms.ModelChoiceField(
        TaskKind.objects.filter(is_active=True).order_by("name"), label=gettext_lazy("Kind of task")
    )


def of_kind(kind: TaskKind, scope: Scope, *, now: datetime) -> dict:
    """Return the start of a new shift of this kind: seats for as many as it asks, and the usual day and times.

    Those of the weekly demand; without any, the length of the kind from nine in the morning.
    """
    usual = WeeklyDemand.objects.filter(task_kind=kind).order_by("weekday", "start").first()
    tomorrow = days.day_of(now) + timedelta(days=1)
    until = datetime.combine(tomorrow, NINE) + timedelta(minutes=kind.minutes)
    return {
        "task_kind": kind.pk,
        "day": tomorrow + timedelta(days=(usual.weekday - tomorrow.weekday()) % 7) if usual else None,
        "start": usual.start if usual else NINE,
        "end": usual.end if usual else until.time(),
        "seats": max(kind.minimum_people, usual.seats if usual else 1),
        "where": _usual_place(kind, usual, scope),
    }


def _usual_place(kind: TaskKind, usual: WeeklyDemand | None, scope: Scope) -> str:
    """Return the choice for where this is done: the pool, or the first own place of the kind that is asked for."""
    is_national = usual.scope == WeeklyDemand.Scope.NATIONAL if usual else kind.mode == TaskKind.Mode.REMOTE
    if is_national:
        return NATIONAL
    wanted = District if usual and usual.scope == WeeklyDemand.Scope.DISTRICT else Location
    places = places_of(scope).items()
    return next((value for value, place in places if isinstance(place, wanted)), NATIONAL)


def copied(shift: Shift, *, now: datetime) -> dict:
    """Return a shift as the start of a new one: the first same weekday that is still to come."""
    weeks = max(1, (days.day_of(now) - shift.day).days // 7 + 1)
    return {
        **as_initial(shift),
        "day": shift.day + timedelta(weeks=weeks),
        "task_kind": shift.task_kind_id,
        "where": value_of(shift),
    }


def as_initial(shift: Shift) -> dict:
    return {
        "day": shift.day,
        "start": shift.starts_at.astimezone(days.AMSTERDAM).time(),
        "end": shift.ends_at.astimezone(days.AMSTERDAM).time(),
        "seats": shift.seats,
        "room": shift.room_id,
        "directions": shift.directions,
        "note": shift.note,
    }


def _grouped(places: dict) -> list:
    groups = [
        (_("A location"), [(value, str(row)) for value, row in places.items() if isinstance(row, Location)]),
        (
            _("A whole district"),
            [(value, str(row)) for value, row in places.items() if isinstance(row, District)],
        ),
    ]
    return [(label, choices) for label, choices in groups if choices]
