"""Can anybody read the mail of the demo, and nothing else? Outside the demo there is no such page."""

import pytest
from django.core import mail
from django.urls import reverse

from people import notices
from rostering import booking

NAMES = {
    "demo_mail": [],
    "demo_mail_one": ["x", 0],
    "demo_mail_page": ["x", 0],
    "demo_mail_attachment": ["x", 0, 0],
}


@pytest.fixture
def folder(settings, tmp_path):
    settings.DEMO, settings.EMAIL_FILE_PATH = True, tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    return tmp_path


@pytest.fixture
def letter(folder, anouk, shift, now, time_machine):
    """The mail about a booking; the address of its page."""
    time_machine.move_to(now)
    booking.book(anouk, shift, by=anouk, now=now)
    notices.send_due(now=now)
    return reverse("demo_mail_one", args=[next(folder.iterdir()).stem, 0])


def send(number):
    with mail.get_connection() as connection:
        for n in range(number):
            mail.EmailMessage(f"Brief {n}", "-" * 79, to=["a@paraat.example"], connection=connection).send()


@pytest.mark.parametrize("name", NAMES)
def test_outside_the_demo_there_is_no_such_page(name, client, db):
    assert client.get(reverse(name, args=NAMES[name])).status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_there_is_nothing_to_send_to(name, client, folder, db):
    assert client.post(reverse(name, args=NAMES[name])).status_code == 405


def test_without_mail_the_list_helps_on(client, folder, db):
    assert "Er is nog geen mail." in client.get(reverse("demo_mail")).content.decode()


def test_the_list_shows_the_newest_first_in_pages(client, folder, db):
    send(26)
    first, second = (client.get(reverse("demo_mail"), {"page": page}) for page in (1, 2))
    assert [letter.subject for letter in first.context["letters"]] == [f"Brief {n}" for n in range(25, 0, -1)]
    assert [letter.subject for letter in second.context["letters"]] == ["Brief 0"]


def test_a_letter_with_everything_in_it(client, letter):
    response = client.get(letter)
    found = response.context["letter"]
    assert (found.to, found.subject) == (
        "Anouk Voorbeeld <anouk@paraat.example>",
        "Je staat op het rooster: Advieslijn telefoon, donderdag 26 november",
    )
    assert [part.name for part in found.attachments] == ["paraat.ics"]
    assert "frame-src 'self'" in response["Content-Security-Policy"]
    seen = response.content.decode()
    assert ("op maandag 23 november om 12.00 uur" in seen, "<span>paraat.ics</span>" in seen) == (True, True)


def test_the_html_of_a_mail_is_closed_in(client, letter):
    response = client.get(letter + "pagina/")
    assert sorted(response["Content-Security-Policy"].split("; ")) == [
        "default-src 'none'",
        "frame-ancestors 'self'",
        "img-src data:",
        "sandbox allow-top-navigation-by-user-activation allow-popups",
        "style-src 'unsafe-inline'",
    ]
    assert '<head><base target="_top">' in response.content.decode()


def test_the_calendar_file_can_be_opened(client, letter):
    response = client.get(letter + "0/")
    assert (response.content[:15], response["Content-Type"]) == (b"BEGIN:VCALENDAR", "application/ics")
    assert response["Content-Disposition"] == 'attachment; filename="paraat.ics"'


@pytest.mark.parametrize("end", ["1/", "99/", "pagina/pagina/"])
def test_what_is_not_in_the_mail_is_not_found(end, client, letter):
    assert client.get(letter + end).status_code == 404


@pytest.mark.parametrize(
    "name", ["..", "../secret", "%2e%2e%2fsecret", "secret", "nothing", "*", "..%5csecret"]
)
def test_no_other_file_can_be_reached(name, client, letter, folder):
    (folder.parent / "secret.log").write_text("Subject: secret\n\nsecret\n" + "-" * 79 + "\n")
    (folder / "secret.txt").write_text("Subject: secret\n\nsecret\n" + "-" * 79 + "\n")
    assert client.get(f"/demo/mail/{name}/0/").status_code == 404


def test_a_mail_without_html_shows_its_text(client, folder, db):
    send(1)
    address = reverse("demo_mail_one", args=[next(folder.iterdir()).stem, 0])
    assert (client.get(address).status_code, client.get(address + "pagina/").status_code) == (200, 404)
