"""Forms check shape. Saving a draft is always allowed; publishing and asking for review are not."""

from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from academy import publishing
from people import days, stamps


class CheckedPageForm(WagtailAdminPageForm):
    """Wagtail defers validation for a draft; otherwise the page must lack nothing."""

    def _post_clean(self):
        super()._post_clean()
        if not self.is_deferred_validation and not self.errors:
            for lack in self.instance.lacks(on=days.today()):
                self.add_error(None, lack)


class QuestionForm(stamps.Seen, WagtailAdminModelForm):
    """A new question is made once; one that stands there says what it showed, its answers too."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields[stamps.FIELD] = stamps.Key()

    def beside(self):
        rows = self.instance.answers.all() if self.instance.pk else ()
        said = [f"{row.sort_order} {row.text} {row.is_right} {row.feedback}" for row in rows]
        return {"answers": (gettext_lazy("Answers"), said)}

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
