"""The form of a test: one field for each question."""

from django import forms
from django.utils.translation import gettext as _


class TestForm(forms.Form):
    """The answers to a test: one field for each question, radio buttons or boxes."""

    def __init__(self, questions, *args, **kwargs):
        super().__init__(*args, use_required_attribute=False, **kwargs)
        self.questions = questions
        for question in questions:
            choices = [(option.key, option.text) for option in question.options]
            field, widget = (
                (forms.TypedMultipleChoiceField, forms.CheckboxSelectMultiple)
                if question.kind == "multiple"
                else (forms.TypedChoiceField, forms.RadioSelect)
            )
            self.fields[f"q{question.key}"] = field(
                choices=choices,
                coerce=int,
                widget=widget,
                label=question.prompt,
                error_messages={"required": _("Choose an answer.")},
            )

    @property
    def chosen(self) -> dict[int, list[int]]:
        """Return the chosen answers by question."""
        return {
            question.key: value
            if isinstance(value := self.cleaned_data[f"q{question.key}"], list)
            else [value]
            for question in self.questions
        }

    @property
    def rows(self):
        return [(question, self[f"q{question.key}"]) for question in self.questions]
