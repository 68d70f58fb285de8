"""The learner's screens that are not pages of Wagtail: catalogue, tests, results, certificates."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from academy import access as audience
from academy import certificates
from academy.courses import catalogue as catalogue_of
from academy.courses import standing
from academy.learning import enrolments, progress
from academy.models import LessonPage
from people import access, days, roles


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def catalogue(request):
    courses = audience.courses(request.user).select_related("awards").prefetch_related("requires")
    rows = standing.standings(request.user, courses.order_by("path"), on=days.today())
    context = catalogue_of.sorted_out(
        rows, request.GET.get("toon", ""), is_outside=audience.is_outside(request.user)
    )
    return render(request, "academy/courses/catalogue.html", context)


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def way(request, code):
    """Lead to where a qualification is learned."""
    return redirect(audience.course_or_404(request.user, awards__code=code).get_url(request))


@require_safe
@access.needs(roles.FOLLOW_COURSES)
def go_on(request, code):
    """Lead to the next step towards a qualification, as it is by now."""
    course = audience.courses(request.user).filter(awards__code=code).first()
    if course:
        return redirect(progress.next_address(request.user, course, on=days.today()))
    get_object_or_404(request.user.learning_steps, qualification__code=code)
    messages.info(request, _("This course is offline for now. What you did is kept."))
    return redirect("academy:catalogue")


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
