"""One form, pressed many times at the same moment, makes one row: the unique key holds, not luck."""

import http.client
import uuid
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode, urlsplit

import pytest
from django.urls import reverse

from people import days
from people.models import Grant, Stamp
from people.stamps import sent
from tests.plugins.sessions import signed_in

CSRF, PRESSES = "a" * 32, 8

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]


@pytest.fixture
def press(live_server, frank, bram, certificate, settings):
    settings.SECOND_FACTOR_FOR_ADMIN = False
    session = signed_in(frank, "password").session.session_key
    body = urlencode(
        {
            "stempel": "one-form",
            "qualification": certificate.pk,
            "valid_from": f"{days.today()}",
            "source": "seen",
            "evidence": "gezien",
        }
    )
    headers = {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }

    def one(_number):
        web = http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=60)
        web.request("POST", reverse("people:grant", args=[bram.public_id]), body=body, headers=headers)
        answer = web.getresponse()
        web.close()
        return answer.status, answer.headers["Location"]

    def at_once():
        with ThreadPoolExecutor(PRESSES) as pool:
            return list(pool.map(one, range(PRESSES)))

    return at_once


def test_pressed_at_once_is_one_grant_and_one_answer(press, bram):
    page = reverse("people:manage_person", args=[bram.public_id])
    assert press() == [(302, page)] * PRESSES
    assert Grant.objects.filter(person=bram).count() == 1


def test_without_the_key_they_are_many(press, bram, monkeypatch):
    """The negative control: each press counts as a form of its own."""

    def always_new(who, what, *, now, **_only):
        return Stamp.objects.create(key=uuid.uuid4().hex, used_at=now), True

    monkeypatch.setattr(sent, "claim", always_new)
    press()
    assert Grant.objects.filter(person=bram).count() == PRESSES
