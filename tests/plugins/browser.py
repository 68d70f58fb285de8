"""A Chromium in front of a live server.

A test with a page fails on any request to another host, on any error on the console (which is where a breach
of the content security policy shows), and on any exception in a script.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import sync_playwright

from tests.plugins.sessions import signed_in
from tools import chromium

PHONE, DESK = 390, 1280
HEIGHT = {PHONE: 844, DESK: 800}
QUIET = [
    "--no-sandbox",  # the tests may run as root
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def pytest_collection_modifyitems(items):
    for item in items:
        if "page_at" in item.fixturenames:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """The Chromium of this machine, one for the whole run."""
    executable = chromium.find()
    if not executable:
        if os.environ.get("CI") == "true":
            pytest.fail(chromium.ADVICE)
        pytest.skip(chromium.ADVICE)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, which Django takes for asynchronous code.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        started = playwright.chromium.launch(executable_path=executable, args=QUIET)
        yield started
        started.close()


class Watch:
    """What a page did that it should not."""

    def __init__(self, own_host: str):
        self.own_host, self.complaints, self.requests, self.refused = own_host, [], [], []

    def follow(self, page):
        page.on("request", self.saw_request)
        page.on("console", self.saw_console)
        page.on("pageerror", lambda error: self.complaints.append(f"exception in a script: {error}"))

    def saw_request(self, request):
        self.requests.append(request.url)
        url = urlsplit(request.url)
        if url.scheme in {"http", "https", "ws", "wss"} and url.netloc != self.own_host:
            self.complaints.append(f"request to another host: {request.url}")

    def saw_console(self, message):
        # An answer of 4xx is reported here too; whether it is right is for the test to say.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")


@pytest.fixture
def page_at(browser, live_server):
    """Return a function that opens a page of a given width in a browser of its own: `page_at(390)`."""
    watch, contexts = Watch(urlsplit(live_server.url).netloc), []

    def page_at(width=PHONE, **options):
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": HEIGHT.get(width, 800)},
            locale="nl-NL",
            timezone_id="Europe/Amsterdam",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(30_000)  # a busy machine is no failure
        context.on("page", watch.follow)
        page = context.new_page()
        page.watch = watch
        return page

    yield page_at
    for context in contexts:
        context.close()
    assert watch.complaints == []


@pytest.fixture
def page(page_at):
    """A phone."""
    return page_at(PHONE)


@pytest.fixture
def sign_in(live_server):
    """Return a function that gives a page the session of a person, without walking through the log-in."""

    def sign_in(page, person, *, second_factor=False):
        client = signed_in(person, *(["password", "mfa"] if second_factor else []))
        value = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": live_server.url}]
        )
        return page

    return sign_in


@pytest.fixture
def axe():
    """Return a function that asserts that a page breaks no rule of WCAG 2.2 AA that a machine can see."""

    def axe(page):
        # Of what is right it need not tell each element: that takes longer to send over than to find.
        found = Axe().run(page, options={"runOnly": WCAG, "resultTypes": ["violations"]})
        broken = {
            rule["id"]: [node["html"][:200] for node in rule["nodes"]]
            for rule in found.response["violations"]
        }
        assert broken == {}, page.url

    return axe


@pytest.fixture
def screenshot():
    """Return a function that keeps a picture of a page and returns its path, or None when none are wanted.

    With PARAAT_SCREENSHOTS=1 in docs/screenshots, with another value in var/screenshots; without it a run of all
    tests makes none, because they are dear and nobody looks.
    """
    wanted = os.environ.get("PARAAT_SCREENSHOTS")
    folder = Path(settings.ROOT) / ("docs" if wanted == "1" else "var") / "screenshots"

    def screenshot(page, name, *, whole=False):
        if not wanted:
            return None
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}-{page.viewport_size['width']}.png"
        page.evaluate("document.fonts.ready.then(() => true)")
        page.screenshot(path=path, full_page=whole, animations="disabled", caret="hide")
        return path

    return screenshot


@pytest.fixture
def look(axe, screenshot):
    """Return a function that looks at the page as it stands: too wide at no width, and no rule broken.

    One answer is laid out at each of `widths`, the last of which stays; axe reads it in each of `schemes`.
    """

    def look(page, name=None, *, widths=(DESK, PHONE), schemes=("light",)):
        for width in widths:
            page.set_viewport_size({"width": width, "height": HEIGHT.get(width, 800)})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (page.url, width)
            if name:
                screenshot(page, name, whole=True)
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # no colour half way
            axe(page)

    return look
