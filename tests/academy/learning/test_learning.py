"""Enrolments, reading, tests and certificates, by their verbs."""

from datetime import timedelta

import pytest

from academy import certificates
from academy.learning import enrolments, learners, progress
from academy.models import Attempt, CoursePage, LessonCompletion, ModulePage
from academy.testing import attempts
from people import qualifications
from people.models import Grant, JournalEntry, LearningStep, Qualification
from tests.academy.conftest import publish, right_answers, wrong_answers
from tests.conftest import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def read_all(lessons, bram, now):
    for lesson in lessons:
        progress.complete(bram, lesson, by=bram, now=now)


def finish(person, module, answers, now):
    return attempts.finish(person, module, answers=answers, by=person, now=now)


def step(person):
    return LearningStep.objects.get(person=person, qualification__code="C01")


def next_of(person, code="C01"):
    return progress.next_address(person, CoursePage.objects.get(code=code), on=NOW.date())


def test_reading_starts_the_course_and_keeps_the_next_step(bram, lessons, now):
    progress.complete(bram, lessons[0], by=bram, now=now)
    kept = step(bram)
    assert (kept.parts_done, kept.parts_total, kept.minutes_left) == (1, 3, 20)
    assert (kept.next_title, next_of(bram)) == ("Les 2", "/academie/c01/deel/les-2/")
    assert bram.enrolments.count() == 1


def test_after_the_lessons_the_test_is_next(bram, module, read_all):
    kept = step(bram)
    assert (kept.next_title, next_of(bram), kept.minutes_left) == (
        "Cursus C01",
        f"/leren/toets/{module.pk}/",
        10,
    )


def test_reading_twice_changes_nothing_and_reading_a_new_version_is_kept(bram, lessons, now):
    for _time in range(2):
        progress.complete(bram, lessons[0], by=bram, now=now)
    page = publish(lessons[0])
    progress.complete(bram, page, by=bram, now=now)
    assert list(LessonCompletion.objects.values_list("revision", flat=True)) == [
        lessons[0].live_revision_id,
        page.live_revision_id,
    ]
    assert JournalEntry.objects.filter(verb="lesson.completed").count() == 1


def test_a_course_that_asks_something_first_stays_closed(bram, plant, course, now):
    later = plant("C03", requires=[Qualification.objects.get(code="C01")])
    assert enrolments.reasons_against(bram, later, on=now.date()) == ["Rond eerst Certificaat C01 af."]
    with pytest.raises(enrolments.NotOpen):
        enrolments.enrol(bram, later, by=bram, now=now)


def test_a_path_counts_its_parts(bram, plant, lessons, now):
    path = plant("B", lessons=0, form="path", requires=[Qualification.objects.get(code="C01")])
    progress.complete(bram, lessons[0], by=bram, now=now)
    kept = LearningStep.objects.get(person=bram, qualification=path.awards)
    assert (kept.parts_done, kept.parts_total, kept.minutes_left) == (0, 1, 20)
    assert (kept.next_title, next_of(bram, "B")) == ("Cursus C01", "/academie/c01/")


def test_the_test_waits_for_the_lessons(bram, lessons, module, now):
    with pytest.raises(attempts.NotStartable) as trouble:
        attempts.start(bram, module, now=now)
    assert trouble.value.reasons == ["Lees eerst nog 2 lessen."]
    progress.complete(bram, lessons[0], by=bram, now=now)
    assert attempts.reasons_against(bram, module, on=now.date()) == ["Lees eerst nog één les."]


def test_every_question_wants_an_answer(bram, module, read_all, now):
    answers = right_answers(module)
    missing = answers.popitem()[0]
    with pytest.raises(attempts.Unanswered) as trouble:
        finish(bram, module, answers, now)
    assert (trouble.value.questions, Attempt.objects.count()) == ([missing], 0)


def test_a_failed_test_is_kept_and_awards_nothing(bram, module, read_all, now):
    attempt = finish(bram, module, wrong_answers(module), now)
    assert (attempt.score, attempt.is_passed, attempt.award, attempt.remark) == (0, False, None, "")
    assert attempt.revision_id == module.live_revision_id
    assert bram.grants.count() == 0


def test_a_pass_awards_and_ends_the_learning_step(bram, module, course, read_all, now):
    attempt = finish(bram, module, right_answers(module), now)
    assert (attempt.score, attempt.is_passed, attempt.award.qualification) == (100, True, course.awards)
    assert (attempt.award.source, attempt.award.granted_by) == (Grant.Source.TEST, None)
    assert LearningStep.objects.count() == 0


def test_the_pass_mark_is_enough(bram, module, course, read_all, now):
    course.pass_mark = 50
    publish(course)
    first, second = module.questions.all()
    answers = {first.pk: right_answers(module)[first.pk], second.pk: wrong_answers(module)[second.pk]}
    attempt = finish(bram, module, answers, now)
    assert (attempt.score, attempt.pass_mark, attempt.is_passed) == (50, 50, True)


def test_an_attempt_explains_itself_after_the_question_changed(bram, module, read_all, now):
    attempt = finish(bram, module, wrong_answers(module), now)
    module.questions.all().delete()
    attempt.refresh_from_db()
    assert [row["prompt"] for row in attempt.answers] == ["Een of twee?", "Welke zijn even?"]
    assert [option["text"] for option in attempt.answers[0]["options"] if option["is_chosen"]] == ["Twee"]


def test_a_second_pass_is_kept_and_says_why_nothing_new_is_awarded(bram, module, read_all, now):
    finish(bram, module, right_answers(module), now)
    again = finish(bram, module, right_answers(module), now)
    assert (again.is_passed, again.award, again.remark) == (
        True,
        None,
        "Je hebt dit certificaat al. Het verloopt niet.",
    )
    assert bram.grants.count() == 1


def test_a_renewal_is_a_new_row_and_loses_no_days(bram, plant, now):
    course = plant("AV", valid_months=12)
    for lesson in course.outline().lessons:
        progress.complete(bram, lesson, by=bram, now=now)
    module = course.outline().tests[0]
    first = finish(bram, module, right_answers(module), now).award
    early, late = now + timedelta(days=200), now + timedelta(days=300)
    assert finish(bram, module, right_answers(module), early).remark == (
        "Je certificaat is geldig tot en met 23 november 2027. Je kunt het vernieuwen vanaf 25 augustus 2027."
    )
    second = finish(bram, module, right_answers(module), late).award
    assert (first.valid_until.isoformat(), second.valid_until.isoformat()) == ("2027-11-23", "2028-11-23")
    assert bram.grants.count() == 2


def test_in_the_window_the_test_stands_open_again(bram, plant, now):
    course = plant("AV", valid_months=12)
    for lesson in course.outline().lessons:
        progress.complete(bram, lesson, by=bram, now=now)
    module = course.outline().tests[0]
    finish(bram, module, right_answers(module), now)
    assert certificates.progress(bram, course, on=now.date()).is_complete is True
    later = certificates.progress(bram, course, on=now.date() + timedelta(days=300))
    assert (later.done, later.next.is_test) == (2, True)


def test_what_comes_in_later_can_be_collected(bram, plant, course, now):
    """The paper that the course asks first ran out while somebody was learning."""
    first = Qualification.objects.get(code="C01")
    later = plant("C03", requires=[first])
    held = qualifications.grant(bram, first, by=None, now=now)
    for lesson in later.outline().lessons:
        progress.complete(bram, lesson, by=bram, now=now)
    qualifications.revoke(held, by=None, now=now, because="Vergissing")
    module = ModulePage.objects.descendant_of(later).get()
    assert finish(bram, module, right_answers(module), now).remark == "Je hebt Certificaat C01 nog niet."
    assert certificates.settle(bram, later, now=now) == (None, ["Je hebt Certificaat C01 nog niet."])
    qualifications.grant(bram, first, by=None, now=now)
    award, reasons = certificates.settle(bram, later, now=now)
    assert (award.qualification, reasons) == (later.awards, [])
    assert certificates.settle(bram, later, now=now) == (
        None,
        ["Je hebt dit certificaat al. Het verloopt niet."],
    )


def test_nothing_is_left_of_a_test_that_breaks_off(bram, module, read_all, now, monkeypatch):
    monkeypatch.setattr(progress, "note", lambda *args, **options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        finish(bram, module, right_answers(module), now)
    assert (Attempt.objects.count(), bram.grants.count()) == (0, 0)


def test_a_person_can_be_forgotten_with_what_they_learned(bram, module, read_all, now):
    finish(bram, module, right_answers(module), now)
    bram.delete()
    assert (Attempt.objects.count(), Grant.objects.count(), LessonCompletion.objects.count()) == (0, 0, 0)


def test_who_holds_the_certificate_without_a_test_here_has_no_test_to_make(bram, course, now):
    enrolments.enrol(bram, course, by=bram, now=now)
    qualifications.grant(bram, course.awards, by=None, now=now, source="import")
    (row,) = learners.of(course, now=now)
    assert (row.state, row.has_otherwise) == (learners.PASSED, True)
