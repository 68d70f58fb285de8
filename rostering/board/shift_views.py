"""One shift as its coordinator sees it: who is on it, and making, copying and changing it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import access, roles, stamps
from rostering import contacts, shifts, whereabouts, words
from rostering.access import shift_for_coordinator
from rostering.board import crew
from rostering.models import Shift
from rostering.shifts.forms import ChangeForm, KindForm, ShiftForm, copied, of_kind
from rostering.words import name_from


@require_safe
@access.needs(roles.FILL_ROSTER)
def shift(request, pk):
    found, name = shift_for_coordinator(request.user, pk), name_from(request.GET)
    now = timezone.now()
    return render(
        request,
        "rostering/board/shift.html",
        {
            "section": "board",
            "shift": found,
            "where": words.times_and_place(found),
            "whereabouts": whereabouts.of(found),
            "contacts": contacts.of(found),
            "crew": crew.of(found, now=now, name=name),
            "name": name,
            "may_undo": shifts.may_undo(found, now=now),
            "may_change": found.starts_at > now and not found.cancelled_at,
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(roles.FILL_ROSTER)
@stamps.edits
def change(request, pk):
    now, found = timezone.now(), shift_for_coordinator(request.user, pk)
    form = ChangeForm(request.POST or None, shift=found, now=now)
    if request.method == "POST" and form.is_valid():
        try:
            anyway = form.cleaned_data["anyway"]
            shifts.change(found, **form.times(), by=request.user, now=now, anyway=anyway)
        except shifts.OutsideTheirDays as warning:
            form.ask_once_more(str(warning))
        except shifts.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request,
                _("The shift has been changed. Everybody on it gets a mail if the time or the place is new."),
            )
            return redirect("rostering:board_shift", pk)
    return render(request, "rostering/board/change.html", {"section": "board", "shift": found, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@access.needs(roles.FILL_ROSTER)
@stamps.once
def new_shift(request):
    now, scope = timezone.now(), access.scope_of(request.user)
    form = ShiftForm(request.POST or None, initial=_example(request, now), now=now, scope=scope)
    if request.method == "POST" and form.is_valid():
        try:
            made = shifts.make(**form.made_of(), by=request.user, now=now)
        except shifts.NotPossible as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(made))
            return redirect("rostering:board_shift", made.pk)
    return render(
        request, "rostering/board/new_shift.html", {"section": "board", "form": form, "kind": KindForm()}
    )


def _example(request, now) -> dict:
    """Start from the kind of task that `soort` names, from the shift that `als` names, or from nothing."""
    kind = KindForm(request.GET)
    if kind.is_valid():
        return of_kind(kind.cleaned_data["soort"], access.scope_of(request.user), now=now)
    number = request.GET.get("als", "")
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        return {}
    return copied(shift_for_coordinator(request.user, int(number)), now=now)


def _said(made: Shift) -> str:
    if made.published_at:
        return _("The shift has been made, and volunteers see it.")
    return _("The draft has been kept. Publish it when it is ready.")
