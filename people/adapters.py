"""How allauth behaves here: nobody signs up without an invitation, and its mails look and read like ours."""

import logging
from urllib.parse import urlsplit
from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from people import account_mail, languages, mail

log = logging.getLogger(__name__)


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

    def get_password_change_redirect_url(self, request):
        return reverse("people:profile")

    def post_login(self, request, user, **kwargs):
        return languages.keep(super().post_login(request, user, **kwargs), user.language)

    def get_reset_password_from_key_url(self, key):
        # the host comes from the settings: a forged Host header must not end up in a mail
        return mail.absolute(urlsplit(super().get_reset_password_from_key_url(key)).path)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(
            template_prefix, user, {**(context or {}), "user": user}, email or user.email
        )

    def send_mail(self, template_prefix, email, context):
        """Write our own mail, in the language of the reader.

        A mail server that is away must not turn a page into an error: the page would then tell which mail
        addresses have an account.
        """
        person = context.get("user")
        with translation.override(person.language if person else translation.get_language()):
            written = account_mail.write(template_prefix, email, context)
            if written is None:
                return
            message = mail.build(written[0], [written[1]], message_id=uuid4())
        try:
            message.send()
        except OSError:  # smtplib's exceptions are OSErrors too
            log.exception("Account mail %s was not sent", template_prefix)
