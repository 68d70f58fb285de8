"""The form with all house rules."""

from django import forms
from django.utils.translation import gettext as _

from people import stamps
from people.house_rules.registry import Agreed


class HouseRules(stamps.Seen):
    """A number for each rule; what the rules are is known when the page is asked."""

    def __init__(self, *args, agreed: list[Agreed], **kwargs):
        self.base_fields = {one.rule.key: self._field(one) for one in agreed}
        super().__init__(*args, **kwargs)

    @staticmethod
    def _field(one: Agreed) -> forms.IntegerField:
        rule = one.rule
        usual = _("Usual: %(n)s %(unit)s. %(why)s") % {
            "n": rule.default, "unit": rule.unit, "why": rule.because,
        }  # fmt: skip
        return forms.IntegerField(
            label=f"{rule.name} ({rule.unit})",
            help_text=usual,
            min_value=rule.least,
            max_value=rule.most,
            initial=one.value,
        )

    def refuse(self, said: dict[str, str]) -> None:
        for key, sentence in said.items():
            self.add_error(key, sentence)
