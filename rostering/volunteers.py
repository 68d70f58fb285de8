"""Who takes shifts here, what is somebody called, and who could do with a word? Signals, never a ranking."""

from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q

from people import days, roles
from people.access import Scope
from people.models import Grant, Person
from rostering.models import Booking

SOON = timedelta(days=60)  # a certificate that ends within this is worth a word
AHEAD = timedelta(weeks=4)
LONG_AGO = timedelta(weeks=8)
ENDING, QUIET = "loopt-af", "geen-dienst"


def search(scope: Scope, *, name: str = "", signal: str = "", now: datetime):
    """Return the people of `scope` with this name and this signal, by name; see in_scope."""
    return signalling(named(in_scope(scope, now=now), name), signal, now=now)


def who_may(permission: str, *, now: datetime):
    """Return the active people who may take such work (a permission of people.roles) by a role of today."""
    codes = [role.code for role in roles.ROLES.values() if permission in role.may]
    return Person.objects.active().with_role(codes, days.day_of(now))


def in_scope(scope: Scope, *, now: datetime):
    """Return the active people of `scope` who may take tasks, with `shifts_ahead` and `is_quiet`."""
    people = who_may(roles.TAKE_MICROTASKS, now=now)
    if not scope.everywhere:
        people = people.filter(Q(home__in=scope.locations) | Q(home__district__in=scope.districts))
    seated = Q(bookings__seat__isnull=False)
    soon = seated & Q(bookings__starts_at__gte=now, bookings__starts_at__lt=now + AHEAD)
    recent = Booking.objects.holding_a_seat().filter(person=OuterRef("pk"), starts_at__gte=now - LONG_AGO)
    people = people.annotate(shifts_ahead=Count("bookings", filter=soon), is_quiet=~Exists(recent))
    return people.select_related("home").order_by("last_name", "first_name", "pk")


def named(people, name: str):
    """Return those of `people` whose name holds every word of `name`."""
    for word in name.split():
        people = people.filter(
            Q(first_name__icontains=word) | Q(infix__icontains=word) | Q(last_name__icontains=word)
        )
    return people


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
