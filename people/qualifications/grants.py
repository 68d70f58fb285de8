"""Who holds which qualification, and until when? Everyone may ask; grant and revoke are the only writers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people import days, freetext, journal, notices
from people.models import Grant, LearningStep, Person, Qualification

LONGEST_TERM = 50 * 12  # months that a qualification may be valid; more is a slip
BACK, AHEAD, TERM = 25 * 12, 12, 10 * 12  # months; further is a slip in the year


class NotGrantable(Exception):
    """Carries the sentence that says why."""


@transaction.atomic
def grant(
    person: Person,
    qualification: Qualification,
    *,
    by: Person | None,
    now: datetime,
    source: str = Grant.Source.TEST,
    evidence: str = "",
    valid_from: date | None = None,
    valid_until: date | None = None,
) -> Grant:
    """Award `qualification` from `valid_from` (default today) to `valid_until` (default: its own term).

    An early renewal loses no days: where a grant is still valid the new term runs from its last day. Raises
    NotGrantable for somebody's own papers, for what is out of use, and for days that cannot be meant.
    """
    today = days.day_of(now)
    if by is not None and by.pk == person.pk and source != Grant.Source.SIGNED:
        raise NotGrantable(_("You cannot grant a qualification to yourself."))
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if not qualification.is_active and source not in (Grant.Source.TEST, Grant.Source.IMPORT):
        raise NotGrantable(_("%(name)s is no longer in use.") % {"name": qualification})
    start = valid_from or today
    refuse_odd_years(start, valid_until, today)
    if objection := freetext.objection_to_reason(evidence):
        raise NotGrantable(objection)
    if valid_until is None and qualification.valid_months:
        standing = [
            g.valid_until
            for g in person.grants.filter(qualification=qualification).valid_on(start)
            if g.valid_until
        ]
        valid_until = days.add_months(max(standing, default=start), qualification.valid_months)
    if valid_until and valid_until < start:
        raise NotGrantable(_("The last valid day lies before the first."))
    award = Grant.objects.create(
        person=person,
        qualification=qualification,
        valid_from=start,
        valid_until=valid_until,
        source=source,
        evidence=evidence,
        granted_by=by,
        granted_at=now,
    )
    LearningStep.objects.filter(person=person, qualification=qualification).delete()
    facts = {"code": qualification.code, "until": str(valid_until or ""), "source": source}
    journal.record("qualification.granted", award, by=by, now=now, **facts)
    notices.owe(person, "qualification_granted", award, now=now)
    return award


@transaction.atomic
def revoke(award: Grant, *, by: Person | None, now: datetime, because: str) -> Grant:
    """Withdraw a grant from today on. The row and its history stay; a second time changes nothing."""
    if not because.strip():
        raise NotGrantable(_("Say why the qualification is revoked."))
    if objection := freetext.objection_to_reason(because):
        raise NotGrantable(objection)
    award = Grant.objects.select_for_update(no_key=True).get(pk=award.pk)
    if award.revoked_on:
        return award
    award.revoked_on, award.revoked_by, award.revoked_because = days.day_of(now), by, because.strip()
    award.save(update_fields=["revoked_on", "revoked_by", "revoked_because"])
    journal.record("qualification.revoked", award, by=by, now=now, code=award.qualification.code)
    notices.owe(award.person, "qualification_revoked", award, now=now)
    return award


def refuse_odd_years(start: date, valid_until: date | None, today: date) -> None:
    """Raise NotGrantable for days that cannot be meant: in a form, in a file, wherever a grant comes from."""
    if start < days.add_months(today, -BACK):
        raise NotGrantable(_("The first valid day lies more than 25 years back. Check the year."))
    if start > days.add_months(today, AHEAD):
        raise NotGrantable(_("The first valid day lies more than a year ahead. Check the year."))
    if valid_until and valid_until > days.add_months(max(start, today), TERM):
        raise NotGrantable(_("The last valid day lies more than ten years ahead. Check the year."))


def wider() -> dict[int, set[int]]:
    """Return, for each qualification id, the ids that count as holding it: itself and all that include it."""
    parents = defaultdict(set)
    for holder, included in Qualification.includes.through.objects.values_list(
        "from_qualification_id", "to_qualification_id"
    ):
        parents[included].add(holder)
    found = {}
    for start in parents:
        seen, todo = {start}, [start]
        while todo:
            for parent in parents.get(todo.pop(), ()):
                if parent not in seen:
                    seen.add(parent)
                    todo.append(parent)
        found[start] = seen
    return found


def circles(qualification: Qualification, includes: Iterable[Qualification]) -> list[Qualification]:
    """Return which of `includes` is, or includes in its turn, `qualification`: those would make a circle."""
    below = wider()
    holders = below.get(qualification.pk, {qualification.pk})
    return [one for one in includes if one.pk in holders]


def held(person: Person, *, on: date) -> set[int]:
    """Return the ids of all qualifications `person` holds on day `on`, those included in another too."""
    own = set(person.grants.valid_on(on).values_list("qualification_id", flat=True))
    return own | {narrow for narrow, holders in wider().items() if holders & own}


def missing(person: Person, required: Iterable[Qualification], *, on: date) -> list[Qualification]:
    """Return the qualifications in `required` that `person` does not hold on day `on`."""
    holds = held(person, on=on)
    return [q for q in required if q.pk not in holds]


@transaction.atomic
def note_step(
    person: Person,
    qualification: Qualification,
    *,
    minutes_left: int | None,
    parts_done: int,
    parts_total: int,
    next_title: str,
    now: datetime,
) -> None:
    """Keep how far `person` is on the way to `qualification` (minutes). Called by the academy with each lesson."""
    LearningStep.objects.update_or_create(
        person=person,
        qualification=qualification,
        defaults={
            "minutes_left": minutes_left,
            "parts_done": parts_done,
            "parts_total": parts_total,
            "next_title": next_title,
            "updated_at": now,
        },
    )


def describe_ways(taught: QuerySet, *, qualification: Qualification | None, minutes: int | None) -> None:
    """Keep what is taught (`taught` holds ids) and how many minutes `qualification` takes.

    Called when a course is published, changed or withdrawn.
    """
    Qualification.objects.filter(is_taught=True).exclude(pk__in=taught).update(
        is_taught=False, learn_minutes=None
    )
    if qualification:
        found = Qualification.objects.filter(pk=qualification.pk, pk__in=taught)
        found.update(is_taught=True, learn_minutes=minutes)
