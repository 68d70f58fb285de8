"""Signing in without walking through the log-in, which has tests of its own."""

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.totp.internal import auth
from django.http import HttpRequest
from django.test import Client


def signed_in(person, *methods) -> Client:
    """Return a test client in which `person` has just proved to be so by `methods`: "password", "mfa"."""
    client = Client()
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    for method in methods:
        factor = (
            auth.TOTP.activate(person, auth.generate_totp_secret()).instance.pk if method == "mfa" else None
        )
        record_authentication(request, person, method, reauthenticated=True, id=factor)
    request.session.save()
    return client
