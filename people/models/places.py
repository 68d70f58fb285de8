"""Where people work from: districts, locations and their rooms."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
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
    """One of the offices people work from, and how to get in. Coordinates in degrees (WGS 84)."""

    name = Line(_("name"), max_length=60, unique=True)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="locations", verbose_name=_("district")
    )
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    school_region = Line(_("school region"), max_length=10, blank=True)
    street = Line(_("street and number"), max_length=80, blank=True)
    postcode = Line(
        _("postcode"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^[1-9][0-9]{3} ?[A-Za-z]{2}$", _("Write a postcode as 1234 AB."))],
    )
    town = Line(_("town"), max_length=60, blank=True)
    entrance = Line(_("entrance"), max_length=200, blank=True)
    bell = Line(_("bell or reception"), max_length=200, blank=True)
    parking = Line(_("parking"), max_length=200, blank=True)
    accessibility = Line(_("accessibility"), max_length=200, blank=True)
    is_open = models.BooleanField(_("in use"), default=True)
    # of what a calendar shows of it: one up with each change, and when
    sequence = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        verbose_name = _("location")

    def __str__(self):
        return self.name

    @property
    def address(self) -> str:
        """Voorbeeldstraat 12, 1234 AB Utrecht; nothing while the street is not known"""
        if not self.street:
            return ""
        return f"{self.street}, {self.postcode} {self.town or self.name}".replace(",  ", ", ")


class Room(models.Model):
    """A room of a location, and how to find it once inside."""

    location = models.ForeignKey(
        Location, models.PROTECT, related_name="rooms", verbose_name=_("location"), editable=False
    )
    name = Line(_("name"), max_length=60)
    directions = Line(_("how to find it"), max_length=200, blank=True)
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["location", "name"]
        verbose_name = _("room")
        constraints = [
            models.UniqueConstraint(fields=["location", "name"], name="one_room_of_a_name_in_a_location")
        ]

    def __str__(self):
        return self.name
