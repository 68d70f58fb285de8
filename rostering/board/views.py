"""The board of a coordinator: fourteen days, one daypart of it, and the people of the own locations."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from people import access, roles
from rostering import dayparts
from rostering.board import fortnight
from rostering.board.people import ENDING, QUIET, listed, search
from rostering.models import TaskKind
from rostering.places import PLACES, Choice, choice_from
from rostering.words import name_from

PER_PAGE = 25
SIGNALS = {
    "": _("Everybody"),
    ENDING: _("A paper ends soon"),
    QUIET: _("No shift in eight weeks"),
}


@require_safe
@access.needs(roles.FILL_ROSTER)
def board(request):
    now, choice = timezone.now(), choice_from(request.GET)
    found = fortnight.read(access.scope_of(request.user), choice, now=now)
    return render(
        request,
        "rostering/board/board.html",
        {
            "section": "board",
            "board": found,
            "choice": choice,
            "query": _query(choice),
            "places": [(value, label, _query(choice, waar=value)) for value, label in PLACES.items()],
            "kinds": TaskKind.objects.filter(is_active=True).order_by("name").values_list("code", "name"),
            "today": found.weeks[0][0].day,
        },
    )


@require_safe
@access.needs(roles.FILL_ROSTER)
def cell(request, day, part):
    if part not in dayparts.LABELS:
        raise Http404
    name = dayparts.LABELS[part]
    choice = choice_from(request.GET)
    found = fortnight.cell(access.scope_of(request.user), choice, day, part, now=timezone.now())
    return render(
        request,
        "rostering/board/cell.html#found" if request.htmx else "rostering/board/cell.html",
        {
            "section": "board",
            "gaps": found,
            "day": day,
            "part": name,
            "query": _query(choice),
        },
    )


@require_safe
@access.needs(roles.FILL_ROSTER)
def people(request):
    now, name = timezone.now(), name_from(request.GET)
    signal = request.GET.get("wie", "")
    found = search(access.scope_of(request.user), name=name, signal=signal, now=now)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    page.object_list = listed(list(page.object_list), now=now)
    kept = {key: value for key, value in (("zoek", name), ("wie", signal)) if value}
    return render(
        request,
        "rostering/board/people.html",
        {
            "section": "board",
            "page": page,
            "name": name,
            "signal": signal,
            "signals": [(value, label, _address(wie=value, zoek=name)) for value, label in SIGNALS.items()],
            "query": urlencode(kept) + "&" * bool(kept),
        },
    )


def _query(choice: Choice, **changed) -> str:
    return _address(**{"waar": choice.place, "taak": choice.kind, **changed})


def _address(**wanted) -> str:
    """Return the part of an address after the path: "?waar=eigen", or nothing."""
    kept = urlencode({name: value for name, value in wanted.items() if value})
    return f"?{kept}" if kept else ""
