"""Has anything changed that a proposal was made for? A fingerprint of its shifts and of the people in it.

What happens to the pairs of the proposal itself is left out: an offer it sent, and the answer to it, change
nothing for the others.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from people import days
from people.models import Grant, Person, RoleAssignment
from rostering.models import (
    AvailabilityException,
    Booking,
    Proposal,
    ProposalLine,
    Shift,
    WeeklyWindow,
    Willingness,
)

Over = Proposal.Over


def shifts_of(proposal: Proposal, *, now: datetime) -> QuerySet[Shift]:
    """Return the shifts the proposal is about that begin after `now`."""
    districts = proposal.districts.all()
    places = Q(location__in=proposal.locations.all()) | Q(district__in=districts)
    places |= Q(location__district__in=districts)
    if proposal.is_national:
        places |= Q(location=None, district=None)
    first, after = proposal.from_on, proposal.until_on + timedelta(days=1)
    return Shift.objects.ahead(now).filter(
        places, starts_at__gte=days.moment(first, time(0)), starts_at__lt=days.moment(after, time(0))
    )


def coming(proposal: Proposal) -> QuerySet[ProposalLine]:
    """Return who would be there if all who are in it say yes: whoever was asked and said no is not."""
    same = Booking.objects.filter(person=OuterRef("person"), shift=OuterRef("shift"))
    answer = same.order_by("-made_at", "-pk").values("state")[:1]
    lines = proposal.lines.filter(state__in=[*ProposalLine.TO_SEND, ProposalLine.State.SENT])
    lines = lines.exclude(change=ProposalLine.Change.GOES).annotate(answer=Subquery(answer))
    no = [Booking.State.DECLINED, Booking.State.CANCELLED]
    return lines.exclude(state=ProposalLine.State.SENT, answer__in=no)


def fingerprint(proposal: Proposal, *, as_of: datetime | None = None) -> dict[str, str]:
    """Return a short text for each part of the world that the proposal rests on, in eight queries.

    With `as_of` who signed up after that moment is not seen: the calculation did not see them either.
    """
    people = proposal.lines.values("person")
    return {
        part.value: hashlib.sha256(repr(list(rows)).encode()).hexdigest()[:16]
        for part, rows in (
            (Over.SHIFTS, _shifts(proposal)),
            (Over.BOOKINGS, _bookings(proposal, people, as_of)),
            (Over.AVAILABILITY, _availability(people)),
            (Over.WILLINGNESS, _of(Willingness, people, "task_kind", "level")),
            (Over.GRANTS, _of(Grant, people, "qualification", "valid_from", "valid_until", "revoked_on")),
            (Over.PEOPLE, _people(people)),
        )
    }


def changed(proposal: Proposal) -> str:
    """Return which part of the world is no longer as it was (a Proposal.Over), or nothing."""
    found = fingerprint(proposal)
    return next((part for part, text in found.items() if proposal.fingerprint.get(part) != text), "")


def mark(proposal: Proposal) -> str:
    """Return all of it as one short text: to know whether a draft was looked at since the last change."""
    return hashlib.sha256(repr(sorted(fingerprint(proposal).items())).encode()).hexdigest()[:16]


def _shifts(proposal: Proposal) -> Iterable:
    rows = shifts_of(proposal, now=proposal.begun_at).order_by("pk")
    return rows.values_list("pk", "starts_at", "ends_at", "seats")


def _bookings(proposal: Proposal, people: Iterable[Any], as_of: datetime | None) -> Iterable:
    """Who has a seat and who was asked since, on these shifts or among these people, but for the own pairs.

    That an offer of before lapses takes nothing away from the proposal.
    """
    own = ProposalLine.objects.filter(proposal=proposal, person=OuterRef("person"), shift=OuterRef("shift"))
    shifts = shifts_of(proposal, now=proposal.begun_at).values("pk")
    rows = Booking.objects.filter(
        Q(seat__isnull=False) | Q(state=Booking.State.OFFERED, made_at__gt=proposal.begun_at),
        Q(shift__in=shifts) | Q(person__in=people),
        ~Exists(own),
        starts_at__gt=proposal.begun_at,
    )
    if as_of:
        rows = rows.filter(moved_at__lte=as_of)
    rows = rows.order_by("person", "shift").values_list("person", "shift", "seat")
    return ((person, shift, seat is not None) for person, shift, seat in rows)


def _availability(people: Iterable[Any]) -> Iterable:
    yield from _of(WeeklyWindow, people, "weekday", "start", "end")
    yield from _of(AvailabilityException, people, "from_on", "until_on", "is_available")


def _people(people: Iterable[Any]) -> Iterable:
    rows = Person.objects.filter(pk__in=people).order_by("pk")
    yield from rows.values_list("pk", "is_active", "home", "travel_km", "shifts_a_week", "hours_a_week")
    yield from _of(RoleAssignment, people, "role", "since_on", "until_on")


def _of(model: Any, people: Iterable[Any], *columns: str) -> QuerySet:
    return model.objects.filter(person__in=people).order_by("pk").values_list("person", *columns)
