"""Forms check shape. Saving a draft is always allowed; publishing and asking for review are not."""

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from academy import publishing
from people import days


class CheckedPageForm(WagtailAdminPageForm):
    """Wagtail defers validation for a draft; otherwise the page must lack nothing."""

    def _post_clean(self):
        super()._post_clean()
        if not self.is_deferred_validation and not self.errors:
            for lack in self.instance.lacks(on=days.today()):
                self.add_error(None, lack)


class QuestionForm(WagtailAdminModelForm):
    def clean(self):
        cleaned = super().clean()
        answers = self.formsets["answers"]
        if answers.is_valid():
            right = [
                bool(row.cleaned_data.get("is_right"))
                for row in answers.forms
                if row.cleaned_data and not row.cleaned_data.get("DELETE")
            ]
            for lack in publishing.question_lacks(cleaned.get("kind", "single"), right):
                self.add_error("kind", lack)
        return cleaned


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
