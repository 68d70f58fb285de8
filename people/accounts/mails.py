"""What do we mail about somebody's own account? Passwords, the second step, an address without an account.

allauth says when; what is owed is a notice like any other, so that a mail server that is away loses nothing. No
link of a new password is kept: the worker makes it at the moment of sending, from the number of the person.
"""

from datetime import datetime, timedelta
from functools import partial

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import notices
from people.models import Notice, Person
from people.notices import mail
from people.notices.mail import Message

RESET, UNKNOWN = "account_reset", "account_unknown"  # kinds of notice
ONCE_IN = timedelta(
    hours=1
)  # somebody without an account gets one mail in this time, however often it is asked
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


def register() -> None:
    notices.register(RESET, reset, must_know=True)
    notices.register(UNKNOWN, unknown, must_know=True, reader=_whoever_asked, forgets=True)
    for name in CHANGES:
        notices.register(kind_of(name), partial(changed, name=name), must_know=True)


def kind_of(name: str) -> str:
    """Return the kind of notice of a mail of allauth: "mfa/email/totp_activated" is mfa_totp_activated."""
    return name.replace("/email/", "_")


def owe(name: str, address: str, person: Person | None, *, now: datetime) -> Notice | None:
    """Owe a mail that allauth wants to send, and let it go out soon; None for one that we never send."""
    if name == "account/email/password_reset_key":
        owed = notices.owe(person, RESET, person, now=now, urgent=True, about=["password", person])
    elif name == "account/email/unknown_account":
        owed = _owe_to(address, now=now)
    elif name in CHANGES:
        owed = notices.owe(person, kind_of(name), person, now=now, urgent=True)
    else:
        return None
    notices.hurry()
    return owed


def _owe_to(address: str, *, now: datetime) -> Notice:
    """Owe a mail to an address that nobody has here; the address itself goes when it is sent."""
    name = f"address:{salted_hmac('people.accounts.unknown', address).hexdigest()}"
    lately = Notice.objects.filter(kind=UNKNOWN, subject=name, owed_at__gt=now - ONCE_IN, person=None).first()
    return lately or notices.owe(
        None, UNKNOWN, name, now=now, urgent=True, address=address, language=translation.get_language()
    )


def reset(notice: Notice) -> Message | None:
    """None when the person came in meanwhile: then the password was found again, or renewed."""
    person = notice.person
    if not person.has_usable_password() or (person.last_login and person.last_login > notice.owed_at):
        return None
    key = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(person)
    door = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(person), "key": key}
    )
    return Message(
        subject=_("Choose a new password"),
        lines=[
            _("Somebody, probably you, asked for a new password for your account. The link works once."),
            _("Was it not you? Then you need not do anything: your password stays as it is."),
        ],
        action=(_("Choose a new password"), mail.absolute(door)),
    )


def _whoever_asked(notice: Notice) -> Person | None:
    said = notice.facts
    return Person(email=said["address"], language=said["language"]) if "address" in said else None


def unknown(notice: Notice) -> Message:
    return Message(
        subject=_("There is no account with this mail address"),
        lines=[
            _("Somebody, probably you, asked for a new password for %(address)s.")
            % {"address": notice.facts["address"]},
            _("We know no account with this mail address. Perhaps you were invited at another one."),
            _("Was it not you? Then you need not do anything."),
        ],
        because=_("You get this mail because somebody filled in this mail address on our page."),
        change=(_("How you get an account"), mail.absolute(reverse("account_signup"))),
    )


def changed(_notice: Notice, *, name: str) -> Message:
    subject, sentence = CHANGES[name]
    return Message(
        subject=str(subject),
        lines=[
            str(sentence),
            _("Was it not you? Choose a new password right away and log out on all devices."),
        ],
        action=(_("Choose a new password"), mail.absolute(reverse("account_reset_password"))),
    )
