"""Taking a test, and what came of it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from academy import access as audience
from academy.models import Attempt, ModulePage
from academy.testing import attempts
from academy.testing.forms import TestForm
from people import access, roles, stamps

SHOWN = "vragen"  # the field that says which wording the form showed


@access.needs(roles.FOLLOW_COURSES)
@stamps.once
def test(request, pk):
    now, sent = timezone.now(), request.method == "POST"
    try:
        module, course = audience.part_or_404(request.user, ModulePage.objects, pk)
    except Http404:
        return _taken_offline(request, pk)
    try:
        current = attempts.start(request.user, module, now=now)
    except attempts.NotStartable as closed:
        messages.error(request, str(closed))
        return redirect(course.get_url(request))
    token = request.POST.get(SHOWN, "")
    shown = attempts.shown_by(token, request.user, module, now=now)
    form = TestForm(attempts.questions_of(shown or current), request.POST if sent else None)
    if token and not shown:
        messages.warning(
            request, _("You opened this test more than a day ago. Look at the questions again and hand in.")
        )
    elif sent and form.is_valid():
        attempt = attempts.finish(
            request.user, module, answers=form.chosen, by=request.user, now=now, shown=shown
        )
        return redirect("academy:result", attempt.pk)
    context = {
        "module": module,
        "course": course,
        "form": form,
        "pass_mark": (shown or current).pass_mark,
        "token": token if shown else attempts.token(current, request.user, now=now),
        "section": "academy",
    }
    return render(request, "academy/testing/test.html", context, status=422 if form.errors else 200)


def _taken_offline(request, pk):
    """Say to who was busy with it that the test is away for a while; keep the answers on the page."""
    module = get_object_or_404(ModulePage, pk=pk)
    if not attempts.is_known_to(request.user, module):
        raise Http404
    answers = [
        (name, value)
        for name, values in request.POST.lists()
        if name == SHOWN or name.startswith("q")
        for value in values
    ]
    context = {"course": module.course, "answers": answers, "section": "academy"}
    return render(request, "academy/testing/offline.html", context, status=410)


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
