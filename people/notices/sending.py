"""What do we owe people to tell? `owe` writes it down with the change itself; the worker sends it.

A notice is never lost: it is leased, sent, and only then marked. A worker that is killed between the last two
sends it again after the lease, under the same Message-ID, so that mail programs show it once.
"""

import logging
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

from django.core import mail as django_mail
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from people import days, journal, log
from people.models import Notice, Person
from people.notices import mail
from people.notices.mail import Attachment, Message

__all__ = [
    "Attachment",
    "Counts",
    "Message",
    "NotRetryable",
    "is_quiet",
    "owe",
    "register",
    "retry",
    "send_due",
    "subject_pk",
    "withdraw",
]

MORNING, NIGHT = clock_time(7), clock_time(22)  # between night and morning only what is urgent goes out
DIGEST_AT = clock_time(16)  # what can wait goes once a day
LEASE = timedelta(minutes=3)  # longer than a worker lives: django-q2 stops a task after one minute
BUDGET = 40  # seconds of sending in one go, well within that minute
BACK_OFF = [timedelta(minutes=n) for n in (1, 5, 30, 120)]  # after the fifth failure we give up
MOST_TRIES = len(BACK_OFF) + 1

Compose = Callable[[Notice], Message | None]
KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    compose: Compose
    together: bool
    several: Callable[[int], str] | None = None  # the subject of one mail with so many of them


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
    """The mail server does not answer; nobody's notice is to blame."""


def register(
    kind: str, compose: Compose, *, together: bool = False, several: Callable[[int], str] | None = None
) -> None:
    """Say how a kind of notice is written. Rooms do this when they start (apps.py).

    `compose(notice)` runs in the language of the reader, with the moment of sending in `notice.sending_at`;
    None means that the notice is no longer true and is dropped. A kind that goes `together` waits for the
    digest of the day. Of a kind with `several` all that is due to a person goes in one mail, without waiting;
    `several(n)` is the subject of that mail.
    """
    KINDS[kind] = Kind(compose, together, several)


def owe(
    person: Person,
    kind: str,
    subject: Any,
    *,
    now: datetime,
    due_at: datetime | None = None,
    urgent: bool = False,
    **facts: Any,
) -> Notice:
    """Write down, in the transaction of the caller, that `person` is to be told; the same thing is owed once.

    `due_at` (default `now`) moves out of the quiet hours, 22.00 to 7.00 Amsterdam, unless it is `urgent`.
    `facts` are kept as JSON for `compose`.
    """
    due = due_at or now
    if urgent:
        facts["urgent"] = True
    elif kind in KINDS and KINDS[kind].together:
        due = _next(due, DIGEST_AT)
    elif is_quiet(due):
        due = _next(due, MORNING)
    owed = {"person": person, "kind": kind, "subject": journal.ref(subject), "due_at": due}
    try:
        with transaction.atomic():  # nearly always new: the unique key is asked by writing
            return Notice.objects.create(**owed, facts=facts, owed_at=now)
    except IntegrityError:
        return Notice.objects.get(**owed)


def withdraw(kinds: Iterable[str], subject: Any, *, now: datetime) -> int:
    """Drop what is still owed of these kinds about `subject`: it is no longer true. Return how many."""
    owed = Notice.objects.waiting().filter(kind__in=kinds, subject=journal.ref(subject))
    return owed.update(dropped_at=now, lease=None, lease_until=None)


def subject_pk(notice: Notice) -> int:
    """Return the primary key of the row that the notice is about."""
    return int(notice.subject.rpartition(":")[2])


def is_quiet(moment: datetime) -> bool:
    """Return whether people sleep: 22.00 to 7.00 in Amsterdam."""
    return not MORNING <= moment.astimezone(days.AMSTERDAM).time() < NIGHT


def send_due(*, now: datetime, limit: int = 200) -> Counts:
    """Send what is due at `now`, oldest first. Many workers may do this at the same time.

    Never inside a transaction: a slow mail server would hold every writer.
    """
    counts, started = Counts(), time.monotonic()
    lease, leased = _lease(now, limit)
    connection = django_mail.get_connection()
    try:
        for envelope in _envelopes(leased):
            if time.monotonic() - started > BUDGET:
                break
            _send(envelope, connection, counts, now)
    except _ServerAway:
        counts.failed += 1
    finally:
        connection.close()
        _release(lease, now)
    return counts


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


def _next(moment: datetime, at: clock_time) -> datetime:
    """Return the first time that it is `at` in Amsterdam, from `moment` on."""
    day = days.day_of(moment)
    today = days.moment(day, at)
    return today if today >= moment else days.moment(day + timedelta(days=1), at)


def _lease(now: datetime, limit: int) -> tuple[uuid.UUID, list[Notice]]:
    """Take due notices for ourselves, with one UPDATE that no other worker can also do."""
    lease = uuid.uuid4()
    due = _sendable(Notice.objects.due(now), now)
    with transaction.atomic(durable=True):
        first = list(due.order_by("due_at", "pk").values_list("pk", "person_id")[:limit])
        # one mail is never cut in two by the limit
        rest = due.filter(kind__in=_in_one_mail(), person__in={person for _pk, person in first})
        ids = {pk for pk, _person in first} | set(rest.values_list("pk", flat=True))
        Notice.objects.due(now).filter(pk__in=ids).update(
            lease=lease, lease_until=now + LEASE, tries=F("tries") + 1
        )
        leased = list(Notice.objects.filter(lease=lease).select_related("person").order_by("due_at", "pk"))
    for notice in leased:
        notice.sending_at = now
    return lease, leased


def late(now: datetime) -> QuerySet[Notice]:
    """Return what should have gone out by `now` and did not, also while it waits for another try."""
    owed = Notice.objects.waiting().filter(due_at__lte=now, person__is_active=True)
    return _sendable(owed, now)


def _sendable(due: QuerySet[Notice], now: datetime) -> QuerySet[Notice]:
    had_digest = Notice.objects.filter(
        kind__in=_together(), sent_at__gte=days.moment(days.day_of(now), clock_time(0)), sent_at__lte=now
    )
    due = due.exclude(
        Q(kind__in=_together()) & Q(person__in=had_digest.values("person")) & ~Q(facts__has_key="urgent")
    )
    return due.filter(facts__has_key="urgent") if is_quiet(now) else due


def _together() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.together]


def _in_one_mail() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.together or kind.several]


def _envelopes(notices: list[Notice]) -> Iterator[list[Notice]]:
    """Give the notices that go out as one mail: the digest of a person, all of a kind, or one notice alone."""
    envelopes: dict[tuple, list[Notice]] = {}
    for notice in notices:
        envelopes.setdefault(_envelope(notice), []).append(notice)
    yield from envelopes.values()


def _envelope(notice: Notice) -> tuple:
    kind = KINDS.get(notice.kind)
    if kind and kind.together:
        return (notice.person_id,)
    return (
        (notice.person_id, notice.kind)
        if kind and kind.several
        else (notice.person_id, notice.kind, notice.pk)
    )


def _subject(notices: Sequence[Notice]) -> str | None:
    """Return what a mail with these notices is called; None: what they say themselves."""
    several = KINDS[notices[0].kind].several
    return several(len(notices)) if several and len(notices) > 1 else None


def _send(envelope: list[Notice], connection: Any, counts: Counts, now: datetime) -> None:
    person = envelope[0].person
    with translation.override(person.language):
        written = [
            (notice, message) for notice in envelope if (message := _compose(notice, counts, now)) is not None
        ]
        if not written:
            return
        notices, messages = zip(*written, strict=True)
        try:
            email = mail.build(
                person,
                messages,
                message_id=_message_id(notices),
                subject=_subject(notices),
                connection=connection,
            )
        except Exception as error:
            _fail(notices, error, counts, now)
            return
    _open(connection, notices, now)
    try:
        email.send()
    except Exception as error:  # whatever a mail server says to one mail must not stop the others
        connection.close()
        _fail(notices, error, counts, now)
        return
    _mark_sent(notices, now)
    counts.mails += 1
    counts.sent += len(notices)


def _compose(notice: Notice, counts: Counts, now: datetime) -> Message | None:
    message, trouble = None, ""
    if notice.tries > MOST_TRIES:
        trouble = "The worker stopped each time while sending this."
    elif not notice.person.is_active:
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


def _open(connection: Any, notices: Sequence[Notice], now: datetime) -> None:
    try:
        connection.open()
    except Exception as error:
        log.note("mail.server_away", level=logging.ERROR, error=error)
        _rows(notices).update(trouble=_words(error))
        raise _ServerAway from error


def _message_id(notices: Sequence[Notice]) -> uuid.UUID:
    """The same notices give the same id, so that a second sending is seen as one."""
    first, *others = (notice.message_id for notice in notices)
    return uuid.uuid5(first, " ".join(map(str, others))) if others else first


def _mark_sent(notices: Sequence[Notice], now: datetime) -> None:
    _rows(notices).update(sent_at=now, lease=None, lease_until=None, trouble="")


def _drop(notice: Notice, counts: Counts, now: datetime, *, trouble: str) -> None:
    _rows([notice]).update(dropped_at=now, lease=None, lease_until=None, trouble=trouble)
    counts.dropped += 1


def _fail(notices: Sequence[Notice], error: Exception, counts: Counts, now: datetime) -> None:
    """Wait longer after each failure; the fifth is the last. `lease_until` without a lease is that wait."""
    log.note("mail.failed", level=logging.ERROR, error=error, notices=[notice.pk for notice in notices])
    for notice in notices:
        if notice.tries >= MOST_TRIES:
            _drop(notice, counts, now, trouble=_words(error))
        else:
            wait = BACK_OFF[notice.tries - 1]
            _rows([notice]).update(lease=None, lease_until=now + wait, trouble=_words(error))
            counts.failed += 1


def _release(lease: uuid.UUID, now: datetime) -> None:
    """Give back what was taken but not tried: the time was up, or the mail server away."""
    Notice.objects.waiting().filter(lease=lease).update(lease=None, lease_until=None, tries=F("tries") - 1)


def _rows(notices: Sequence[Notice]) -> QuerySet:
    return Notice.objects.waiting().filter(pk__in=[notice.pk for notice in notices])


def _words(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:200]
