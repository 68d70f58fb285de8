"""How do the learners of a course get on? Derived from what they did; nothing is kept for it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _

from academy.models import Attempt, CoursePage, Enrolment, LessonCompletion
from people import days
from people.models import Grant, Person
from people.words import Chip

STUCK_AFTER = timedelta(days=30)
PASSED, STUCK, BUSY, ENROLLED = "passed", "stuck", "busy", "enrolled"


STATES = {
    PASSED: lambda: Chip(_("Passed"), "good"),
    STUCK: lambda: Chip(_("Stuck"), "warn"),
    BUSY: lambda: Chip(_("Busy")),
    ENROLLED: lambda: Chip(_("Only enrolled")),
}


@dataclass(frozen=True)
class Learner:
    person: Person
    enrolled_at: datetime
    lessons: int
    attempts: int
    best: int | None  # percent
    last_at: datetime
    state: str

    @property
    def chip(self) -> Chip:
        return Chip(_("Has this already"), "good") if self.has_otherwise else STATES[self.state]()

    @property
    def has_otherwise(self) -> bool:
        """Holds the certificate without a test here: taken over, or an exemption. There is no test to make."""
        return self.state == PASSED and not self.attempts


@dataclass(frozen=True)
class Group:
    """The figures of one course."""

    course: CoursePage
    learners: int
    enrolled: int
    busy: int
    stuck: int
    passed: int


def state_of(*, has_passed: bool, did: bool, last_at: datetime, now: datetime) -> str:
    """Return how a learner stands: passed, stuck (nothing for thirty days), busy, or only enrolled."""
    if has_passed:
        return PASSED
    if now - last_at > STUCK_AFTER:
        return STUCK
    return BUSY if did else ENROLLED


def of(course: CoursePage, *, now: datetime) -> list[Learner]:
    """Return the learners of `course` by name, with how far they are at `now`."""
    enrolments = list(course.enrolments.select_related("person").order_by("person__sorted_as"))
    inside = Q(lesson__path__startswith=course.path)
    read = _by_person(
        LessonCompletion.objects.filter(inside),
        lessons=Count("lesson", distinct=True),
        at=Max("completed_at"),
    )
    made = _by_person(
        Attempt.objects.filter(module__path__startswith=course.path),
        attempts=Count("pk"),
        best=Max("score"),
        at=Max("finished_at"),
        passes=Count("pk", filter=Q(is_passed=True)),
    )
    held = set(
        Grant.objects.filter(qualification=course.awards_id)
        .valid_on(days.day_of(now))
        .values_list("person", flat=True)
    )
    return [_learner(one, read[one.person_id], made[one.person_id], held, course, now) for one in enrolments]


def _by_person(rows: Any, **sums: Any) -> dict[int, dict]:
    return defaultdict(
        dict, {row["person"]: row for row in rows.order_by().values("person").annotate(**sums)}
    )


def _learner(
    enrolment: Enrolment, read: dict, made: dict, held: set, course: CoursePage, now: datetime
) -> Learner:
    moments = [enrolment.enrolled_at, read.get("at"), made.get("at")]
    last_at = max(moment for moment in moments if moment)
    has_passed = enrolment.person_id in held if course.awards_id else bool(made.get("passes"))
    return Learner(
        person=enrolment.person,
        enrolled_at=enrolment.enrolled_at,
        lessons=read.get("lessons", 0),
        attempts=made.get("attempts", 0),
        best=made.get("best"),
        last_at=last_at,
        state=state_of(has_passed=has_passed, did=bool(read or made), last_at=last_at, now=now),
    )


def groups(*, now: datetime) -> list[Group]:
    """Return the figures of every published course that somebody started."""
    courses = CoursePage.objects.live().filter(enrolments__isnull=False).distinct().order_by("code")
    return [_group(course, of(course, now=now)) for course in courses]


def _group(course: CoursePage, learners: list[Learner]) -> Group:
    states = [learner.state for learner in learners]
    return Group(
        course,
        learners=len(states),
        enrolled=states.count(ENROLLED),
        busy=states.count(BUSY),
        stuck=states.count(STUCK),
        passed=states.count(PASSED),
    )
