"""When can somebody, and what do they want? Availability, willingness and limits, changed by the person alone."""

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.translation import gettext as _

from people import days, journal
from people.models import Person
from people.words import long_day
from rostering.models import AvailabilityException, TaskKind, WeeklyWindow, Willingness

LONGEST_EXCEPTION_DAYS = 366


class NotPossible(Exception):
    """Carries the sentence that says why."""


@dataclass(frozen=True)
class Window:
    """A weekly block in Amsterdam wall-clock time; weekday 0 is Monday; an end before the start is next day."""

    weekday: int
    start: time
    end: time


def pattern_of(person: Person) -> list[Window]:
    """Return the weekly pattern of `person`; an empty one means always free."""
    return [Window(*row) for row in person.weekly_windows.values_list("weekday", "start", "end")]


@transaction.atomic
def set_pattern(person: Person, windows: Iterable[Window], *, by: Person, now: datetime) -> None:
    """Replace the weekly pattern. An empty one means: no pattern given, so always free."""
    windows = sorted(set(windows), key=lambda w: (w.weekday, w.start))
    for one, after in itertools.pairwise(windows):
        if one.weekday == after.weekday and after.start < (one.end if one.end > one.start else time.max):
            raise NotPossible(_("Two blocks on the same day overlap."))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    person.weekly_windows.all().delete()
    WeeklyWindow.objects.bulk_create(
        WeeklyWindow(person=person, weekday=w.weekday, start=w.start, end=w.end) for w in windows
    )
    journal.record("availability.pattern_set", person, by=by, now=now)


@transaction.atomic
def add_exception(
    person: Person, *, from_on: date, until_on: date, is_available: bool, by: Person, now: datetime
) -> AvailabilityException:
    """Say that the pattern does not hold from `from_on` to `until_on`, both included.

    The same again changes nothing. Raises NotPossible for days that are past or that have an exception already.
    """
    if until_on < from_on:
        raise NotPossible(_("The last day lies before the first."))
    if (until_on - from_on).days > LONGEST_EXCEPTION_DAYS:
        raise NotPossible(_("That is longer than a year."))
    if until_on < days.day_of(now):
        raise NotPossible(_("These days are past. Choose days from today on."))
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    other = person.availability_exceptions.filter(from_on__lte=until_on, until_on__gte=from_on).first()
    if other and (other.from_on, other.until_on, other.is_available) == (from_on, until_on, is_available):
        return other
    if other:
        raise NotPossible(
            _("You have said something for %(days)s already. Take that away first.") % {"days": say(other)}
        )
    exception = AvailabilityException.objects.create(
        person=person, from_on=from_on, until_on=until_on, is_available=is_available
    )
    journal.record("availability.exception_added", exception, by=by, now=now)
    return exception


def say(exception: AvailabilityException) -> str:
    """donderdag 24 december tot en met zondag 3 januari 2027"""
    first, last = long_day(exception.from_on), long_day(exception.until_on)
    return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}


@transaction.atomic
def remove_exception(exception: AvailabilityException, *, by: Person, now: datetime) -> None:
    """Let the weekly pattern hold again on these days."""
    journal.record("availability.exception_removed", exception, by=by, now=now)
    exception.delete()


@transaction.atomic
def set_willingness(person: Person, levels: dict[TaskKind, int | None], *, by: Person, now: datetime) -> None:
    """Keep how gladly `person` does each kind; None takes the choice away. No reason is asked."""
    for kind, level in levels.items():
        if level is None:
            Willingness.objects.filter(person=person, task_kind=kind).delete()
        else:
            Willingness.objects.update_or_create(person=person, task_kind=kind, defaults={"level": level})
    journal.record("willingness.set", person, by=by, now=now)


@transaction.atomic
def set_limits(
    person: Person, *, shifts_a_week: int | None, hours_a_week: int | None, by: Person, now: datetime
) -> None:
    """Keep how much `person` wants in one week (Monday to Sunday); None is no limit."""
    Person.objects.filter(pk=person.pk).update(shifts_a_week=shifts_a_week, hours_a_week=hours_a_week)
    journal.record("limits.set", person, by=by, now=now)


@transaction.atomic
def set_wishes(
    person: Person, levels: dict[TaskKind, int | None], *, by: Person, now: datetime, **limits: int | None
) -> None:
    """Keep willingness and limits together, or neither; see set_willingness and set_limits."""
    set_willingness(person, levels, by=by, now=now)
    set_limits(person, **limits, by=by, now=now)
