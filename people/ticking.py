"""What if a step of the clock fails, or one row in it? The others go on; what failed is kept and shown.

`run` goes through the steps of a room, `each` through the rows of a step. Neither lets an error out: a row
that cannot be handled must not keep the reminders of everybody else from going out, minute after minute.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial

from django.apps import apps
from django.db import DatabaseError, transaction
from django.db.models import F, Model
from django.utils.module_loading import module_has_submodule

from people import journal, log
from people.models import Tick, Trouble

AGAIN = 60  # failures of one row until the log hears of it once more: an hour

Step = Callable[[datetime], object]


def rooms() -> list[str]:
    """Return the rooms that have a clock."""
    return [room.name for room in apps.get_app_configs() if module_has_submodule(room.module, "clock")]


def run(steps: Iterable[Step], *, now: datetime) -> None:
    """Take each step of one room at `now`; note that its clock went round."""
    steps = list(steps)
    for step in steps:
        _run(step, now)
    went_round(steps[0].__module__.partition(".")[0], now=now)


def each(step: Step, rows: Iterable[Model], act: Callable[[Model], object], *, now: datetime) -> None:
    """Do `act(row)` for every row of a step, each in a transaction of its own."""
    for row in rows:
        try:
            with transaction.atomic():
                act(row)
        except Exception as error:  # whatever it is, it is about this row
            _keep(step, row, error, now)


def went_round(of: str, *, now: datetime) -> None:
    """Note that `of` was there at `now`."""
    Tick.objects.bulk_create(
        [Tick(of=of, at=now)], update_conflicts=True, unique_fields=["of"], update_fields=["at"]
    )


def troubles(most: int = 20) -> list[Trouble]:
    """Return what fails now, the longest first."""
    return list(Trouble.objects.all()[:most])


def _run(step: Step, now: datetime) -> None:
    try:
        step(now)
    except Exception as error:  # the next step has nothing to do with it
        _keep(step, None, error, now)
    else:
        Trouble.objects.filter(step=_name(step), last_at__lt=now).delete()


def _keep(step: Step, row: Model | None, error: Exception, now: datetime) -> None:
    """Keep that it failed. The log has the whole error, the first time and then once an hour."""
    where = {"step": _name(step), "row": journal.ref(row) if row else ""}
    tell = partial(log.note, "clock.failed", level=logging.ERROR, error=error, **where)
    kind = type(error).__name__[:100]
    try:
        with transaction.atomic():
            known = Trouble.objects.filter(**where)
            if known.update(times=F("times") + 1, last_at=now, error=kind):
                if known.get().times % AGAIN == 0:
                    tell()
                return
            Trouble.objects.create(**where, since=now, last_at=now, error=kind)
    except DatabaseError:  # the trouble may be the database itself
        pass
    tell()


def _name(step: Step) -> str:
    return f"{step.__module__}.{step.__name__}"
