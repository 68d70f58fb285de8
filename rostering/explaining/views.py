"""Why does nobody stand here? The page that says it."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from people import access, roles
from rostering.access import shift_for_coordinator
from rostering.explaining import funnel


@require_safe
@access.needs(roles.FILL_ROSTER)
def shift_why(request, pk):
    found = shift_for_coordinator(request.user, pk)
    return render(
        request,
        "rostering/explaining/why.html#found" if request.htmx else "rostering/explaining/why.html",
        {"section": "board", "shift": found, "why": funnel.of(found, now=timezone.now())},
    )
