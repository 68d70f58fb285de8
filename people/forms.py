"""The shape of what people fill in about themselves and others; what it means is judged by the verbs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people import days, stamps
from people.models import Person

MOST_DIGITS = 18  # what the number of a row holds for certain


class DayField(forms.DateField):
    """A day that somebody can mean: every day in a form is one of these."""

    default_error_messages = {
        "far": _("Choose a day from %(first)s up to and including %(last)s."),
    }

    def validate(self, value):
        super().validate(value)
        if value and not days.FIRST <= value <= days.LAST:
            years = {"first": days.FIRST.year, "last": days.LAST.year}
            raise forms.ValidationError(self.error_messages["far"], code="far", params=years)


class RowsField(forms.ModelMultipleChoiceField):
    """Some rows, each by its number. SQLite fails on a number that is too large for a row; here it is not there."""

    def clean(self, value):
        for said in value or ():
            if len(str(said)) > MOST_DIGITS:
                raise forms.ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": said}
                )
        return super().clean(value)


class AboutMe(stamps.Seen, forms.ModelForm):
    """What everybody keeps up to date alone. The mail address is not here: it is what one logs in with."""

    class Meta:
        model = Person
        fields = ["first_name", "infix", "last_name", "phone", "travel_km", "language"]
        labels = {
            "first_name": _("First name"),
            "infix": _("Surname prefix"),
            "last_name": _("Last name"),
            "phone": _("Phone number"),
            "travel_km": _("How far do you want to travel, in kilometres?"),
            "language": _("Language"),
        }
        help_texts = {
            "infix": _("For example: van der."),
            "phone": _("Only your coordinator sees it, to reach you about a shift."),
            "travel_km": _("Counted from your location. We show you shifts within this distance."),
        }
        widgets = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].required = self.fields["last_name"].required = True


class ChoosePassword(forms.Form):
    """For somebody who was invited; the rules for passwords are asked by the verb."""

    password1 = forms.CharField(
        label=_("Choose a password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 12 characters. A short sentence is easy to remember."),
    )
    password2 = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self):
        filled = super().clean()
        if filled.get("password1") and filled.get("password2") not in (None, filled["password1"]):
            self.add_error("password2", _("The two passwords are not the same."))
        return filled
