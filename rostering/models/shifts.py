"""Blocks of work with numbered seats, and who has them. Rows with a life change through verbs, never here."""

from datetime import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from people import days
from people.models import District, Location, Person, Room
from people.models.fields import GuardedLine, GuardedNote
from rostering.models.tasks import Planning, TaskKind, WeeklyDemand


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
        return self.select_related("task_kind", "location", "district", "room")

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
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="shifts", verbose_name=_("room")
    )  # of the location
    directions = GuardedLine(_("how to find it"), max_length=200, blank=True)
    note = GuardedNote(_("note"), max_length=300, blank=True)
    demand = models.ForeignKey(WeeklyDemand, models.SET_NULL, null=True, blank=True, related_name="shifts")
    # what the weekly demand asked for, kept when the shift moves or the row of the demand is removed
    planned_from = models.DateTimeField(null=True, blank=True, db_index=True)
    planned_until = models.DateTimeField(null=True, blank=True)
    planned_seats = models.PositiveSmallIntegerField(null=True, blank=True)
    planning = models.ForeignKey(Planning, models.SET_NULL, null=True, blank=True, related_name="shifts")
    published_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_because = GuardedLine(max_length=200, blank=True)
    sequence = models.PositiveIntegerField(default=0)  # of the calendar event, one up with each change
    changed_at = models.DateTimeField(null=True, blank=True)  # the last change of what stands in the event

    objects = ShiftQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "pk"]
        verbose_name = _("shift")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="shift_period_is_forward"),
            models.CheckConstraint(condition=Q(seats__gte=1), name="shift_has_a_seat"),
            models.UniqueConstraint(  # a place that is NULL equals no other NULL, so zero stands for it
                "task_kind",
                "planned_from",
                "planned_until",
                Coalesce("location", 0),
                Coalesce("district", 0),
                condition=Q(planned_from__isnull=False),
                name="one_shift_per_planned_block",
            ),
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

    def questions(self, now: datetime):
        """Offers that can still be answered."""
        return self.filter(state=Booking.State.OFFERED, answer_by__gt=now)

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
        return self.select_related("shift__task_kind", "shift__location", "shift__district", "shift__room")


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
    was = models.CharField(max_length=10, choices=State, blank=True)  # the state before, for undo
    was_moved_at = models.DateTimeField(null=True, blank=True)  # since when it was that
    moved_at = models.DateTimeField()  # the last change of state; orders the waiting list
    offered_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    answer_by = models.DateTimeField(null=True, blank=True)  # an offer nobody answered is over then
    reason = GuardedLine(max_length=200, blank=True)  # why somebody else took the person off
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
