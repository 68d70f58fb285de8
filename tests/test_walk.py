"""The whole house in one test: publish, pass, grant, bookable, book, remind, attend, hours."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from academy.editing import groups
from academy.learning import progress
from academy.models import Answer, CoursePage, LessonPage, ModulePage, Question
from academy.testing import attempts
from cms import tree
from people import notices, roles
from people.models import JournalEntry, Notice, Qualification
from rostering import booking, clock, eligibility, hours
from rostering.models import TaskKind
from tests.asking import bookable_by
from tests.conftest import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def listening(db):
    return Qualification.objects.create(code="LUI", name="Luisteren", valid_months=24)


@pytest.fixture
def call(listening, make_shift):
    """A call in nine days, for whoever can listen."""
    kind = TaskKind.objects.create(
        code="T02", name="Belronde", minutes=120, load=2, mode="remote", ladder="small_role"
    )
    kind.requires.set([listening])
    return make_shift(kind, days_ahead=9, hours=2)


def written(catalogue, listening):
    """The course as a trainer leaves it in the editor: drafts, not published yet."""
    course = CoursePage(
        title="Luisteren", code="LUI", awards=listening, summary="Luisteren zonder oordeel.", live=False,
        goals=[("goal", "Je luistert zonder oordeel.")], review_on=NOW.date() + timedelta(days=365),
    )  # fmt: skip
    catalogue.add_child(instance=course)
    module = course.add_child(instance=ModulePage(title="Lessen en toets", live=False))
    body = [
        ("text", "<p>Laat een stilte vallen.</p>"),
        ("sources", {"items": [{"title": "Het slachtofferschap voorbij", "publisher": "SHN", "year": 2024}]}),
    ]
    lesson = module.add_child(instance=LessonPage(title="Stilte", minutes=10, body=body, live=False))
    question = Question(module=module, prompt="Wat doe je bij een stilte?", kind="single")
    question.answers.set([Answer(text="Wachten", is_right=True), Answer(text="Doorvragen")])
    question.save()
    return course, module, lesson, question


def publish(page, by):
    page.save_revision(user=by).publish(user=by)


def test_from_a_published_module_to_hours_worked(bram, eva, carla, listening, call):
    roles.assign(bram, "volunteer", by=carla, now=NOW, since_on=bram.joined_on)
    assert [r.code for r in eligibility.reasons_against(bram, call, now=NOW)] == ["qualification"]
    assert bookable_by(bram, now=NOW) == []
    JournalEntry.objects.all().delete()

    with time_machine.travel(NOW, tick=False):  # 1: the trainer publishes; Wagtail itself looks at the clock
        catalogue = tree.ensure_site()
        groups.ensure_groups()
        course, module, lesson, question = written(catalogue, listening)
        for page in (lesson, module, course):
            publish(page, by=eva)
    lesson.refresh_from_db()
    module.refresh_from_db()
    right, wrong = question.answers.order_by("-is_right")

    progress.complete(bram, lesson, by=bram, now=NOW)
    failed = attempts.finish(bram, module, answers={question.pk: [wrong.pk]}, by=bram, now=NOW)
    assert (failed.is_passed, bookable_by(bram, now=NOW)) == (False, [])

    passed = attempts.finish(bram, module, answers={question.pk: [right.pk]}, by=bram, now=NOW)  # 2
    assert passed.award == bram.grants.get(qualification=listening)  # 3
    assert passed.revision == module.get_latest_revision()

    assert eligibility.reasons_against(bram, call, now=NOW) == []  # 4
    assert bookable_by(bram, now=NOW) == [call]

    row = booking.book(bram, call, by=bram, now=NOW)  # 5
    assert bookable_by(bram, now=NOW) == []

    two_days_before = call.starts_at - timedelta(hours=48)  # 6
    for moment in (two_days_before, two_days_before + timedelta(minutes=1)):
        clock.tick(moment)
        notices.send_due(now=moment)

    booking.mark_attended(row, by=carla, now=call.ends_at)  # 7
    assert hours.worked(bram, year=2026) == timedelta(hours=2)  # 8

    assert list(JournalEntry.objects.order_by("pk").values_list("verb", "actor")) == [
        ("lesson.published", f"people.person:{eva.pk}"),
        ("module.published", f"people.person:{eva.pk}"),
        ("course.published", f"people.person:{eva.pk}"),
        ("enrolment.opened", f"people.person:{bram.pk}"),
        ("lesson.completed", f"people.person:{bram.pk}"),
        ("attempt.finished", f"people.person:{bram.pk}"),
        ("qualification.granted", "clock"),
        ("attempt.finished", f"people.person:{bram.pk}"),
        ("booking.booked", f"people.person:{bram.pk}"),
        ("booking.attended", f"people.person:{carla.pk}"),
    ]
    assert list(Notice.objects.order_by("pk").values_list("kind", "person")) == [
        ("qualification_granted", bram.pk),
        ("booking_booked", bram.pk),
        ("reminder_48h", bram.pk),
    ]
    assert Notice.objects.waiting().count() == 0
    assert {to for message in mail.outbox for to in message.to} == {"Bram Voorbeeld <bram@paraat.example>"}
