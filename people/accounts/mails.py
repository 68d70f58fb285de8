"""What do we mail about somebody's own account? Passwords, the second step, an address without an account."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people.models import Person
from people.notices import mail
from people.notices.mail import Message

CHANGES: dict[str, tuple[Promise, Promise]] = {  # allauth's name of the mail: subject, and what changed
    "account/email/password_reset": (
        gettext_lazy("Your password has been changed"),
        gettext_lazy("The password of your account has been changed with a link from a mail."),
    ),
    "account/email/password_changed": (
        gettext_lazy("Your password has been changed"),
        gettext_lazy("The password of your account has been changed."),
    ),
    "account/email/password_set": (
        gettext_lazy("Your password has been changed"),
        gettext_lazy("The password of your account has been changed."),
    ),
    "mfa/email/totp_activated": (
        gettext_lazy("The second step is on"),
        gettext_lazy("From now on logging in also asks for a code of an app."),
    ),
    "mfa/email/totp_deactivated": (
        gettext_lazy("The second step by app is off"),
        gettext_lazy("Logging in no longer asks for a code of an app."),
    ),
    "mfa/email/recovery_codes_generated": (
        gettext_lazy("You have new recovery codes"),
        gettext_lazy("New recovery codes were made for your account. Codes you had before no longer work."),
    ),
    "mfa/email/webauthn_added": (
        gettext_lazy("A security key was added"),
        gettext_lazy("A security key was added to your account."),
    ),
    "mfa/email/webauthn_removed": (
        gettext_lazy("A security key was removed"),
        gettext_lazy("A security key was removed from your account."),
    ),
}


def write(name: str, address: str, context: dict) -> tuple[Person, Message] | None:
    """Return to whom and what, for a mail that allauth wants to send; None for one we never send."""
    if name == "account/email/password_reset_key":
        return context["user"], _reset(context["password_reset_url"])
    if name == "account/email/unknown_account":
        return Person(email=address), _unknown(address)
    if name in CHANGES:
        return context["user"], _changed(name)
    return None


def _reset(url: str) -> Message:
    return Message(
        subject=_("Choose a new password"),
        lines=[
            _("Somebody, probably you, asked for a new password for your account. The link works once."),
            _("Was it not you? Then you need not do anything: your password stays as it is."),
        ],
        action=(_("Choose a new password"), url),
    )


def _unknown(address: str) -> Message:
    return Message(
        subject=_("There is no account with this mail address"),
        lines=[
            _("Somebody, probably you, asked for a new password for %(address)s.") % {"address": address},
            _("We know no account with this mail address. Perhaps you were invited at another one."),
            _("Was it not you? Then you need not do anything."),
        ],
        because=_("You get this mail because somebody filled in this mail address on our page."),
        change=(_("How you get an account"), mail.absolute(reverse("account_signup"))),
    )


def _changed(name: str) -> Message:
    subject, sentence = CHANGES[name]
    return Message(
        subject=str(subject),
        lines=[
            str(sentence),
            _("Was it not you? Choose a new password right away and log out on all devices."),
        ],
        action=(_("Choose a new password"), mail.absolute(reverse("account_reset_password"))),
    )
