"""Proposals for the roster as a coordinator sees them: the list, the question, the calculation and the draft."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_http_methods, require_safe

from people import access, roles, stamps
from rostering import words
from rostering.models import Proposal
from rostering.proposals import page as proposal_page
from rostering.proposals import states
from rostering.proposals import why as proposal_why
from rostering.proposals.access import line_for_coordinator, proposal_for_coordinator
from rostering.proposals.forms import ProposalForm, numbers, usual

LIST, BOARD = "", "bord"
TAB = "rostering:proposals"  # of the menu, on the pages below it


@require_safe
@access.needs(roles.FILL_ROSTER)
def listed(request):
    found = proposal_page.listed(access.scope_of(request.user))
    return render(request, "rostering/proposals/list.html", {"section": "board", "proposals": found})


@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(roles.FILL_ROSTER)
@stamps.once
def new(request):
    now, scope = timezone.now(), access.scope_of(request.user)
    form = ProposalForm(request.POST or None, initial=usual(now), scope=scope)
    if request.method == "POST" and form.is_valid():
        try:
            made = states.ask(form.choice(), by=request.user, now=now)
        except states.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("rostering:proposal", made.pk)
    return render(request, "rostering/proposals/new.html", {"section": "board", "tab": TAB, "form": form})


@require_safe
@access.needs(roles.FILL_ROSTER)
def proposal(request, pk):
    found = proposal_for_coordinator(request.user, pk)
    if found.state in Proposal.UNDERWAY:
        found = states.give_up(found, now=timezone.now())  # when nothing is heard of it; else it stays
    if found.state in Proposal.UNDERWAY:
        return _underway(request, found)
    if request.htmx:  # who watched the calculation comes to see what it gave
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {"section": "board", "proposal": found, "where": proposal_page.where(found)}
    if found.state == Proposal.State.FAILED:
        return render(request, "rostering/proposals/failed.html", context)
    week = next(iter(numbers([request.GET.get("week", "")])), None)
    view = BOARD if request.GET.get("beeld") == BOARD else LIST
    try:
        day = parse_date(request.GET.get("dag", ""))
    except ValueError:  # a day that does not exist
        day = None
    page = proposal_page.read(found, week=week, day=day)
    return render(request, "rostering/proposals/proposal.html", {**context, "page": page, "view": view})


@require_safe
@access.needs(roles.FILL_ROSTER)
def why(request, pk):
    """Why this person: a part of the page of the proposal, and a page for who has no script."""
    line = line_for_coordinator(request.user, pk)
    shift = line.shift
    return render(
        request,
        "rostering/proposals/why.html" + ("#found" if request.htmx else ""),
        {
            "section": "board",
            "tab": TAB,
            "line": line,
            "why": proposal_why.of(line, now=timezone.now()),
            "week": proposal_page.week_of(line.proposal, shift.day),
            "where": words.times_and_place(shift),
        },
    )


def _underway(request, found):
    template = "rostering/proposals/running.html" + ("#progress" if request.htmx else "")
    waits = (timezone.now() - (found.begun_at or found.made_at)).total_seconds()
    return render(
        request,
        template,
        {
            "section": "board",
            "proposal": found,
            "where": proposal_page.where(found),
            "seconds": int(waits),
            "is_slow": waits > states.LIMIT and not found.begun_at,
            "limit": found.limit or states.LARGE_LIMIT,
        },
    )
