"""Is no mail of any kind lost when the mail server is away, and none sent twice when it is back?"""

import time
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pytest
from allauth.mfa.totp.internal import auth
from django.core.mail.backends import locmem
from django.utils import timezone

from people import invitations, notices
from people.models import Notice
from people.notices.mail import Message

PASSWORD, NEW = "paraat-demo", "vier paarse olifanten"
LOCMEM = "django.core.mail.backends.locmem.EmailBackend"


class Away(locmem.EmailBackend):
    """No connection at all."""

    def open(self):
        raise ConnectionRefusedError("nobody there")


class Broken(locmem.EmailBackend):
    """A connection that takes nothing."""

    def send_messages(self, messages):
        raise TimeoutError("timed out")


def forgotten(client, person):
    client.post("/wachtwoord/", {"email": person.email})


def forgotten_by_nobody(client, person):
    client.post("/wachtwoord/", {"email": "niemand@example.org"})


def changed(client, person):
    client.force_login(person)
    client.post("/ik/wachtwoord/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})


def second_step(client, person):
    client.post("/inloggen/", {"login": person.email, "password": PASSWORD})
    client.post("/ik/bevestigen/?next=/ik/", {"password": PASSWORD})
    secret = client.get("/ik/tweede-stap/app/").context["form"].secret
    code = auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))
    client.post("/ik/tweede-stap/app/", {"code": code})


def invited(client, person):
    invitations.invite(
        "gast@example.org", first_name="G", last_name="Ast", role="volunteer", by=None, now=timezone.now()
    )


DOORS = {
    forgotten: ["Kies een nieuw wachtwoord"],
    forgotten_by_nobody: ["Er is geen account met dit mailadres"],
    changed: ["Je wachtwoord is veranderd"],
    second_step: ["De tweede stap staat aan"],
    invited: ["Je bent uitgenodigd voor Paraat"],
}


@pytest.mark.parametrize("backend", [Away, Broken])
@pytest.mark.parametrize("deed", DOORS)
def test_a_door_that_mails_loses_nothing(
    client, anouk, settings, mailoutbox, deed, backend, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"
    with django_capture_on_commit_callbacks(execute=True):  # allauth tells of a second step after the deed
        deed(client, anouk)
    now = timezone.now()
    notices.send_due(now=now)
    assert (mailoutbox, Notice.objects.waiting().exclude(trouble="").count()) == ([], len(DOORS[deed]))
    settings.EMAIL_BACKEND = LOCMEM
    for minutes in (2, 4):
        notices.send_due(now=now + timedelta(minutes=minutes))
    assert sorted(mail.subject for mail in mailoutbox) == DOORS[deed]


@pytest.mark.parametrize("kind", sorted(notices.KINDS))
def test_a_kind_is_sent_once_when_the_server_is_back(anouk, settings, mailoutbox, now, kind):
    """What each kind says is tested in its own room; here it says one word."""
    word = replace(notices.KINDS[kind], compose=lambda notice: Message(subject=kind, lines=[]), reader=None)
    later = now + timedelta(hours=5)  # past the digest of the day
    with patch.dict(notices.KINDS, {kind: word}):
        notices.owe(anouk, kind, anouk, now=now)
        settings.EMAIL_BACKEND = f"{__name__}.Broken"
        notices.send_due(now=later)
        settings.EMAIL_BACKEND = LOCMEM
        rounds = [notices.send_due(now=later + timedelta(minutes=minutes)).mails for minutes in (2, 4)]
    assert (rounds, [mail.subject for mail in mailoutbox]) == ([1, 0], [kind])
