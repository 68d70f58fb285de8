"""A form that is sent twice: everything that the first press made is there once, and the second leads there too."""

from copy import deepcopy
from datetime import time, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from academy.learning import progress
from academy.models import Answer, Attempt, Question
from people import invitations, stamps
from people.privacy import leaving
from rostering import booking, calendar, shifts
from rostering.demand import files, planning
from rostering.demand.files import Block
from rostering.models import Booking, Proposal, Shift, TakeOver, TaskKind, WeeklyDemand
from rostering.proposals import lines
from tests.architecture.house import nothing
from tests.architecture.pressing import Act, differences, everything
from tests.architecture.test_forms_that_write import HARMLESS
from tests.architecture.writing import is_sent_once, writing
from tests.conftest import NOW
from tests.plugins.sessions import signed_in

PLACES = {"location": "", "district": "", "everywhere": None}


def of(attribute: str, name: str = "pk"):
    return lambda world: [getattr(getattr(world, attribute), name)]


def page(name: str, attribute: str = "", key: str = "pk"):
    return lambda world: reverse(name, args=of(attribute, key)(world) if attribute else [])


def has_left(world, client):
    world.bram.set_unusable_password()
    leaving.leave(world.bram, by=world.frank, now=NOW)


def without_password(world, client):
    world.bram.set_unusable_password()
    world.bram.save()


def needed(world, client):
    WeeklyDemand.objects.create(
        task_kind=world.telephone, weekday=2, start=time(10), end=time(12), seats=2, scope="district"
    )


def planned(world, client):
    needed(world, client)
    world.planning = planning.plan_weeks(2, by=world.carla, now=NOW).planning


def fills_the_country(world, client):
    world.carla.role_assignments.update(location=None, district=None)


def uploaded(world, client):
    fills_the_country(world, client)
    text = f"task_kind,weekday,start,end,seats,scope\n{world.telephone.code},mon,17:00,21:00,2,national\n"
    client.post(reverse("rostering:import_demand"), {"file": SimpleUploadedFile("nood.csv", text.encode())})


def taken_over(world, client):
    fills_the_country(world, client)
    block = Block(world.telephone.code, 0, time(17), time(21), 2, "national")
    files.take_over_demand([block], by=world.carla, now=NOW)
    world.taken = TakeOver.objects.get(made_by=world.carla)


def with_questions(world, client):
    call_command("ensure_groups", verbosity=0)
    question = Question.objects.create(module=world.module, prompt="Wat doe je eerst?", sort_order=1)
    for text, right in (("Luisteren", True), ("Ophangen", False)):
        Answer.objects.create(question=question, text=text, is_right=right)
    for one in (world.course, world.module, world.lesson):
        one.save_revision(user=world.eva)
    progress.complete(world.anouk, world.lesson, by=world.anouk, now=NOW)


def sent(world, client):
    Proposal.objects.filter(pk=world.proposal.pk).update(state=Proposal.State.SENT)


ANSWERS = {
    "module": lambda world: world.module.pk,
    "answers-TOTAL_FORMS": "2",
    "answers-0-text": "Luisteren",
    "answers-0-is_right": "on",
    "answers-0-ORDER": "1",
    "answers-1-text": "Ophangen",
    "answers-1-is_right": None,
    "answers-1-ORDER": "2",
}
ONCE = [
    Act("people:assign_role", "frank", of("bram", "public_id"), typed={"role": "trainer", **PLACES}),
    Act("people:grant", "frank", of("bram", "public_id"), typed={"valid_until": ""}),
    Act("people:revoke", "frank", of("grant")),
    Act("people:leave", "frank", of("bram", "public_id")),
    Act("people:erase", "frank", of("bram", "public_id"), before=has_left),
    Act("people:invite_person", "frank", of("bram", "public_id"),
        on=page("people:manage_person", "bram", "public_id"), before=without_password),
    Act("people:invite", "frank", typed={"role": "volunteer", **PLACES}),
    Act("people:invite_again", "frank", of("invitation"), on=page("people:invitations")),
    Act("people:retry_notice", "frank", of("notice"), on=page("people:failed_notices")),
    Act("people:new_location", "frank", typed={"latitude": "52.1", "longitude": "5.1", "postcode": "1234 AB"}),
    Act("people:location", "frank", of("location"), typed={"postcode": "1234 AB"}),
    Act("people:new_room", "frank", of("location")),
    Act("people:new_district", "frank"),
    Act("people:district", "frank", of("location", "district_id")),
    Act("people:new_qualification", "frank", typed={"code": "C99", "includes": None}),
    Act("rostering:new_task_kind", "frank", typed={"code": "X99", "minutes": "60"}),
    Act("rostering:new_shift", "carla", typed={"end": "12:00", "room": ""}),
    Act("rostering:new_proposal", "carla"),
    Act("rostering:proposal_again", "carla", of("proposal"), on=page("rostering:proposal", "proposal")),
    Act("rostering:proposal_replan", "carla", of("proposal"), on=page("rostering:proposal", "proposal"), before=sent),
    Act("rostering:put_demand_aside", "carla", on=page("rostering:import_demand"), before=uploaded),
    Act("rostering:take_over_demand", "carla", on=page("rostering:import_demand"), before=uploaded),
    Act("rostering:plan_demand", "carla", on=lambda world: reverse("rostering:plan_demand") + "?weeks=2",
        before=needed),
    Act("rostering:undo_planning", "carla", of("planning"), on=page("rostering:import_demand"), before=planned),
    Act("rostering:undo_take_over", "carla", of("taken"), on=page("rostering:import_demand"),
        before=taken_over),
    Act("rostering:add_days", "anouk", on=page("rostering:availability")),
    Act("rostering:remove_days", "anouk", of("away"), on=page("rostering:availability")),
    Act("academy:test", "anouk", of("module"), before=with_questions),
    Act("wagtailsnippets_academy_question:add", "eva", before=with_questions, typed=ANSWERS),
]  # fmt: skip


def begun(world, client):
    times = {"starts_at": NOW - timedelta(hours=1), "ends_at": NOW + timedelta(hours=1)}
    Shift.objects.filter(pk=world.seat.shift_id).update(**times)
    Booking.objects.filter(pk=world.seat.pk).update(**times)


def requested(world, client):
    TaskKind.objects.filter(pk=world.telephone.pk).update(needs_approval=True)
    world.request = booking.book(world.anouk, Shift.objects.get(pk=world.local.pk), by=world.anouk, now=NOW)


def full(world, client):
    Booking.objects.filter(pk=world.seat.pk).update(person=world.bram)
    Shift.objects.filter(pk=world.seat.shift_id).update(seats=1)


def everything_done(world, client):
    with_questions(world, client)
    Attempt.objects.filter(pk=world.attempt.pk).update(is_passed=True, score=100)
    world.anouk.grants.filter(qualification=world.course.awards).delete()


def cancelled(world, client):
    shifts.cancel(world.local, by=world.carla, now=NOW, because="Er is te weinig vraag.")


def declined(world, client):
    booking.decline(world.offer, by=world.anouk, now=NOW)


def pinned(world, client):
    lines.pin(world.line, by=world.carla, now=NOW)


def left_out(world, client):
    lines.leave_out(world.line, by=world.carla, now=NOW)


def underway(world, client):
    Proposal.objects.filter(pk=world.proposal.pk).update(state=Proposal.State.RUNNING, heard_at=NOW)


def subscribed(world, client):
    calendar.subscribe(world.anouk, now=NOW)


def shift_and_person(world):
    return [world.local.pk, world.anouk.public_id]


def token(name):
    return lambda world: [getattr(world, name)]


WHY = {"reden": "Er is te weinig vraag."}
AGAIN = [  # what is not stamped, because the same once more changes nothing
    Act("people:export", "anouk"),
    Act("people:language", "anouk", typed={"language": "en"}),
    Act("people:invitation", "visitor", lambda world: [invitations.token(world.invitation)],
        typed={"password1": "een lang wachtwoord 42", "password2": "een lang wachtwoord 42"}),
    Act("people:end_role", "frank", of("role")),
    Act("people:withdraw_invitation", "frank", of("invitation")),
    Act("rostering:board_ask_four", "carla", of("local"), typed={"gevraagd": "0"}),
    Act("rostering:board_offer", "carla", shift_and_person),
    Act("rostering:board_book", "carla", shift_and_person),
    Act("rostering:board_cancel", "carla", of("local"), typed=WHY),
    Act("rostering:board_undo_cancel", "carla", of("local"), before=cancelled),
    Act("rostering:board_publish", "carla", of("draft")),
    Act("rostering:board_all_attended", "carla", of("seat", "shift_id"), before=begun),
    Act("rostering:board_confirm", "carla", of("request"), before=requested),
    Act("rostering:board_refuse", "carla", of("request"), typed=WHY, before=requested),
    Act("rostering:board_take_off", "carla", of("seat"), typed=WHY),
    Act("rostering:board_undo", "carla", of("seat")),
    Act("rostering:board_attended", "carla", of("seat"), before=begun),
    Act("rostering:board_absent", "carla", of("seat"), before=begun),
    Act("rostering:import_demand", "carla", before=fills_the_country),
    Act("rostering:proposal_stop", "carla", of("proposal"), before=underway),
    Act("rostering:proposal_discard", "carla", of("proposal")),
    Act("rostering:proposal_send", "carla", of("proposal")),
    Act("rostering:proposal_pin", "carla", of("line")),
    Act("rostering:proposal_unpin", "carla", of("line"), before=pinned),
    Act("rostering:proposal_leave_out", "carla", of("line")),
    Act("rostering:proposal_keep", "carla", of("line"), before=left_out),
    Act("rostering:invite_to_learn", "carla", of("certificate", "code"),
        typed={"wie": lambda world: world.bram.public_id}),
    Act("rostering:book", "anouk", of("local")),
    Act("rostering:wait", "anouk", of("seat", "shift_id"), before=full),
    Act("rostering:cancel", "anouk", of("taken")),
    Act("rostering:answer_here", "anouk", of("offer"), typed={"antwoord": "ja"}),
    Act("rostering:answer", "visitor", token("offer_token"), typed={"antwoord": "ja"}),
    Act("rostering:take_back", "anouk", of("offer"), before=declined),
    Act("rostering:restore_days", "anouk", lambda world: ["2026-12-28", "2026-12-29", 0]),
    Act("rostering:subscription", "anouk"),
    Act("rostering:end_subscription", "anouk", before=subscribed),
    Act("academy:start", "anouk", of("course")),
    Act("academy:claim", "anouk", of("course"), before=everything_done),
    Act("academy:read", "anouk", of("lesson")),
]  # fmt: skip
NEW_EACH_TIME = {"people.JournalEntry", "rostering.CalendarSubscription"}
TELLS_EACH_TIME = {"people:export", "rostering:subscription"}  # see why in HARMLESS
CHANGES_NO_ROW = {
    "rostering:put_demand_aside",
    "rostering:import_demand",
    "people:location",
    "people:district",
}
BY_A_LIBRARY = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
}  # with a secret in the session; tested with the log-in


@pytest.fixture
def clients(world, settings):
    settings.SECOND_FACTOR_FOR_STAFF = settings.SECOND_FACTOR_FOR_ADMIN = False
    names = ("anouk", "carla", "eva", "frank")
    return {name: signed_in(getattr(world, name), "password", "mfa") for name in names}


def once(act, world, client) -> list[str]:
    """Return what is wrong with the second press of a form that is sent once."""
    path, before = act.path(world), everything()
    said = act.said(world, act.form(world, client))
    if stamps.FIELD not in said:
        return [f"{act}: the form has no key"]
    first = client.post(path, said)
    if first.status_code != 302:
        return [f"{act}: {first.status_code}, {getattr(first.context.get('form'), 'errors', '')}"]
    made = everything()
    second = client.post(path, said)
    wrong = [] if differs(before, made) or act.name in CHANGES_NO_ROW else [f"{act}: nothing came of it"]
    if (second.status_code, second.headers.get("Location")) != (302, first.headers["Location"]):
        wrong.append(
            f"{act}: first to {first.headers['Location']}, then {second.status_code} {second.headers}"
        )
    return wrong + [f"{act}: {found}" for found in differences(made, everything()).items()]


def differs(before, after) -> bool:
    return bool(differences(before, after).keys() - {"people.Stamp"})


def again(act, world, client) -> list[str]:
    """Return what is wrong with a second press that nothing but its verb looks at."""
    path, before = act.path(world), everything()
    client.post(path, act.typed_in(world))
    made = everything()
    client.post(path, act.typed_in(world))
    wrong = [] if differs(before, made) or act.name in CHANGES_NO_ROW else [f"{act}: nothing came of it"]
    new = NEW_EACH_TIME if act.name in TELLS_EACH_TIME else set()
    found = differences(made, everything())
    return wrong + [f"{act}: {name} {rows}" for name, rows in found.items() if name not in new]


def walked(acts, press, world, clients) -> list[str]:
    """Press each, every time in the same world."""
    wrong = []
    for act in acts:
        with transaction.atomic():
            here, client = deepcopy(world), clients.get(act.who) or Client()
            act.before(here, client)
            try:
                wrong += press(act, here, client)
            except LookupError as missing:
                wrong.append(str(missing))
            transaction.set_rollback(True)
    return wrong


def test_every_form_that_is_sent_once_is_here():
    assert {act.name for act in ONCE} == {name for name, view in writing().items() if is_sent_once(view)}


def test_every_harmless_act_is_here():
    assert {act.name for act in AGAIN} | BY_A_LIBRARY == HARMLESS.keys()


@pytest.mark.both
def test_a_form_that_is_sent_twice_is_sent_once(world, clients):
    nothing(walked(ONCE, once, world, clients))


@pytest.mark.both
def test_what_is_harmless_changes_nothing_the_second_time(world, clients):
    nothing(walked(AGAIN, again, world, clients))
