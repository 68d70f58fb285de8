"""The mail with which somebody comes in, to somebody without an account; its notice is about an invitation."""

from django.urls import reverse
from django.utils.translation import gettext as _

from people import notices, roles
from people.invitations import invitations
from people.models import Invitation, Notice, Person
from people.notices import mail
from people.notices.mail import Message
from people.words import long_day


def register() -> None:
    notices.register(invitations.NOTICE, invited, must_know=True, reader=guest)


def guest(notice: Notice) -> Person | None:
    """Return who was invited, in Dutch: the guest has chosen no language yet."""
    invitation = _invitation(notice)
    return invitation and Person(
        email=invitation.email,
        first_name=invitation.first_name,
        infix=invitation.infix,
        last_name=invitation.last_name,
        language="nl",
    )


def invited(notice: Notice) -> Message | None:
    invitation = _invitation(notice)
    if invitation is None or invitations.state(invitation, notice.sending_at) != invitations.OPEN:
        return None
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
            *([(_("Your place"), str(place))] if place else []),
        ],
        action=(
            _("Make my account"),
            mail.absolute(reverse("people:invitation", args=[invitations.token(invitation)])),
        ),
        because=_("You get this mail because somebody invited you. Not meant for you? Then do nothing."),
        change=(_("How you get an account"), mail.absolute(reverse("account_signup"))),
    )


def _invitation(notice: Notice) -> Invitation | None:
    found = Invitation.objects.select_related("invited_by", "location", "district")
    return found.filter(pk=notices.subject_pk(notice)).first()
