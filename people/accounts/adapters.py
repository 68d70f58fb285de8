"""How allauth behaves here: nobody signs up without an invitation, and its mails look and read like ours."""

import logging

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import unstash_login
from allauth.core.internal.ratelimit import get_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.usersessions.adapter import DefaultUserSessionsAdapter
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people import languages, log
from people.accounts import mails
from people.models import Person

LIFE = "life"  # when a session was last seen to be used, and how long it lasts without, in seconds
LIMITS = {"too_many_login_attempts", "rate_limited"}
EVENTS = {  # the mails that allauth sends about an account, by what happened to it
    "account/email/password_reset_key": ("password.reset_asked", {}),
    "account/email/unknown_account": ("password.reset_asked", {"kind": "unknown"}),
    "account/email/password_reset": ("password.changed", {"method": "reset"}),
    "account/email/password_changed": ("password.changed", {"method": "password"}),
    "account/email/password_set": ("password.changed", {"method": "set"}),
    "mfa/email/totp_activated": ("second_factor.added", {"kind": "totp"}),
    "mfa/email/totp_deactivated": ("second_factor.removed", {"kind": "totp"}),
    "mfa/email/recovery_codes_generated": ("second_factor.added", {"kind": "recovery_codes"}),
    "mfa/email/webauthn_added": ("second_factor.added", {"kind": "webauthn"}),
    "mfa/email/webauthn_removed": ("second_factor.removed", {"kind": "webauthn"}),
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This mail address and password do not belong together. Check both, or ask for a new password."
        ),
        "too_many_login_attempts": _("That went wrong too often. Wait a few minutes and try again."),
        "incorrect_code": _("This code is not right. Wait for the next one and fill that in."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("This is not your password."),
    }

    def is_open_for_signup(self, request):
        return False

    def is_safe_url(self, url):
        """Where `?next=` leads to; an address that is none ("http://[::1") is not safe."""
        try:
            return super().is_safe_url(url)
        except ValueError:
            return False

    def get_password_change_redirect_url(self, request):
        return reverse("people:profile")

    def post_login(self, request, user, **kwargs):
        steps = request.session.get("account_authentication_methods", [])
        request.session[LIFE] = (
            0,
            0,
        )  # people.middleware.session_life fills it in, after allauth had its say
        methods = [step.get("type") or step["method"] for step in steps]
        log.note("login", person=user, method="+".join(methods) or "invitation")
        return languages.keep(super().post_login(request, user, **kwargs), user.language)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Count wrong passwords per mail address *and* network: elsewhere the owner still gets in."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def authentication_failed(self, request, **credentials):
        tried = Person.objects.filter(email=credentials.get("email", "").lower()).only("pk").first()
        log.note("login.failed", level=logging.WARNING, person=tried, method="password")

    def respond_user_inactive(self, request, user):
        log.note("login.failed", level=logging.WARNING, person=user, method="closed")
        return super().respond_user_inactive(request, user)

    def logout(self, request):
        log.note("logout", person=request.user)
        super().logout(request)

    def validation_error(self, code, *args):
        if code in LIMITS:
            log.note("limit.reached", level=logging.WARNING, code=code, person=_who(self.request))
        return super().validation_error(code, *args)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email or user.email
        )

    def send_mail(self, template_prefix, email, context):
        """Owe our own mail instead of sending one: the worker sends it, and again when the mail server is away.

        The page is the same, and as quick, whether the address has an account or not.
        """
        person = context.get("user")
        if template_prefix in EVENTS:
            event, facts = EVENTS[template_prefix]
            log.note(event, person=person, **facts)
        mails.owe(template_prefix, email, person, now=timezone.now())


class SecondFactorAdapter(DefaultMFAAdapter):
    """A wrong code or key is told by the one method that makes the sentence about it."""

    def validation_error(self, code, *args):
        if code == "incorrect_code":
            log.note("second_factor.failed", level=logging.WARNING, person=_who(self.request))
        return super().validation_error(code, *args)


class DevicesAdapter(DefaultUserSessionsAdapter):
    def end_sessions(self, sessions):
        sessions = list(sessions)
        log.note("sessions.ended", person=self.request.user, rows=[session.pk for session in sessions])
        super().end_sessions(sessions)


def _who(request):
    """Return who is at work here: logged in, or half-way with only the second step to go."""
    if request.user.is_authenticated:
        return request.user
    pending = unstash_login(request, peek=True)
    return pending and pending.user
