"""What do we owe people to tell? `owe` writes it down with the change itself; the worker sends it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from datetime import time as clock_time
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from people import days, journal
from people.models import Notice, Person
from people.notices.kinds import KINDS

QUIET_UNTIL, QUIET_FROM = (
    clock_time(7),
    clock_time(22),
)  # between night and morning only what is urgent goes out
DIGEST_AT = clock_time(16)  # what can wait goes once a day


def owe(
    person: Person | None,
    kind: str,
    subject: Any,
    *,
    now: datetime,
    due_at: datetime | None = None,
    urgent: bool = False,
    about: Sequence[Any] = (),
    **facts: Any,
) -> Notice:
    """Write down, in the transaction of the caller, that `person` is to be told; the same thing is owed once.

    `due_at` (default `now`) moves out of the quiet hours, 22.00 to 7.00 Amsterdam, unless it is `urgent`.
    `subject` is a row, or a name of something that has none. `about` are the rows that the person hears one
    thing about: what was owed about the same and is not sent yet goes, because the last word is the true one.
    `facts` are kept as JSON for `compose`. Without a person the kind knows who reads it (kinds.register).
    """
    due = due_at or now
    if urgent:
        facts["urgent"] = True
    elif kind in KINDS and KINDS[kind].together:
        due = next_time(due, DIGEST_AT)
    elif is_quiet(due):
        due = next_time(due, QUIET_UNTIL)
    one_thing = " ".join(map(_name, about))
    if one_thing:
        _take_back(_unsent(now).filter(person=person, about=one_thing), now)
    owed = {"person": person, "kind": kind, "subject": _name(subject), "due_at": due}
    try:
        with transaction.atomic():  # nearly always new: the unique key is asked by writing
            return Notice.objects.create(**owed, about=one_thing, facts=facts, owed_at=now)
    except IntegrityError:
        return _owed_again(Notice.objects.get(**owed), about=one_thing, facts=facts, now=now)


def withdraw(kinds: Iterable[str], subject: Any, *, now: datetime) -> int:
    """Take back what is still owed of these kinds about `subject`: it is no longer true. Return how many.

    When it becomes true again it is owed anew.
    """
    return _take_back(_unsent(now).filter(kind__in=kinds, subject=_name(subject)), now)


def subject_pk(notice: Notice) -> int:
    """Return the primary key of the row that the notice is about."""
    return int(notice.subject.rpartition(":")[2])


def is_quiet(moment: datetime) -> bool:
    """Return whether people sleep: 22.00 to 7.00 in Amsterdam."""
    return not QUIET_UNTIL <= moment.astimezone(days.AMSTERDAM).time() < QUIET_FROM


def next_time(moment: datetime, at: clock_time) -> datetime:
    """Return the first time that it is `at` in Amsterdam, from `moment` on."""
    day = days.day_of(moment)
    today = days.moment(day, at)
    return today if today >= moment else days.moment(day + timedelta(days=1), at)


def _take_back(owed: QuerySet[Notice], now: datetime) -> int:
    return owed.update(dropped_at=now, lease=None, lease_until=None, tries=0, trouble="")


def _owed_again(notice: Notice, *, about: str, facts: dict, now: datetime) -> Notice:
    """Return what is owed already, or was told; what was taken back before anybody tried to send it, stands again."""
    if notice.dropped_at and not notice.tries and not notice.trouble:
        notice.dropped_at, notice.owed_at, notice.about, notice.facts = None, now, about, facts
        notice.save(update_fields=["dropped_at", "owed_at", "about", "facts"])
    return notice


def _unsent(now: datetime) -> QuerySet[Notice]:
    """What is owed and that no worker is sending at this moment."""
    return Notice.objects.waiting().filter(Q(lease=None) | Q(lease_until__lte=now))


def _name(subject: Any) -> str:
    return subject if isinstance(subject, str) else journal.ref(subject)
