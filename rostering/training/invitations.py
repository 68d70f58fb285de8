"""Who has been asked to learn something, and what does the mail say? Once for each person and qualification.

The course itself is the academy's: from here only its address is known (Qualification.learn_url).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import journal, notices, qualifications
from people.days import day_of
from people.models import Notice, Person, Qualification
from people.notices.mail import Message, absolute
from people.words import duration
from rostering.eligibility import facts
from rostering.open_shifts import nearby

KIND = "learning_invited"


class NotLearned(Exception):
    """Carries the sentence that says why."""


def register() -> None:
    notices.register(KIND, invited)


@transaction.atomic
def invite(
    people: Iterable[Person], qualification: Qualification, *, by: Person, now: datetime
) -> list[Person]:
    """Ask people to learn `qualification`, and return who had not been asked before and does not hold it.

    Raises NotLearned when nobody knows where it is learned.
    """
    if not qualification.learn_url:
        raise NotLearned(_("%(name)s cannot be learned here.") % {"name": qualification.name})
    ids = [person.pk for person in people]
    rows = list(Person.objects.select_for_update(no_key=True).active().filter(pk__in=ids).order_by("pk"))
    asked = {notice.person_id for notice in of([qualification], ids)[qualification.pk]}
    counts = qualifications.wider().get(qualification.pk, {qualification.pk})
    periods, today = facts.periods_of(ids), day_of(now)
    fresh = [
        person
        for person in rows
        if person.pk not in asked and not facts.covered(periods[person.pk], counts, today)
    ]
    for person in fresh:
        journal.record("learning.invited", person, by=by, now=now, code=qualification.code)
        notices.owe(person, KIND, qualification, now=now)
    return fresh


def of(learned: Iterable[Qualification], people: Iterable[Any]) -> dict[int, list[Notice]]:
    """Return per qualification id the invitations of these people (rows, ids or a queryset), by name. One query."""
    found = {qualification.pk: [] for qualification in learned}
    rows = Notice.objects.filter(
        kind=KIND, subject__in=[journal.ref(qualification) for qualification in learned], person__in=people
    )
    rows = rows.select_related("person").order_by("person__sorted_as", "pk")
    for notice in rows:
        found[notices.subject_pk(notice)].append(notice)
    return found


def invited(notice: Notice) -> Message | None:
    """Write the mail; nothing when the person holds it by now, or nobody knows where it is learned."""
    learned = Qualification.objects.filter(pk=notices.subject_pk(notice)).first()
    today = day_of(notice.sending_at)
    if not learned or not learned.learn_url or not qualifications.missing(notice.person, [learned], on=today):
        return None
    name = {"name": learned.name}
    return Message(
        subject=_("Would you like to learn %(name)s?") % name,
        lines=[
            _("We look for people who know %(name)s: for some shifts there is nobody now.") % name,
            *_opens(notice, learned),
            *_takes(learned),
            _("It is a question. You do not have to do anything, and you do not have to answer."),
        ],
        action=(_("Look at the course"), absolute(learned.learn_url)),
        because=_("You get this mail because somebody who fills the roster thought of you."),
    )


def _opens(notice: Notice, learned: Qualification) -> list[str]:
    number = len(nearby.shifts(notice.person, learned, now=notice.sending_at))
    if not number:
        return []
    said = ngettext(
        "It opens %(n)s shift near you in the coming four weeks.",
        "It opens %(n)s shifts near you in the coming four weeks.",
        number,
    )
    return [said % {"n": number}]


def _takes(learned: Qualification) -> list[str]:
    if not learned.learn_minutes:
        return []
    return [
        _("The whole course takes about %(length)s, whenever it suits you.")
        % {"length": duration(learned.learn_minutes)}
    ]
