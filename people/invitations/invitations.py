"""Who may come in, and as what? The organisation invites one mail address; nobody signs up alone.

The link works once, for fourteen days. It is kept nowhere: not in the database, not in the queue of the
worker and not in the journal. The row keeps the SHA-256 of 32 random bytes; the link carries the number of
the row and a signature, with our secret key, over that number and that hash. So the worker that writes the
mail (a notice that is owed with the invitation) makes the link from the number alone, while a copy of the
database without the key, or the key without the database, opens nothing.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _

from people import days, journal, notices, roles, text
from people.models import District, Invitation, Location, Person

VALID_FOR = timedelta(days=14)
NOTICE = "invitation"  # the kind of its mail
OPEN, ACCEPTED, WITHDRAWN, EXPIRED = "open", "accepted", "withdrawn", "expired"

_signer = Signer(salt="people.invitation", sep=".")


class NotInvitable(Exception):
    """Carries the sentence that says why."""


class NotAcceptable(Exception):
    """Carries the sentence that says why."""


@transaction.atomic
def invite(
    email: str,
    *,
    first_name: str,
    last_name: str,
    role: str,
    by: Person | None,
    now: datetime,
    infix: str = "",
    engagement: str = Person.Engagement.VOLUNTEER,
    location: Location | None = None,
    district: District | None = None,
) -> Invitation:
    """Invite a mail address, or renew the invitation that it has; the mail goes out after the commit.

    Somebody whose account was taken over from another system, without a password, can be invited too.
    """
    email = _reachable(email)
    first_name, last_name = text.line(first_name), text.line(last_name)
    if not (first_name and last_name):
        raise NotInvitable(_("Fill in a first name and a last name."))
    person = Person.objects.filter(email=email).first()
    if person and not person.is_active:
        raise NotInvitable(_("This mail address belongs to an account that is closed."))
    if person and person.has_usable_password():
        raise NotInvitable(_("Somebody with this mail address already has an account."))
    for earlier in Invitation.objects.filter(email=email, accepted_at=None, withdrawn_at=None):
        withdraw(earlier, by=by, now=now)
    invitation = Invitation.objects.create(
        email=email,
        first_name=first_name,
        infix=infix,
        last_name=last_name,
        engagement=engagement,
        role=role,
        location=location,
        district=district,
        token_hash=hashlib.sha256(secrets.token_bytes(32)).hexdigest(),
        invited_by=by,
        invited_at=now,
        expires_at=now + VALID_FOR,
    )
    journal.record("invitation.sent", invitation, by=by, now=now, role=role)
    notices.owe(None, NOTICE, invitation, now=now, urgent=True)
    notices.hurry()
    return invitation


def sent(invitation: Invitation) -> str:
    """Say that it is on its way, and that it took the place of an earlier one if it did."""
    said = _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
    replaced = Invitation.objects.filter(
        email=invitation.email, withdrawn_at=invitation.invited_at, expires_at__gt=invitation.invited_at
    )
    return said + " " + _("The link of the earlier one no longer works.") if replaced.exists() else said


def invite_again(invitation: Invitation, *, by: Person | None, now: datetime) -> Invitation:
    """Send a new link in the place of an old one, which stops working."""
    if invitation.accepted_at:
        raise NotInvitable(_("This invitation has been accepted."))
    return invite(
        invitation.email,
        first_name=invitation.first_name,
        infix=invitation.infix,
        last_name=invitation.last_name,
        engagement=invitation.engagement,
        role=invitation.role,
        location=invitation.location,
        district=invitation.district,
        by=by,
        now=now,
    )


@transaction.atomic
def withdraw(invitation: Invitation, *, by: Person | None, now: datetime) -> Invitation:
    """Stop an invitation. A second time changes nothing; one that was accepted stays accepted."""
    invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        return invitation
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    journal.record("invitation.withdrawn", invitation, by=by, now=now)
    notices.withdraw([NOTICE], invitation, now=now)
    return invitation


def token(invitation: Invitation) -> str:
    """Return what the link carries: the number of the row and our signature."""
    return f"{invitation.pk}.{_signer.signature(_signed(invitation))}"


def find(token: str) -> Invitation | None:
    """Return the invitation of a link, whatever its state; None when the link was not made by us."""
    number, _sep, signature = token.partition(".")
    if not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    invitation = (
        Invitation.objects.select_related("invited_by", "location", "district").filter(pk=number).first()
    )
    if invitation is None:
        return None
    try:
        _signer.unsign(f"{_signed(invitation)}.{signature}")
    except BadSignature:
        return None
    return invitation


def state(invitation: Invitation, now: datetime) -> str:
    """Return OPEN, ACCEPTED, WITHDRAWN or EXPIRED."""
    if invitation.accepted_at:
        return ACCEPTED
    if invitation.withdrawn_at:
        return WITHDRAWN
    return OPEN if now < invitation.expires_at else EXPIRED


@transaction.atomic
def accept(token: str, password: str, *, now: datetime) -> Person:
    """Make the account of an invitation, with the role and place that the inviter fixed.

    Raises NotAcceptable when the invitation is no longer open, ValidationError for a weak password.
    """
    invitation = find(token)
    if invitation is not None:
        invitation = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if invitation is None or state(invitation, now) != OPEN:
        raise NotAcceptable(_("This invitation no longer works."))
    person = Person.objects.filter(email=invitation.email).first()
    if person and (person.has_usable_password() or not person.is_active):
        raise NotAcceptable(_("Somebody with this mail address already has an account."))
    known = person is not None
    person = person or _newcomer(invitation, now)
    validate_password(password, person)
    person.set_password(password)
    person.save()
    _prove_address(person)
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    journal.record("invitation.accepted", invitation, by=person, now=now, person=journal.ref(person))
    if not known:
        roles.assign(
            person,
            invitation.role,
            by=invitation.invited_by,
            now=now,
            since_on=days.day_of(now),
            location=invitation.location,
            district=invitation.district,
        )
    return person


def _prove_address(person: Person) -> None:
    """Who opens the link reads the mail of that address: whatever allauth noted of it before, it is proved now."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )


def _reachable(email: str) -> str:
    try:
        return text.address(email)
    except ValidationError as refused:
        raise NotInvitable(" ".join(refused.messages)) from None


def _newcomer(invitation: Invitation, now: datetime) -> Person:
    return Person(
        email=invitation.email,
        first_name=invitation.first_name,
        infix=invitation.infix,
        last_name=invitation.last_name,
        engagement=invitation.engagement,
        home=invitation.location,
        joined_on=days.day_of(now),
    )


def _signed(invitation: Invitation) -> str:
    return f"{invitation.pk}.{invitation.token_hash}"
