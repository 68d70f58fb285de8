"""The mail with which somebody comes in. The worker gets the number of an invitation, nothing else."""

import uuid

from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from people import log, roles
from people.invitations import invitations
from people.models import Invitation, Person
from people.notices import mail
from people.notices.mail import Message
from people.words import long_day


@log.task
def send(pk: int) -> None:
    """Send the mail of an invitation that is still open. Twice is no harm: same Message-ID, same link."""
    invitation = Invitation.objects.select_related("invited_by", "location", "district").get(pk=pk)
    if invitations.state(invitation, timezone.now()) != invitations.OPEN:
        return
    guest = Person(
        email=invitation.email,
        first_name=invitation.first_name,
        infix=invitation.infix,
        last_name=invitation.last_name,
    )
    with translation.override("nl"):  # the guest has chosen no language yet
        mail.build(guest, [_message(invitation)], message_id=_message_id(invitation)).send()


def _message(invitation: Invitation) -> Message:
    place = invitation.location or invitation.district
    return Message(
        subject=_("You are invited to Paraat"),
        lines=[
            _("%(name)s invites you to Paraat, the place where you learn and plan your shifts.")
            % {"name": invitation.invited_by or _("Your organisation")},
            _("Choose a password and you are in. The link works until %(day)s, and only once.")
            % {"day": long_day(invitation.expires_at)},
        ],
        details=[
            (_("Your role"), str(roles.ROLES[invitation.role].name)),
            *(
                [(_("Your place"), str(place))]
                if (place := invitation.location or invitation.district)
                else []
            ),
        ],
        action=(
            _("Make my account"),
            mail.absolute(reverse("people:invitation", args=[invitations.token(invitation)])),
        ),
        because=_("You get this mail because somebody invited you. Not meant for you? Then do nothing."),
        change=(_("How you get an account"), mail.absolute(reverse("account_signup"))),
    )


def _message_id(invitation: Invitation) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, invitation.token_hash)
