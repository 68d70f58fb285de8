"""What happens after a button of the roster? One verb on one row, a quiet sentence, and back to where it was asked."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from people import back, stamps
from people.models import Person
from rostering import words
from rostering.models import Shift

Getter = Callable[[Person, int], Any]  # access: the row of this number for this person, or 404
Refusals = Mapping[
    type[Exception], Callable[[HttpRequest, Any], None]
]  # what a verb may raise: how it is told


def act(
    getter: Getter,
    *,
    home: Callable[[Any], str],
    refusals: Refusals,
    guard: Callable = login_required,
    stamp: Callable = lambda view: view,
) -> Callable:
    """Return a decorator over `view(request, row, now, **rest of the address)` for what one button does to a row.

    `home` is the page of the row: there one comes back, unless the form says from which page it was sent or the view
    returns an address. `stamp` is for a button that makes something new (stamps.once); what only sets a state needs
    none. Who comes without a form (after logging in again, or by the back button) is only shown it.
    """

    def wrap(view: Callable[..., str | None]) -> Callable:
        @guard
        @stamp
        @wraps(view)
        def done(request: HttpRequest, pk: int, **rest: Any) -> HttpResponse:
            row = getter(request.user, pk)
            if request.method != "POST":
                return redirect(home(row))
            if told_of_move(request, getattr(row, "shift", row)):
                return redirect(home(row))
            address = _tried(view, refusals, request, row, timezone.now(), **rest)
            return redirect(address or back.address(request, home(row)))

        return done

    return wrap


def told_of_move(request: HttpRequest, shift: Any) -> bool:
    """Return whether a shift got another time after the page of this button was shown, and say so."""
    if not isinstance(shift, Shift) or shift.cancelled_at or not stamps.is_stale(request, shift.sequence):
        return False
    said = _(
        "This shift got another time after you opened the page: %(moment)s. Look whether it still suits, and "
        "choose again."
    )
    messages.warning(request, said % {"moment": words.moment(shift.starts_at)})
    return True


def told(request: HttpRequest, refusal: Exception) -> None:
    """Say that something cannot be, in the words of the verb."""
    messages.error(request, str(refusal))


def told_mildly(request: HttpRequest, refusal: Exception) -> None:
    """Say that something cannot be where nobody did anything wrong: a seat just gone, a shift that began."""
    messages.warning(request, str(refusal))


def told_quietly(request: HttpRequest, refusal: Exception) -> None:
    """Say what is no fault, such as a second press, in the words of the verb."""
    messages.info(request, str(refusal))


def _tried(
    view: Callable[..., str | None],
    refusals: Refusals,
    request: HttpRequest,
    row: Any,
    now: datetime,
    **rest: Any,
) -> str | None:
    """Call the view; a refusal is told as the first kind in `refusals` that it is."""
    try:
        return view(request, row, now, **rest)
    except tuple(refusals) as refusal:
        next(tell for kind, tell in refusals.items() if isinstance(refusal, kind))(request, refusal)
        return None
