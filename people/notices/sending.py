"""When and how does mail go out, and again? What is owed (people/notices/owing.py) is sent by the worker.

A notice is never lost: it is leased, sent, and only then marked. A worker that is killed between the last two
sends it again after the lease, under the same Message-ID, so that mail programs show it once.
"""

import logging
import time
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from smtplib import SMTPConnectError, SMTPException, SMTPServerDisconnected
from typing import Any

from django.core import mail as django_mail
from django.db import transaction
from django.db.models import Case, F, JSONField, Q, QuerySet, Value, When
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from people import days, journal, log
from people.models import Notice, Person
from people.notices import kinds, limits, mail
from people.notices.kinds import KINDS
from people.notices.mail import Message
from people.notices.owing import is_quiet

LEASE = timedelta(minutes=3)  # longer than a worker lives: django-q2 stops a task after one minute
BUDGET = 40  # seconds of sending in one go, well within that minute
BACK_OFF = [timedelta(minutes=n) for n in (1, 5, 30, 120)]  # after the fifth failure we give up
MOST_TRIES = len(BACK_OFF) + 1


@dataclass
class Counts:
    """What one round of sending did."""

    mails: int = 0
    sent: int = 0  # notices; a digest holds several
    dropped: int = 0
    failed: int = 0


class NotRetryable(Exception):
    """Carries the sentence that says why."""


class _ServerAway(Exception):
    """The mail server does not answer; nobody's notice is to blame. Carries what it said."""


def send_due(*, now: datetime, limit: int = 200) -> Counts:
    """Send what is due at `now`, oldest first. Many workers may do this at the same time.

    Never inside a transaction: a slow mail server would hold every writer.
    """
    counts, started = Counts(), time.monotonic()
    lease, leased = _lease(now, limit)
    connection = django_mail.get_connection()
    divided = limits.divide(leased, now=now)
    for held, until in divided.held:
        _hold(held, until)
    try:
        for envelope in divided.mails:
            if time.monotonic() - started > BUDGET:
                break
            _send(envelope, connection, counts, now)
    except _ServerAway as away:
        Notice.objects.waiting().filter(lease=lease).update(trouble=str(away))
        counts.failed += 1
    finally:
        connection.close()
        _release(lease, now)
    return counts


def hurry() -> None:
    """Let the worker send what is due as soon as this transaction is kept, for who waits for a mail right now."""
    async_task("people.notices.sending.send_now")


@log.task
def send_now() -> None:
    """Send what is due now. The clock does the same every minute; twice at once is harmless."""
    send_due(now=timezone.now())


@transaction.atomic
def retry(notice: Notice, *, by: Person | None, now: datetime) -> Notice:
    """Give a notice that was given up, or that waits after a failure, five new tries from now on."""
    notice = Notice.objects.select_for_update(no_key=True).get(pk=notice.pk)
    if notice.sent_at:
        raise NotRetryable(_("This message has already been sent."))
    if notice.lease and notice.lease_until > now:
        raise NotRetryable(_("This message is being sent at this moment."))
    notice.dropped_at = notice.lease = notice.lease_until = None
    notice.tries, notice.trouble = 0, ""
    notice.save(update_fields=["dropped_at", "lease", "lease_until", "tries", "trouble"])
    journal.record("notice.retried", notice, by=by, now=now, kind=notice.kind)
    return notice


def _lease(now: datetime, limit: int) -> tuple[uuid.UUID, list[Notice]]:
    """Take due notices for ourselves, with one UPDATE that no other worker can also do."""
    lease = uuid.uuid4()
    due = _sendable(Notice.objects.due(now), now)
    with transaction.atomic(durable=True):
        first = list(due.order_by("due_at", "pk").values_list("pk", "person_id")[:limit])
        # one mail is never cut in two by the limit
        rest = due.filter(kind__in=kinds.in_one_mail(), person__in={person for _pk, person in first})
        ids = {pk for pk, _person in first} | set(rest.values_list("pk", flat=True))
        Notice.objects.due(now).filter(pk__in=ids).update(
            lease=lease, lease_until=now + LEASE, tries=F("tries") + 1
        )
        leased = list(Notice.objects.filter(lease=lease).select_related("person").order_by("due_at", "pk"))
    for notice in leased:
        notice.sending_at = now
    return lease, leased


def late(now: datetime) -> QuerySet[Notice]:
    """Return what should have gone out by `now` and did not, also while it waits for another try.

    What is held because somebody had much mail is not late.
    """
    owed = Notice.objects.waiting().filter(Q(person=None) | Q(person__is_active=True), due_at__lte=now)
    return _sendable(owed.exclude(lease=None, lease_until__gt=now, trouble="", tries=0), now)


def _sendable(due: QuerySet[Notice], now: datetime) -> QuerySet[Notice]:
    had_digest = Notice.objects.filter(
        kind__in=kinds.together(), sent_at__gte=days.moment(days.day_of(now), clock_time(0)), sent_at__lte=now
    )
    due = due.exclude(
        Q(kind__in=kinds.together()) & Q(person__in=had_digest.values("person")) & ~Q(facts__has_key="urgent")
    )
    return due.filter(facts__has_key="urgent") if is_quiet(now) else due


def _send(envelope: list[Notice], connection: Any, counts: Counts, now: datetime) -> None:
    reader = kinds.reader_of(envelope[0])
    if reader is None:
        for notice in envelope:
            _drop(notice, counts, now, trouble="")
        return
    with translation.override(reader.language):
        written = [
            (notice, message) for notice in envelope if (message := _compose(notice, counts, now)) is not None
        ]
        if not written:
            return
        notices, messages = zip(*written, strict=True)
        try:
            email = mail.build(
                reader,
                messages,
                message_id=_message_id(notices),
                subject=kinds.name_of(notices),
                connection=connection,
            )
        except Exception as error:
            _fail(notices, error, counts, now)
            return
    _open(connection)
    try:
        email.send()
    except Exception as error:  # whatever a mail server says to one mail must not stop the others
        connection.close()
        _fail(notices, error, counts, now)
        return
    _mark_sent(notices, _message_id(notices), now)
    counts.mails += 1
    counts.sent += len(notices)


def _compose(notice: Notice, counts: Counts, now: datetime) -> Message | None:
    message, trouble = None, ""
    if notice.tries > MOST_TRIES:
        trouble = "The worker stopped each time while sending this."
    elif notice.person is not None and not notice.person.is_active:
        trouble = "The account is closed."
    else:
        try:
            message = KINDS[notice.kind].compose(notice)
        except Exception as error:  # a notice that cannot be written must not stop the others
            _fail([notice], error, counts, now)
            return None
    if message is None:
        _drop(notice, counts, now, trouble=trouble)
    return message


def _open(connection: Any) -> None:
    try:
        connection.open()
    except Exception as error:
        log.note("mail.server_away", level=logging.ERROR, error=error)
        raise _ServerAway(_words(error)) from error


def _message_id(notices: Any) -> uuid.UUID:
    """The same notices give the same id, so that a second sending is seen as one."""
    first, *others = (notice.message_id for notice in notices)
    return uuid.uuid5(first, " ".join(map(str, others))) if others else first


def _mark_sent(notices: Any, mail_id: uuid.UUID, now: datetime) -> None:
    _rows(notices).update(
        sent_at=now, sent_in=mail_id, lease=None, lease_until=None, trouble="", facts=_facts_kept()
    )


def _drop(notice: Notice, counts: Counts, now: datetime, *, trouble: str) -> None:
    _rows([notice]).update(dropped_at=now, lease=None, lease_until=None, trouble=trouble, facts=_facts_kept())
    counts.dropped += 1


def _facts_kept() -> Case:
    """What is over keeps its facts, but for kinds that forget."""
    return Case(When(kind__in=kinds.forgetting(), then=Value({}, JSONField())), default=F("facts"))


def _hold(notices: list[Notice], until: datetime) -> None:
    """Let what is too much wait, without a lease and without counting as a try."""
    _rows(notices).update(lease=None, lease_until=until, tries=F("tries") - 1)


def _fail(notices: Any, error: Exception, counts: Counts, now: datetime) -> None:
    """Wait longer after each failure; the fifth is the last. `lease_until` without a lease is that wait.

    A connection that breaks says nothing about the mail: that is never given up.
    """
    log.note("mail.failed", level=logging.ERROR, error=error, notices=[notice.pk for notice in notices])
    passes = _is_of_the_connection(error)
    for notice in notices:
        if notice.tries >= MOST_TRIES and not passes:
            _drop(notice, counts, now, trouble=_words(error))
        else:
            tries = min(notice.tries, len(BACK_OFF))
            until = now + BACK_OFF[tries - 1]
            _rows([notice]).update(lease=None, lease_until=until, tries=tries, trouble=_words(error))
            counts.failed += 1


def _is_of_the_connection(error: Exception) -> bool:
    if isinstance(error, SMTPException):
        return isinstance(error, SMTPServerDisconnected | SMTPConnectError)
    return isinstance(error, OSError)


def _release(lease: uuid.UUID, now: datetime) -> None:
    """Give back what was taken but not tried: the time was up, or the mail server away."""
    Notice.objects.waiting().filter(lease=lease).update(lease=None, lease_until=None, tries=F("tries") - 1)


def _rows(notices: Any) -> QuerySet[Notice]:
    return Notice.objects.waiting().filter(pk__in=[notice.pk for notice in notices])


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
