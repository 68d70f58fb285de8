"""What happens when somebody leaves? The account closes at once; what the person did stays on record."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from people import days, invitations, journal, roles
from people.models import Invitation, Person


class NotLeaving(Exception):
    """Carries the sentence that says why."""


@transaction.atomic
def leave(person: Person, *, by: Person | None, now: datetime) -> Person:
    """Close the account from today on: no log-in, no roles, no mail, no calendar. Twice is no harm.

    The calendar subscription, links in mails and notices follow by themselves: they ask for `is_active`.
    """
    if by is not None and by.pk == person.pk:
        raise NotLeaving(_("You cannot close your own account. Ask another administrator."))
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if not person.is_active:
        return person
    today = days.day_of(now)
    person.is_active, person.left_on = False, today
    person.save(update_fields=["is_active", "left_on"])
    journal.record("person.left", person, by=by, now=now)
    for assignment in person.role_assignments.filter(Q(until_on=None) | Q(until_on__gt=today)):
        roles.end(assignment, by=by, now=now, until_on=today)
    for invitation in Invitation.objects.filter(email=person.email, accepted_at=None, withdrawn_at=None):
        invitations.withdraw(invitation, by=by, now=now)
    end_sessions(person)
    return person


def end_sessions(person: Person) -> None:
    """Log `person` out on every device."""
    sessions = UserSession.objects.filter(user=person)
    Session.objects.filter(session_key__in=sessions.values("session_key")).delete()
    sessions.delete()
