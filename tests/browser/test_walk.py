"""The walk of tests/test_walk.py on a phone, by keyboard, with axe on every page."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from academy.editing import groups
from cms import tree
from people import notices, roles
from rostering import clock
from tests.browser import keyboard
from tests.conftest import NOW
from tests.test_walk import call, listening, publish, written

__all__ = ["call", "listening"]
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def travel():
    with time_machine.travel(NOW) as traveller:
        yield traveller


@pytest.fixture
def drafts(travel, listening, eva):
    """A course of which the lesson and its part are live, and the course itself is ready to be published."""
    catalogue = tree.ensure_site()
    groups.ensure_groups()
    course, module, lesson, _question = written(catalogue, listening)
    for page in (lesson, module):
        publish(page, by=eva)
    course.save_revision(user=eva)
    return course


@pytest.fixture
def walker(page, axe):
    """Somebody with a keyboard; every page they come to is read by axe."""

    class Walker:
        def press(self, target):
            keyboard.press(page, target)
            axe(page)

        def link(self, name):
            self.press(page.get_by_role("link", name=name).first)

        def button(self, name):
            self.press(page.get_by_role("button", name=name).first)

        def go(self, path):
            page.goto(path)
            axe(page)

    return Walker()


def log_in(page, walker, person):
    page.context.clear_cookies()
    walker.go("/inloggen/")
    keyboard.type_in(page, page.locator("[name=login]"), person.email)
    keyboard.type_in(page, page.locator("[name=password]"), "paraat-demo")
    walker.button("Inloggen")


def answer(page, walker, text):
    keyboard.choose(page, page.get_by_label(text, exact=True))
    walker.button("Lever mijn antwoorden in")


def test_from_a_published_module_to_hours_worked(
    page, axe, sign_in, walker, drafts, bram, eva, carla, call, travel, settings
):
    course = drafts
    roles.assign(bram, "volunteer", by=carla, now=NOW, since_on=bram.joined_on)

    sign_in(page, eva, second_factor=True)  # 1: the trainer publishes
    page.goto(f"/admin/pages/{course.pk}/edit/")
    axe(page)
    keyboard.reach(page, page.get_by_role("button", name="Meer acties"))
    page.keyboard.press("Enter")
    keyboard.press(page, page.get_by_role("button", name="Publiceer"))
    course.refresh_from_db()
    assert course.live

    log_in(page, walker, bram)  # 2: the volunteer learns and passes
    walker.link("Academie")
    walker.link("Luisteren")
    walker.button("Begin")
    walker.button("Ik heb dit gelezen, verder")
    answer(page, walker, "Doorvragen")
    assert page.get_by_role("heading", level=1).inner_text() == "Je bent er nog niet"
    walker.link("Maak de toets opnieuw")
    answer(page, walker, "Wachten")
    assert bram.grants.get().qualification == course.awards  # 3

    walker.go("/rooster/")  # 4: the task has become bookable
    walker.link("Belronde")
    walker.button("Neem deze dienst")  # 5
    assert bram.bookings.get().state == "booked"
    walker.go("/")
    assert page.get_by_text("Woensdag 2 december").is_visible()

    travel.move_to(call.starts_at - timedelta(hours=47))  # 6: the reminder
    moment = call.starts_at - timedelta(hours=47)
    clock.tick(moment)
    notices.send_due(now=moment)
    assert mail.outbox[-1].to == ["Bram Voorbeeld <bram@paraat.example>"]

    travel.move_to(call.ends_at)  # 7: the coordinator marks present
    log_in(page, walker, carla)
    walker.go(f"/bord/dienst/{call.pk}/")
    walker.button("Aanwezig")
    assert bram.bookings.get().state == "attended"

    log_in(page, walker, bram)  # 8: the hours stand
    walker.go("/rooster/uren/")
    assert page.get_by_text("2 uur").first.is_visible()
