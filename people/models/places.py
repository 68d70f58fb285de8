"""Where people work from: districts and locations."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from people.models.fields import Line


class District(models.Model):
    """A group of locations; coordinators and reports are scoped to it."""

    name = Line(_("name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("district")

    def __str__(self):
        return self.name


class Location(models.Model):
    """One of the offices people work from. Coordinates in degrees (WGS 84)."""

    name = Line(_("name"), max_length=60, unique=True)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="locations", verbose_name=_("district")
    )
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    school_region = Line(_("school region"), max_length=10, blank=True)
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("location")

    def __str__(self):
        return self.name
