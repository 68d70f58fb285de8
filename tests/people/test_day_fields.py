"""A day in a form or an address is one that somebody can mean, and a row one that there can be."""

from datetime import date, time

import pytest
from django import forms

from people import days
from people.forms import DayField, RowsField
from people.paths import DayConverter
from tests.architecture.house import nothing
from tests.architecture.kinds import own_forms


def test_every_day_of_every_form_is_a_day_that_somebody_can_mean():
    nothing(
        f"{form.__module__}.{form.__name__}.{name}"
        for form in own_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.DateField) and not isinstance(field, DayField)
    )


def test_every_choice_of_rows_in_every_form_knows_how_large_a_number_is():
    nothing(
        f"{form.__module__}.{form.__name__}.{name}"
        for form in own_forms()
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ModelMultipleChoiceField) and not isinstance(field, RowsField)
    )


@pytest.mark.parametrize("said", ["0001-01-01", "1949-12-31", "2100-01-01", "9999-12-31"])
def test_a_slip_is_told(said):
    with pytest.raises(forms.ValidationError) as refusal:
        DayField().clean(said)
    assert refusal.value.messages == ["Kies een dag van 1950 tot en met 2099."]
    with pytest.raises(ValueError, match=said):
        DayConverter().to_python(said)


@pytest.mark.parametrize("said", ["1950-01-01", "2026-02-28", "2099-12-31"])
def test_a_day_is_read(said):
    day = date.fromisoformat(said)
    assert (DayField().clean(said), DayConverter().to_python(said)) == (day, day)


@pytest.mark.parametrize(
    ("day", "at", "skipped"),
    [
        (date(2027, 3, 28), time(1, 59), False),
        (date(2027, 3, 28), time(2), True),
        (date(2027, 3, 28), time(2, 59), True),
        (date(2027, 3, 28), time(3), False),
        (date(2027, 10, 31), time(2, 30), False),
        (date(2026, 11, 29), time(2, 30), False),
    ],
)
def test_the_clock_skips_an_hour_in_march(day, at, skipped):
    assert days.is_skipped(day, at) is skipped
