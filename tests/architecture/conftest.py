"""One small world in which everybody owns something, so that everything has somebody whose it is not."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
import time_machine

from academy.models import Attempt, CoursePage, LessonPage, ModulePage
from cms import tree
from people import invitations, notices
from people.models import Notice, Qualification
from rostering import booking, calendar
from rostering.availability import preferences
from rostering.models import Planning, Proposal, ProposalLine, Shift, TakeOver
from rostering.offers import answers
from tests.conftest import NOW, make_person

CAST = ("anouk", "bram", "carla", "dirk", "eva", "frank", "ida")


@pytest.fixture
def ida(db):
    """An outside professional: follows the courses made for them, and has no business on the roster."""
    return make_person("Ida", "external", engagement="external")


@pytest.fixture
def world(request, anouk, shift, make_shift, utrecht, certificate, telephone):
    """The cast and what is Anouk's, all in Utrecht, on the Monday of the tests."""
    with time_machine.travel(NOW, tick=True):
        people = {name: request.getfixturevalue(name) for name in CAST}
        yield SimpleNamespace(
            **people,
            **on_the_roster(anouk, make_shift, utrecht, people["carla"]),
            **in_the_academy(anouk, certificate),
            **in_administration(anouk, people["frank"], utrecht),
            telephone=telephone,
        )


def on_the_roster(anouk, make_shift, utrecht, carla) -> dict:
    taken, offered = make_shift(days_ahead=3), make_shift(days_ahead=5)  # of the national pool
    local, seated, draft = (make_shift(days_ahead=days, location=utrecht) for days in (7, 8, 9))
    Shift.objects.filter(pk=draft.pk).update(published_at=None)
    booking.book(anouk, taken, by=anouk, now=NOW)
    offer = booking.offer(anouk, offered, by=carla, now=NOW)
    day = NOW.date() + timedelta(days=30)
    proposal = Proposal.objects.create(
        made_by=carla, made_at=NOW, begun_at=NOW, finished_at=NOW, state="draft",
        from_on=NOW.date(), until_on=day, cover={key: [1, 0, 1] for key in ("low", "middle", "high")},
    )  # fmt: skip
    proposal.locations.add(utrecht)
    line = ProposalLine.objects.create(proposal=proposal, person=anouk, shift=local)
    return {
        "planning": Planning.objects.create(made_by=carla, made_at=NOW, first_on=day, last_on=day),
        "take_over": TakeOver.objects.create(made_at=NOW),
        "proposal": proposal,
        "line": line,
        "taken": taken,
        "local": local,
        "draft": draft,
        "seat": booking.book(anouk, seated, by=anouk, now=NOW),
        "offer": offer,
        "offer_token": answers.token(offer, now=NOW),
        "feed_token": calendar.subscribe(anouk, now=NOW),
        "away": preferences.add_exception(
            anouk, from_on=day, until_on=day, is_available=False, by=anouk, now=NOW
        ),
    }


def in_the_academy(anouk, certificate) -> dict:
    catalogue = tree.ensure_site()
    course = catalogue.add_child(
        instance=CoursePage(
            title="Advieslijn", slug="advieslijn", code="C06", awards=certificate, summary="Bellen.", hours=4
        )
    )
    module = course.add_child(instance=ModulePage(title="Luisteren", slug="luisteren"))
    lesson = module.add_child(instance=LessonPage(title="Stil zijn", slug="stil-zijn"))
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True)
    attempt = Attempt.objects.create(
        person=anouk, module=module, answers=[], score=50, pass_mark=80, is_passed=False, finished_at=NOW
    )
    return {"course": course, "module": module, "lesson": lesson, "attempt": attempt}


def in_administration(anouk, frank, utrecht) -> dict:
    invitation = invitations.invite(
        "jan@paraat.example", first_name="Jan", last_name="Jansen", role="volunteer", by=frank, now=NOW
    )
    notice = notices.owe(anouk, "booked", anouk, now=NOW)
    Notice.objects.filter(pk=notice.pk).update(trouble="The mail server did not answer.", tries=5)
    return {
        "invitation": invitation,
        "certificate": Qualification.objects.get(code="C06"),
        "notice": notice,
        "grant": anouk.grants.first(),
        "role": anouk.role_assignments.get(),
        "location": utrecht,
        "room": utrecht.rooms.create(name="Spreekkamer 1"),
    }
