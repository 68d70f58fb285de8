"""Of which days does a coordinator want to see the quality? Read from the address."""

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import days
from people.forms import DayField
from rostering.places import Choice, choice_from
from rostering.quality.report import Period

MONTH, FOUR_WEEKS, OWN = "maand", "vier-weken", "eigen"
KINDS = {
    FOUR_WEEKS: gettext_lazy("The next four weeks"),
    MONTH: gettext_lazy("This month"),
    OWN: gettext_lazy("Own dates"),
}
MOST_WEEKS_REPORTED = 13
YEARS_BACK, YEARS_AHEAD = 3, 1


class DaysForm(forms.Form):
    """Two days, both included. The names are those of the address."""

    van = DayField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    tot = DayField(
        label=gettext_lazy("Until and including"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_van(self):
        day = self.cleaned_data["van"]
        if day < days.add_months(self.today, -12 * YEARS_BACK):
            raise forms.ValidationError(_("Choose a day of the last three years."))
        return day

    def clean_tot(self):
        day = self.cleaned_data["tot"]
        if day > days.add_months(self.today, 12 * YEARS_AHEAD):
            raise forms.ValidationError(_("Choose a day before the end of the coming year."))
        return day

    def clean(self):
        given = super().clean()
        first, last = given.get("van"), given.get("tot")
        if first and last and last < first:
            self.add_error("tot", _("The last day lies before the first."))
        elif first and last and last - first >= timedelta(weeks=MOST_WEEKS_REPORTED):
            self.add_error("tot", _("That is more than thirteen weeks. Choose an earlier day."))
        return given


@dataclass(frozen=True)
class Asked:
    """What somebody wants to see: no period when the own days are not right yet."""

    kind: str
    choice: Choice
    form: DaysForm
    period: Period | None

    @property
    def is_own(self) -> bool:
        """Whether the days are chosen one by one."""
        return self.kind == OWN

    @property
    def query(self) -> str:
        """The part of the address after the path that asks for this again."""
        return self.address()

    def address(self, **changed: str) -> str:
        """Return the same wish with another kind of period (`periode`) or place (`waar`)."""
        wanted = {"periode": self.kind, "waar": self.choice.place, **changed}
        if wanted["periode"] == OWN and self.period:
            wanted |= {"van": str(self.period.first), "tot": str(self.period.last)}
        kept = {
            name: value
            for name, value in wanted.items()
            if value and (name, value) != ("periode", FOUR_WEEKS)
        }
        return f"?{urlencode(kept)}" if kept else ""


def asked(query, *, today: date) -> Asked:
    """Return what the address asks; a strange kind of period is the next four weeks."""
    kind = query.get("periode", "")
    kind = kind if kind in KINDS else FOUR_WEEKS
    is_sent = kind == OWN and ("van" in query or "tot" in query)
    period = _period(kind, today)
    initial = {"van": period.first, "tot": period.last}
    form = DaysForm(query if is_sent else None, initial=initial, today=today)
    if is_sent:
        period = Period(form.cleaned_data["van"], form.cleaned_data["tot"]) if form.is_valid() else None
    return Asked(kind, Choice(choice_from(query).place), form, period)


def _period(kind: str, today: date) -> Period:
    if kind == MONTH:
        first = today.replace(day=1)
        return Period(first, days.add_months(first, 1) - timedelta(1))
    return Period(today, today + timedelta(27))
