"""What does each address show to somebody it is not meant for? The log-in, or nothing at all.

Every address of the site has a row in ROWS, so that a new one cannot be forgotten. A visitor is sent to the
log-in; to a person whose page it is not, it does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.urls import reverse

from tests.architecture.addresses import Address, addresses
from tests.architecture.house import nothing

CAST = ("anouk", "bram", "carla", "dirk", "eva", "frank")
MEMBERS = frozenset(CAST)
ANYBODY = MEMBERS | {"visitor"}
WAGTAIL = ("/admin/", "/documenten/", "/_util/")  # its own pages, looked at in one go
NOT_FOUND, TO_LOG_IN, SHOWN = "not found", "to the log-in", "shown"


@dataclass(frozen=True)
class Row:
    """Who may come here, and of whom or what the example path is."""

    who: frozenset = MEMBERS
    args: Callable = lambda world: ()
    method: str = "get"


ROWS = {
    # --- accounts: each shows a person nothing but the own account
    "account_login": Row(ANYBODY),
}


@pytest.fixture
def world(request):
    """The cast, and what each of them owns."""
    return {name: request.getfixturevalue(name) for name in CAST}


def own() -> list[Address]:
    return [address for address in addresses() if not address.path.startswith(WAGTAIL)]


def seen(client, path, method="get") -> str:
    """Say in a word what an answer shows."""
    response = getattr(client, method)(path)
    if response.status_code == 302 and response.url.startswith(reverse("account_login")):
        return TO_LOG_IN
    return {404: NOT_FOUND, 403: "refused", 405: "method", 500: "broken"}.get(response.status_code, SHOWN)


def test_every_address_has_a_row():
    nothing(sorted({address.name or address.path for address in own()} ^ set(ROWS)))


@pytest.mark.parametrize("name", ROWS)
def test_a_stranger_finds_nothing(name, world, client, settings):
    settings.SECOND_FACTOR_FOR_ADMIN = False  # so that each view is seen to guard itself
    row = ROWS[name]
    path = reverse(name, args=row.args(world))
    expected = {"visitor": SHOWN if "visitor" in row.who else TO_LOG_IN}
    found = {"visitor": seen(client, path, row.method)}
    for person in CAST:
        client.force_login(world[person])
        expected[person] = SHOWN if person in row.who else NOT_FOUND
        found[person] = seen(client, path, row.method)
    assert found == expected


def test_wagtails_own_pages_are_closed(client, anouk):
    """The pages for making the site: 200 addresses of which a volunteer sees none."""
    theirs = [address for address in addresses() if address.path.startswith(WAGTAIL)]
    visitor = {address.path: seen(client, address.path) for address in theirs}
    client.force_login(anouk)
    volunteer = {address.path: client.get(address.path).status_code for address in theirs}
    open_to_all = {path for path, shows in visitor.items() if shows not in {TO_LOG_IN, NOT_FOUND}}
    assert (open_to_all, {path for path, status in volunteer.items() if status == 200}) == (set(), set())
