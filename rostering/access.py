"""Which coordinator fills which shift? What lies outside the own part of the country is a 404."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from people import days, roles
from people.access import scope_of
from people.models import Person, RoleAssignment
from rostering.models import Booking, Shift


def shifts_of_coordinator(person: Person) -> QuerySet:
    """Return the shifts that `person` fills: the own part of the country and the national pool."""
    return Shift.objects.in_scope(scope_of(person))


def coordinators_of(shift: Shift, *, now: datetime) -> list[Person]:
    """Return the coordinators of the place of this shift; nobody in particular for the national pool."""
    if shift.is_national:
        return []
    posts = RoleAssignment.objects.in_force(days.day_of(now)).filter(role=roles.Coordinator.code)
    district = shift.district_id or shift.location.district_id
    posts = posts.filter(Q(district=district) | Q(location__isnull=False, location=shift.location_id))
    return list(Person.objects.active().filter(pk__in=posts.values("person")))


def who_fills(shift: Shift, *, now: datetime) -> list[Person]:
    """Return the coordinators of the place of this shift; without any, and for the national pool, the national ones."""
    if found := coordinators_of(shift, now=now):
        return found
    posts = RoleAssignment.objects.in_force(days.day_of(now)).filter(role=roles.Coordinator.code)
    posts = posts.filter(district=None, location=None)
    return list(Person.objects.active().filter(pk__in=posts.values("person")))


def coordinators_of_home(person: Person, *, now: datetime) -> list[Person]:
    """Return the coordinators of the place where `person` works; of its district when it has none of its own."""
    if person.home is None:
        return []
    posts = RoleAssignment.objects.in_force(days.day_of(now)).filter(role=roles.Coordinator.code)
    near = posts.filter(Q(location=person.home_id) | Q(district=person.home.district_id))
    near = list(
        near.filter(person__is_active=True).select_related("person").order_by("person__sorted_as", "pk")
    )
    own = [post.person for post in near if post.location_id]
    return list(dict.fromkeys(own or [post.person for post in near]))


def shift_for_coordinator(person: Person, pk: int) -> Shift:
    """Return this shift with its kind and place, or 404."""
    rows = shifts_of_coordinator(person).with_place()
    return get_object_or_404(rows, pk=pk)


def booking_for_coordinator(person: Person, pk: int) -> Booking:
    """Return this booking with its person and shift, or 404."""
    rows = Booking.objects.filter(shift__in=shifts_of_coordinator(person))
    return get_object_or_404(rows.select_related("person", "shift__task_kind"), pk=pk)


def person_to_ask(public_id: UUID) -> Person:
    """Return somebody who can be asked for a shift, wherever they live, or 404."""
    return get_object_or_404(Person.objects.active().select_related("home"), public_id=public_id)
