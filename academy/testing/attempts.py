"""May somebody make this test, and what if they hand it in? One transaction: graded, kept, awarded."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from academy import certificates
from academy.learning import enrolments, progress
from academy.models import Attempt, ModulePage
from academy.testing import grading
from people import days, journal
from people.models import Person


class NotStartable(Exception):
    """Carries the sentences that say why this test cannot be made now."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Unanswered(Exception):
    """Carries the keys of the questions without an answer."""

    def __init__(self, questions: list[int]):
        super().__init__(_("Answer every question."))
        self.questions = questions


def paper(module: ModulePage) -> list[grading.Question]:
    """Return the questions of a test as the grader sees them, in order."""
    return [
        grading.Question(
            key=question.pk,
            kind=question.kind,
            prompt=question.prompt,
            explanation=question.explanation,
            options=tuple(
                grading.Option(answer.pk, answer.text, answer.is_right, answer.feedback)
                for answer in question.answers.all()
            ),
        )
        for question in module.questions.prefetch_related("answers")
    ]


def reasons_against(person: Person, module: ModulePage, *, on: date) -> list[str]:
    """Return why `person` cannot make the test of `module` on day `on`; empty means they can."""
    if not module.live or not module.questions.exists():
        return [_("There is no test here.")]
    course = module.course
    if reasons := enrolments.reasons_against(person, course, on=on):
        return reasons
    unread = len(certificates.progress(person, course, on=on).unread(module.pk))
    if unread:
        said = ngettext("First read the last lesson.", "First read the other %(n)s lessons.", unread)
        return [said % {"n": unread}]
    return []


def start(person: Person, module: ModulePage, *, now: datetime) -> list[grading.Question]:
    """Give `person` the questions; nothing is written until they are handed in. Raises NotStartable."""
    if reasons := reasons_against(person, module, on=days.day_of(now)):
        raise NotStartable(reasons)
    return paper(module)


@transaction.atomic
def finish(
    person: Person, module: ModulePage, *, answers: Mapping[int, Collection[int]], by: Person, now: datetime
) -> Attempt:
    """Grade and keep a test; on a pass that completes the course its certificate is awarded.

    `answers` maps question to chosen options. Raises NotStartable or Unanswered;
    a pass without a new certificate says why in `remark`.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    questions = start(person, module, now=now)
    if empty := [question.key for question in questions if not answers.get(question.key)]:
        raise Unanswered(empty)
    course = module.course
    enrolments.enrol(person, course, by=by, now=now)
    result = grading.grade(questions, answers)
    is_passed = result.score >= course.pass_mark
    award, reasons = (
        certificates.settle(person, course, now=now, passing=module.pk) if is_passed else (None, [])
    )
    attempt = Attempt.objects.create(
        person=person,
        module=module,
        revision=module.live_revision,
        answers=[marked.as_kept() for marked in result.marked],
        score=result.score,
        pass_mark=course.pass_mark,
        is_passed=is_passed,
        award=award,
        remark=" ".join(reasons),
        finished_at=now,
    )
    journal.record(
        "attempt.finished", attempt, by=by, now=now, course=course.code, score=result.score, passed=is_passed
    )
    progress.note(person, course, now=now)
    return attempt
