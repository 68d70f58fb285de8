"""Logging in, out, forgotten passwords, devices. allauth does the work; these are our own promises."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from config.settings import base
from people import notices, roles
from people.models import Person

PASSWORD = "paraat-demo"


def log_in(client, person, password=PASSWORD):
    return client.post("/inloggen/", {"login": person.email, "password": password})


def post():
    """Send what is owed and return the mails."""
    mail.outbox.clear()
    notices.send_due(now=timezone.now())
    return list(mail.outbox)


def test_log_in(client, anouk):
    response = log_in(client, anouk)
    assert (response.status_code, response.url) == (302, "/")
    assert client.session["_auth_user_id"] == str(anouk.pk)


def test_log_in_goes_on_to_where_one_was_going(client, anouk):
    response = client.post("/inloggen/", {"login": anouk.email, "password": PASSWORD, "next": "/ik/"})
    assert response.url == "/ik/"


def test_log_in_goes_nowhere_else(client, anouk):
    response = client.post(
        "/inloggen/", {"login": anouk.email, "password": PASSWORD, "next": "https://evil.example/"}
    )
    assert response.url == "/"


@pytest.mark.parametrize("email", ["anouk@paraat.example", "nobody@paraat.example"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, anouk, email):
    response = client.post("/inloggen/", {"login": email, "password": "wrong"})
    assert response.context["form"].non_field_errors() == [
        "Dit mailadres en wachtwoord horen niet bij elkaar. Kijk ze na, of vraag een nieuw wachtwoord aan."
    ]


def test_somebody_who_left_cannot_log_in(client, anouk):
    Person.objects.filter(pk=anouk.pk).update(is_active=False)
    response = log_in(client, anouk)
    assert "_auth_user_id" not in client.session
    assert response.url == "/account/gesloten/"


def test_log_in_speaks_the_language_of_the_person(client, anouk):
    Person.objects.filter(pk=anouk.pk).update(language="en")
    assert log_in(client, anouk).cookies["django_language"].value == "en"
    assert client.get("/ik/").wsgi_request.LANGUAGE_CODE == "en"


@override_settings(DEMO=True)
def test_the_demo_tells_whom_one_can_be(client, db):
    page = client.get("/inloggen/").content.decode()
    addresses = re.findall(r'name="login" value="(\w+)@paraat\.example"', page)
    assert addresses == [
        "vrijwilliger",
        "kandidaat",
        "trainer",
        "coordinator",
        "werkbegeleider",
        "beheerder",
        "extern",
    ]


def test_elsewhere_nobody_is_told(client, db):
    assert "paraat-demo" not in client.get("/inloggen/").content.decode()


def test_nobody_signs_up_alone(client, db):
    page = client.get("/aanmelden/")
    assert "Alleen op uitnodiging" in page.content.decode()
    client.post("/aanmelden/", {"email": "new@paraat.example", "password1": "x" * 20, "password2": "x" * 20})
    assert Person.objects.count() == 0


def test_logging_out_asks_first(client, anouk):
    client.force_login(anouk)
    assert client.get("/uitloggen/").status_code == 200
    assert "_auth_user_id" in client.session
    client.post("/uitloggen/")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("email", ["anouk@paraat.example", "nobody@paraat.example"])
def test_a_forgotten_password_tells_nothing_about_who_has_an_account(client, anouk, email):
    response = client.post("/wachtwoord/", {"email": email})
    assert (response.status_code, response.url) == (302, "/wachtwoord/verstuurd/")
    assert [message.to for message in post()] == [
        [email] if "nobody" in email else [f"Anouk Voorbeeld <{email}>"]
    ]


def test_a_forgotten_password_is_replaced(client, anouk):
    client.post("/wachtwoord/", {"email": anouk.email})
    link = re.search(r"https://paraat\.example(/wachtwoord/\S+)", post()[0].body).group(1)
    form = client.get(link).url
    response = client.post(form, {"password1": "vier paarse olifanten", "password2": "vier paarse olifanten"})
    assert response.url == "/wachtwoord/klaar/"
    assert log_in(client, anouk, "vier paarse olifanten").url == "/"
    assert "Deze link werkt niet meer" in client.get(link).content.decode()  # once


def test_the_mail_of_a_forgotten_password_ignores_a_forged_host(client, anouk):
    client.post("/wachtwoord/", {"email": anouk.email}, headers={"host": "localhost"})
    (letter,) = post()
    assert ("https://paraat.example/wachtwoord/" in letter.body, "localhost" in letter.body) == (True, False)


def test_changing_the_password_is_told(client, anouk):
    client.force_login(anouk)
    response = client.post(
        "/ik/wachtwoord/",
        {"oldpassword": PASSWORD, "password1": "vier paarse olifanten", "password2": "vier paarse olifanten"},
    )
    assert response.url == "/ik/"
    anouk.refresh_from_db()
    assert anouk.check_password("vier paarse olifanten")
    assert [letter.subject for letter in post()] == ["Je wachtwoord is veranderd"]


@pytest.mark.parametrize("weak", ["short", "q1w2e3r4t5y6", "anouk@paraat.example"])
def test_a_weak_password_is_refused_beside_the_field(client, anouk, weak):
    client.force_login(anouk)
    response = client.post("/ik/wachtwoord/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak})
    assert list(response.context["form"].errors) == ["password1"]
    assert 'aria-describedby="id_password1_helptext id_password1_error"' in response.content.decode()


def test_devices_and_logging_out_elsewhere(client, anouk):
    here, there = client, client.__class__()
    for browser in (there, here):
        browser.post(
            "/inloggen/",
            {"login": anouk.email, "password": PASSWORD},
            headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"},
        )
    assert here.get("/ik/apparaten/").content.decode().count("<b>Firefox, Windows</b>") == 2
    here.post("/ik/apparaten/")
    assert (here.get("/ik/").status_code, there.get("/ik/").status_code) == (200, 302)


@pytest.mark.parametrize(
    "name", ["account_email", "account_email_verification_sent", "account_confirm_login_code", "mfa_trust"]
)
def test_names_that_allauth_looks_up_lead_somewhere(client, anouk, name):
    client.force_login(anouk)
    assert client.get(reverse(name)).status_code == 302


def test_wagtail_has_no_door_of_its_own(client, db):
    assert client.get("/admin/login/?next=/admin/").url == "/inloggen/?next=/admin/"
    assert client.get("/_util/login/").url == "/inloggen/"


LIMITED = override_settings(ACCOUNT_RATE_LIMITS=base.ACCOUNT_RATE_LIMITS)


def tries(client, person, number, source, password="wrong"):
    answers = [
        client.post("/inloggen/", {"login": person.email, "password": password}, REMOTE_ADDR=source)
        for _ in range(number)
    ]
    return answers[-1]


@LIMITED
def test_who_guesses_elsewhere_does_not_shut_out_the_owner(client, anouk):
    for network in range(1, 21):
        tries(client, anouk, 6, f"203.0.113.{network}")
    assert tries(client, anouk, 1, "198.51.100.7", PASSWORD).url == "/"


@LIMITED
def test_guessing_from_one_place_ends_after_five(client, anouk, bram):
    tries(client, anouk, 5, "203.0.113.1")
    answer = tries(client, anouk, 1, "203.0.113.1", PASSWORD)
    assert answer.context["form"].non_field_errors() == [
        "Dat ging te vaak mis. Wacht een paar minuten en probeer het opnieuw."
    ]
    tries(client, bram, 5, "203.0.113.1")  # ten a minute, whoever it is about
    assert tries(client, bram, 1, "203.0.113.1", PASSWORD).status_code == 200


@LIMITED
def test_a_patient_guesser_gets_twenty_a_day(client, anouk, time_machine, now):
    for round_ in range(4):
        time_machine.move_to(now + timedelta(minutes=10 * round_), tick=False)
        tries(client, anouk, 5, "203.0.113.1")
    time_machine.move_to(now + timedelta(hours=12), tick=False)
    assert tries(client, anouk, 1, "203.0.113.1", PASSWORD).status_code == 200
    time_machine.move_to(now + timedelta(hours=25), tick=False)
    assert tries(client, anouk, 1, "203.0.113.1", PASSWORD).url == "/"


@pytest.mark.parametrize(
    ("who", "hours", "is_in"),
    [("carla", 11, True), ("carla", 13, False), ("eva", 13, False), ("frank", 13, False),
     ("anouk", 13, True), ("anouk", 13 * 24, True), ("anouk", 15 * 24, False)],
)  # fmt: skip
def test_a_session_that_lies_still_ends(client, request, who, hours, is_in, time_machine, now):
    time_machine.move_to(now, tick=False)
    log_in(client, request.getfixturevalue(who))
    time_machine.move_to(now + timedelta(hours=hours), tick=False)
    assert (client.get("/ik/").status_code == 200) is is_in


def test_a_session_that_is_used_goes_on(client, carla, time_machine, now):
    time_machine.move_to(now, tick=False)
    log_in(client, carla)
    for hours in range(0, 48, 8):
        time_machine.move_to(now + timedelta(hours=hours), tick=False)
        assert client.get("/ik/").status_code == 200


def test_who_becomes_a_coordinator_has_the_shorter_session_at_once(client, anouk, time_machine, now):
    time_machine.move_to(now, tick=False)
    log_in(client, anouk)
    roles.assign(anouk, "coordinator", by=None, now=now, since_on=now.date())
    client.get("/ik/")
    time_machine.move_to(now + timedelta(hours=13), tick=False)
    assert client.get("/ik/").status_code == 302
