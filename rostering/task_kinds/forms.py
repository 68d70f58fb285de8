"""The shape of a kind of task on screen."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from people import stamps
from people.forms import RowsField
from people.manage.forms import code_from
from people.models import Qualification
from rostering.demand.files import EDGES
from rostering.models import TaskKind


class KindDetails(stamps.Seen, forms.ModelForm):
    class Meta:
        model = TaskKind
        fields = [
            "code", "name", "description", "ladder", "requires", "minimum_months", "minutes", "load", "mode",
            "channel", "minimum_people", "needs_approval", "on_holidays", "is_active",
        ]  # fmt: skip
        labels = {
            "code": _("Code"),
            "name": _("Name"),
            "description": _("Description"),
            "ladder": _("Small task or small role?"),
            "requires": _("What somebody must hold"),
            "minimum_months": _("Months of experience, at least"),
            "minutes": _("How long it takes, in minutes"),
            "load": _("How heavy it is"),
            "mode": _("Where"),
            "channel": _("From home: with what?"),
            "minimum_people": _("People at the same time, at least"),
            "needs_approval": _("A coordinator confirms each request"),
            "on_holidays": _("Goes on during public holidays"),
            "is_active": _("In use"),
        }
        help_texts = {
            "code": _("Short, such as T01. It stands in files and cannot be changed later."),
            "description": _("What somebody does. No names and no details of clients."),
            "channel": _("Who does it from home reads this instead of an address."),
            "minimum_months": _("0: newcomers may do it too."),
            "is_active": _(
                "Turn this off and it is no longer planned. Shifts that are planned already, and what was done, "
                "stay as they are."
            ),
        }
        field_classes = {"requires": RowsField}
        widgets = {"requires": forms.CheckboxSelectMultiple(), "description": forms.Textarea({"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        asked = Q(pk__in=self.instance.requires.all()) if self.instance.pk else Q()
        usable = Q(is_active=True) | asked if self.instance.pk else Q(is_active=True)
        self.fields["requires"].queryset = Qualification.objects.filter(usable)
        for name, (least, most) in EDGES.items():
            self.fields[name].validators += [MinValueValidator(least), MaxValueValidator(most)]
        del self.fields["code" if self.instance.pk else "is_active"]

    def clean_code(self):
        return code_from(self.cleaned_data["code"], TaskKind)
