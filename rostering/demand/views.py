"""The weekly need: what stands, a file with another, and the shifts that follow from it."""

from collections import Counter
from datetime import time
from secrets import token_urlsafe

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from people import access, roles, stamps
from people.files import sheets
from rostering import words
from rostering.demand import files, planning, undoing
from rostering.demand.access import may_change_demand, planning_or_404, take_over_or_404
from rostering.demand.files import Block
from rostering.demand.forms import UploadForm, WeeksForm
from rostering.models import Shift, WeeklyDemand

PROPOSAL = "demand_proposal"  # in the session, between looking and taking over
MOST_SHOWN = 100  # of errors and of rows
MOST_NAMED = 10  # of shifts that stay, and of what can be undone


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
@stamps.once
def take_over(request):
    proposal = request.session.get(PROPOSAL)
    if not proposal or request.POST.get("voorstel") != proposal["token"]:
        messages.info(request, _("This file has been taken over already, or another one came after it."))
        return redirect("rostering:import_demand")
    remove, now = "verwijder" in request.POST, timezone.now()
    try:
        found = files.take_over_demand(
            _unpacked(proposal), by=request.user, now=now, remove_absent=remove, seen=proposal.get("seen")
        )
    except sheets.Unreadable as refusal:
        return _page(request, UploadForm(), refusal.problems)
    del request.session[PROPOSAL]
    said = _("Taken over: %(new)s new, %(changed)s changed, %(removed)s removed.") % {
        "new": len(found.new),
        "changed": len(found.changed),
        "removed": len(found.absent) if remove else 0,
    }
    taken = undoing.take_overs(request.user, now=now).first()
    undo = reverse("rostering:undo_take_over", args=[taken.pk]) if taken and taken.made_at == now else ""
    messages.success(request, said, extra_tags=undo)
    return redirect("rostering:import_demand")


@require_POST
@access.needs(roles.FILL_ROSTER)
@stamps.once
def put_aside(request):
    """Forget the file that was looked at; what is needed now stays as it is."""
    if request.session.pop(PROPOSAL, None):
        messages.success(request, _("The file has been put aside. Nothing has changed."))
    return redirect("rostering:import_demand")


@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(roles.FILL_ROSTER)
@stamps.once
def plan(request):
    """Show per district what planning would do, and do what was shown."""
    if request.method != "POST" and "weeks" not in request.GET:
        return redirect("rostering:import_demand")
    form, now = WeeksForm(request.POST or request.GET), timezone.now()
    if not form.is_valid():
        return _page(request, UploadForm(), [], weeks=form)
    weeks, seen = form.cleaned_data["weeks"], request.POST.get("gezien", "")
    if not seen:
        return _preview(request, weeks, now)
    try:
        planned = planning.plan_weeks(weeks, by=request.user, now=now, seen=seen)
    except planning.Outdated:
        messages.warning(request, _("In the meantime something changed. This is how it stands now."))
        return _preview(request, weeks, now)
    undo = reverse("rostering:undo_planning", args=[planned.planning.pk]) if planned.planning else ""
    messages.success(request, _said(planned), extra_tags=undo)
    for sentence in planned.sentences:
        messages.warning(request, sentence)
    return redirect("rostering:import_demand")


@require_POST
@access.needs(roles.FILL_ROSTER)
@stamps.once
def undo_planning(request, pk):
    row = planning_or_404(request.user, pk)
    try:
        undone = undoing.undo_planning(row, by=request.user, now=timezone.now())
    except undoing.NotUndoable as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(n)s shift is gone again.", "%(n)s shifts are gone again.", undone.removed)
        messages.success(request, said % {"n": undone.removed})
        if undone.kept:
            messages.warning(request, _kept(undone.kept))
    return redirect("rostering:import_demand")


@require_POST
@access.needs(roles.FILL_ROSTER)
@stamps.once
def undo_take_over(request, pk):
    row = take_over_or_404(request.user, pk)
    try:
        undoing.undo_take_over(row, by=request.user, now=timezone.now())
    except undoing.NotUndoable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The weekly need is what it was before. Shifts planned with it stay."))
    return redirect("rostering:import_demand")


def _preview(request, weeks: int, now):
    found = planning.look_weeks(weeks, by=request.user, now=now)
    return render(
        request, "rostering/demand/plan.html", {"section": "board", "weeks": weeks, "look": found}
    )  # fmt: skip


def _said(planned: planning.Planned) -> str:
    if not planned.planning:
        return _("Everything was planned already.")
    said = ngettext("%(n)s shift made.", "%(n)s shifts made.", planned.number) % {"n": planned.number}
    if not planned.changed:
        return said
    more = ngettext(
        "%(n)s shift has another number of seats.",
        "%(n)s shifts have another number of seats.",
        planned.changed,
    )
    return f"{said} {more % {'n': planned.changed}}"


def _kept(shifts: list[Shift]) -> str:
    """Name the shifts that stay after undoing a planning."""
    named = [
        f"{shift.task_kind}, {words.written_day(shift.day)} {words.times_and_place(shift)}"
        for shift in shifts[:MOST_NAMED]
    ]
    more = len(shifts) - len(named)
    if more:
        named.append(ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more})
    return _("These stay, because people have to do with them or somebody changed them: %(shifts)s.") % {
        "shifts": "; ".join(named)
    }


def _page(request, form, problems, weeks=None):
    wanted, now = list(WeeklyDemand.objects.select_related("task_kind")), timezone.now()
    proposal = request.session.get(PROPOSAL)
    found = files.compare(_unpacked(proposal)) if proposal else None
    if found and proposal.get("seen") != found.mark:
        request.session[PROPOSAL] = proposal | {"seen": found.mark}
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
            "found": found,
            "most_shown": MOST_SHOWN,
            "days": _per_weekday(wanted),
            "seats": sum(row.seats for row in wanted),
            "may_change": may_change_demand(request.user),
            "plannings": undoing.plannings(request.user, now=now)[:MOST_NAMED],
            "take_overs": undoing.take_overs(request.user, now=now)[:MOST_NAMED],
        },
        status=422 if problems or form.errors or (weeks and weeks.errors) else 200,
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
