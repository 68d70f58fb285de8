"""Which forms were sent already?"""

from django.db import models


class Stamp(models.Model):
    """A form that was sent, and where that led. The key is a hash that names nobody; see people.stamps."""

    key = models.CharField(max_length=64, unique=True)
    leads_to = models.CharField(max_length=500, blank=True)
    used_at = models.DateTimeField(db_index=True)
