"""Administration asks a second step; a password alone does not get there by any door."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import override_settings
from django.urls import reverse

from config.settings import base, dev
from tests.plugins.sessions import signed_in

pytestmark = pytest.mark.django_db

PASSWORD = "paraat-demo"
ADMIN = ["/admin/", "/admin/pages/", "/admin/images/", "/beheer/", "/beheer/mensen/", "/beheer/logboek/"]


@pytest.fixture(autouse=True)
def asked(settings):
    settings.SECOND_FACTOR_FOR_STAFF = True


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


@override_settings(SECOND_FACTOR_FOR_STAFF=False)
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
    assert client.get("/beheer/").status_code == 200  # the code that set it up was the proof


def test_logging_in_with_two_steps_opens_administration(client, frank, secret):
    assert log_in(client, frank).url == "/inloggen/tweede-stap/"
    assert client.get("/beheer/").url.startswith("/inloggen/")  # half-way is not in
    wrong = client.post("/inloggen/tweede-stap/", {"code": "000000"})
    assert list(wrong.context["form"].errors) == ["code"]
    assert client.post("/inloggen/tweede-stap/", {"code": code(secret)}).url == "/"
    assert client.get("/beheer/").status_code == 200


@pytest.mark.parametrize(
    ("who", "path"), [("carla", "/bord/"), ("eva", "/leren/voortgang/"), ("frank", "/beheer/")]
)
def test_whoever_sees_others_needs_it(client, request, who, path):
    person = request.getfixturevalue(who)
    log_in(client, person)
    assert client.get(path).url == f"/ik/tweede-stap/app/?next={path.replace('/', '%2F')}"
    assert signed_in(person, "password", "mfa").get(path).status_code == 200


def test_a_coordinator_goes_on_with_the_own_shifts_without(client, carla):
    log_in(client, carla)
    for path in ("/", "/ik/", "/rooster/", "/rooster/mijn/"):
        assert client.get(path).status_code == 200


def test_a_form_is_not_lost_on_an_address_that_only_takes_forms(client, carla):
    log_in(client, carla)
    path = reverse("rostering:plan_demand")
    assert client.post(path).url == "/ik/tweede-stap/app/?next=%2F"


def test_a_part_of_a_page_sends_the_whole_page_there(client, carla):
    log_in(client, carla)
    answer = client.get("/bord/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/ik/tweede-stap/app/")


def test_the_proof_goes_with_the_factor(client, frank, secret):
    log_in(client, frank)
    client.post("/inloggen/tweede-stap/", {"code": code(secret)})
    assert client.get("/beheer/").status_code == 200
    client.post("/ik/bevestigen/?next=/ik/", {"password": PASSWORD})
    client.post("/ik/tweede-stap/app/uit/")
    assert not Authenticator.objects.filter(user=frank).exists()
    for path in ADMIN:
        assert client.get(path).url.startswith("/ik/tweede-stap/app/?next=")


def test_a_new_app_does_not_inherit_the_proof_of_the_old(client, frank, secret):
    log_in(client, frank)
    client.post("/inloggen/tweede-stap/", {"code": code(secret)})
    Authenticator.objects.filter(user=frank).delete()
    auth.TOTP.activate(frank, auth.generate_totp_secret())
    assert client.get("/beheer/").url.startswith("/ik/tweede-stap/bevestigen/?next=")


def test_a_real_installation_asks_it_and_only_the_demo_does_not():
    assert (base.SECOND_FACTOR_FOR_STAFF, dev.SECOND_FACTOR_FOR_STAFF) == (True, False)


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
