"""The quality of the roster, for who fills it: a page with pictures and tables, and the tables as a file."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from people import access, days, roles
from rostering.places import PLACES
from rostering.proposals.access import proposal_for_coordinator
from rostering.quality import forms, report, tables


@require_safe
@access.needs(roles.FILL_ROSTER)
def quality(request):
    now = timezone.now()
    asked = forms.asked(request.GET, today=days.day_of(now))
    found = asked.period and _read(request, asked, now)
    return render(
        request,
        "rostering/quality/quality.html",
        {
            "section": "board",
            "asked": asked,
            "kinds": [(kind, label, asked.address(periode=kind)) for kind, label in forms.KINDS.items()],
            "places": [(place, label, asked.address(waar=place)) for place, label in PLACES.items()],
            "told": found and tables.tell(found, asked.period),
            "too_few": tables.too_few(),
        },
    )


@require_safe
@access.needs(roles.FILL_ROSTER)
def quality_file(request):
    """The tables for a spreadsheet; days that are not right are told on the page."""
    now = timezone.now()
    asked = forms.asked(request.GET, today=days.day_of(now))
    if asked.period is None:
        return redirect(f"{reverse('rostering:quality')}?{request.GET.urlencode()}")
    text = tables.as_csv(tables.tell(_read(request, asked, now), asked.period))
    name = f"rooster-{asked.period.first}-{asked.period.last}.csv"
    return HttpResponse(
        text.encode("utf-8-sig"),  # a spreadsheet sees by the mark that it is UTF-8
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@require_safe
@access.needs(roles.FILL_ROSTER)
def proposal_quality(request, pk):
    """What a proposal would do: the same tables with it and without."""
    proposal = proposal_for_coordinator(request.user, pk)
    found = report.of_proposal(proposal, now=timezone.now())
    return render(
        request,
        "rostering/quality/proposal.html",
        {
            "section": "board",
            "tab": "rostering:proposals",
            "proposal": proposal,
            "told": tables.tell_proposal(found),
            "too_few": tables.too_few(),
        },
    )


def _read(request, asked, now):
    return report.beside(access.scope_of(request.user), asked.choice, asked.period, now=now)
