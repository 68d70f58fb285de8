"""The trainer's screens: how learners get on. Writing courses happens in Wagtail's admin."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from academy.learning import learners
from academy.models import CoursePage
from people import access, roles


@require_safe
@access.needs(roles.SEE_LEARNERS)
def overview(request):
    return render(
        request,
        "academy/learning/learners.html",
        {"groups": learners.groups(now=timezone.now()), "section": "academy"},
    )


@require_safe
@access.needs(roles.SEE_LEARNERS)
def course(request, code):
    course = get_object_or_404(CoursePage.objects.live(), code=code)
    rows = learners.of(course, now=timezone.now())
    chosen = request.GET.get("toon", "")
    states = [
        ("", _("Everybody")),
        (learners.STUCK, _("Stuck")),
        (learners.BUSY, _("Busy")),
        (learners.ENROLLED, _("Only enrolled")),
        (learners.PASSED, _("Passed")),
    ]
    if chosen in dict(states) and chosen:
        rows = [row for row in rows if row.state == chosen]
    context = {
        "course": course,
        "outline": course.outline(),
        "page": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filters": states,
        "chosen": chosen,
        "section": "academy",
    }
    return render(request, "academy/learning/learners_course.html", context)
