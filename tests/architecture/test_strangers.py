"""What does each address show to somebody it is not meant for? The log-in, or nothing at all.

Every address of the site has a row in ROWS, so that a new one cannot be forgotten. A visitor is sent to the
log-in; to a person whose page it is not, it does not exist.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from people import invitations
from tests.architecture.addresses import Address, addresses
from tests.architecture.conftest import CAST
from tests.architecture.house import nothing
from tests.plugins.sessions import signed_in

MEMBERS = frozenset(CAST)
ANYBODY = MEMBERS | {"visitor"}
NOBODY = frozenset()
ANOUK, ADMINISTRATION, TEACHING = {"anouk"}, {"frank"}, {"eva", "frank"}
FILLS, UTRECHT = {"carla", "dirk"}, {"carla"}  # who fills a roster; that of Utrecht
TEAM = MEMBERS - {"ida"}
WAGTAIL = ("/admin/", "/documenten/", "/_util/")  # its own pages, looked at in one go
OPEN_TO_ALL = {"/admin/sprite/", "/admin/jsi18n/"}  # its icons, and its own words for scripts
NOT_FOUND, TO_LOG_IN, SHOWN = "not found", "to the log-in", "shown"
DOORS = ("/inloggen/", "/admin/login/")  # the second leads to the first
OTHERWISE = {404: NOT_FOUND, 403: "refused", 405: "not this method", 301: "moved"}


@dataclass(frozen=True)
class Row:
    """One address, one example of it, and who may come there; `about` tells examples of one address apart."""

    name: str
    who: frozenset | set = MEMBERS
    args: Callable = lambda world: []
    method: str = "get"
    visitor: str = TO_LOG_IN
    others: str = NOT_FOUND
    about: str = ""

    def __str__(self):
        return f"{self.name} {self.about}".strip()


def of(attribute: str, field: str = "pk") -> Callable:
    """Return how to fill the one argument of a path: `of("shift")` is the pk of the shift in the world."""
    return lambda world: [getattr(getattr(world, attribute), field)]


def of_shift_and_person(world) -> list:
    return [world.local.pk, world.anouk.public_id]


ACCOUNT = [  # allauth's pages show a person nothing but the own account
    Row("account_login", ANYBODY),
    Row("media", NOBODY, lambda world: ["original_images/no-such.png"], visitor=NOT_FOUND),
    Row("no_documents", NOBODY, visitor=NOT_FOUND),
    Row("account_logout", ANYBODY),
    Row("account_signup", ANYBODY),
    Row("account_inactive", ANYBODY),
    Row("account_email", ANYBODY),
    Row("account_confirm_login_code", NOBODY, others=TO_LOG_IN),
    Row("account_email_verification_sent", NOBODY, others=TO_LOG_IN),
    Row("account_reset_password", ANYBODY),
    Row("account_reset_password_done", ANYBODY),
    Row("account_reset_password_from_key", ANYBODY, lambda world: ["1", "x-y"], about="that nobody sent"),
    Row("account_reset_password_from_key_done", ANYBODY),
    Row("account_change_password"),
    Row("account_set_password"),
    Row("account_reauthenticate"),
    Row("mfa_authenticate"),
    Row("mfa_trust"),
    Row("mfa_index"),
    Row("mfa_reauthenticate"),
    Row("mfa_activate_totp"),
    Row("mfa_deactivate_totp", NOBODY, about="that nobody has"),
    Row("mfa_view_recovery_codes", NOBODY, about="that nobody has"),
    Row("mfa_generate_recovery_codes"),
    Row("mfa_download_recovery_codes", NOBODY, about="that nobody has"),
    Row("mfa_list_webauthn"),
    Row("mfa_add_webauthn"),
    Row("mfa_reauthenticate_webauthn"),
    Row("mfa_remove_webauthn", NOBODY, lambda world: [1], about="of nobody"),
    Row("mfa_edit_webauthn", NOBODY, lambda world: [1], about="of nobody"),
    Row("usersessions_list"),
]
PEOPLE = [
    Row("people:alive", ANYBODY),
    Row("people:ready", ANYBODY),
    Row("people:profile"),
    Row("people:profile_edit"),
    Row("people:export", method="post"),
    Row("people:language", ANYBODY, method="post"),
    Row("people:invitation", ANYBODY, lambda world: [invitations.token(world.invitation)]),
    Row("people:invitation", NOBODY, lambda world: ["1.x"], visitor=NOT_FOUND, about="that nobody sent"),
    Row("people:manage", ADMINISTRATION),
    Row("people:manage_people", ADMINISTRATION),
    Row("people:manage_person", ADMINISTRATION, of("anouk", "public_id")),
    Row("people:manage_person_edit", ADMINISTRATION, of("anouk", "public_id")),
    Row("people:assign_role", ADMINISTRATION, of("anouk", "public_id")),
    Row("people:grant", ADMINISTRATION, of("anouk", "public_id")),
    Row("people:invite_person", ADMINISTRATION, of("anouk", "public_id"), "post"),
    Row("people:leave", ADMINISTRATION, of("anouk", "public_id")),
    Row("people:erase", ADMINISTRATION, of("anouk", "public_id")),
    Row("people:end_role", ADMINISTRATION, of("role"), "post"),
    Row("people:revoke", ADMINISTRATION, of("grant")),
    Row("people:invitations", ADMINISTRATION),
    Row("people:invite", ADMINISTRATION),
    Row("people:invite_again", ADMINISTRATION, of("invitation"), "post"),
    Row("people:withdraw_invitation", ADMINISTRATION, of("invitation"), "post"),
    Row("people:locations", ADMINISTRATION),
    Row("people:new_location", ADMINISTRATION),
    Row("people:location", ADMINISTRATION, of("location")),
    Row("people:new_room", ADMINISTRATION, of("location")),
    Row("people:room", ADMINISTRATION, of("room")),
    Row("people:duty_phone", ADMINISTRATION, of("role")),
    Row("people:new_district", ADMINISTRATION),
    Row("people:district", ADMINISTRATION, of("location", "district_id")),
    Row("people:house_rules", ADMINISTRATION),
    Row("people:qualifications", ADMINISTRATION),
    Row("people:new_qualification", ADMINISTRATION),
    Row("people:qualification", ADMINISTRATION, of("certificate", "code")),
    Row("people:failed_notices", ADMINISTRATION),
    Row("people:retry_notice", ADMINISTRATION, of("notice"), "post"),
    Row("people:journal", ADMINISTRATION),
]
ROSTERING = [
    Row("rostering:task_kinds", ADMINISTRATION),
    Row("rostering:new_task_kind", ADMINISTRATION),
    Row("rostering:task_kind", ADMINISTRATION, of("telephone", "code")),
    Row("rostering:open_shifts"),
    Row("rostering:shift", MEMBERS, of("local")),
    Row("rostering:shift", NOBODY, of("draft"), about="not published"),
    Row("rostering:book", MEMBERS, of("local"), "post"),
    Row("rostering:book", NOBODY, of("draft"), "post", about="not published"),
    Row("rostering:wait", MEMBERS, of("local"), "post"),
    Row("rostering:wait", NOBODY, of("draft"), "post", about="not published"),
    Row("rostering:cancel", ANOUK, of("taken"), "post"),
    Row("rostering:event_file", ANOUK, of("taken")),
    Row("rostering:answer_here", ANOUK, of("offer"), "post"),
    Row("rostering:take_back", ANOUK, of("offer"), "post"),
    Row("rostering:answer", ANYBODY, lambda world: [world.offer_token]),
    Row("rostering:answer", NOBODY, lambda world: ["1.x"], visitor=NOT_FOUND, about="that nobody sent"),
    Row("rostering:my_roster"),
    Row("rostering:my_week"),
    Row("rostering:hours"),
    Row("rostering:availability"),
    Row("rostering:add_days", method="post"),
    Row("rostering:remove_days", ANOUK, of("away"), "post"),
    Row("rostering:restore_days", MEMBERS, lambda world: ["2026-12-24", "2026-12-26", 0], "post"),
    Row("rostering:willingness"),
    Row("rostering:subscription"),
    Row("rostering:end_subscription", method="post"),
    Row("rostering:opened_by", MEMBERS, of("certificate", "code")),
    Row("rostering:feed", ANYBODY, lambda world: [world.feed_token]),
    Row("rostering:feed", NOBODY, lambda world: ["x"], visitor=NOT_FOUND, about="that nobody gave out"),
]
BOARD = [
    Row("rostering:board", FILLS),
    Row("rostering:board_cell", FILLS, lambda world: [f"{world.local.day}", "avond"]),
    Row("rostering:board_people", FILLS),
    Row("rostering:new_shift", FILLS),
    Row("rostering:board_shift", FILLS, of("taken"), about="of the national pool"),
    Row("rostering:board_shift", UTRECHT, of("local")),
    Row("rostering:board_shift", UTRECHT, of("draft"), about="not published"),
    Row("rostering:board_change", UTRECHT, of("local")),
    Row("rostering:board_change", UTRECHT, of("local"), "post"),
    Row("rostering:board_ask_four", UTRECHT, of("local"), "post"),
    Row("rostering:board_offer", UTRECHT, of_shift_and_person, "post"),
    Row("rostering:board_book", UTRECHT, of_shift_and_person, "post"),
    Row("rostering:board_cancel", UTRECHT, of("local"), "post"),
    Row("rostering:board_undo_cancel", UTRECHT, of("local"), "post"),
    Row("rostering:board_publish", UTRECHT, of("draft"), "post"),
    Row("rostering:board_all_attended", UTRECHT, of("local"), "post"),
    Row("rostering:board_confirm", UTRECHT, of("seat"), "post"),
    Row("rostering:board_refuse", UTRECHT, of("seat"), "post"),
    Row("rostering:board_take_off", UTRECHT, of("seat"), "post"),
    Row("rostering:board_undo", UTRECHT, of("seat"), "post"),
    Row("rostering:board_attended", UTRECHT, of("seat"), "post"),
    Row("rostering:board_absent", UTRECHT, of("seat"), "post"),
    Row("rostering:proposals", FILLS),
    Row("rostering:new_proposal", FILLS),
    Row("rostering:proposal", UTRECHT, of("proposal")),
    Row("rostering:proposal_stop", UTRECHT, of("proposal"), "post"),
    Row("rostering:proposal_discard", UTRECHT, of("proposal"), "post"),
    Row("rostering:proposal_again", UTRECHT, of("proposal"), "post"),
    Row("rostering:proposal_replan", UTRECHT, of("proposal"), "post"),
    Row("rostering:proposal_send", UTRECHT, of("proposal"), "post"),
    Row("rostering:proposal_why", UTRECHT, of("line")),
    Row("rostering:proposal_pin", UTRECHT, of("line"), "post"),
    Row("rostering:proposal_unpin", UTRECHT, of("line"), "post"),
    Row("rostering:proposal_leave_out", UTRECHT, of("line"), "post"),
    Row("rostering:proposal_keep", UTRECHT, of("line"), "post"),
    Row("rostering:import_demand", FILLS),
    Row("rostering:put_demand_aside", FILLS, method="post"),
    Row("rostering:take_over_demand", FILLS, method="post"),
    Row("rostering:plan_demand", FILLS, method="post"),
    Row("rostering:undo_planning", UTRECHT, of("planning"), "post"),
    Row("rostering:undo_take_over", NOBODY, of("take_over"), "post"),  # nobody here is of the whole country
    Row("rostering:board_why", UTRECHT, of("local")),
    Row("rostering:training_needs", FILLS),
    Row("rostering:invite_to_learn", FILLS, of("certificate", "code"), "post"),
    Row("rostering:quality", FILLS),
    Row("rostering:quality_file", FILLS),
    Row("rostering:proposal_quality", UTRECHT, of("proposal")),
]
ACADEMY = [
    Row("academy:catalogue"),
    Row("academy:way", TEAM, of("certificate", "code")),
    Row("academy:go_on", TEAM, of("certificate", "code")),
    Row("academy:start", TEAM, of("course"), "post"),
    Row("academy:claim", TEAM, of("course"), "post"),
    Row("academy:read", TEAM, of("lesson"), "post"),
    Row("academy:test", TEAM, of("module")),
    Row("academy:result", ANOUK, of("attempt")),
    Row("academy:my_certificates"),
    Row("academy:learners", TEACHING),
    Row("academy:learners_course", TEACHING, of("course", "code")),
]
CMS = [
    Row("home", ANYBODY),
    Row("demo_mail", NOBODY, visitor=NOT_FOUND, about="outside the demo"),
    Row("demo_mail_one", NOBODY, lambda world: ["x", 1], visitor=NOT_FOUND, about="outside the demo"),
    Row("demo_mail_page", NOBODY, lambda world: ["x", 1], visitor=NOT_FOUND, about="outside the demo"),
    Row(
        "demo_mail_attachment", NOBODY, lambda world: ["x", 1, 1], visitor=NOT_FOUND, about="outside the demo"
    ),
    Row("wagtail_serve", ANYBODY, lambda world: ["over-paraat/"], about="page of text"),
    Row("wagtail_serve", TEAM, lambda world: ["academie/advieslijn/"], about="course"),
    Row("wagtail_serve", TEAM, lambda world: ["academie/advieslijn/luisteren/"], about="part"),
    Row("wagtail_serve", TEAM, lambda world: ["academie/advieslijn/luisteren/stil-zijn/"], about="lesson"),
]
ROWS = {
    "account": ACCOUNT,
    "people": PEOPLE,
    "rostering": ROSTERING,
    "board": BOARD,
    "academy": ACADEMY,
    "cms": CMS,
}


def own() -> list[Address]:
    return [address for address in addresses() if not address.path.startswith(WAGTAIL)]


def seen(client, path, method="get") -> str:
    """Say in a word what an answer shows; what it changed is undone."""
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    if response.status_code == 302 and response.url.startswith(DOORS):
        return TO_LOG_IN
    return OTHERWISE.get(response.status_code, SHOWN)


@pytest.fixture
def visits(world, settings):
    """A browser for each of the cast, signed in, and one for a visitor."""
    settings.SECOND_FACTOR_FOR_STAFF = False  # so that each view is seen to guard itself
    clients = {"visitor": Client()}
    for name in CAST:
        clients[name] = signed_in(getattr(world, name), "password")
    return clients


def expected(row, name) -> str:
    if name in row.who:
        return SHOWN
    return row.visitor if name == "visitor" else row.others


def test_every_address_has_a_row():
    known = {row.name for rows in ROWS.values() for row in rows}
    nothing(sorted({address.name or address.path for address in own()} ^ known))


@pytest.mark.parametrize("room", ROWS)
def test_a_stranger_finds_nothing(room, world, visits):
    wrong = []
    for row in ROWS[room]:
        path = reverse(row.name, args=row.args(world))
        found = {name: seen(client, path, row.method) for name, client in visits.items()}
        wrong += [f"{row} to {name}: {f}" for name, f in found.items() if f != expected(row, name)]
    nothing(wrong)


STAFF = {"carla", "dirk", "eva", "frank"}
BY_FACTOR = "/ik/tweede-stap/"


def test_who_sees_others_proves_more_than_a_password(world, settings):
    """Which page is about others is read from who may come there: staff and nobody else."""
    settings.SECOND_FACTOR_FOR_STAFF = True
    clients = {name: signed_in(getattr(world, name), "password") for name in STAFF}
    wrong = []
    for row in (row for rows in ROWS.values() for row in rows if row.name not in {"account_logout"}):
        path = reverse(row.name, args=row.args(world))
        for name in STAFF & set(row.who):
            with transaction.atomic():
                answer = getattr(clients[name], row.method)(path)
                transaction.set_rollback(True)
            is_asked = (
                answer.status_code == 302 and answer.url.startswith(BY_FACTOR) and "next=" in answer.url
            )
            if is_asked is not (set(row.who) <= STAFF):
                wrong.append(f"{row} to {name}: {'asked' if is_asked else 'not asked'}")
    nothing(wrong)


def test_wagtails_own_pages_are_closed(visits):
    """The pages for making the site: 200 addresses of which a volunteer sees none."""
    theirs = {address.path for address in addresses() if address.path.startswith(WAGTAIL)}
    nothing(
        f"{path} to {name}"
        for name in ("visitor", "anouk")
        for path in sorted(theirs - OPEN_TO_ALL)
        if seen(visits[name], path) == SHOWN
    )
