"""The shape of what volunteers send from their roster screens. What it means is for the verbs."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.templatetags.words import length
from rostering import dayparts, pattern
from rostering.models import TaskKind, Willingness
from rostering.open_shifts import Wanted
from rostering.preferences import Window

WEEKDAYS = {
    "ma": gettext_lazy("Monday"),
    "di": gettext_lazy("Tuesday"),
    "wo": gettext_lazy("Wednesday"),
    "do": gettext_lazy("Thursday"),
    "vr": gettext_lazy("Friday"),
    "za": gettext_lazy("Saturday"),
    "zo": gettext_lazy("Sunday"),
}
LENGTHS = (45, 120, 240)  # minutes
TIME = forms.TimeInput({"type": "time"}, format="%H:%M")
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class Filters(forms.Form):
    """What somebody looks for, from the address. What makes no sense is left out, so a list always comes."""

    dag = forms.CharField(required=False, max_length=10)
    dagdeel = forms.ChoiceField(required=False, choices=dayparts.LABELS.items())
    plek = forms.ChoiceField(required=False, choices=[("afstand", ""), ("locatie", "")])
    minuten = forms.IntegerField(required=False, min_value=5, max_value=24 * 60)
    vrij = forms.ChoiceField(required=False, choices=[("1", "")])

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
        }
        return {name: value for name, value in kept.items() if value}


def length_choices(now_chosen: int | None) -> list[tuple[int, str]]:
    """Return the lengths to choose from, with the chosen one among them."""
    lengths = sorted({*LENGTHS, *([now_chosen] if now_chosen else [])})
    return [(minutes, _("At most %(length)s") % {"length": length(minutes)}) for minutes in lengths]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _weekday(text: str) -> int | None:
    return list(WEEKDAYS).index(text) if text in WEEKDAYS else None


class Pattern(forms.Form):
    """The ticked boxes of the weekly grid."""

    blok = forms.MultipleChoiceField(required=False, choices=[(box, box) for box in pattern.BOXES])


class OwnBlock(forms.Form):
    """One block that is not in the grid. An empty line is left out."""

    weekday = forms.TypedChoiceField(
        label=gettext_lazy("Day"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", gettext_lazy("Choose a day")), *enumerate(WEEKDAYS.values())],
    )
    start = forms.TimeField(label=gettext_lazy("From"), required=False, widget=TIME)
    end = forms.TimeField(label=gettext_lazy("Until"), required=False, widget=TIME)

    def clean(self):
        cleaned = super().clean()
        given = [cleaned.get(name) is not None for name in ("weekday", "start", "end")]
        if any(given) and not all(given) and not self.errors:
            missing = next(name for name in ("weekday", "start", "end") if cleaned.get(name) is None)
            self.add_error(missing, _("Fill in day, from and until, or leave all three empty."))
        elif all(given) and cleaned["start"] == cleaned["end"]:
            self.add_error("end", _("This is the same time as the start."))
        return cleaned

    def window(self) -> Window | None:
        chosen = self.cleaned_data
        return Window(chosen["weekday"], chosen["start"], chosen["end"]) if chosen.get("start") else None


OwnBlocks = forms.formset_factory(OwnBlock, extra=1, max_num=30, absolute_max=40)


class DaysOff(forms.Form):
    """Days on which the pattern does not hold. One day when only the first is given."""

    from_on = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    until_on = forms.DateField(label=gettext_lazy("Last day"), widget=DAY, required=False)
    is_available = forms.TypedChoiceField(
        label=gettext_lazy("What holds on these days?"),
        choices=[("0", gettext_lazy("I cannot")), ("1", gettext_lazy("I can, the whole day"))],
        coerce=lambda value: value == "1",
        initial="0",
        widget=forms.RadioSelect,
    )

    def period(self) -> dict:
        chosen = self.cleaned_data
        return {**chosen, "until_on": chosen["until_on"] or chosen["from_on"]}


class Preferences(forms.Form):
    """How gladly somebody does each kind of task, and how much in one week."""

    shifts_a_week = forms.IntegerField(
        label=gettext_lazy("Shifts a week at most"), required=False, min_value=0, max_value=21
    )
    hours_a_week = forms.IntegerField(
        label=gettext_lazy("Hours a week at most"), required=False, min_value=0, max_value=60
    )

    def __init__(self, *args, kinds, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            self.fields[self.name_of(kind)] = forms.TypedChoiceField(
                label=kind.name,
                choices=[(level.value, level.label) for level in sorted(Willingness.Level, reverse=True)],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
            )

    @staticmethod
    def name_of(kind: TaskKind) -> str:
        return f"soort_{kind.pk}"

    def of_ladder(self, ladder: str) -> list:
        """Return the bound fields of one ladder."""
        return [self[self.name_of(kind)] for kind in self.kinds if kind.ladder == ladder]

    def levels(self) -> dict[TaskKind, int | None]:
        return {kind: self.cleaned_data[self.name_of(kind)] for kind in self.kinds}
