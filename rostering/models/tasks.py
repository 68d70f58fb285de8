"""What must be done: kinds of task, the weekly demand for them, and what was done with that demand."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Person, Qualification
from people.models.fields import GuardedLine, GuardedText


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

    class Channel(models.TextChoices):  # what somebody works with from home
        PHONE = "phone", _("by phone, with a headset")
        ONLINE = "online", _("online")

    class Ladder(models.TextChoices):
        MICRO_TASK = "micro_task", _("Small task without client contact")
        SMALL_ROLE = "small_role", _("Small role")

    code = models.CharField(_("code"), max_length=12, unique=True)
    name = GuardedLine(_("name"), max_length=120)
    description = GuardedText(_("description"), blank=True)
    requires = models.ManyToManyField(
        Qualification, blank=True, related_name="task_kinds", verbose_name=_("requires")
    )
    minimum_months = models.PositiveSmallIntegerField(_("months of experience"), default=0)
    minutes = models.PositiveSmallIntegerField(_("length (minutes)"), validators=[MinValueValidator(5)])
    load = models.PositiveSmallIntegerField(_("load"), choices=Load)
    mode = models.CharField(_("where"), max_length=20, choices=Mode)
    channel = models.CharField(_("from home"), max_length=10, choices=Channel, blank=True)
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


class Planning(models.Model):
    """One time that shifts were made of the weekly demand, kept so that it can be taken back."""

    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(db_index=True)
    first_on = models.DateField()
    last_on = models.DateField()
    number = models.PositiveIntegerField(default=0)  # of shifts made
    changed = models.JSONField(default=dict)  # the seats before, by the pk of a shift that stood already
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("planning")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")), name="planning_period_is_forward"
            ),
        ]


class TakeOver(models.Model):
    """One time that weekly demand was taken over from a file, kept so that it can be taken back."""

    made_by = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(db_index=True)
    new = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    blocks = models.JSONField(default=list)  # what each block was and became; see rostering.demand.undoing
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("demand taken over")
