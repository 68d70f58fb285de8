"""The screens of this room in a real browser: on a phone and at a desk, judged by axe, and by keyboard."""

import pytest
from django.urls import reverse
from django.utils import timezone

from people import invitations
from people.models import Notice


@pytest.fixture
def invited(frank, utrecht):
    return invitations.invite(
        "noor@paraat.example",
        first_name="Noor",
        last_name="Berg",
        role="candidate",
        location=utrecht,
        by=frank,
        now=timezone.now(),
    )


def test_the_door(page, look, invited, settings):
    settings.DEMO = True
    paths = {
        "door": reverse("account_login"),
        "door-forgotten": reverse("account_reset_password"),
        "door-sent": reverse("account_reset_password_done"),
        "door-closed": reverse("account_signup"),
        "invitation": reverse("people:invitation", args=[invitations.token(invited)]),
        "not-here": "/nergens/",
    }
    for name, path in paths.items():
        page.goto(path)
        look(page, f"people-{name}")


def test_what_is_wrong_stands_beside_the_field_and_on_top(page, look, anouk, sign_in):
    sign_in(page, anouk)
    page.goto(reverse("people:profile_edit"))
    page.get_by_label("Telefoonnummer").fill("nul zes")
    page.get_by_role("button", name="Opslaan").click()
    summary = page.get_by_role("alert")
    summary.get_by_role("link", name="Telefoonnummer").click()
    field = page.get_by_label("Telefoonnummer")
    assert field.evaluate("field => field === document.activeElement")
    described = field.get_attribute("aria-describedby").split()
    assert page.locator(f"#{described[-1]}").inner_text() == "Schrijf een telefoonnummer, zoals 06 1234 5678."
    look(page, "people-details-wrong")


def test_my_own_screens(page, look, anouk, sign_in):
    sign_in(page, anouk)
    for name in (
        "people:profile",
        "people:profile_edit",
        "mfa_index",
        "account_change_password",
        "usersessions_list",
    ):
        page.goto(reverse(name))
        look(page, f"people-{name.replace(':', '-')}")


def test_the_screens_of_the_administrator(page, look, sign_in, frank, anouk, bram, carla, invited, now):
    Notice.objects.create(
        person=bram, kind="qualification_granted", subject="x:1", owed_at=now, due_at=now, trouble="Refused"
    )
    sign_in(page, frank, second_factor=True)
    one = {"public_id": anouk.public_id}
    screens = [
        ("people:manage", {}),
        ("people:manage_people", {}),
        ("people:manage_person", one),
        ("people:manage_person_edit", one),
        ("people:assign_role", one),
        ("people:grant", one),
        ("people:leave", one),
        ("people:revoke", {"pk": anouk.grants.first().pk}),
        ("people:invitations", {}),
        ("people:invite", {}),
        ("people:locations", {}),
        ("people:location", {"pk": anouk.home_id}),
        ("people:qualifications", {}),
        ("people:qualification", {"code": "C06"}),
        ("people:failed_notices", {}),
        ("people:journal", {}),
    ]
    for name, arguments in screens:
        page.goto(reverse(name, kwargs=arguments))
        look(page, name.replace(":", "-"))


def test_logging_in_without_a_mouse(page, anouk, live_server):
    page.goto(reverse("account_login"))
    page.get_by_label("Mailadres").focus()
    page.keyboard.type("anouk@paraat.example")
    page.keyboard.press("Tab")
    page.keyboard.type("paraat-demo")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{live_server.url}/")
    assert page.get_by_role("link", name="Ik", exact=True).is_visible()
