"""The weekly need: what stands, a file with another, and the shifts that follow from it."""

from collections import Counter
from datetime import time
from secrets import token_urlsafe

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from people import access, roles, stamps
from people.files import sheets
from rostering.demand import files, planning
from rostering.demand.files import Block
from rostering.demand.forms import UploadForm, WeeksForm
from rostering.models import WeeklyDemand

PROPOSAL = "demand_proposal"  # in the session, between looking and taking over
MOST_SHOWN = 100  # of errors and of rows


@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(roles.FILL_ROSTER)
def demand(request):
    form, problems = UploadForm(), []
    if request.method == "POST":
        form = UploadForm(request.POST, request.FILES)
        request.session.pop(PROPOSAL, None)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                blocks = files.propose_demand(file, by=request.user)
            except sheets.Unreadable as refusal:
                problems = refusal.problems
            else:
                request.session[PROPOSAL] = _packed(blocks, file.name)
                return redirect("rostering:import_demand")
    return _page(request, form, problems)


@require_POST
@access.needs(roles.FILL_ROSTER)
def take_over(request):
    proposal = request.session.get(PROPOSAL)
    if not proposal or request.POST.get("voorstel") != proposal["token"]:
        messages.info(request, _("This file has been taken over already, or another one came after it."))
        return redirect("rostering:import_demand")
    remove = "verwijder" in request.POST
    try:
        found = files.take_over_demand(
            _unpacked(proposal), by=request.user, now=timezone.now(), remove_absent=remove
        )
    except sheets.Unreadable as refusal:
        return _page(request, UploadForm(), refusal.problems)
    del request.session[PROPOSAL]
    messages.success(
        request,
        _("Taken over: %(new)s new, %(changed)s changed, %(removed)s removed.")
        % {
            "new": len(found.new),
            "changed": len(found.changed),
            "removed": len(found.absent) if remove else 0,
        },
    )
    return redirect("rostering:import_demand")


@require_POST
@access.needs(roles.FILL_ROSTER)
@stamps.once
def put_aside(request):
    """Forget the file that was looked at; what is needed now stays as it is."""
    if request.session.pop(PROPOSAL, None):
        messages.success(request, _("The file has been put aside. Nothing has changed."))
    return redirect("rostering:import_demand")


@require_POST
@access.needs(roles.FILL_ROSTER)
def plan(request):
    form = WeeksForm(request.POST)
    if not form.is_valid():
        return _page(request, UploadForm(), [], weeks=form)
    planned = planning.plan_weeks(form.cleaned_data["weeks"], by=request.user, now=timezone.now())
    said = ngettext("%(n)s shift made.", "%(n)s shifts made.", planned.number) % {"n": planned.number}
    messages.success(request, said if planned.number else _("Everything was planned already."))
    for sentence in planned.sentences:
        messages.warning(request, sentence)
    return redirect("rostering:import_demand")


def _page(request, form, problems, weeks=None):
    wanted = list(WeeklyDemand.objects.select_related("task_kind"))
    proposal = request.session.get(PROPOSAL)
    return render(
        request,
        "rostering/demand/demand.html",
        {
            "section": "board",
            "form": form,
            "weeks": weeks or WeeksForm(),
            "problems": problems[:MOST_SHOWN],
            "more_problems": len(problems) - MOST_SHOWN,
            "proposal": proposal,
            "found": files.compare(_unpacked(proposal)) if proposal else None,
            "most_shown": MOST_SHOWN,
            "days": _per_weekday(wanted),
            "seats": sum(row.seats for row in wanted),
        },
        status=422 if problems or form.errors else 200,
    )


def _per_weekday(wanted) -> list[tuple[int, list, int]]:
    """Return (weekday, rows, seats) for each day of the week that asks for something."""
    seats = Counter()
    for row in wanted:
        seats[row.weekday] += row.seats
    return [(day, [row for row in wanted if row.weekday == day], seats[day]) for day in sorted(seats)]


def _packed(blocks: list[Block], name: str) -> dict:
    rows = [
        [
            block.task_kind,
            block.weekday,
            f"{block.start:%H:%M}",
            f"{block.end:%H:%M}",
            block.seats,
            block.scope,
        ]
        for block in blocks
    ]
    return {"token": token_urlsafe(12), "name": name[:80], "rows": rows}


def _unpacked(proposal: dict) -> list[Block]:
    return [
        Block(kind, weekday, time.fromisoformat(start), time.fromisoformat(end), seats, scope)
        for kind, weekday, start, end, seats, scope in proposal["rows"]
    ]
