"""Did the clock of each room go round, and what in it fails?"""

from django.db import models


class Tick(models.Model):
    """When the clock of a room last went all the way round; and when the database was last seen to be written."""

    of = models.CharField(max_length=40, unique=True)  # "rostering"
    at = models.DateTimeField()


class Trouble(models.Model):
    """A step of the clock, or one row in it, that fails: kept while it does, gone once it went well again."""

    step = models.CharField(max_length=60)  # "rostering.clock.remind"
    row = models.CharField(max_length=100, blank=True)  # "rostering.booking:7"; empty: the step itself
    since = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
    error = models.CharField(max_length=100)  # its kind, never its words

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["step", "row"], name="one_trouble_per_row")]
