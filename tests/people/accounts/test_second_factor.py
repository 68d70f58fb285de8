"""Administration asks a second step; a password alone does not get there by any door."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import override_settings

pytestmark = pytest.mark.django_db

PASSWORD = "paraat-demo"
ADMIN = ["/admin/", "/admin/pages/", "/admin/images/", "/beheer/", "/beheer/mensen/", "/beheer/logboek/"]


def log_in(client, person):
    return client.post("/inloggen/", {"login": person.email, "password": PASSWORD})


def code(secret):
    return auth.format_hotp_value(auth.hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def secret(frank):
    """The administrator has an app already; this is its secret."""
    secret = auth.generate_totp_secret()
    auth.TOTP.activate(frank, secret)
    return secret


@pytest.mark.parametrize("path", ADMIN)
def test_a_password_alone_is_sent_to_set_it_up(client, frank, path):
    log_in(client, frank)
    response = client.get(path)
    assert (response.status_code, response.url) == (
        302,
        f"/ik/tweede-stap/app/?next={path.replace('/', '%2F')}",
    )


@pytest.mark.parametrize("path", ADMIN)
def test_a_password_alone_is_asked_for_the_code_when_it_is_set_up(client, frank, secret, path):
    client.force_login(frank)
    assert client.get(path).url.startswith("/ik/tweede-stap/bevestigen/?next=")


def test_the_stranger_gets_the_same_nothing_as_ever(client, anouk):
    log_in(client, anouk)
    assert client.get("/beheer/").status_code == 404


def test_a_trainer_needs_it_for_wagtail(client, eva):
    log_in(client, eva)
    assert client.get("/admin/").url.startswith("/ik/tweede-stap/app/")


@override_settings(SECOND_FACTOR_FOR_ADMIN=False)
def test_the_demo_asks_nothing(client, frank):
    log_in(client, frank)
    assert client.get("/beheer/").status_code == 200


def test_setting_it_up_and_using_it(client, frank):
    log_in(client, frank)
    # the second step is set up after the password is given once more
    asked = client.get("/ik/tweede-stap/app/")
    assert asked.url.startswith("/ik/bevestigen/")
    client.post(asked.url, {"password": PASSWORD})
    form = client.get("/ik/tweede-stap/app/").context["form"]
    response = client.post("/ik/tweede-stap/app/", {"code": code(form.secret)})
    assert response.url == "/ik/tweede-stap/herstelcodes/"
    assert len(client.get(response.url).context["unused_codes"]) == 10
    kinds = Authenticator.objects.filter(user=frank).values_list("type", flat=True)
    assert sorted(kinds) == ["recovery_codes", "totp"]


def test_logging_in_with_two_steps_opens_administration(client, frank, secret):
    assert log_in(client, frank).url == "/inloggen/tweede-stap/"
    assert client.get("/beheer/").url.startswith("/inloggen/")  # half-way is not in
    wrong = client.post("/inloggen/tweede-stap/", {"code": "000000"})
    assert list(wrong.context["form"].errors) == ["code"]
    assert client.post("/inloggen/tweede-stap/", {"code": code(secret)}).url == "/"
    assert client.get("/beheer/").status_code == 200


def test_a_recovery_code_works_once(client, frank, secret):
    client.force_login(frank)
    codes = Authenticator.objects.filter(user=frank, type="recovery_codes")
    assert not codes.exists()
    client.post("/ik/bevestigen/?next=/ik/", {"password": PASSWORD})
    client.post("/ik/tweede-stap/herstelcodes/nieuw/")
    first = codes.get().wrap().get_unused_codes()[0]
    for expected in ("/", None):
        client.post("/uitloggen/")
        log_in(client, frank)
        response = client.post("/inloggen/tweede-stap/", {"code": first})
        assert getattr(response, "url", None) == expected


def test_wagtails_own_log_in_is_no_way_around(client, frank, secret):
    for door in ("/admin/login/", "/_util/login/"):
        client.post(door, {"username": frank.email, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "path",
    [
        "/ik/tweede-stap/",
        "/ik/tweede-stap/app/",
        "/ik/tweede-stap/herstelcodes/nieuw/",
        "/ik/tweede-stap/herstelcodes/",
        "/ik/tweede-stap/sleutels/",
        "/ik/tweede-stap/sleutels/nieuw/",
        "/ik/tweede-stap/app/uit/",
        "/ik/tweede-stap/bevestigen/",
        "/ik/apparaten/",
        "/ik/wachtwoord/",
    ],
)
def test_every_screen_opens(client, frank, secret, path):
    client.force_login(frank)
    client.post("/ik/bevestigen/?next=/ik/", {"password": PASSWORD})
    client.post("/ik/tweede-stap/herstelcodes/nieuw/")
    if path == "/ik/tweede-stap/app/":
        Authenticator.objects.filter(type="totp").delete()
    response = client.get(path)
    assert response.status_code == 200
    assert response.content.decode().count("<h1>") == 1
