"""May this page be published, and what if it is? Every way to publish in Wagtail passes `Checked.publish`,
except the editor's own button, which asks the same rule through its form and reports through a hook."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from people import days, journal, qualifications
from people.models import JournalEntry, Person, Qualification

PLANNED = "wagtail.publish.scheduled"  # what Wagtail calls it when a planned moment has come


class NotPublishable(Exception):
    """Carries the sentences that say what is lacking."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def lesson_lacks(lesson: Any) -> list[str]:
    """Return what a lesson lacks: content, alt text (WCAG 1.1.1), captions and transcript (1.2.2, 1.2.3)."""
    found = [] if len(lesson.body) else [_("There is nothing in this lesson yet.")]
    for number, piece in enumerate(lesson.body, start=1):
        found += [
            _("Block %(number)s: %(lack)s") % {"number": number, "lack": lack} for lack in _piece_lacks(piece)
        ]
    return found


def _piece_lacks(piece: Any) -> list[str]:
    value = piece.value
    if piece.block_type == "image":
        return [] if value["alt"].strip() else [_("say what is in the image.")]
    if piece.block_type == "video":
        return _video_lacks(value)
    if piece.block_type == "check":
        return _answers_lack(value["type"], [bool(answer["is_right"]) for answer in value["answers"]])
    if piece.block_type == "sources":
        return [] if len(value["items"]) else [_("add a source, or remove the block.")]
    if piece.block_type == "text":
        return [] if strip_tags(value.source).strip() else [_("the text is empty.")]
    return []


def _video_lacks(value: Any) -> list[str]:
    found = []
    captions = value["captions"]
    if captions is None or not captions.filename.lower().endswith(".vtt"):
        found.append(_("add captions to the video, as a .vtt file."))
    if not strip_tags(value["transcript"].source).strip():
        found.append(_("add the transcript of the video."))
    return found


def _answers_lack(kind: str, right: list[bool]) -> list[str]:
    if len(right) < 2:
        return [_("give at least two answers.")]
    if not any(right):
        return [_("mark the answer that is right.")]
    if kind != "multiple" and sum(right) > 1:
        return [_("only one answer can be right in this kind of question.")]
    if kind == "true_false" and len(right) != 2:
        return [_("a question of true or false has two answers.")]
    return []


def question_lacks(kind: str, right: list[bool]) -> list[str]:
    """Return what the answers of a question lack; `right` says of each answer whether it is right."""
    return [lack[0].upper() + lack[1:] for lack in _answers_lack(kind, right)]


def module_lacks(questions: Any) -> list[str]:
    """Return what the test of a module lacks. A module without questions has no test."""
    found = []
    for number, question in enumerate(questions, start=1):
        for lack in _answers_lack(question.kind, [answer.is_right for answer in question.answers.all()]):
            found.append(_("Question %(number)s: %(lack)s") % {"number": number, "lack": lack})
    return found


def course_lacks(course: Any, *, on: date, bodies: list, has_test: bool) -> list[str]:
    """Return what a course lacks on day `on`; `bodies` are those of its published lessons."""
    found = []
    if not course.summary.strip():
        found.append(_("Write a summary."))
    if course.review_on is None:
        found.append(_("Choose the day before which this course is read again."))
    elif course.review_on <= on:
        found.append(_("The review date has passed. Read the course again and choose a new day."))
    if bodies:
        if not len(course.goals):
            found.append(_("Write what somebody can do after this course: at least one goal."))
        if not any(piece.block_type == "sources" for body in bodies for piece in body):
            found.append(_("No lesson names its sources. Add the block Sources to one of them."))
        if course.awards_id and course.awards.kind != Qualification.Kind.CERTIFICATE:
            found.append(
                _("A course gives a certificate. A check, statement or practice is not earned by a test.")
            )
        if course.awards_id and not has_test:
            found.append(_("This course gives a certificate, so it needs a test. Add questions to a part."))
    return found


class Checked:
    """For pages: nothing goes live that lacks something, and the journal knows of what does."""

    @transaction.atomic
    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        draft = revision.as_object()
        if reasons := draft.lacks(on=days.today()):
            raise NotPublishable(reasons)
        super().publish(revision, user=user, **options)
        is_planned = options.get("log_action") == PLANNED
        source = "" if user or is_planned else "import"  # nobody, at no moment that was planned: a file
        note(type(self).objects.get(pk=self.pk), by=user, source=source)


@transaction.atomic
def note(page: Any, *, by: Person | None, source: str = "") -> None:
    """Write that `page` went live, once for each revision, and keep where its qualification is learned."""
    if not page.live:
        return  # scheduled
    verb, subject = f"{_noun(page)}.published", journal.ref(page)
    known = JournalEntry.objects.filter(verb=verb, subject=subject, facts__revision=page.live_revision_id)
    if not known.exists():
        facts = {"revision": page.live_revision_id, "title": page.title}
        if source:
            facts["source"] = source
        journal.record(verb, page, by=by, now=page.last_published_at, **facts)
    describe(page.course)


@transaction.atomic
def note_withdrawn(page: Any, *, by: Person | None, now: datetime) -> None:
    """Write that `page` was taken offline; a course that is gone teaches nothing."""
    journal.record(f"{_noun(page)}.withdrawn", page, by=by, now=now, title=page.title)
    describe(page.course)


def describe(course: Any) -> None:
    """Keep which qualifications are taught, and how long that of `course` takes."""
    taught = type(course).objects.live().exclude(awards=None).values("awards")
    minutes = course.outline().minutes if course.awards_id and course.live else None
    qualifications.describe_ways(
        taught, qualification=course.awards if course.live else None, minutes=minutes
    )


def way(code: str) -> str:
    """Return the address that leads to the course for a qualification, wherever that stands by then."""
    return reverse("academy:way", args=[code])


def _noun(page: Any) -> str:
    return page._meta.model_name.removesuffix("page")
