"""Which qualifications run out soon? People hear it 90, 30 and 7 days ahead, unless they have renewed."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from people import days, journal, notices
from people.models import Grant, Notice

STEPS = (90, 30, 7)  # days before the last valid day
KIND = "qualification_expires_soon"


def soon(now: datetime) -> QuerySet[Grant]:
    """Return the grants of active people that end within 90 days and that nothing has replaced yet."""
    today = days.day_of(now)
    return (
        Grant.objects.valid_on(today)
        .filter(valid_until__lte=today + timedelta(days=max(STEPS)), person__is_active=True, revoked_on=None)
        .exclude(Exists(_renewals(OuterRef("person"), OuterRef("qualification"), OuterRef("valid_until"))))
    )


def is_renewed(award: Grant) -> bool:
    """Return whether the person holds a later grant of the same qualification."""
    return _renewals(award.person_id, award.qualification_id, award.valid_until).exists()


def to_warn(now: datetime) -> list[Grant]:
    """Return what its holder has to be warned of now: a step was reached and not told, and not before the grant."""
    reached = [(award, _reached(award, now)) for award in soon(now).select_related("person")]
    refs = [journal.ref(award) for award, _at in reached]
    owed = set(Notice.objects.filter(kind=KIND, subject__in=refs).values_list("subject", "due_at"))
    return [
        award
        for award, at in reached
        if award.granted_at < at <= now and (journal.ref(award), at) not in owed
    ]


def warn(award: Grant, *, now: datetime) -> Notice:
    """Owe the warning of the step that was reached last, once."""
    return notices.owe(award.person, KIND, award, now=now, due_at=_reached(award, now))


def _reached(award: Grant, now: datetime) -> datetime:
    """Return the moment of the step that counts today: the digest of that day."""
    left = (award.valid_until - days.day_of(now)).days
    step = min(step for step in STEPS if left <= step)
    return days.moment(award.valid_until - timedelta(days=step), notices.DIGEST_AT)


def _renewals(person, qualification, valid_until) -> QuerySet[Grant]:
    return Grant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=valid_until),
        person=person,
        qualification=qualification,
        revoked_on=None,
    )
