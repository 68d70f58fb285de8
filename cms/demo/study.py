"""How far are people in the demo with their courses? Read and tested through the academy's own verbs."""

import random
from datetime import datetime, timedelta

from academy.learning import enrolments, progress
from academy.models import CoursePage, LessonPage, ModulePage
from academy.testing import attempts
from cms.demo import cast
from cms.demo.world import World
from people.models import Person

READ_BY_CAST = {cast.VOLUNTEER: ("AV", 0.5), cast.CANDIDATE: ("C01", 0.5)}  # share of the lessons
MOST = 150  # who study; in a larger crowd they are as many
RIGHT = 0.86  # how often somebody answers well


def study(world: World, now: datetime) -> int:
    """Let people read lessons and make tests in the weeks before `now`; return how many people did."""
    rng = random.Random(f"{world.seed}:study:{world.today}")  # noqa: S311 - a demo, not a secret
    courses = {course.code: course for course in CoursePage.objects.live()}
    people = Person.objects.in_bulk([p.email for p in world.people], field_name="email")
    plans = [(email, code, share) for email, (code, share) in READ_BY_CAST.items()]
    for inhabitant in world.people:
        if not inhabitant.is_named and (plan := _plan(rng, inhabitant, world)):
            plans.append((inhabitant.email, *plan))
    return sum(
        _read(rng, people[email], courses.get(code), share, now) for email, code, share in plans[:MOST]
    )


def _plan(rng, inhabitant, world: World) -> tuple[str, float] | None:
    """Say which course somebody is in and which part they have read; 1 is the test as well."""
    if inhabitant.standing == "in_training":
        code = next((c for c in ("C01", "C03", "C04") if not inhabitant.holds(c, world.today)), None)
        return (code, rng.choice([0.2, 0.4, 0.6, 0.8, 1])) if code else None
    if inhabitant.standing == "expired" and rng.random() < 0.5:
        return "AV", rng.choice([0.25, 0.5, 0.75])
    if inhabitant.standing == "valid" and rng.random() < 0.03:
        return rng.choice(["AV", "C03", "C04"]), 1
    return None


def _read(rng, person: Person, course: CoursePage | None, share: float, now: datetime) -> bool:
    lessons = list(LessonPage.objects.live().descendant_of(course).order_by("path")) if course else []
    if not lessons:
        return False
    at = now - timedelta(days=rng.randint(2, 6), minutes=rng.randint(0, 600))
    try:
        for lesson in lessons[: max(1, round(share * len(lessons)))]:
            progress.complete(person, lesson, by=person, now=at)
            at += timedelta(minutes=rng.randint(8, 25))
        if share == 1:
            _make_tests(rng, person, course, at)
    except (enrolments.NotOpen, attempts.NotStartable):
        return False
    return True


def _make_tests(rng, person: Person, course: CoursePage, at: datetime) -> None:
    for module in ModulePage.objects.live().descendant_of(course).order_by("path"):
        if questions := attempts.paper(module):
            answers = {q.key: _answer(rng, q) for q in questions}
            attempts.finish(person, module, answers=answers, by=person, now=at)


def _answer(rng, question) -> set[int]:
    if rng.random() < RIGHT:
        return set(question.right)
    return {rng.choice(question.options).key}
