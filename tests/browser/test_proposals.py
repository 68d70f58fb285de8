"""A coordinator makes a proposal, changes it and sends it, by keyboard, on a phone and on a desk, with axe."""

import re

import pytest
from playwright.sync_api import expect

from rostering.models import Booking, Proposal
from tests.browser import keyboard
from tests.conftest import make_person
from tests.plugins.browser import PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def roster(time_machine, now, make_shift, utrecht, grant_all, telephone):
    """Three people, and two shifts of which they cannot fill every seat."""
    time_machine.move_to(now, tick=True)
    telephone.ladder = "micro_task"
    telephone.save()
    for name in ("Ada", "Bea", "Cem"):
        grant_all(make_person(name, "volunteer", home=utrecht))
    return make_shift(location=utrecht), make_shift(location=utrecht, days_ahead=4, seats=5)


def test_from_the_board_to_the_questions(roster, page, sign_in, carla, look):
    sign_in(page, carla)

    page.goto("/bord/")
    keyboard.press(page, page.get_by_role("link", name="Maak een voorstel"))
    look(page)
    for name in ("De landelijke pool", "Utrecht"):  # off, and on
        keyboard.choose(page, page.get_by_label(name, exact=True))
    keyboard.press(page, page.get_by_role("button", name="Maak het voorstel"))
    look(page)
    expect(page.get_by_text("0 → 5").first).to_be_visible()

    keyboard.reach(page, page.get_by_role("link", name=re.compile("^Waarom. Bea")).first)
    page.keyboard.press("Enter")
    expect(page.get_by_text("Zonder Bea")).to_be_visible()
    look(page)
    keyboard.press(page, page.get_by_role("button", name="Laat weg Ada").first)
    expect(page.get_by_text("Ada Voorbeeld is weggelaten.")).to_be_visible()
    keyboard.press(page, page.get_by_role("button", name="Zet vast Bea").first)
    look(page)
    keyboard.press(page, page.get_by_role("button", name="Maak het opnieuw"))
    look(page)
    keyboard.press(page, page.get_by_role("link", name="Bord", exact=True).last)
    look(page)

    keyboard.reach(page, page.locator("summary", has_text="Verstuur het voorstel"))
    page.keyboard.press("Enter")
    keyboard.press(page, page.get_by_role("button", name=re.compile(r"^Stuur \d+ vragen$")))
    look(page)
    made = Proposal.objects.order_by("-pk").first()
    assert made.state == "sent"
    assert Booking.objects.filter(state="offered").count() == made.lines.filter(state="sent").count() > 3
    page.goto("/bord/voorstellen/")
    look(page)


def test_without_script_the_reasons_are_a_page(roster, page_at, sign_in, carla):
    page = sign_in(page_at(PHONE, java_script_enabled=False), carla)
    page.goto("/bord/voorstellen/nieuw/")
    page.get_by_label("Utrecht", exact=True).check()
    page.get_by_label("De landelijke pool", exact=True).uncheck()
    page.get_by_role("button", name="Maak het voorstel").click()
    page.get_by_role("link", name=re.compile("^Waarom. Bea")).first.click()
    expect(page.get_by_role("heading", name="Waarom Bea Voorbeeld?")).to_be_visible()
    expect(page.get_by_text("Zonder Bea")).to_be_visible()
    page.get_by_role("link", name="Terug naar het voorstel").click()
    expect(page.get_by_role("button", name="Laat weg Bea").first).to_be_visible()


@pytest.mark.parametrize("with_script", [True, False])
def test_who_waits_can_stop(with_script, roster, page_at, sign_in, carla, axe, now):
    proposal = Proposal.objects.create(
        made_by=carla, made_at=now, begun_at=now, heard_at=now, limit=60, state="running",
        from_on=now.date(), until_on=now.date(), is_national=True,
    )  # fmt: skip
    page = sign_in(page_at(PHONE, java_script_enabled=with_script), carla)
    page.goto(f"/bord/voorstel/{proposal.pk}/")
    if with_script:
        axe(page)
    keyboard.press(page, page.get_by_role("button", name="Stop, en bewaar het beste tot nu toe"))
    proposal.refresh_from_db()
    assert proposal.stop_asked_at is not None

    cover = {name: [2, 0, 0] for name in ("low", "middle", "high")} | {"more": 0}
    Proposal.objects.filter(pk=proposal.pk).update(
        state="draft", finished_at=now, is_stopped=True, cover=cover
    )
    if not with_script:
        keyboard.press(page, page.get_by_role("link", name="Kijk hoe ver het is"))
    expect(page.get_by_text("De berekening is gestopt")).to_be_visible()
