"""Somebody's own page, the own details, the language, and the pages that say no."""

import pytest
from django.test import Client, override_settings
from django.test.client import RequestFactory
from django.views.defaults import server_error

from people.models import JournalEntry, Person

pytestmark = pytest.mark.django_db


def details(**change):
    return {
        "first_name": "Anouk",
        "infix": "",
        "last_name": "Voorbeeld",
        "phone": "",
        "travel_km": "25",
        "language": "nl",
        **change,
    }


def test_my_page_says_what_i_do_and_where(client, anouk):
    client.force_login(anouk)
    page = client.get("/ik/").content.decode()
    assert "<b>Vrijwilliger</b>" in page
    assert "anouk@paraat.example, Utrecht" in page
    assert "/rooster/mijn/" in page


def test_who_takes_no_shifts_sees_no_roster_among_the_own_things(client, eva):
    client.force_login(eva)
    own = client.get("/ik/").content.decode().partition("Wat van jou is")[2]
    assert "/rooster/" not in own


def test_my_page_asks_a_visitor_to_log_in(client):
    assert client.get("/ik/").url == "/inloggen/?next=/ik/"


def test_changing_the_own_details(client, anouk):
    client.force_login(anouk)
    before = JournalEntry.objects.count()
    response = client.post("/ik/gegevens/", details(last_name="de Wit", phone="06 12345678", language="en"))
    anouk.refresh_from_db()
    assert (response.url, anouk.last_name, anouk.phone, anouk.language) == (
        "/ik/",
        "de Wit",
        "06 12345678",
        "en",
    )
    assert response.cookies["django_language"].value == "en"
    assert JournalEntry.objects.count() == before + 1
    assert JournalEntry.objects.order_by("pk").last().facts == {"fields": ["last_name", "phone", "language"]}


def test_the_own_mail_address_and_role_are_not_changed_here(client, anouk):
    client.force_login(anouk)
    client.post("/ik/gegevens/", details(email="x@paraat.example", is_superuser="1", engagement="employee"))
    anouk.refresh_from_db()
    assert (anouk.email, anouk.is_superuser, anouk.engagement) == ("anouk@paraat.example", False, "volunteer")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"first_name": ""}, "first_name"),
        ({"phone": "zero six"}, "phone"),
        ({"travel_km": "301"}, "travel_km"),
    ],
)
def test_details_that_are_not_right_stay_on_the_screen(client, anouk, change, field):
    client.force_login(anouk)
    response = client.post("/ik/gegevens/", details(**change))
    assert list(response.context["form"].errors) == [field]
    assert 'class="error-summary" role="alert"' in response.content.decode()
    assert Person.objects.get(pk=anouk.pk).first_name == "Anouk"


def test_a_visitor_chooses_a_language(client):
    response = client.post("/taal/", {"language": "en", "next": "/inloggen/"})
    assert response.url == "/inloggen/"
    assert '<html lang="en">' in client.get("/inloggen/").content.decode()


def test_a_person_keeps_the_language_between_devices(client, anouk):
    client.force_login(anouk)
    client.post("/taal/", {"language": "en"})
    anouk.refresh_from_db()
    assert anouk.language == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_the_language_leads_nowhere_else(client, target):
    assert client.post("/taal/", {"language": "en", "next": target}).url == "/"


def test_a_language_we_do_not_speak(client):
    response = client.post("/taal/", {"language": "xx", "next": "/ik/"})
    assert (response.url, response.cookies) == ("/ik/", {})


def test_the_language_changes_by_post_only(client):
    assert client.get("/taal/").status_code == 405


def test_a_page_that_is_not_here(client, anouk):
    for _n in range(2):
        response = client.get("/nergens/te/vinden/")
        assert (response.status_code, "Deze pagina is er niet" in response.content.decode()) == (404, True)
        client.force_login(anouk)


def test_a_form_that_waited_too_long(anouk):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/inloggen/", {"login": "x", "password": "y"})
    assert (response.status_code, "Er is niets opgeslagen" in response.content.decode()) == (403, True)


def test_our_own_failure_needs_nothing_to_be_shown(django_assert_num_queries):
    with django_assert_num_queries(0):
        response = server_error(RequestFactory().get("/"))
    assert (response.status_code, "Er gaat bij ons iets mis" in response.content.decode()) == (500, True)


@override_settings(ACCOUNT_RATE_LIMITS={"login_failed": "2/m/ip"})
def test_too_many_tries_wait(client, anouk):
    for _n in range(3):
        response = client.post("/inloggen/", {"login": anouk.email, "password": "wrong"})
    assert "te vaak" in response.content.decode()
