"""May somebody make this test, and what if they hand it in? One transaction: graded, kept, awarded."""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta

from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from academy import certificates
from academy.learning import enrolments, progress
from academy.models import Attempt, Enrolment, ModulePage, Paper
from academy.testing import grading
from people import days, journal
from people.models import Person

SIGNER = Signer(salt="academy.testing.paper", sep=".")
OPEN_FOR = timedelta(days=1)  # a test that was opened longer ago is shown anew


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


def start(person: Person, module: ModulePage, *, now: datetime) -> Paper:
    """Give `person` the questions; of them nothing is written until they hand in. Raises NotStartable."""
    if reasons := reasons_against(person, module, on=days.day_of(now)):
        raise NotStartable(reasons)
    return as_shown(module, now=now)


def as_shown(module: ModulePage, *, now: datetime) -> Paper:
    """Return the row that keeps the test of `module` as it is now: one row for each wording."""
    kept = {
        "questions": [asdict(question) for question in paper(module)],
        "pass_mark": module.course.pass_mark,
        "revision_id": module.live_revision_id,
    }
    mark = hashlib.sha256(json.dumps(kept, sort_keys=True).encode()).hexdigest()
    shown, _is_new = Paper.objects.get_or_create(
        module=module, mark=mark, defaults=kept | {"first_shown_at": now}
    )
    return shown


def token(shown: Paper, person: Person, *, now: datetime) -> str:
    """Return what the form of `person` carries to say which wording it showed."""
    return SIGNER.sign(f"{shown.pk}-{person.pk}-{int(now.timestamp())}")


def shown_by(token: str, person: Person, module: ModulePage, *, now: datetime) -> Paper | None:
    """Return the wording that a form of `person` showed; None for what is not ours, or opened too long ago."""
    try:
        pk, owner, at = map(int, SIGNER.unsign(token).split("-"))
    except (BadSignature, ValueError):
        return None
    if owner != person.pk or now >= datetime.fromtimestamp(at, UTC) + OPEN_FOR:
        return None
    return Paper.objects.filter(pk=pk, module=module).first()


def questions_of(shown: Paper) -> list[grading.Question]:
    return [grading.Question.from_plain(plain) for plain in shown.questions]


def is_known_to(person: Person, module: ModulePage) -> bool:
    """Return whether `person` was busy with the course of `module`: then it is told that it is offline."""
    return Enrolment.objects.filter(person=person, course=module.course).exists()


@transaction.atomic
def finish(
    person: Person,
    module: ModulePage,
    *,
    answers: Mapping[int, Collection[int]],
    by: Person,
    now: datetime,
    shown: Paper | None = None,
) -> Attempt:
    """Grade and keep a test; on a pass that completes the course its certificate is awarded.

    `answers` maps question to chosen options, graded on what was `shown`, or else as the test is now.
    Raises NotStartable or Unanswered; a pass without a new certificate says why in `remark`.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    current = start(person, module, now=now)
    shown = shown or current
    questions = questions_of(shown)
    if empty := [question.key for question in questions if not answers.get(question.key)]:
        raise Unanswered(empty)
    course = module.course
    enrolments.enrol(person, course, by=by, now=now)
    result = grading.grade(questions, answers)
    is_passed = result.score >= shown.pass_mark
    award, reasons = (
        certificates.settle(person, course, now=now, passing=module.pk) if is_passed else (None, [])
    )
    attempt = Attempt.objects.create(
        person=person,
        module=module,
        revision_id=shown.revision_id,
        answers=[marked.as_kept() for marked in result.marked],
        score=result.score,
        pass_mark=shown.pass_mark,
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
