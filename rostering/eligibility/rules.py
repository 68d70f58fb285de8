"""May this person take this shift? A list of reasons against; the empty list means yes.

Every rule is a small pure function over the facts of a person and one shift, so that button, page, list, mail
and verb ask the same thing.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people import days, roles
from rostering.eligibility import facts as known
from rostering.eligibility.facts import Demands, Facts, is_night
from rostering.eligibility.reasons import Reason, lacking
from rostering.matching import load
from rostering.models import Shift, TaskKind, Willingness


def has_left(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    if not facts.person.is_active:
        yield Reason("left")


def not_for_role(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    micro = shift.task_kind.ladder == TaskKind.Ladder.MICRO_TASK
    if (roles.TAKE_MICROTASKS if micro else roles.TAKE_SHIFTS) not in facts.may:
        yield Reason("role")


def not_published(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    if shift.cancelled_at:
        yield Reason("cancelled")
    elif shift.published_at is None:
        yield Reason("unpublished")


def already_started(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    if shift.starts_at <= now:
        yield Reason("started")


def is_full(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    if shift.taken >= shift.seats:
        yield Reason("full")


def lacks_qualification(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    day = shift.day
    for qualification, counts in demands.of(shift):
        if not facts.holds(counts, day):
            yield Reason(
                "qualification",
                lacking(qualification.name, qualification.kind, facts.lapsed_on(counts, day)),
                qualification,
            )


def lacks_experience(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    wanted = shift.task_kind.minimum_months
    joined = facts.person.joined_on
    if wanted and (joined is None or days.months_between(joined, shift.day) < wanted):
        yield Reason(
            "experience",
            ngettext(
                "This shift asks for %(n)s month of experience.",
                "This shift asks for %(n)s months of experience.",
                wanted,
            )
            % {"n": wanted},
        )


def already_on(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    if any(block.shift == shift.pk for block in facts.booked):
        yield Reason("already")


def overlaps(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    if any(
        block.shift != shift.pk and block.starts_at < shift.ends_at and shift.starts_at < block.ends_at
        for block in facts.booked
    ):
        yield Reason("overlap")


def rests_after_night(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    """After a shift that ends past midnight, so many hours pass before the next one begins."""
    rest = demands.agreements.rest_hours
    for block in facts.booked:
        if block.shift == shift.pk:
            continue
        first, second = sorted([block, shift], key=lambda b: b.starts_at)
        gap = second.starts_at - first.ends_at
        if timedelta() <= gap < timedelta(hours=rest) and is_night(first):
            yield Reason("rest", _("After a night shift you rest for %(n)s hours.") % {"n": rest})
            return


def over_weekly_maximum(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    """The own limit of a person. Small tasks count as a part of a shift, by house rule."""
    person, agreed = facts.person, demands.agreements
    if person.shifts_a_week is None and person.hours_a_week is None:
        return
    monday, next_monday = days.week_of(shift.day)
    week = [
        b for b in facts.booked if b.shift != shift.pk and monday <= days.day_of(b.starts_at) < next_monday
    ]
    worked = [b.ends_at - b.starts_at for b in [*week, shift]]
    size = sum(agreed.size(length // timedelta(minutes=1)) for length in worked)
    if person.shifts_a_week is not None and size > person.shifts_a_week * agreed.small_a_shift:
        yield Reason("week_shifts")
    hours = person.hours_a_week
    if hours is not None and sum(worked, timedelta()) > timedelta(hours=hours):
        yield Reason("week_hours")


def over_load(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    """What we agreed about points of load and nights in so many days in a row; also a coordinator keeps to it."""
    asked, stands = _weighed(facts, shift)
    for limit in demands.agreements.limits:
        if load.breaks(stands, asked, limit, limit.most):
            yield Reason(limit.of, _OVER[limit.of] % {"days": limit.days, "most": limit.most})


def is_unwilling(facts: Facts, shift: Shift, demands: Demands, now: datetime) -> Iterator[Reason]:
    if facts.willingness.get(shift.task_kind_id) == Willingness.Level.NEVER:
        yield Reason("never")


def is_unavailable(facts: Facts, shift: Shift, demands: Demands) -> Iterator[Reason]:
    if not is_available(facts, shift):
        yield Reason("unavailable")


def lives_too_far(facts: Facts, shift: Shift, demands: Demands) -> Iterator[Reason]:
    if travel_km(facts, shift) > facts.person.travel_km:
        yield Reason("far")


def newcomer_alone(facts: Facts, shift: Shift, demands: Demands) -> Iterator[Reason]:
    """Who was never present at a small role is not asked to do one on their own."""
    is_small_role = shift.task_kind.ladder == TaskKind.Ladder.SMALL_ROLE
    if is_small_role and shift.seats < 2 and not facts.is_experienced:
        yield Reason("newcomer")


def much_load(facts: Facts, shift: Shift, demands: Demands) -> Iterator[Reason]:
    """It may still be, and we do not ask for it of our own accord."""
    asked, stands = _weighed(facts, shift)
    if any(load.breaks(stands, asked, limit, limit.near) for limit in demands.agreements.warning):
        yield Reason("load_near")


def _weighed(facts: Facts, shift: Shift) -> tuple[load.Work, list[load.Work]]:
    """Return what this shift weighs, and the other work that stands."""
    stands = [block.work for block in facts.booked if block.shift != shift.pk]
    return known.work(shift, shift.task_kind.load), stands


_OVER = {
    load.POINTS: _("With this, the load in %(days)s days goes over what we agreed: at most %(most)s points."),
    load.NIGHTS: _("With this, the nights in %(days)s days are more than we agreed: at most %(most)s."),
}


def travel_km(facts: Facts, shift: Shift) -> float:
    """Return how far this person must travel; 0 when it can be done from home, or when a place is not known."""
    if not travel_counts(shift) or facts.person.home is None:
        return 0.0
    return known.distance_km(facts.person.home, shift.location)


def travel_counts(shift: Shift) -> bool:
    """Return whether somebody has to come to a place for this shift."""
    return shift.task_kind.mode == TaskKind.Mode.ON_SITE and shift.location is not None


def is_available(facts: Facts, shift: Shift) -> bool:
    """Return whether the shift lies inside what the person said; who said nothing is free."""
    day = shift.day
    for first, last, available in facts.exceptions:
        if first <= day <= last:
            return available
    if not facts.windows:
        return True
    reached = shift.starts_at
    for start, end in sorted(_spans(facts, shift)):
        if start <= reached < end:
            reached = end
    return reached >= shift.ends_at


def _spans(facts: Facts, shift: Shift) -> Iterator[tuple[datetime, datetime]]:
    """Lay the weekly windows out over the days of the shift; one of the day before may reach past midnight."""
    for offset in range(-1, (days.day_of(shift.ends_at) - shift.day).days + 1):
        near = shift.day + timedelta(days=offset)
        for weekday, start, end in facts.windows:
            if weekday == near.weekday():
                yield days.span(near, start, end)
