"""What must be done and who does it. Rows with a life change only through the verbs beside this file."""

from datetime import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people import days
from people.models import District, Location, Person, Qualification


class TaskKind(models.Model):
    """A kind of work: what it asks of a person, how long it takes, how heavy it is."""

    class Load(models.IntegerChoices):  # house rule: points
        LIGHT = 1, _("light")
        MEDIUM = 2, _("medium")
        HEAVY = 4, _("heavy")

    class Mode(models.TextChoices):
        REMOTE = "remote", _("from home")
        ON_SITE = "on_site", _("on site")
        EITHER = "remote_or_location", _("from home or at a location")

    class Ladder(models.TextChoices):
        MICRO_TASK = "micro_task", _("Small task without client contact")
        SMALL_ROLE = "small_role", _("Small role")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=120)
    description = models.TextField(_("description"), blank=True)
    requires = models.ManyToManyField(
        Qualification, blank=True, related_name="task_kinds", verbose_name=_("requires")
    )
    minimum_months = models.PositiveSmallIntegerField(_("months of experience"), default=0)
    minutes = models.PositiveSmallIntegerField(_("length (minutes)"), validators=[MinValueValidator(5)])
    load = models.PositiveSmallIntegerField(_("load"), choices=Load)
    mode = models.CharField(_("where"), max_length=20, choices=Mode)
    minimum_people = models.PositiveSmallIntegerField(_("people at least"), default=1)
    ladder = models.CharField(_("ladder"), max_length=12, choices=Ladder)
    needs_approval = models.BooleanField(_("a coordinator confirms each request"), default=False)
    on_holidays = models.BooleanField(_("goes on during public holidays"), default=False)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("kind of task")

    def __str__(self):
        return self.name


class WeeklyDemand(models.Model):
    """Seats wanted in one weekly block (Amsterdam wall-clock time); an end before the start is on the next day."""

    class Scope(models.TextChoices):
        NATIONAL = "national", _("national")  # one pool
        DISTRICT = "district", _("each district")
        LOCATION = "location", _("each location")

    task_kind = models.ForeignKey(
        TaskKind, models.PROTECT, related_name="weekly_demand", verbose_name=_("kind of task")
    )
    weekday = models.PositiveSmallIntegerField(_("weekday"))  # 0 is Monday
    start = models.TimeField(_("start"))
    end = models.TimeField(_("end"))
    seats = models.PositiveSmallIntegerField(_("seats"), validators=[MinValueValidator(1)])
    scope = models.CharField(_("scope"), max_length=10, choices=Scope)

    class Meta:
        ordering = ["weekday", "start", "task_kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["task_kind", "weekday", "start", "end", "scope"], name="one_demand_per_block"
            ),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="demand_weekday_exists"),
            models.CheckConstraint(condition=~Q(start=F("end")), name="demand_block_has_length"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="demand_wants_somebody"),
        ]


class ShiftQuerySet(models.QuerySet):
    def live(self):
        """Published and not cancelled."""
        return self.filter(published_at__isnull=False, cancelled_at=None)

    def ahead(self, now: datetime):
        return self.live().filter(starts_at__gt=now)

    def with_taken(self):
        """Annotate `taken`, the number of seats in use."""
        seated = Booking.objects.holding_a_seat().filter(shift=OuterRef("pk")).order_by().values("shift")
        return self.annotate(taken=Coalesce(Subquery(seated.annotate(n=Count("pk")).values("n")), 0))

    def with_place(self):
        """Read kind of task and place along, for the words about a shift."""
        return self.select_related("task_kind", "location", "district")

    def open(self, now: datetime):
        return self.ahead(now).with_taken().filter(taken__lt=F("seats"))

    def in_scope(self, scope):
        """The national pool, and what lies in the part of the country of `scope` (people.access.Scope)."""
        if scope.everywhere:
            return self
        return self.filter(
            Q(location=None, district=None)
            | Q(location__in=scope.locations)
            | Q(district__in=scope.districts)
            | Q(location__district__in=scope.districts)
        )


class Shift(models.Model):
    """A block of work with numbered seats. National when it has neither location nor district."""

    task_kind = models.ForeignKey(
        TaskKind, models.PROTECT, related_name="shifts", verbose_name=_("kind of task")
    )
    starts_at = models.DateTimeField(_("starts"), db_index=True)
    ends_at = models.DateTimeField(_("ends"))
    seats = models.PositiveSmallIntegerField(_("seats"), default=1, validators=[MinValueValidator(1)])
    location = models.ForeignKey(
        Location, models.PROTECT, null=True, blank=True, related_name="shifts", verbose_name=_("location")
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="shifts", verbose_name=_("district")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    demand = models.ForeignKey(WeeklyDemand, models.SET_NULL, null=True, blank=True, related_name="shifts")
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # of the calendar event, one up with each change

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("shift")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_period_is_forward"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="shift_has_a_seat"),
            models.CheckConstraint(condition=Q(location=None) | Q(district=None), name="shift_has_one_place"),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_because="")
                | (Q(cancelled_at__isnull=False) & ~Q(cancelled_because="")),
                name="shift_cancelled_with_a_reason",
            ),
        ]

    def __str__(self):
        return f"{self.task_kind} {days.day_of(self.starts_at):%d-%m-%Y}"

    @property
    def day(self):
        """The Amsterdam calendar day it starts on; what must be valid is judged on this day."""
        return days.day_of(self.starts_at)

    @property
    def minutes(self):
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def is_national(self):
        return self.location_id is None and self.district_id is None


class BookingQuerySet(models.QuerySet):
    def live(self):
        return self.filter(state__in=Booking.LIVE)

    def holding_a_seat(self):
        return self.filter(seat__isnull=False)

    def booked(self):
        return self.filter(state=Booking.State.BOOKED)

    def ahead(self, now: datetime):
        return self.filter(shift__starts_at__gt=now)

    def with_position(self):
        """Annotate `position`: the place on the waiting list, as booking fills it; who waits longest is 1."""
        earlier = Q(moved_at__lt=OuterRef("moved_at")) | Q(
            moved_at=OuterRef("moved_at"), pk__lte=OuterRef("pk")
        )
        queue = Booking.objects.filter(earlier, shift=OuterRef("shift"), state=Booking.State.WAITING)
        number = queue.order_by().values("shift").annotate(n=Count("pk")).values("n")
        return self.annotate(position=Subquery(number))

    def with_shift(self):
        """Read the shift along with its kind of task and place, for the words about it."""
        return self.select_related("shift__task_kind", "shift__location", "shift__district")


class Booking(models.Model):
    """One person and one shift, from offer to attendance. `state` changes only through rostering.booking."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        REQUESTED = "requested", _("requested")
        WAITING = "waiting", _("on the waiting list")
        BOOKED = "booked", _("booked")
        DECLINED = "declined", _("declined")
        CANCELLED = "cancelled", _("cancelled")
        ATTENDED = "attended", _("attended")
        ABSENT = "absent", _("absent")

    SEATED = (State.BOOKED, State.ATTENDED, State.ABSENT)
    LIVE = (State.OFFERED, State.REQUESTED, State.WAITING, *SEATED)

    person = models.ForeignKey(Person, models.PROTECT, related_name="bookings")
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="bookings")
    state = models.CharField(max_length=10, choices=State)
    seat = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 to shift.seats
    starts_at = (
        models.DateTimeField()
    )  # the shift's own, kept here so that the database can refuse an overlap
    ends_at = models.DateTimeField()
    made_at = models.DateTimeField()
    moved_at = models.DateTimeField()  # the last change of state; orders the waiting list
    offered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answer_by = models.DateTimeField(null=True, blank=True)  # an offer nobody answered is over then
    reason = models.CharField(max_length=200, blank=True)  # why somebody else took the person off
    unfit_since = models.DateTimeField(null=True, blank=True)  # found by the clock: not qualified on the day
    sequence = models.PositiveIntegerField(default=0)  # of the calendar event, one up with each change

    objects = BookingQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["person", "state", "starts_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "shift"],
                condition=Q(state__in=["offered", "requested", "waiting", "booked", "attended", "absent"]),
                name="one_live_booking_per_person_and_shift",
            ),
            models.UniqueConstraint(
                fields=["shift", "seat"], condition=Q(seat__isnull=False), name="one_person_per_seat"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["booked", "attended", "absent"], seat__gte=1)
                | Q(state__in=["offered", "requested", "waiting", "declined", "cancelled"], seat=None),
                name="seat_while_booked_only",
            ),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="booking_period_is_forward"),
        ]


class Willingness(models.Model):
    """How gladly a person does a kind of task. No reason asked; nobody else reads it but the rules."""

    class Level(models.IntegerChoices):
        GLADLY = 3, _("gladly")
        FINE = 2, _("fine")
        RATHER_NOT = 1, _("rather not")
        NEVER = 0, _("never")

    person = models.ForeignKey(Person, models.CASCADE, related_name="willingness")
    task_kind = models.ForeignKey(TaskKind, models.CASCADE, related_name="willingness")
    level = models.PositiveSmallIntegerField(choices=Level)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "task_kind"], name="one_willingness_per_kind")
        ]


class WeeklyWindow(models.Model):
    """A block in which a person is usually available, in Amsterdam wall-clock time."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="weekly_windows")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    start = models.TimeField()
    end = models.TimeField()  # at or before the start: on the next day; 00:00 is midnight

    class Meta:
        ordering = ["weekday", "start"]
        constraints = [
            models.UniqueConstraint(fields=["person", "weekday", "start"], name="one_window_per_start"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="window_weekday_exists"),
        ]


class AvailabilityException(models.Model):
    """Days on which the weekly pattern does not hold: away, or free after all. It wins over the pattern."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="availability_exceptions")
    from_on = models.DateField(_("from"))
    until_on = models.DateField(_("until and including"))
    is_available = models.BooleanField(_("available"), default=False)

    class Meta:
        ordering = ["from_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="exception_period_is_forward"
            )
        ]


class CalendarSubscription(models.Model):
    """The secret address of a person's calendar feed. Only its hash is kept; a new one ends the old."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="calendar_subscription")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)


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
    """One person on one shift of a proposal. `state` changes only through rostering.proposal_lines."""

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
