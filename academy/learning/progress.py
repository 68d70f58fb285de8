"""What changes when somebody reads on? Lessons are ticked off, and the next step is kept for every screen."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse

from academy import certificates
from academy.learning import enrolments
from academy.models import CoursePage, LessonCompletion, LessonPage
from academy.outlines import Progress, Step
from people import days, journal, qualifications
from people.models import Person, Qualification


@transaction.atomic
def complete(person: Person, lesson: LessonPage, *, by: Person, now: datetime) -> LessonCompletion:
    """Tick off `lesson` as it stands now; twice changes nothing. Starts the course if need be.

    Raises enrolments.NotOpen. Where this was the last thing the course asked, its certificate is awarded.
    """
    course = lesson.course
    enrolments.enrol(person, course, by=by, now=now)
    earlier = LessonCompletion.objects.filter(person=person, lesson=lesson).first()
    completion, is_new = LessonCompletion.objects.get_or_create(
        person=person, lesson=lesson, revision=lesson.live_revision, defaults={"completed_at": now}
    )
    if is_new and earlier is None:
        journal.record("lesson.completed", completion, by=by, now=now, course=course.code, lesson=lesson.slug)
        note(person, course, now=now)
        certificates.settle(person, course, now=now)
    return completion


def note(person: Person, course: CoursePage, *, now: datetime) -> None:
    """Keep the next step towards what `course` awards, and towards the paths that it is a part of."""
    if course.awards is None:
        return
    _note_course(person, course, now=now)
    for path in CoursePage.objects.live().filter(form=CoursePage.Form.PATH, requires=course.awards):
        _note_path(person, path, now=now)


def _note_course(person: Person, course: CoursePage, *, now: datetime) -> None:
    progress = certificates.progress(person, course, on=days.day_of(now))
    if progress.next is None:
        return
    qualifications.note_step(
        person,
        course.awards,
        minutes_left=progress.minutes_left,
        parts_done=progress.done,
        parts_total=progress.total,
        next_title=progress.next.page.title if not progress.next.is_test else course.title,
        now=now,
    )


def _note_path(person: Person, path: CoursePage, *, now: datetime) -> None:
    """A path is as far as its parts: courses done, minutes left of the others."""
    if path.awards is None:
        return
    today = days.day_of(now)
    parts = list(path.requires.order_by("code"))
    open_ones = qualifications.missing(person, parts, on=today)
    waiting = _courses_of(open_ones)
    if not waiting or path.awards_id in qualifications.held(person, on=today):
        return
    qualifications.note_step(
        person,
        path.awards,
        minutes_left=sum(minutes_left(certificates.progress(person, one, on=today)) for one in waiting),
        parts_done=len(parts) - len(open_ones),
        parts_total=len(parts),
        next_title=waiting[0].title,
        now=now,
    )


def _courses_of(open_ones: list[Qualification]) -> list[CoursePage]:
    """Return the published courses that teach these, in the same order."""
    courses = {one.awards_id: one for one in CoursePage.objects.live().filter(awards__in=open_ones)}
    return [courses[one.pk] for one in open_ones if one.pk in courses]


def next_address(person: Person, course: CoursePage, *, on: date) -> str:
    """Return where `person` goes on with `course` as it is on day `on`: a lesson, the test, a part of a path."""
    if course.is_path:
        waiting = _courses_of(qualifications.missing(person, course.requires.order_by("code"), on=on))
        return (waiting or [course])[0].get_url()
    following = certificates.progress(person, course, on=on).next
    return step_url(following) if following else course.get_url()


def minutes_left(progress: Progress) -> int:
    """Return the minutes to go; all of a course that has nothing online."""
    return progress.minutes_left if progress.total else progress.outline.minutes


def step_url(step: Step) -> str:
    """Return where a lesson is read or a test is made."""
    return reverse("academy:test", args=[step.page.pk]) if step.is_test else step.page.get_url()
