"""What does a learner see at the address of a course or a lesson? Wagtail finds the page, this shows it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from academy import access as audience
from academy import certificates
from academy.courses import standing
from academy.learning import enrolments, progress
from academy.models import CatalogueIndex, CoursePage, LessonPage, ModulePage
from academy.testing import grading
from people import access, days, roles


def show(page: Any, request: HttpRequest) -> HttpResponse | None:
    """Return the response for a page of the academy; None for a page of somebody else."""
    if isinstance(page, CatalogueIndex):
        return redirect("academy:catalogue")
    if isinstance(page, CoursePage):
        return show_course(request, page)
    if isinstance(page, LessonPage):
        return show_lesson(request, page)
    return show_module(request, page)


@access.needs(roles.FOLLOW_COURSES)
def show_course(request: HttpRequest, page: Any) -> HttpResponse:
    course = audience.course_or_404(request.user, pk=page.pk)
    stands = standing.standing(request.user, course, on=days.today())
    context = page.get_context(request) | {
        "page": course,
        "course": course,
        "standing": stands,
        "progress": stands.progress,
        "outline": stands.progress.outline,
        "reasons": enrolments.reasons_against(request.user, course, on=days.today()),
        "next_url": progress.step_url(stands.progress.next) if stands.progress.next else "",
        "can_claim": stands.progress.is_complete
        and certificates.is_due(request.user, course, now=timezone.now()),
        "path_parts": _path_parts(request, course, stands) if course.is_path else (),
    }
    return TemplateResponse(request, page.template, context)


def _path_parts(request: HttpRequest, course: Any, stands: Any) -> list:
    """Return the parts of a path with the course that teaches each and how one stands towards it."""
    courses = audience.courses(request.user).select_related("awards").prefetch_related("requires")
    teach = courses.filter(awards__in=course.requires.all()).order_by("code")
    missing = {one.pk for one in stands.missing}
    return [
        (one, one.course.awards_id not in missing)
        for one in standing.standings(request.user, teach, on=stands.on)
    ]


@access.needs(roles.FOLLOW_COURSES)
def show_module(request: HttpRequest, page: Any) -> HttpResponse:
    """A part has no page of its own: its lessons stand on the course."""
    _part, course = audience.part_or_404(request.user, ModulePage.objects, page.pk)
    return redirect(f"{course.get_url(request)}#deel-{page.pk}")


@access.needs(roles.FOLLOW_COURSES)
def show_lesson(request: HttpRequest, page: Any) -> HttpResponse:
    course = page.course
    audience.course_or_404(request.user, pk=course.pk)
    now_at = certificates.progress(request.user, course, on=days.today())
    lessons = now_at.outline.lessons
    place = next((number for number, one in enumerate(lessons) if one.pk == page.pk), None)
    if place is None:
        raise Http404  # the part it belongs to is not published
    following = now_at.after(page)
    context = page.get_context(request) | {
        "pieces": [(piece, marked(piece, request)) for piece in page.body],
        "course": course,
        "progress": now_at,
        "number": place + 1,
        "total": len(lessons),
        "read": sum(one.pk in now_at.seen for one in lessons),
        "is_read": page.pk in now_at.seen,
        "before": lessons[place - 1] if place else None,
        "following": following,
        "following_url": progress.step_url(following) if following else course.get_url(request),
        "reasons": enrolments.reasons_against(request.user, course, on=days.today()),
    }
    return TemplateResponse(request, page.template, context)


def question_of(piece: Any) -> grading.Question:
    """Return a self-check as the grader sees it."""
    value = piece.value
    options = tuple(
        grading.Option(number, answer["text"], answer["is_right"], answer["feedback"])
        for number, answer in enumerate(value["answers"])
    )
    return grading.Question(key=0, kind=value["type"], prompt=value["prompt"], options=options)


def marked(piece: Any, request: HttpRequest) -> grading.Marked | None:
    """Return a self-check with what this request chose, if it chose something here; nothing is kept."""
    if piece.block_type != "check":
        return None
    chosen = request.GET.getlist("antwoord") if request.GET.get("vraag") == piece.id else []
    return grading.mark(question_of(piece), [int(one) for one in chosen if one.isascii() and one.isdecimal()])
