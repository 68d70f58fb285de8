"""A window that was left open: what was changed meanwhile stays, is told, and what was typed is still there."""

from copy import deepcopy
from datetime import time, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from academy.models import Question
from people import house_rules
from people.models import District, Location, Person, Qualification, Room
from rostering import shifts
from rostering.availability import preferences
from rostering.availability.preferences import Window
from rostering.models import Shift, TaskKind
from tests.architecture.house import nothing
from tests.architecture.pressing import Act, differences, everything
from tests.architecture.test_second_press import (
    of,
    page,
    requested,
    shift_and_person,
    token,
    with_questions,
)
from tests.architecture.writing import says_what_it_showed, writing
from tests.conftest import NOW
from tests.plugins.sessions import signed_in

SAID = "Iemand heeft dit veranderd terwijl jij het open had"
POSTCODE = {"postcode": "1234 AB"}


def name_of(model, attribute, key="pk"):
    """Somebody else gives it another name."""

    def change(world):
        model.objects.filter(pk=getattr(getattr(world, attribute), key)).update(name="Intussen anders")

    return change


def phone_of(attribute):
    def change(world):
        Person.objects.filter(pk=getattr(world, attribute).pk).update(phone="0612345678")

    return change


def other_duty_phone(world):
    world.carla.role_assignments.update(duty_phone="0612345678")


def other_rules(world):
    first = house_rules.agreed()[0]
    house_rules.change({first.rule.key: first.value - 1}, by=world.frank, now=NOW)


def move(shift):
    shift = Shift.objects.get(pk=shift.pk)
    later = {"starts_at": shift.starts_at + timedelta(hours=1), "ends_at": shift.ends_at + timedelta(hours=1)}
    shifts.change(shift, **later, seats=shift.seats, note="", by=None, now=NOW)


def moved(attribute):
    return lambda world: move(getattr(world, attribute))


def other_week(world):
    preferences.set_pattern(world.anouk, [Window(1, time(18), time(20))], by=world.anouk, now=NOW)


def other_limits(world):
    levels = {TaskKind.objects.get(pk=world.telephone.pk): 1}
    limits = {"shifts_a_week": 3, "hours_a_week": None}
    preferences.set_wishes(world.anouk, levels, by=world.anouk, now=NOW, **limits)


def other_question(world):
    Question.objects.update(explanation="Intussen anders")


def with_a_question(world, client):
    with_questions(world, client)
    world.question = Question.objects.get()


def with_a_room(world, client):
    world.room = Room.objects.create(location=world.location, name="Intussen hetzelfde")


EDITS = [  # the form, what somebody else does meanwhile, and what is typed and must still be there
    (Act("people:profile_edit", "anouk", typed={"infix": "van der"}), phone_of("anouk"), "van der"),
    (Act("people:manage_person_edit", "frank", of("bram", "public_id"), typed={"infix": "van der"}),
     phone_of("bram"), "van der"),
    (Act("people:duty_phone", "frank", lambda world: [world.carla.role_assignments.get().pk],
         typed={"duty_phone": "0301234567"}), other_duty_phone, "0301234567"),
    (Act("people:location", "frank", of("location"), typed=POSTCODE | {"latitude": "52.25"}),
     name_of(Location, "location"), "52.25"),
    (Act("people:room", "frank", of("room"), typed={"name": "Getypt"}, before=with_a_room),
     name_of(Room, "room"), "Getypt"),
    (Act("people:district", "frank", of("location", "district_id"), typed={"name": "Getypt"}),
     name_of(District, "location", "district_id"), "Getypt"),
    (Act("people:qualification", "frank", of("certificate", "code"), typed={"valid_months": "17"}),
     name_of(Qualification, "certificate"), "17"),
    (Act("people:house_rules", "frank"), other_rules, ""),
    (Act("rostering:task_kind", "frank", of("telephone", "code"), typed={"description": "Getypt"}),
     name_of(TaskKind, "telephone"), "Getypt"),
    (Act("rostering:board_change", "carla", of("local"), typed={"note": "Getypt"}), moved("local"), "Getypt"),
    (Act("rostering:availability", "anouk", typed={"blok": ["0-ochtend"]}), other_week, "0-ochtend"),
    (Act("rostering:willingness", "anouk", typed={"hours_a_week": "17"}), other_limits, "17"),
    (Act("wagtailsnippets_academy_question:edit", "eva", of("question"), before=with_a_question,
         typed={"prompt": "Getypt", "answers-1-is_right": None}), other_question, "Getypt"),
]  # fmt: skip
BUTTONS = [  # about a shift that is moved meanwhile
    (Act("rostering:book", "anouk", of("local"), on=page("rostering:shift", "local")), "local"),
    (Act("rostering:answer_here", "anouk", of("offer"), on=lambda world: reverse("home"),
         typed={"antwoord": "ja"}), "offer"),
    (Act("rostering:answer", "visitor", token("offer_token"), typed={"antwoord": "ja"}), "offer"),
    (Act("rostering:board_offer", "carla", shift_and_person, on=page("rostering:board_shift", "local")), "local"),
    (Act("rostering:board_book", "carla", shift_and_person, on=page("rostering:board_shift", "local")), "local"),
    (Act("rostering:board_confirm", "carla", of("request"), on=page("rostering:board_shift", "local"),
         before=requested), "local"),
]  # fmt: skip
NOT_A_ROW = {"people.Stamp"}


@pytest.fixture
def clients(world, settings):
    settings.SECOND_FACTOR_FOR_STAFF = settings.SECOND_FACTOR_FOR_ADMIN = False
    names = ("anouk", "carla", "eva", "frank")
    return {name: signed_in(getattr(world, name), "password", "mfa") for name in names}


def refused(act, meanwhile, kept, world, client) -> list[str]:
    """Return what is wrong with a form that was open while somebody else changed what it shows."""
    act.before(world, client)
    said = act.said(world, act.form(world, client))
    meanwhile(world)
    before = everything()
    answer = client.post(act.path(world), said)
    text = answer.content.decode()
    wrong = [] if answer.status_code in (200, 409, 422) else [f"{act}: {answer.status_code}"]
    wrong += [] if SAID in text else [f"{act}: does not say that it was changed"]
    wrong += [] if kept in text else [f"{act}: what was typed is gone"]
    return wrong + [
        f"{act}: {one}" for one in differences(before, everything()).items() if one[0] not in NOT_A_ROW
    ]


def told(act, attribute, world, client) -> list[str]:
    """Return what is wrong with a button that was shown before its shift moved."""
    act.before(world, client)
    said = act.said(world, act.form(world, client)) | {
        name: [f"{value}"] for name, value in act.typed_in(world).items()
    }
    thing = getattr(world, attribute)
    move(getattr(thing, "shift", thing))
    before = everything()
    answer = client.post(act.path(world), said, follow=True)
    wrong = (
        [] if "Kijk of het nog past" in answer.content.decode() else [f"{act}: does not say that it moved"]
    )
    return wrong + [f"{act}: {one}" for one in differences(before, everything()).items()]


def walked(rows, look, world, clients) -> list[str]:
    wrong = []
    for act, *rest in rows:
        with transaction.atomic():
            try:
                wrong += look(act, *rest, deepcopy(world), clients.get(act.who) or Client())
            except LookupError as missing:
                wrong.append(str(missing))
            transaction.set_rollback(True)
    return wrong


def test_every_form_that_says_what_it_showed_is_here():
    assert {act.name for act, *_rest in EDITS} == {
        name for name, view in writing().items() if says_what_it_showed(view)
    } - {"people:new_location", "people:new_district"}  # the same views, for what does not stand there yet


def test_a_stale_form_is_refused_and_keeps_what_was_typed(world, clients):
    nothing(walked(EDITS, refused, world, clients))


def test_a_button_about_a_shift_that_moved_is_told(world, clients):
    nothing(walked(BUTTONS, told, world, clients))
