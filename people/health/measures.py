"""What is ill here? A few figures, each with the limit up to which it is well; none of them is about anybody.

Cheap enough to be asked every few seconds by anybody: six small queries, and a write at most once in ten seconds.
"""

import logging
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Min
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django_q.models import OrmQ

from people import log, notices, ticking
from people.models import Tick, Trouble

DATABASE = "database"  # the name under which its last write is kept, beside those of the rooms
WRITTEN_WITHIN = timedelta(seconds=10)  # a write that is younger says enough
PATIENCE = 2000  # milliseconds to wait for another who writes
LATE_TASK, LATE_CLOCK = timedelta(minutes=5), timedelta(minutes=5)
LATE_MAIL = timedelta(minutes=60)
MOST_TASKS = 1000

SENTENCES: dict[str, Promise] = {
    "database": _("The database cannot be written to. Nothing that people do is kept."),
    "migrations": _("An update was not finished: the database is of an older version than the software."),
    "queue": _("Work lies waiting that the worker should have done. Is it running?"),
    "clock": _("The clock stands still, or something in it fails. What time should change does not happen."),
    "mail": _("Mail is late. People do not hear what they should know."),
}


@dataclass(frozen=True)
class Measure:
    """One thing that can be ill; `figures` are whole numbers and seconds."""

    name: str
    is_well: bool
    figures: dict[str, int] = field(default_factory=dict)

    @property
    def sentence(self) -> Promise:
        return SENTENCES[self.name]


def measure(now: datetime) -> list[Measure]:
    """Return how Paraat is at `now`; what cannot even be asked is ill."""
    try:
        with _little_patience():
            return [_ask(name, ask, now) for name, ask in ASKED.items()]
    except DatabaseError as error:  # there is no connection at all
        log.note("health.failed", level=logging.ERROR, error=error, kind="connection")
        return [Measure(name, is_well=False) for name in ASKED]


def _ask(name: str, ask: Callable[[datetime], tuple[bool, dict[str, int]]], now: datetime) -> Measure:
    try:
        return Measure(name, *ask(now))
    except DatabaseError as error:
        log.note("health.failed", level=logging.ERROR, error=error, kind=name)
        return Measure(name, is_well=False)


@contextmanager
def _little_patience() -> Any:
    """Do not wait for a locked database as long as somebody who saves something would."""
    less, usual = {
        "sqlite": (f"PRAGMA busy_timeout = {PATIENCE}", "PRAGMA busy_timeout = 20000"),
        "postgresql": (f"SET lock_timeout = {PATIENCE}", "RESET lock_timeout"),
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(less)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(usual)


def _database(now: datetime) -> tuple[bool, dict[str, int]]:
    written = Tick.objects.filter(of=DATABASE, at__gt=now - WRITTEN_WITHIN, at__lte=now)
    if not written.exists():
        with transaction.atomic():
            ticking.went_round(DATABASE, now=now)
    return True, {}


def _migrations(now: datetime) -> tuple[bool, dict[str, int]]:
    pending = len(_last_migrations() - set(MigrationRecorder(connection).applied_migrations()))
    return not pending, {"pending": pending}


@cache
def _last_migrations() -> frozenset[tuple[str, str]]:
    """Return the last migration of every app; that does not change while the software runs."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _queue(now: datetime) -> tuple[bool, dict[str, int]]:
    waiting = OrmQ.objects.filter(lock__lte=now).aggregate(n=Count("pk"), since=Min("lock"))
    late = _seconds(waiting["since"], now)
    is_well = waiting["n"] <= MOST_TASKS and late <= LATE_TASK.total_seconds()
    return is_well, {"waiting": waiting["n"], "oldest_seconds": late}


def _clock(now: datetime) -> tuple[bool, dict[str, int]]:
    rooms = ticking.rooms()
    went = dict(Tick.objects.filter(of__in=rooms).values_list("of", "at"))
    late = max(_seconds(went.get(room), now) for room in rooms)
    troubles, missing = Trouble.objects.count(), len(set(rooms) - went.keys())
    is_well = not missing and not troubles and late <= LATE_CLOCK.total_seconds()
    return is_well, {"last_seconds": late, "never": missing, "troubles": troubles}


def _mail(now: datetime) -> tuple[bool, dict[str, int]]:
    late = notices.late(now).aggregate(n=Count("pk"), since=Min("due_at"))
    seconds = _seconds(late["since"], now)
    return seconds <= LATE_MAIL.total_seconds(), {"due": late["n"], "oldest_seconds": seconds}


def _seconds(since: datetime | None, now: datetime) -> int:
    return max(0, int((now - since).total_seconds())) if since else 0


ASKED = {
    "database": _database,
    "migrations": _migrations,
    "queue": _queue,
    "clock": _clock,
    "mail": _mail,
}
