"""The kinds of task: a list, and one form to make and to change them. For the administrator."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from people import roles, stamps
from people.access import needs
from rostering import task_kinds
from rostering.models import TaskKind
from rostering.task_kinds.forms import KindDetails

MANAGE = {"section": "manage"}


@needs(roles.MANAGE_QUALIFICATIONS)
def kind_list(request):
    kinds = TaskKind.objects.prefetch_related("requires").order_by("-is_active", "code")
    return render(request, "rostering/task_kinds/kinds.html", MANAGE | {"kinds": kinds})


@needs(roles.MANAGE_QUALIFICATIONS)
@stamps.once
def new_kind(request):
    return _kept(request, TaskKind())


@needs(roles.MANAGE_QUALIFICATIONS)
@stamps.edits
def kind(request, code):
    return _kept(request, stamps.row_or_404(request, TaskKind.objects, code=code))


def _kept(request, row):
    title = str(row)
    form = KindDetails(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = task_kinds.save(form, by=request.user, now=timezone.now())
        messages.success(request, _("%(what)s has been saved.") % {"what": saved})
        return redirect("rostering:task_kinds")
    return render(
        request, "rostering/task_kinds/kind.html", MANAGE | {"row": row, "title": title, "form": form}
    )
