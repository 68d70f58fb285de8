"""Who someone is and what they may do. Rows change through the verbs beside this file, never here."""

import uuid

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from people import days


class District(models.Model):
    """A group of locations; coordinators and reports are scoped to it."""

    name = models.CharField(_("name"), max_length=60, unique=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("district")

    def __str__(self):
        return self.name


class Location(models.Model):
    """One of the offices people work from. Coordinates in degrees (WGS 84)."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="locations", verbose_name=_("district")
    )
    latitude = models.FloatField(_("latitude"), validators=[MinValueValidator(-90), MaxValueValidator(90)])
    longitude = models.FloatField(
        _("longitude"), validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    school_region = models.CharField(_("school region"), max_length=10, blank=True)
    is_open = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("location")

    def __str__(self):
        return self.name


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
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email, password=None, **fields):
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        return self.get(email=email.strip().lower())


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
    email = models.EmailField(_("mail address"), unique=True)
    infix = models.CharField(
        _("surname prefix"), max_length=20, blank=True
    )  # "van der": sorted under the name
    phone = models.CharField(
        _("phone number"),
        max_length=20,
        blank=True,
        validators=[
            RegexValidator(r"^\+?[0-9 ()-]{6,20}$", _("Write a phone number, such as 06 1234 5678."))
        ],
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
        ordering = ["last_name", "first_name", "pk"]
        verbose_name = _("person")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_account_per_mail_address")]

    def __str__(self):
        return self.get_full_name() or self.email

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


class Qualification(models.Model):
    """Something a person can hold that a task may ask for: a certificate, a check that was seen, a statement."""

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Certificate")  # earned in the academy
        CHECK = "check", _("Check")  # an original that somebody saw: VOG, 18+, home-work check
        STATEMENT = "statement", _("Signed statement")  # the secrecy statement
        PRACTICE = "practice", _("Supervised practice")  # shadow shifts signed off

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CERTIFICATE)
    valid_months = models.PositiveSmallIntegerField(
        _("valid for (months)"), null=True, blank=True, help_text=_("Leave empty if it does not expire.")
    )
    includes = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="included_in", verbose_name=_("includes")
    )
    learn_url = models.CharField(max_length=200, blank=True)  # where it is learned, kept by the academy
    learn_minutes = models.PositiveIntegerField(null=True, blank=True)  # how long the whole way takes

    class Meta:
        ordering = ["code"]
        verbose_name = _("qualification")

    def __str__(self):
        return self.name


class GrantQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            Q(revoked_on=None) | Q(revoked_on__gt=day),
            valid_from__lte=day,
        )


class Grant(models.Model):
    """One award of a qualification. Never edited or overwritten: a renewal is a new row.

    Days are Amsterdam days; `valid_until` is the last valid day, `revoked_on` the first day without it.
    """

    class Source(models.TextChoices):
        TEST = "test", _("Test passed")
        SEEN = "seen", _("Original seen")
        SIGNED = "signed", _("Statement signed")
        OBSERVED = "observed", _("Practice signed off")
        EXEMPTION = "exemption", _("Exemption")
        IMPORT = "import", _("Taken over from the old system")

    person = models.ForeignKey(Person, models.CASCADE, related_name="grants")
    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="grants")
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    evidence = models.CharField(
        _("evidence"), max_length=200, blank=True
    )  # what was seen, never the document
    granted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+"
    )  # null: a test decided
    granted_at = models.DateTimeField()
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_because = models.CharField(_("reason"), max_length=200, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        ordering = ["-valid_from", "-pk"]
        indexes = [models.Index(fields=["person", "qualification"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="grant_period_is_forward",
            ),
            models.CheckConstraint(
                condition=Q(revoked_on=None, revoked_because="")
                | (Q(revoked_on__isnull=False) & ~Q(revoked_because="")),
                name="grant_revocation_has_a_reason",
            ),
        ]


class LearningStep(models.Model):
    """How far a person is on the way to a qualification. Written by the academy, read wherever it helps."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="learning_steps")
    qualification = models.ForeignKey(Qualification, models.CASCADE, related_name="+")
    minutes_left = models.PositiveIntegerField()
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts_total = models.PositiveSmallIntegerField(default=0)
    next_title = models.CharField(max_length=255)
    next_url = models.CharField(max_length=200)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "qualification"], name="one_learning_step_per_way")
        ]


class JournalEntry(models.Model):
    """Who did what, when. Append only; no foreign keys, so nothing it names is kept alive by it."""

    at = models.DateTimeField(db_index=True)
    actor = models.CharField(max_length=60)  # "people.person:12", or "clock"
    verb = models.CharField(max_length=60, db_index=True)  # "booking.booked"
    subject = models.CharField(max_length=100, db_index=True)  # "rostering.booking:7"
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]


class NoticeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(sent_at=None, dropped_at=None)

    def due(self, now):
        return self.waiting().filter(Q(lease_until=None) | Q(lease_until__lt=now), due_at__lte=now)


class Notice(models.Model):
    """A message owed to a person: written in the transaction of what it reports, sent by the worker."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)  # "rostering.booking:7"
    facts = models.JSONField(default=dict)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)  # the same on a resend
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)  # no longer true, or given up after five tries
    trouble = models.CharField(max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "person", "due_at"], name="notice_owed_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="notice_sent_or_dropped"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(sent_at=None, dropped_at=None), name="notice_waiting")
        ]


class Invitation(models.Model):
    """A way in, made by the organisation: single use, bound to one mail address; the token itself is not kept."""

    email = models.EmailField(_("mail address"))
    first_name = models.CharField(_("first name"), max_length=150)
    infix = models.CharField(_("surname prefix"), max_length=20, blank=True)
    last_name = models.CharField(_("last name"), max_length=150)
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
