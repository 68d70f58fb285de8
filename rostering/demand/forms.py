"""The forms about weekly demand."""

from django import forms
from django.utils.translation import gettext_lazy

MOST_WEEKS_PLANNED = 8


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy(
            "Columns: task_kind, weekday, start, end, seats, scope. First you see what changes."
        ),
        error_messages={
            "empty": gettext_lazy("The file is empty."),
            "required": gettext_lazy("Choose a file."),
        },
        allow_empty_file=True,
    )


class WeeksForm(forms.Form):
    weeks = forms.IntegerField(
        label=gettext_lazy("Number of weeks"), min_value=1, max_value=MOST_WEEKS_PLANNED, initial=4
    )
