"""Taking a test, and what came of it."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from academy import access as audience
from academy.models import Attempt, ModulePage
from academy.testing import attempts
from academy.testing.forms import TestForm
from people import access, roles


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
    return render(request, "academy/testing/test.html", context, status=422 if form.errors else 200)


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
    return render(request, "academy/testing/result.html", context)
