"""The volunteer's screens in a browser: filters without a reload, booking and the way back, no barrier anywhere."""

import re

import pytest
from playwright.sync_api import expect

from rostering import booking
from rostering.models import Booking


@pytest.fixture
def noon(time_machine, now):
    time_machine.move_to(now, tick=True)


@pytest.fixture
def roster(anouk, carla, make_shift, now):
    """A shift that is booked, one that was asked, and two that are open: in the morning and in the evening."""
    booked, asked, *_open = (
        make_shift(days_ahead=n, hour=hour) for n, hour in ((1, 9), (2, 9), (3, 9), (4, 18))
    )
    booking.book(anouk, booked, by=anouk, now=now)
    booking.offer(anouk, asked, by=carla, now=now)
    return booked


def test_a_filter_changes_the_list_and_the_address_and_keeps_the_focus(noon, roster, page, sign_in, anouk):
    sign_in(page, anouk).goto("/rooster/")
    expect(page.locator("article.shift")).to_have_count(2)
    page.get_by_role("link", name="Avond").click()
    expect(page.locator("article.shift")).to_have_count(1)
    page.get_by_label("Hoeveel tijd heb je?").focus()
    page.get_by_label("Hoeveel tijd heb je?").select_option("240")
    expect(page).to_have_url(re.compile(r"minuten=240&dagdeel=avond$"))
    expect(page.get_by_label("Hoeveel tijd heb je?")).to_be_focused()


@pytest.mark.parametrize("with_script", [True, False])
def test_take_a_shift_and_undo_it(with_script, noon, roster, page_at, sign_in, anouk):
    page = sign_in(page_at(390, java_script_enabled=with_script), anouk)
    page.goto("/rooster/?dagdeel=avond")
    page.get_by_role("button", name="Neem deze dienst").click()
    expect(page.get_by_text("Je staat ingeschreven voor Advieslijn telefoon")).to_be_visible()
    page.locator(".message").get_by_role("button", name="Maak ongedaan").click()
    expect(page.get_by_text("Je bent afgemeld voor Advieslijn telefoon")).to_be_visible()
    assert Booking.objects.filter(person=anouk, state="booked").count() == 1


def test_no_screen_has_a_barrier_or_scrolls_sideways(noon, roster, page, sign_in, anouk, look):
    sign_in(page, anouk)
    paths = ["/", "/rooster/", f"/rooster/dienst/{roster.pk}/", "/rooster/mijn/", "/rooster/mijn/week/"]
    paths += ["/rooster/uren/", "/rooster/beschikbaarheid/", "/rooster/bereidheid/", "/rooster/agenda/"]
    for path in paths:
        page.goto(path)
        look(page, widths=(1280, 320, 390), schemes=("light", "dark"))


LINES = """nodes => nodes.map(node => {
    const words = document.createRange();
    words.selectNodeContents(node.firstChild);
    return [node.firstChild.textContent.trim(), new Set([...words.getClientRects()].map(box => box.top)).size];
})"""


@pytest.mark.parametrize(("width", "language"), [(320, "nl"), (390, "nl"), (320, "en")])
def test_no_word_is_broken_in_the_table_of_availability(width, language, noon, page_at, sign_in, anouk):
    page = sign_in(page_at(width), anouk)
    host = page.context.cookies()[0]["domain"]
    page.context.add_cookies([{"name": "django_language", "value": language, "domain": host, "path": "/"}])
    page.goto("/rooster/beschikbaarheid/")
    lines = dict(page.locator(".ticks th").evaluate_all(LINES))
    assert lines == dict.fromkeys(lines, 1)
    expected = {"nl": {"Ochtend", "Middag", "donderdag"}, "en": {"Morning", "Afternoon", "Wednesday"}}
    assert expected[language] <= set(lines)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_mistake_in_other_days_is_in_sight_with_the_focus_in_its_field(noon, page_at, sign_in, anouk, axe):
    page = sign_in(page_at(390), anouk)
    page.goto("/rooster/beschikbaarheid/")
    page.get_by_label("Eerste dag").fill("2026-11-01")
    page.get_by_role("button", name="Voeg deze dagen toe").click()
    expect(page.locator("#id_from_on")).to_be_focused()
    expect(page.locator("#id_from_on")).to_be_in_viewport()
    expect(page.locator("#id_from_on_error")).to_be_in_viewport()
    expect(page.get_by_role("alert")).to_contain_text("Deze dagen zijn voorbij. Kies dagen vanaf vandaag.")
    axe(page)
