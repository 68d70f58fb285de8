"""What this organisation agreed otherwise than we would: one row for each house rule that was changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class HouseRule(models.Model):
    """A house rule with a value of its own. Without a row the default holds; see people.house_rules."""

    key = models.CharField(_("rule"), max_length=40, unique=True)
    value = models.PositiveIntegerField(_("value"))

    class Meta:
        ordering = ["key"]
        verbose_name = _("house rule")

    def __str__(self):
        return self.key
