"""Which qualifications run out soon? People hear it 90, 30 and 7 days ahead, unless they have renewed."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from people import days, journal, notices, validity
from people.models import Grant, Notice

STEPS = (validity.ENDS_SOON, 30, 7)  # days before the last valid day
KIND = "qualification_expires_soon"


def soon(now: datetime) -> QuerySet[Grant]:
    """Return the grants of active people that end soon and that nothing has replaced yet."""
    return Grant.objects.ending_soon(days.day_of(now)).filter(person__is_active=True)


def is_renewed(award: Grant) -> bool:
    """Return whether the person holds a later grant of the same qualification."""
    same = Grant.objects.filter(person=award.person_id, qualification=award.qualification_id)
    return same.outlasting(award.valid_until).exists()


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
