"""Which facts decide about a certificate, and what if it is earned? The rule is academy.certificates.certification."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from academy.certificates import certification
from academy.models import Attempt, CoursePage, LessonCompletion
from academy.outlines import Outline, Progress
from people import days, qualifications
from people.models import Grant, Person


def awards(person: Person, course: CoursePage) -> tuple[certification.Award, ...]:
    """Return every award of what `course` teaches, as the rule sees it."""
    rows = person.grants.filter(qualification=course.awards_id) if course.awards_id else ()
    return tuple(row.validity for row in rows)


def passed_on(person: Person, outline: Outline) -> dict[int, date]:
    """Return the last day on which each test of the course was passed."""
    rows = Attempt.objects.filter(person=person, is_passed=True, module__in=outline.tests).order_by(
        "finished_at"
    )
    return {module: days.day_of(at) for module, at in rows.values_list("module", "finished_at")}


def seen(person: Person, outline: Outline) -> frozenset[int]:
    """Return the lessons of the course that `person` has read."""
    rows = LessonCompletion.objects.filter(person=person, lesson__in=outline.lessons)
    return frozenset(rows.values_list("lesson", flat=True))


def progress(person: Person, course: CoursePage, *, on: date) -> Progress:
    """Return how far `person` is; once a certificate may be renewed its tests stand open again."""
    outline = course.outline()
    held = awards(person, course)
    return read_progress(outline, seen(person, outline), passed_on(person, outline), held, on=on)


def read_progress(
    outline: Outline,
    read: frozenset[int],
    passes: Mapping[int, date],
    held: tuple[certification.Award, ...],
    *,
    on: date,
) -> Progress:
    """Return the progress that these facts amount to on day `on`."""
    award = certification.standing(held, on=on)
    first = certification.counts_from(held)
    lasts = award and (award.valid_until is None or on < certification.renewable_from(award))
    counted = passes if lasts else {test: day for test, day in passes.items() if day >= first}
    return Progress(outline, read, frozenset(counted))


def facts(
    person: Person, course: CoursePage, *, now: datetime, passing: int | None = None
) -> certification.Facts:
    """Gather what the rule needs; `passing` is a test that is being passed this moment."""
    outline, today = course.outline(), days.day_of(now)
    lacking = qualifications.missing(person, course.requires.all(), on=today)
    return certification.Facts(
        today=today,
        lessons_left=len(outline.lessons) - len(seen(person, outline)),
        tests=frozenset(test.pk for test in outline.tests),
        passed_on=passed_on(person, outline) | ({passing: today} if passing else {}),
        missing=tuple(one.name for one in lacking),
        awards=awards(person, course),
    )


def is_due(person: Person, course: CoursePage, *, now: datetime) -> bool:
    """Return whether everything is done and the certificate only waits to be collected."""
    return course.awards is not None and not certification.reasons_against(facts(person, course, now=now))


@transaction.atomic
def settle(
    person: Person, course: CoursePage, *, now: datetime, passing: int | None = None
) -> tuple[Grant | None, list[str]]:
    """Award what `course` awards if all is done, by nobody: a test decides; else say why not."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if course.awards is None:
        return None, []
    if reasons := certification.reasons_against(facts(person, course, now=now, passing=passing)):
        return None, reasons
    evidence = f"{course.code}, {course.title}"[:200]
    return qualifications.grant(person, course.awards, by=None, now=now, evidence=evidence), []
