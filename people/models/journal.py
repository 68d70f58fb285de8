"""What was done, and what is owed: journal lines and notices."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q

from people.models.people import Person


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

    # None: to somebody without an account, whom its kind knows
    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", null=True, blank=True)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=100)  # "rostering.booking:7"
    about = models.CharField(
        max_length=120, blank=True
    )  # of what is owed about one thing, only the last is sent
    facts = models.JSONField(default=dict)
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    message_id = models.UUIDField(default=uuid.uuid4, editable=False)  # the same on a resend
    lease = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    sending_at: datetime  # the moment of this sending; given by the worker, not kept
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_in = models.UUIDField(
        null=True, blank=True, editable=False
    )  # which mail: one may hold several notices
    dropped_at = models.DateTimeField(null=True, blank=True)  # no longer true, or given up after five tries
    trouble = models.CharField(max_length=200, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "person", "due_at"], name="notice_owed_once"),
            models.UniqueConstraint(
                fields=["kind", "subject", "due_at"],
                condition=Q(person=None),
                name="notice_owed_once_to_an_address",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(dropped_at=None), name="notice_sent_or_dropped"
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(sent_at=None, dropped_at=None), name="notice_waiting"
            ),
            models.Index(fields=["person", "sent_at"], condition=~Q(sent_at=None), name="notice_lately_sent"),
        ]
