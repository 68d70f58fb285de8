"""The forms of allauth in our own words: a label above each field, no placeholder inside it."""

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from people import text

LABELS = {
    "login": _("Mail address"),
    "email": _("Mail address"),
    "password": _("Password"),
    "oldpassword": _("Password you have now"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
    "code": _("Code"),
    "name": _("Name of the key"),
    "passwordless": _("Log in with this key alone"),
}
HELP = {
    "password1": _("At least 12 characters. A short sentence is easy to remember."),
    "code": _("The six digits that your app shows now, or one of your recovery codes."),
    "name": _("For example: blue key, or phone."),
}
# Texts of Django that its Dutch catalogue does not have yet, or not in our words: standing here, ours has them.
BORROWED = [
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    _("Enter a valid email address."),
]


class OwnWords:
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            field.help_text = HELP.get(name, "")


class LogIn(OwnWords, account.LoginForm):
    def clean_login(self):
        self.cleaned_data["login"] = text.address_or_as_it_is(self.cleaned_data["login"])
        return super().clean_login()


class AskNewPassword(OwnWords, account.ResetPasswordForm):
    """The answer is the same for every address: of an account, of nobody, and one that no mail can be sent to.

    Who was taken over from another system and never invited has no password to renew. An invitation lets them
    in, so that it is the organisation that decides who comes in and when.
    """

    def clean_email(self):
        said = self.cleaned_data["email"]
        try:
            self.cleaned_data["email"] = text.address(said)
        except ValidationError:
            self.users = []
            return ""
        super().clean_email()
        self.users = [person for person in self.users if person.has_usable_password()]
        return self.cleaned_data["email"]

    def save(self, request, **kwargs):
        return super().save(request, **kwargs) if self.cleaned_data["email"] else ""


class ChooseNewPassword(OwnWords, account.ResetPasswordKeyForm):
    pass


class ChangePassword(OwnWords, account.ChangePasswordForm):
    pass


class SetPassword(OwnWords, account.SetPasswordForm):
    pass


class ConfirmPassword(OwnWords, account.ReauthenticateForm):
    pass


class GiveCode(OwnWords, mfa.AuthenticateForm):
    pass


class ConfirmCode(OwnWords, mfa.ReauthenticateForm):
    pass


class ActivateApp(OwnWords, totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("The six digits that your app shows now.")


class AddKey(OwnWords, webauthn.AddWebAuthnForm):
    pass


class RenameKey(OwnWords, webauthn.EditWebAuthnForm):
    pass
