"""What a person wants and when: willingness, availability and the calendar feed."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from people.models import Person
from rostering.models.tasks import TaskKind


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
