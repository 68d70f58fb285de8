"""What a person can hold, each award of it, and how far somebody is on the way to it."""

from datetime import timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from people import validity, ways
from people.models.fields import GuardedLine
from people.models.people import Person
from people.validity import Validity


class Qualification(models.Model):
    """Something a person can hold that a task may ask for: a certificate, a check that was seen, a statement.

    Out of use it can no longer be given or asked for; who holds it keeps it, and what asked for it goes on.
    """

    class Kind(models.TextChoices):
        CERTIFICATE = "certificate", _("Certificate")  # earned in the academy
        CHECK = "check", _("Check")  # an original that somebody saw: VOG, 18+, home-work check
        STATEMENT = "statement", _("Signed statement")  # the secrecy statement
        PRACTICE = "practice", _("Supervised practice")  # shadow shifts signed off

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = GuardedLine(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.CERTIFICATE)
    valid_months = models.PositiveSmallIntegerField(
        _("valid for (months)"), null=True, blank=True, help_text=_("Leave empty if it does not expire.")
    )
    includes = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="included_in", verbose_name=_("includes")
    )
    is_active = models.BooleanField(_("in use"), default=True)
    is_taught = models.BooleanField(default=False, editable=False)  # kept by the academy: there is a course
    learn_minutes = models.PositiveIntegerField(null=True, blank=True)  # how long the whole way takes

    class Meta:
        ordering = ["code"]
        verbose_name = _("qualification")

    def __str__(self):
        return self.name

    @property
    def learn_url(self) -> str:
        """Where it is learned; empty when that is not here."""
        return ways.address(self.code) if self.is_taught else ""


class GrantQuerySet(models.QuerySet):
    def valid_on(self, day):
        return self.filter(
            Q(valid_until=None) | Q(valid_until__gte=day),
            Q(revoked_on=None) | Q(revoked_on__gt=day),
            valid_from__lte=day,
        )

    def ending_soon(self, day):
        """Valid on `day`, ending within validity.ENDS_SOON days, not revoked, and nothing replaces it."""
        last = day + timedelta(days=validity.ENDS_SOON)
        mine = self.valid_on(day).filter(revoked_on=None, valid_until__lte=last)
        same = Grant.objects.filter(person=OuterRef("person"), qualification=OuterRef("qualification"))
        return mine.exclude(Exists(same.outlasting(OuterRef("valid_until"))))

    def outlasting(self, valid_until):
        """What replaces a grant that ends then: not revoked, and valid for longer."""
        return self.filter(Q(valid_until=None) | Q(valid_until__gt=valid_until), revoked_on=None)


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
    evidence = GuardedLine(_("evidence"), max_length=200, blank=True)  # what was seen, never the document
    granted_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+"
    )  # null: a test decided
    granted_at = models.DateTimeField()
    revoked_on = models.DateField(_("revoked on"), null=True, blank=True)
    revoked_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    revoked_because = GuardedLine(_("reason"), max_length=200, blank=True)

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

    @property
    def validity(self) -> Validity:
        return Validity(self.valid_from, self.valid_until, self.revoked_on)


class LearningStep(models.Model):
    """How far a person is on the way to a qualification. Written by the academy, read wherever it helps."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="learning_steps")
    qualification = models.ForeignKey(Qualification, models.CASCADE, related_name="+")
    minutes_left = models.PositiveIntegerField()
    parts_done = models.PositiveSmallIntegerField(default=0)
    parts_total = models.PositiveSmallIntegerField(default=0)
    next_title = models.CharField(max_length=255)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(fields=["person", "qualification"], name="one_learning_step_per_way")
        ]
