"""Rosters drawn up for some places and days, line by line. `state` changes only through rostering.proposals."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import District, Location, Person
from rostering.models.shifts import Shift


class ProposalQuerySet(models.QuerySet):
    def in_scope(self, scope):
        """Those of which every place lies in the part of the country of `scope` (people.access.Scope)."""
        if scope.everywhere:
            return self
        places = Proposal.locations.through.objects.exclude(
            Q(location__in=scope.locations) | Q(location__district__in=scope.districts)
        )
        districts = Proposal.districts.through.objects.exclude(district__in=scope.districts)
        return self.exclude(pk__in=places.values("proposal")).exclude(pk__in=districts.values("proposal"))

    def underway(self):
        return self.filter(state__in=Proposal.UNDERWAY)


class Proposal(models.Model):
    """A roster drawn up for some places and days; nobody is asked before it is sent.

    `state` changes only through rostering.proposals.
    """

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("a proposal", "waits its turn")
        RUNNING = "running", pgettext_lazy("a proposal", "being made")
        DRAFT = "draft", pgettext_lazy("a proposal", "ready")
        FAILED = "failed", pgettext_lazy("a proposal", "did not work out")
        EXPIRED = "expired", pgettext_lazy("a proposal", "out of date")
        SENT = "sent", pgettext_lazy("a proposal", "sent")
        DISCARDED = "discarded", pgettext_lazy("a proposal", "put aside")

    class Failure(models.TextChoices):
        NO_PLAN = "no_plan", _("The calculation stopped before there was a plan.")
        NO_WORD = "no_word", _("Nothing was heard of the calculation any more.")
        FAULT = "fault", _("Something in Paraat itself went wrong during the calculation.")

    class Over(models.TextChoices):
        AGE = "age", _("It is more than two days old.")
        BEGAN = "began", _("The first shift in it has begun.")
        SHIFTS = "shifts", _("In the meantime a shift was made, changed or cancelled.")
        BOOKINGS = "bookings", _("In the meantime somebody signed up, dropped out or was asked.")
        AVAILABILITY = "availability", _("In the meantime somebody changed when they are available.")
        WILLINGNESS = "willingness", _("In the meantime somebody changed what they want to do.")
        GRANTS = "grants", _("In the meantime somebody got a certificate, or lost one.")
        PEOPLE = "people", _("In the meantime the details of somebody in it changed.")

    UNDERWAY = (State.ASKED, State.RUNNING)

    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()
    follows = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="followers")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"))
    locations = models.ManyToManyField(Location, blank=True, related_name="+")
    districts = models.ManyToManyField(District, blank=True, related_name="+")
    is_national = models.BooleanField(_("the national pool"), default=False)
    may_move = models.BooleanField(default=False)  # also take back offers that nobody answered yet
    asks_reluctant = models.BooleanField(default=False)  # also ask who said "rather not"
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    # what is heard of the calculation
    begun_at = models.DateTimeField(null=True, blank=True)  # the moment of the world it is computed on
    heard_at = models.DateTimeField(null=True, blank=True)
    limit = models.PositiveSmallIntegerField(default=0)  # seconds it may take
    seconds = models.FloatField(default=0)
    score = models.BigIntegerField(null=True, blank=True)
    bound = models.FloatField(null=True, blank=True)  # no plan scores more
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    is_stopped = models.BooleanField(default=False)  # by who asked: the best so far was kept
    finished_at = models.DateTimeField(null=True, blank=True)
    failed_because = models.CharField(max_length=12, choices=Failure, blank=True)
    expired_at = models.DateTimeField(null=True, blank=True)
    expired_because = models.CharField(max_length=12, choices=Over, blank=True)
    fingerprint = models.JSONField(default=dict)  # of the world it holds for; see proposal_world
    cover = models.JSONField(default=dict)  # seats, before and after; see proposal_plan

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("proposal for the roster")
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="proposal_period_is_forward"
            ),
            models.CheckConstraint(
                condition=Q(Q(state="failed"), ~Q(failed_because=""))
                | Q(~Q(state="failed"), failed_because=""),
                name="proposal_failed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state="expired", expired_at__isnull=False)
                | (~Q(state="expired") & Q(expired_at=None, expired_because="")),
                name="proposal_expired_for_a_reason",
            ),
        ]


class ProposalLine(models.Model):
    """One person on one shift of a proposal. `state` changes only through rostering.proposals.lines."""

    class State(models.TextChoices):
        PROPOSED = "proposed", pgettext_lazy("a person in a proposal", "proposed")
        PINNED = "pinned", pgettext_lazy("a person in a proposal", "pinned")
        REJECTED = "rejected", pgettext_lazy("a person in a proposal", "left out")
        SENT = "sent", pgettext_lazy("a person in a proposal", "asked")
        PASSED = "passed", pgettext_lazy("a person in a proposal", "no longer fits")

    class Change(models.TextChoices):
        NEW = "new", pgettext_lazy("a person in a proposal", "new")
        STAYS = "stays", pgettext_lazy("a person in a proposal", "stays asked")
        GOES = "goes", pgettext_lazy("a person in a proposal", "offer taken back")

    TO_SEND = (State.PROPOSED, State.PINNED)

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="lines")
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    shift = models.ForeignKey(Shift, models.CASCADE, related_name="+")
    change = models.CharField(max_length=5, choices=Change, default=Change.NEW)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    points = models.IntegerField(default=0)
    why = models.JSONField(default=list)  # [[code, points]], as matching.fit counts
    passed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["shift__starts_at", "shift", "-points", "pk"]
        verbose_name = _("person in a proposal")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "person", "shift"], name="one_line_per_pair"),
        ]
