"""The learner's screens that are not pages of Wagtail: catalogue, tests, results, certificates."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from academy import (
    attempts,
    audience,
    certificates,
    enrolments,
    papers,
    progress,
    shelves,
    standing,
)
from academy.forms import TestForm
from academy.models import Attempt, LessonPage, ModulePage
from people import access, days, roles
from people.models import Qualification


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def catalogue(request):
    courses = audience.courses(request.user).select_related("awards").prefetch_related("requires")
    rows = standing.standings(request.user, courses.order_by("path"), on=days.today())
    context = shelves.sorted_out(
        rows, request.GET.get("toon", ""), is_outside=audience.is_outside(request.user)
    )
    return render(request, "academy/catalogue.html", context)


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def way(request, code):
    """Lead to where a qualification is learned."""
    qualification = get_object_or_404(Qualification, code=code)
    if not qualification.learn_url:
        raise Http404
    return redirect(qualification.learn_url)


@require_POST
@access.needs(roles.FOLLOW_COURSES)
def start(request, pk):
    course = audience.course_or_404(request.user, pk=pk)
    try:
        enrolments.enrol(request.user, course, by=request.user, now=timezone.now())
    except enrolments.NotOpen as closed:
        messages.error(request, str(closed))
        return redirect(course.get_url(request))
    step = certificates.progress(request.user, course, on=days.today()).next
    return redirect(progress.step_url(step) if step else course.get_url(request))


@require_POST
@access.needs(roles.FOLLOW_COURSES)
def claim(request, pk):
    """Collect a certificate for which everything was done before, such as after a missing one came in."""
    course = audience.course_or_404(request.user, pk=pk)
    award, reasons = certificates.settle(request.user, course, now=timezone.now())
    if award:
        messages.success(request, _("You now hold the certificate %(name)s.") % {"name": award.qualification})
    else:
        messages.error(request, " ".join(reasons))
    return redirect(course.get_url(request))


@require_POST
@access.needs(roles.FOLLOW_COURSES)
def read(request, pk):
    lesson, course = audience.part_or_404(request.user, LessonPage.objects, pk)
    try:
        progress.complete(request.user, lesson, by=request.user, now=timezone.now())
    except enrolments.NotOpen as closed:
        messages.error(request, str(closed))
        return redirect(course.get_url(request))
    following = certificates.progress(request.user, course, on=days.today()).after(lesson)
    if following is None:
        messages.success(request, _("You have read every lesson of this course."))
        return redirect(course.get_url(request))
    return redirect(progress.step_url(following))


@access.needs(roles.FOLLOW_COURSES)
def test(request, pk):
    module, course = audience.part_or_404(request.user, ModulePage.objects, pk)
    try:
        questions = attempts.start(request.user, module, now=timezone.now())
    except attempts.NotStartable as closed:
        messages.error(request, str(closed))
        return redirect(course.get_url(request))
    form = TestForm(questions, request.POST or None)
    if request.method == "POST" and form.is_valid():
        attempt = attempts.finish(
            request.user, module, answers=form.chosen, by=request.user, now=timezone.now()
        )
        return redirect("academy:result", attempt.pk)
    context = {"module": module, "course": course, "form": form, "section": "academy"}
    return render(request, "academy/test.html", context, status=422 if form.errors else 200)


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def result(request, pk):
    attempt = get_object_or_404(
        Attempt.objects.select_related("module", "award__qualification"), pk=pk, person=request.user
    )
    course = attempt.module.course
    rows = attempt.answers
    context = {
        "attempt": attempt,
        "course": course,
        "rows": rows,
        "right": sum(row["is_right"] for row in rows),
        "section": "academy",
    }
    return render(request, "academy/result.html", context)


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def my_certificates(request):
    rows = papers.of(request.user, on=days.today())
    return render(request, "academy/certificates.html", {"rows": rows, "section": "academy"})
