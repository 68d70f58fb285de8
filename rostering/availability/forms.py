"""The shape of what volunteers send about availability and willingness. What it means is for the verbs."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import stamps
from people.forms import DayField
from rostering.availability.grid import BOXES
from rostering.availability.preferences import Window
from rostering.dayparts import WEEKDAYS
from rostering.models import TaskKind, Willingness

TIME = forms.TimeInput({"type": "time"}, format="%H:%M")
DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class Grid(stamps.Seen):
    """The ticked boxes of the weekly grid; `own`: the blocks beside it, as they stand now."""

    blok = forms.MultipleChoiceField(
        label=gettext_lazy("the week"), required=False, choices=[(box, box) for box in BOXES]
    )

    def __init__(self, *args, own: list[Window], **kwargs):
        self.own = own
        super().__init__(*args, **kwargs)

    def beside(self):
        return {"own": (gettext_lazy("other times"), list(map(str, self.own)))}


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

    from_on = DayField(label=gettext_lazy("First day"), widget=DAY)
    until_on = DayField(label=gettext_lazy("Last day"), widget=DAY, required=False)
    is_available = forms.TypedChoiceField(
        label=gettext_lazy("What holds on these days?"),
        choices=[("0", gettext_lazy("I cannot")), ("1", gettext_lazy("I can, the whole day"))],
        coerce=lambda value: value == "1",
        initial="0",
        widget=forms.RadioSelect,
    )

    def point_at_mistake(self) -> None:
        """Let the page open at the first field that is not right: the form stands below the weekly table."""
        for name in list(self.errors)[:1]:
            self.fields[name].widget.attrs["autofocus"] = True

    def period(self) -> dict:
        chosen = self.cleaned_data
        return {**chosen, "until_on": chosen["until_on"] or chosen["from_on"]}


class Preferences(stamps.Seen):
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

    def limits(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] for name in ("shifts_a_week", "hours_a_week")}

    def levels(self) -> dict[TaskKind, int | None]:
        return {kind: self.cleaned_data[self.name_of(kind)] for kind in self.kinds}
