"""The roster as a volunteer sees it: what can be taken, one shift, and the acts on it."""

from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from people.models import Person, Qualification
from rostering import booking, contacts, whereabouts, words
from rostering.acts import act, told_mildly, told_quietly
from rostering.booking import AlreadyBooked, ImpossibleMove, NotBookable
from rostering.dayparts import WEEKDAYS
from rostering.models import Booking, Shift
from rostering.open_shifts import filters, nearby, shift_page, shift_words
from rostering.open_shifts import listed as seen
from rostering.open_shifts.filters import Filters

PER_PAGE = 25
State = Booking.State


@login_required
def open_shifts(request):
    now = timezone.now()
    chosen = Filters(request.GET)
    wanted, kept = chosen.wanted(), chosen.kept()
    overview = seen.overview(request.user, now=now)
    full = [one for one in overview.full if wanted.takes(one)]
    found = full if wanted.full else [one for one in overview.fitting if wanted.takes(one)]
    found = seen.best_first(found)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "rostering/open_shifts/open_shifts.html",
        {
            "section": "roster",
            "page": page,
            "rows": [seen.row(one) for one in page],
            "near": [] if wanted.full else [seen.near_row(near) for near in overview.near(wanted)],
            "full": len(full),
            "openings": overview.openings()[:3] if not found else [],
            "limit": "" if found else seen.limit_in_words(overview.beyond_limit(wanted)),
            "may_take_any": seen.may_take_any(request.user),
            "wanted": wanted,
            "kept": kept,
            "kept_beside": {name: value for name, value in kept.items() if name not in ("dag", "minuten")},
            "query": urlencode(kept) + "&" * bool(kept),
            "pills": filters.pills(kept, request.user.home),
            "days": filters.days_ahead(now),
            "weekdays": WEEKDAYS.items(),
            "lengths": filters.length_choices(wanted.minutes),
        },
    )


@login_required
def shift(request, pk):
    try:
        found = shift_page.of(request.user, pk, now=timezone.now())
    except Shift.DoesNotExist:
        raise Http404 from None
    return render(
        request,
        "rostering/open_shifts/shift.html",
        {
            "section": "roster",
            "standing": found,
            "said": shift_words.said(found),
            "shift": found.shift,
            "booking": found.booking,
            "booked": found.state in Booking.SEATED,
            "where": words.times_and_place(found.shift),
            "whereabouts": whereabouts.of(found.shift),
            "contacts": contacts.of(found.shift) if found.state == Booking.State.BOOKED else [],
            "pauses": words.pauses(found.shift),
        },
    )


def published(person: Person, pk: int) -> Shift:
    """Return this shift if volunteers may see it, or 404."""
    return get_object_or_404(Shift, pk=pk, published_at__isnull=False)


def own_booking(person: Person, pk: int) -> Booking:
    """Return what `person` has with this shift, or 404."""
    row = shift_page.booking_of(person, pk)
    if row is None:
        raise Http404
    return row


def page_of(shift_id: int) -> str:
    return reverse("rostering:shift", args=[shift_id])


on = partial(
    act, refusals={AlreadyBooked: told_quietly, NotBookable: told_mildly, ImpossibleMove: told_mildly}
)
on_shift = on(published, home=lambda shift: page_of(shift.pk))
on_own_booking = on(own_booking, home=lambda row: page_of(row.shift_id))


@on_shift
def book(request, shift, now):
    row = booking.book(request.user, shift, by=request.user, now=now)
    undo = reverse("rostering:cancel", args=[shift.pk])
    said = (
        _("Your request for %(task)s on %(moment)s has been sent.")
        if row.state == State.REQUESTED
        else _("You are on %(task)s, %(moment)s.")
    )
    messages.success(request, said % _words(row.shift), extra_tags=undo)


@on_shift
def wait(request, shift, now):
    row = booking.wait(request.user, shift, by=request.user, now=now)
    said = _("You are on the waiting list of %(task)s, %(moment)s.") % _words(row.shift)
    messages.success(request, said, extra_tags=reverse("rostering:cancel", args=[shift.pk]))


@on_own_booking
def cancel(request, row, now):
    was = row.state
    booking.cancel(row, by=request.user, now=now)
    if was == State.CANCELLED:
        messages.info(request, _("You were already off this shift."))
    else:
        back = "rostering:wait" if was == State.WAITING else "rostering:book"
        said = _("You are off %(task)s, %(moment)s.") % _words(row.shift)
        messages.success(request, said, extra_tags=reverse(back, args=[row.shift_id]))


@login_required
def opened_by(request, code):
    qualification = get_object_or_404(Qualification, code=code)
    opened = nearby.of(request.user, qualification, now=timezone.now())
    return render(
        request,
        "rostering/open_shifts/opened_by.html#fragment"
        if request.htmx
        else "rostering/open_shifts/opened_by.html",
        {
            "section": "roster",
            "qualification": qualification,
            "opened": opened,
            "count": len(opened.shifts),
            "near": len(opened.nearby),
            "first": next(iter(opened.nearby or opened.shifts), None),
        },
    )


def _words(shift: Shift) -> dict[str, str]:
    return {"task": shift.task_kind.name, "moment": words.moment(shift.starts_at)}
