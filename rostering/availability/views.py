"""When somebody can and what they want: the weekly pattern, days that differ, and willingness."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people import days, roles, stamps
from rostering import dayparts
from rostering.availability import preferences
from rostering.availability.forms import DaysOff, Grid, OwnBlocks, Preferences
from rostering.availability.grid import COLUMNS, split, windows
from rostering.models import TaskKind


@login_required
@stamps.edits(own=True)
def availability(request):
    """The weekly pattern, and below it the days on which it does not hold."""
    ticked, own = split(preferences.pattern_of(request.user))
    if request.method != "POST":
        return _availability(request)
    grid = Grid(request.POST, initial={"blok": ticked}, own=own)
    blocks = OwnBlocks(request.POST, prefix="eigen")
    if grid.is_valid() and blocks.is_valid() and _save_pattern(request, grid, blocks):
        messages.success(request, _("Your availability has been saved."))
        return redirect("rostering:availability")
    return _availability(request, grid=grid, blocks=blocks, ticked=set(grid.data.getlist("blok")))


def _save_pattern(request, grid, blocks) -> bool:
    own = [window for form in blocks if (window := form.window())]
    chosen = windows(grid.cleaned_data["blok"], own)
    try:
        preferences.set_pattern(request.user, chosen, by=request.user, now=timezone.now())
    except preferences.NotPossible as refusal:
        grid.add_error(None, str(refusal))
        return False
    return True


def _availability(request, *, grid=None, blocks=None, ticked=None, days_off=None):
    if grid is None:
        ticked, own = split(preferences.pattern_of(request.user))
        grid = Grid(initial={"blok": ticked}, own=own)
        blocks = OwnBlocks(initial=[vars(w) for w in own], prefix="eigen")
    today = days.day_of(timezone.now())
    return render(
        request,
        "rostering/availability/availability.html",
        {
            "section": "roster",
            "grid": grid,
            "blocks": blocks,
            "days_off": days_off or DaysOff(),
            "parts": COLUMNS,
            "lines": [
                (
                    name,
                    [(f"{n}-{part.code}", part, f"{n}-{part.code}" in ticked) for part in COLUMNS],
                )
                for n, name in enumerate(dayparts.WEEKDAYS.values())
            ],
            "exceptions": request.user.availability_exceptions.filter(until_on__gte=today),
        },
    )


@login_required
@stamps.once
def add_days(request):
    form = DaysOff(request.POST or None)
    if request.method != "POST":
        return redirect("rostering:availability")
    if form.is_valid() and _add_days(request, form, **form.period()):
        return redirect("rostering:availability")
    form.point_at_mistake()
    return _availability(request, days_off=form)


def _add_days(request, form, **period) -> bool:
    try:
        row = preferences.add_exception(request.user, **period, by=request.user, now=timezone.now())
    except preferences.NotPossible as refusal:
        form.add_error("until_on" if form.cleaned_data["until_on"] else "from_on", str(refusal))
        return False
    undo = reverse("rostering:remove_days", args=[row.pk])
    messages.success(request, _("Saved: %(days)s.") % {"days": preferences.say(row)}, extra_tags=undo)
    return True


@login_required
@stamps.once
def remove_days(request, pk):
    row = get_object_or_404(request.user.availability_exceptions, pk=pk)
    if request.method == "POST":
        undo = reverse("rostering:restore_days", args=[row.from_on, row.until_on, int(row.is_available)])
        preferences.remove_exception(row, by=request.user, now=timezone.now())
        messages.success(
            request, _("Taken away: %(days)s.") % {"days": preferences.say(row)}, extra_tags=undo
        )
    return redirect("rostering:availability")


@login_required
def restore_days(request, from_on, until_on, is_available):
    """The way back from remove_days: the same days, from the address of the undo button."""
    form = DaysOff({"from_on": from_on, "until_on": until_on, "is_available": int(bool(is_available))})
    if request.method == "POST" and not (form.is_valid() and _add_days(request, form, **form.period())):
        messages.warning(request, _("These days could not be put back."))
    return redirect("rostering:availability")


@login_required
@stamps.edits(own=True)
def willingness(request):
    person = request.user
    kinds = TaskKind.objects.filter(is_active=True).order_by("ladder", "name")
    if not roles.may(person, roles.TAKE_SHIFTS):
        kinds = kinds.filter(ladder=TaskKind.Ladder.MICRO_TASK)
    kinds = list(kinds)
    chosen = dict(person.willingness.values_list("task_kind_id", "level"))
    initial = {Preferences.name_of(kind): chosen.get(kind.pk) for kind in kinds}
    initial |= {"shifts_a_week": person.shifts_a_week, "hours_a_week": person.hours_a_week}
    form = Preferences(request.POST or None, kinds=kinds, initial=initial)
    if request.method == "POST" and form.is_valid():
        preferences.set_wishes(person, form.levels(), by=person, now=timezone.now(), **form.limits())
        messages.success(request, _("Your wishes have been saved."))
        return redirect("rostering:willingness")
    ladders = [(ladder.label, form.of_ladder(ladder)) for ladder in reversed(TaskKind.Ladder)]
    return render(
        request,
        "rostering/availability/willingness.html",
        {"section": "roster", "form": form, "ladders": ladders},
    )
