"""Everyone with an account, the roles they hold, and the invitations that let them in."""

import uuid

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people import days, text
from people.models.fields import Address, Line, NameKey
from people.models.places import District, Location

PHONE = RegexValidator(r"^\+?[0-9 ()-]{6,20}$", _("Write a phone number, such as 06 1234 5678."))
LONGEST_KEY = 700  # a name has 320 signs at most; folded, a ligature becomes two


class PersonQuerySet(models.QuerySet):
    def active(self):
        return self.filter(is_active=True)

    def with_role(self, permission_roles, day):
        """People who hold one of these roles (codes) on `day`."""
        posts = RoleAssignment.objects.in_force(day).filter(role__in=permission_roles)
        return self.filter(pk__in=posts.values("person"))


class PersonAccounts(BaseUserManager.from_queryset(PersonQuerySet)):
    """What Django wants of a user model that logs in with a mail address."""

    use_in_migrations = True

    def create_user(self, email, password=None, **fields):
        """Make an account. Raises ValidationError for an address that no mail can be sent to."""
        person = self.model(email=text.address(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email)


class Person(AbstractUser):
    """Everyone with an account: volunteer, employee, trainer, coordinator, outside professional.

    No date of birth, no BSN, no home address: 18+ is a qualification, distance starts at a location.
    """

    class Engagement(models.TextChoices):
        VOLUNTEER = "volunteer", _("Volunteer")
        EMPLOYEE = "employee", _("Employee")
        INTERN = "intern", _("Intern")
        EXTERNAL = "external", _("Outside professional")

    username = None
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = Address(_("mail address"), unique=True)
    first_name = Line(_("first name"), max_length=150, blank=True)
    infix = Line(_("surname prefix"), max_length=20, blank=True)  # "van der": sorted under the name
    last_name = Line(_("last name"), max_length=150, blank=True)
    searched_as = NameKey(max_length=LONGEST_KEY, blank=True, editable=False)  # the name folded (people.text)
    sorted_as = NameKey(max_length=LONGEST_KEY, blank=True, editable=False, db_index=True)
    phone = Line(
        _("phone number"),
        max_length=20,
        blank=True,
        validators=[PHONE],
    )
    engagement = models.CharField(
        _("engagement"), max_length=10, choices=Engagement, default=Engagement.VOLUNTEER
    )
    home = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("location")
    )
    travel_km = models.PositiveSmallIntegerField(
        _("travels at most (km)"), default=25, validators=[MaxValueValidator(300)]
    )
    shifts_a_week = models.PositiveSmallIntegerField(_("shifts a week at most"), null=True, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week at most"), null=True, blank=True)
    joined_on = models.DateField(_("joined on"), null=True, blank=True)  # experience counts from here
    left_on = models.DateField(_("left on"), null=True, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl"
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []
    objects = PersonAccounts()

    class Meta:
        ordering = ["sorted_as", "pk"]
        verbose_name = _("person")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_mail_address")]

    def __str__(self):
        return self.get_full_name() or self.email

    def key_names(self):
        """Make what the name is searched and sorted by; who updates many rows at once calls it for each."""
        name = {"first_name": self.first_name, "infix": self.infix, "last_name": self.last_name}
        self.searched_as = text.folded(" ".join(name.values()))[:LONGEST_KEY]
        self.sorted_as = text.sorted_as(**name)[:LONGEST_KEY]

    def get_full_name(self):
        return " ".join(part for part in (self.first_name, self.infix, self.last_name) if part)

    @cached_property
    def assigned_roles(self):
        """Every role assignment, past ones too, read once for each time the person is loaded."""
        return list(self.role_assignments.select_related("location", "district"))

    def posts_on(self, day):
        """Return the role assignments in force on `day`."""
        return [post for post in self.assigned_roles if post.is_in_force(day)]

    @property
    def posts(self):
        """The role assignments in force today, for views and access."""
        return self.posts_on(days.today())


class RoleAssignmentQuerySet(models.QuerySet):
    def in_force(self, day):
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), since_on__lte=day)


class RoleAssignment(models.Model):
    """A role (people.roles) held by a person, for one location, one district, or everywhere when both are empty."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20)
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("location")
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    # a work phone: who is booked on a shift at this place reads it, with the name
    duty_phone = Line(_("work phone"), max_length=20, blank=True, validators=[PHONE])
    since_on = models.DateField(_("since"))
    until_on = models.DateField(_("until"), null=True, blank=True)  # the first day without it

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["person", "role", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(location=None) | Q(district=None), name="role_has_one_scope"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="role_period_is_forward"
            ),
        ]

    def is_in_force(self, day):
        return self.since_on <= day and (self.until_on is None or day < self.until_on)


class Invitation(models.Model):
    """A way in, made by the organisation: single use, bound to one mail address; the token itself is not kept."""

    email = Address(_("mail address"))
    first_name = Line(_("first name"), max_length=150)
    infix = Line(_("surname prefix"), max_length=20, blank=True)
    last_name = Line(_("last name"), max_length=150)
    engagement = models.CharField(
        _("engagement"), max_length=10, choices=Person.Engagement, default=Person.Engagement.VOLUNTEER
    )
    role = models.CharField(_("role"), max_length=20)
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("location")
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("district")
    )
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-invited_at"]
