"""What hangs on somebody's mail address, and goes when it is corrected?

Invitations that are still open, and the address one logs in with. Links in mails to the old address end by
themselves: a new password and an answer to an offer are signed over the address of the moment.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from people import invitations, upkeep
from people.manage.forms import PersonDetails
from people.models import Invitation, Person


@transaction.atomic
def correct(form: PersonDetails, *, by: Person, now: datetime) -> Person:
    """Save the details of a valid form; with another mail address, the old one opens nothing any more."""
    before = form.initial["email"]
    person = upkeep.save(form, by=by, now=now)
    if person.email == before:
        return person
    for invitation in Invitation.objects.filter(email=before, accepted_at=None, withdrawn_at=None):
        invitations.withdraw(invitation, by=by, now=now)
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person
