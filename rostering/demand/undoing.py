"""How are a planning and a demand taken over from a file taken back? For a week, by who did it.

Of a planning everything goes that nobody has to do with yet; a shift somebody signed up for, was asked for or
changed by hand stays, and is named. Demand becomes exactly what it was, unless it has been changed again since.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people import journal
from people.access import scope_of
from people.models import Person
from rostering.demand.access import may_change_demand
from rostering.demand.planning import is_by_hand
from rostering.models import Booking, Planning, Shift, TakeOver, TaskKind, WeeklyDemand

UNDO_WITHIN = timedelta(days=7)  # what nobody noticed in a week is in use

Row = TypeVar("Row", Planning, TakeOver)


class NotUndoable(Exception):
    """Carries the sentence that says why."""


@dataclass(frozen=True)
class Undone:
    """What was taken back of a planning, and what stays."""

    removed: int
    restored: int  # shifts that have their former number of seats again
    kept: list[Shift]


def plannings(person: Person, *, now: datetime) -> QuerySet[Planning]:
    """Return the plannings that `person` can take back now, the latest first."""
    rows = Planning.objects.filter(undone_at=None, made_at__gt=now - UNDO_WITHIN).select_related("made_by")
    return rows if scope_of(person).everywhere else rows.filter(made_by=person)


def take_overs(person: Person, *, now: datetime) -> QuerySet[TakeOver]:
    """Return the demand from files that `person` can take back now, the latest first."""
    rows = TakeOver.objects.filter(undone_at=None, made_at__gt=now - UNDO_WITHIN).select_related("made_by")
    return rows if may_change_demand(person) else rows.none()


@transaction.atomic
def undo_planning(planning: Planning, *, by: Person, now: datetime) -> Undone:
    """Remove the shifts of a planning that nobody has to do with, and give others their former seats.

    Raises NotUndoable for somebody else's planning, after a week, and the second time.
    """
    planning = _locked(Planning, planning, by=by, now=now)
    rows = Shift.objects.select_for_update(no_key=True, of=("self",)).order_by("pk")
    made = list(rows.filter(planning=planning).with_place())
    grown = list(rows.filter(pk__in=planning.changed))
    known = set(Booking.objects.filter(shift__in=[*made, *grown]).values_list("shift", flat=True))
    kept = [s for s in made if s.pk in known or is_by_hand(s) or s.starts_at <= now]
    stays = {shift.pk for shift in kept}
    Shift.objects.filter(pk__in=[shift.pk for shift in made if shift.pk not in stays]).delete()
    restored = [s for s in grown if s.pk not in known and not is_by_hand(s) and s.starts_at > now]
    for shift in restored:
        shift.seats = shift.planned_seats = planning.changed[str(shift.pk)]
    Shift.objects.bulk_update(restored, ["seats", "planned_seats"])
    _close(planning, now=now)
    removed = len(made) - len(kept)
    journal.record("shifts.unplanned", planning, by=by, now=now, removed=removed, kept=len(kept))
    return Undone(removed, len(restored), sorted(kept, key=lambda shift: (shift.starts_at, shift.pk)))


@transaction.atomic
def undo_take_over(taken: TakeOver, *, by: Person, now: datetime) -> TakeOver:
    """Make the weekly demand what it was before a file was taken over; shifts that were planned stay.

    Raises NotUndoable for who does not change demand, after a week, the second time, and when what the file
    asked for has been changed again since.
    """
    if not may_change_demand(by):
        raise NotUndoable(_("The weekly need is for the whole country. A national coordinator changes it."))
    kinds = {row.code: row for row in TaskKind.objects.select_for_update(no_key=True).order_by("pk")}
    taken = _locked(TakeOver, taken, by=by, now=now)
    for code, weekday, start, end, scope, before, after, shifts in taken.blocks:
        block = {
            "task_kind": kinds.get(code), "weekday": weekday, "start": time.fromisoformat(start),
            "end": time.fromisoformat(end), "scope": scope,
        }  # fmt: skip
        row = WeeklyDemand.objects.filter(**block).first()
        if (row.seats if row else None) != after or block["task_kind"] is None:
            raise NotUndoable(
                _("The weekly need has been changed again since. Take that back first, or take over a file.")
            )
        if before is None:
            row.delete()
        elif after is None:
            row = WeeklyDemand.objects.create(**block, seats=before)
            Shift.objects.filter(pk__in=shifts, demand=None).update(demand=row)
        else:
            WeeklyDemand.objects.filter(pk=row.pk).update(seats=before)
    _close(taken, now=now)
    journal.record("demand.undone", taken, by=by, now=now, number=len(taken.blocks))
    return taken


def _locked(model: type[Row], row: Row, *, by: Person, now: datetime) -> Row:
    """Return the row as it is now, locked; raise NotUndoable when it is not for `by` to take back any more."""
    row = model._default_manager.select_for_update(no_key=True).get(pk=row.pk)
    if row.undone_at:
        raise NotUndoable(_("This has been undone already."))
    if row.made_at <= now - UNDO_WITHIN:
        raise NotUndoable(_("This was more than a week ago. It can no longer be undone."))
    if row.made_by_id != by.pk and not scope_of(by).everywhere:
        raise NotUndoable(_("Somebody else did this. They or a national coordinator can undo it."))
    return row


def _close(row: Planning | TakeOver, *, now: datetime) -> None:
    row.undone_at = now
    row.save(update_fields=["undone_at"])
