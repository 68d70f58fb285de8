"""Who takes shifts here, what is somebody called, and who could do with a word? Signals, never a ranking."""

from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from people import days, roles
from people.access import Scope
from people.models import Person
from rostering.models import Booking

AHEAD = timedelta(weeks=4)
LONG_AGO = timedelta(weeks=8)


def who_may(permission: str, *, now: datetime) -> QuerySet:
    """Return the active people who may take such work (a permission of people.roles) by a role of today."""
    codes = [role.code for role in roles.ROLES.values() if permission in role.may]
    return Person.objects.active().with_role(codes, days.day_of(now))


def in_scope(scope: Scope, *, now: datetime) -> QuerySet:
    """Return the active people of `scope` who may take tasks, with `shifts_ahead` and `is_quiet`."""
    people = who_may(roles.TAKE_MICROTASKS, now=now)
    if not scope.everywhere:
        people = people.filter(Q(home__in=scope.locations) | Q(home__district__in=scope.districts))
    seated = Q(bookings__seat__isnull=False)
    soon = seated & Q(bookings__starts_at__gte=now, bookings__starts_at__lt=now + AHEAD)
    recent = Booking.objects.holding_a_seat().filter(person=OuterRef("pk"), starts_at__gte=now - LONG_AGO)
    people = people.annotate(shifts_ahead=Count("bookings", filter=soon), is_quiet=~Exists(recent))
    return people.select_related("home").order_by("sorted_as", "pk")
