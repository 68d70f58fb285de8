"""Which volunteers deserve a look? Searched, or found to need one."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from people import days
from people.access import Scope
from people.models import Grant, Person
from people.search import by_name
from rostering.volunteers import in_scope

ENDING, QUIET = "loopt-af", "geen-dienst"


def search(scope: Scope, *, name: str = "", signal: str = "", now: datetime) -> QuerySet:
    """Return the people of `scope` with this name and this signal, by name; see in_scope."""
    return signalling(by_name(in_scope(scope, now=now), name), signal, now=now)


def signalling(people: QuerySet, signal: str, *, now: datetime) -> QuerySet:
    """Return those of `people` with one signal: a paper that ends soon, or no shift in eight weeks."""
    if signal == QUIET:
        return people.filter(is_quiet=True)
    if signal == ENDING:
        return people.filter(
            Exists(Grant.objects.ending_soon(days.day_of(now)).filter(person=OuterRef("pk")))
        )
    return people


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in the list, with the grants that end soon, soonest first."""

    person: Person
    endings: list[Grant]


def listed(people: list[Person], *, now: datetime) -> list[Listed]:
    """Return the rows of a page of `search`. One query."""
    rows = (
        Grant.objects.ending_soon(days.day_of(now)).filter(person__in=people).select_related("qualification")
    )
    per_person = {person.pk: [] for person in people}
    for grant in rows.order_by("valid_until", "qualification__code"):
        per_person[grant.person_id].append(grant)
    return [Listed(person, per_person[person.pk]) for person in people]
