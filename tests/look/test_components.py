"""Do all components together hold in a browser: no rule broken, no sideways page, no focus under the bar?"""

import pytest

from tests.plugins.browser import DESK, PHONE

SPACING = "* { line-height: 1.5; letter-spacing: 0.12em; word-spacing: 0.16em; } p { margin-bottom: 2em; }"
FOCUS = """() => {
  const here = document.activeElement, bar = document.querySelector(".tabs");
  const box = here.getBoundingClientRect();
  const floor = bar.contains(here) ? innerHeight : bar.getBoundingClientRect().top;
  return here === document.body || (box.top >= -1 && box.top < floor && box.bottom > 0);
}"""


@pytest.fixture
def style_page(page_at, sign_in, carla, settings):
    settings.ROOT_URLCONF = "tests.look.urls"

    def style_page(width=PHONE, **options):
        page = sign_in(page_at(width, **options), carla)
        assert page.goto("/stijl/").status == 200
        return page

    return style_page


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_component_passes_axe(style_page, look, width):
    look(style_page(width), widths=(width,), schemes=("light", "dark"))


@pytest.mark.parametrize("spacing", ["p {}", SPACING], ids=["as it is", "spaced out"])
def test_a_narrow_screen_needs_no_scrolling_sideways(style_page, spacing):
    page = style_page(320, bypass_csp=True)
    page.add_style_tag(content=spacing)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_has_the_focus_is_in_sight(style_page):
    page, hidden = style_page(), []
    for _ in range(60):
        page.keyboard.press("Tab")
        if not page.evaluate(FOCUS):
            hidden.append(page.evaluate("document.activeElement.outerHTML"))
    assert hidden == []


def test_the_first_tab_offers_to_skip_the_menu(style_page):
    page = style_page()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
