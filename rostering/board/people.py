"""Which volunteers deserve a look? Searched, or found to need one."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from people import days
from people.access import Scope
from people.models import Grant, Person
from rostering.volunteers import in_scope, named

SOON = timedelta(days=60)  # a certificate that ends within this is worth a word


ENDING, QUIET = "loopt-af", "geen-dienst"


def search(scope: Scope, *, name: str = "", signal: str = "", now: datetime):
    """Return the people of `scope` with this name and this signal, by name; see in_scope."""
    return signalling(named(in_scope(scope, now=now), name), signal, now=now)


def signalling(people, signal: str, *, now: datetime):
    """Return those of `people` with one signal: a paper that ends soon, or no shift in eight weeks."""
    if signal == QUIET:
        return people.filter(is_quiet=True)
    if signal == ENDING:
        return people.filter(Exists(ending(days.day_of(now)).filter(person=OuterRef("pk"))))
    return people


def ending(today: date):
    """Return the grants that end within sixty days and have no successor."""
    later = Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=today + SOON),
        person=OuterRef("person"),
        qualification=OuterRef("qualification"),
        revoked_on=None,
    )
    soon = Grant.objects.valid_on(today).filter(revoked_on=None, valid_until__lte=today + SOON)
    return soon.filter(~Exists(later))


def with_endings(people: list[Person], *, now: datetime) -> list[Person]:
    """Put on each person `endings`: the grants that end soon, soonest first. One query."""
    rows = ending(days.day_of(now)).filter(person__in=people).select_related("qualification")
    per_person = {person.pk: [] for person in people}
    for grant in rows.order_by("valid_until", "qualification__code"):
        per_person[grant.person_id].append(grant)
    for person in people:
        person.endings = per_person[person.pk]
    return people
