"""The shape of what a coordinator asks a proposal for. What it means is judged by rostering.proposals."""

from datetime import date, datetime, timedelta

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import days
from people.access import Scope
from people.forms import DayField
from people.models import District, Location
from rostering.places import NATIONAL, places_of
from rostering.proposals.choice import Choice

USUAL = timedelta(weeks=2)
MOVE, RELUCTANT = "schuif", "liever-niet"


class ProposalForm(forms.Form):
    """Which days, which places, and how far the proposal may go."""

    from_on = DayField(label=gettext_lazy("From"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    until_on = DayField(
        label=gettext_lazy("Until and including"),
        help_text=gettext_lazy("Eight weeks at most."),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    where = forms.MultipleChoiceField(
        label=gettext_lazy("Where"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one place, or the national pool.")},
    )
    allowed = forms.MultipleChoiceField(
        label=gettext_lazy("What may the proposal do?"),
        required=False,
        help_text=gettext_lazy(
            "Without these it only asks people for open seats. Who has said yes always keeps the seat."
        ),
        choices=[
            (MOVE, gettext_lazy("Take back offers that nobody answered yet, when that fills more seats")),
            (RELUCTANT, gettext_lazy("Also ask people who would rather not do a task")),
        ],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, scope: Scope, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places_of(scope)
        districts = [
            (value, _("%(name)s, the whole district") % {"name": row})
            for value, row in self.places.items()
            if isinstance(row, District)
        ]
        locations = [(value, str(row)) for value, row in self.places.items() if isinstance(row, Location)]
        self.fields["where"].choices = [(NATIONAL, _("The national pool")), *districts, *locations]

    def choice(self) -> Choice:
        given = self.cleaned_data
        chosen = [self.places[value] for value in given["where"] if value in self.places]
        return Choice(
            from_on=given["from_on"],
            until_on=given["until_on"],
            locations=frozenset(row.pk for row in chosen if isinstance(row, Location)),
            districts=frozenset(row.pk for row in chosen if isinstance(row, District)),
            is_national=NATIONAL in given["where"],
            may_move=MOVE in given["allowed"],
            asks_reluctant=RELUCTANT in given["allowed"],
        )


def usual(now: datetime) -> dict:
    """Start from the coming two weeks, tomorrow first."""
    first: date = days.day_of(now) + timedelta(days=1)
    return {"from_on": first, "until_on": first + USUAL - timedelta(days=1), "where": [NATIONAL]}


def numbers(values: list[str]) -> list[int]:
    """Return the row numbers in what was sent; what is no number is left out."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 18]
