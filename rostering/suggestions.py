"""Whom could we ask for this shift, and why them? Only people who fit and whom nothing stops."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import roles
from people.models import Grant, Person
from rostering import booking, eligibility, facts, volunteers
from rostering.eligibility import Assessment
from rostering.models import Booking, Shift, TaskKind, Willingness

MOST_ASKED = 4  # at once
NEAR = timedelta(days=28)  # how far around the shift we look at how much somebody does


@dataclass(frozen=True)
class Suggestion:
    """A person and the reasons for asking them, best first."""

    person: Person
    why: list[str]
    level: int
    busy: int  # shifts in the four weeks before and after
    km: float | None


def suggest(shift: Shift, *, now: datetime, most: int = 5) -> list[Suggestion]:
    """Return at most `most` people: gladly first, then who does least at the moment, then who lives near."""
    asked = [
        found
        for found in eligibility.assess_people(_candidates(shift, now), shift, now=now)
        if found.fits and not found.warnings and _level(found) != Willingness.Level.RATHER_NOT
    ]
    ranked = [_suggestion(found, now) for found in asked]
    ranked.sort(key=lambda s: (-s.level, s.busy, s.km or 0, s.person.pk))
    return ranked[:most]


def ask_best(shift: Shift, *, by: Person, now: datetime, most: int = MOST_ASKED) -> list[Booking]:
    """Offer the shift to the `most` people who suit it best, and return the offers.

    Each offer is a transaction of its own: who no longer fits at that moment is passed over. The first to say
    yes get the seats.
    """
    offers = []
    for found in suggest(shift, now=now, most=most):
        try:
            offers.append(booking.offer(found.person, shift, by=by, now=now))
        except booking.NotBookable:
            continue
    return offers


def _candidates(shift: Shift, now: datetime):
    """People who may take such shifts, hold all that it requires and have nothing running on it."""
    micro = shift.task_kind.ladder == TaskKind.Ladder.MICRO_TASK
    permission = roles.TAKE_MICROTASKS if micro else roles.TAKE_SHIFTS
    people = volunteers.who_may(permission, now=now)
    people = people.exclude(pk__in=shift.bookings.live().values("person"))
    people = people.exclude(pk__in=shift.bookings.filter(state=Booking.State.DECLINED).values("person"))
    for _qualification, counts in facts.demands().of(shift):
        people = people.filter(Exists(_held(counts, shift.day)))
    around = Q(
        bookings__seat__isnull=False,
        bookings__starts_at__gt=shift.starts_at - NEAR,
        bookings__starts_at__lt=shift.starts_at + NEAR,
    )
    return people.select_related("home").annotate(busy=Count("bookings", filter=around)).order_by("pk")


def _held(counts: set[int], day: date):
    return Grant.objects.filter(person=OuterRef("pk"), qualification__in=counts).valid_on(day)


def _level(found: Assessment) -> int:
    return found.facts.willingness.get(found.shift.task_kind_id, Willingness.Level.FINE)


def _suggestion(found: Assessment, now: datetime) -> Suggestion:
    level, busy, km = _level(found), found.person.busy, _km(found)
    why = []
    if level == Willingness.Level.GLADLY:
        why.append(_("likes doing this"))
    if found.facts.windows:
        why.append(_("is available then"))
    why.append(
        ngettext("%(n)s shift in these weeks", "%(n)s shifts in these weeks", busy) % {"n": busy}
        if busy
        else _("has no other shift in these weeks")
    )
    if km is not None:
        why.append(
            _("lives %(km)s km away") % {"km": round(km)} if km >= 1 else _("works from this location")
        )
    return Suggestion(found.person, why, level, busy, km)


def _km(found: Assessment) -> float | None:
    if found.shift.location is None or found.person.home is None:
        return None
    return facts.distance_km(found.person.home, found.shift.location)
