"""What a coordinator does on a shift: one verb, one quiet sentence, and back to where it was asked."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people import access, back, roles
from rostering import booking, eligibility, shifts
from rostering.access import booking_for_coordinator, person_to_ask, shift_for_coordinator
from rostering.models import Booking, Shift
from rostering.offers import suggestions


def act(view: Callable) -> Callable:
    """A POST of who fills the roster; a refusal of a verb becomes a sentence on the page it goes back to."""

    @require_POST
    @access.needs(roles.FILL_ROSTER)
    @wraps(view)
    def done(request, pk, **kwargs):
        shift = view(request, pk, timezone.now(), **kwargs)
        return redirect(_back(request, shift))

    return done


def tried(request, verb: Callable, *args, **kwargs):
    """Call a verb of booking or shifts, and return what it gives; None and a sentence when it refuses."""
    try:
        return verb(*args, by=request.user, **kwargs)
    except booking.AlreadyBooked:
        messages.info(request, _("This person is on the shift already."))
    except booking.NotBookable as refusal:
        messages.error(request, " ".join(eligibility.for_others(refusal.reasons)))
    except (booking.ImpossibleMove, shifts.NotPossible) as refusal:
        messages.error(request, str(refusal))
    return None


@act
def ask_four(request, pk, now):
    shift = shift_for_coordinator(request.user, pk)
    if request.POST.get("gevraagd") != str(_running_offers(shift, now)):
        messages.info(request, _("In the meantime others have been asked. Look who, before you ask more."))
        return shift
    offers = suggestions.ask_best(shift, by=request.user, now=now)
    if offers:
        messages.success(
            request, _("Asked: %(names)s.") % {"names": ", ".join(str(offer.person) for offer in offers)}
        )
    else:
        messages.info(request, _("Nobody else suits this shift now. You can search somebody by name."))
    return shift


@act
def offer(request, pk, now, public_id):
    shift, person = shift_for_coordinator(request.user, pk), person_to_ask(public_id)
    if tried(request, booking.offer, person, shift, now=now):
        messages.success(request, _("%(name)s has been asked.") % {"name": person})
    return shift


@act
def book(request, pk, now, public_id):
    shift, person = shift_for_coordinator(request.user, pk), person_to_ask(public_id)
    if row := tried(request, booking.book, person, shift, now=now):
        said = _("%(name)s is on the shift and gets a mail.") % {"name": person}
        messages.success(request, said, extra_tags=reverse("rostering:board_undo", args=[row.pk]))
    return shift


@act
def cancel(request, pk, now):
    shift = shift_for_coordinator(request.user, pk)
    if tried(request, shifts.cancel, shift, now=now, because=_reason(request)):
        messages.success(request, _("The shift is cancelled. Everybody on it gets a mail with your reason."))
    return shift


@act
def publish(request, pk, now):
    shift = shift_for_coordinator(request.user, pk)
    if shift.cancelled_at:
        raise Http404
    shifts.publish(shift, by=request.user, now=now)
    messages.success(request, _("Published: volunteers see this shift now."))
    return shift


@act
def all_attended(request, pk, now):
    shift = shift_for_coordinator(request.user, pk)
    number = tried(request, booking.mark_all_attended, shift, now=now)
    if number is not None:
        said = ngettext("%(n)s person was there.", "%(n)s people were there.", number) % {"n": number}
        messages.success(request, said)
    return shift


@act
def confirm(request, pk, now):
    said, undo = _("%(name)s is on the shift and gets a mail."), reverse("rostering:board_undo", args=[pk])
    return _moved(request, pk, booking.confirm, said, undo=undo, now=now)


@act
def refuse(request, pk, now):
    return _moved(
        request,
        pk,
        booking.refuse,
        _("%(name)s gets a mail with your reason."),
        now=now,
        because=_reason(request),
    )


@act
def take_off(request, pk, now):
    row = booking_for_coordinator(request.user, pk)
    was_booked = row.state == Booking.State.BOOKED
    if tried(request, booking.cancel, row, now=now, because=_reason(request)):
        undo = (
            reverse("rostering:board_book", args=[row.shift_id, row.person.public_id]) if was_booked else ""
        )
        said = _("%(name)s has been taken off and gets a mail with your reason.") % {"name": row.person}
        messages.success(request, said, extra_tags=undo)
    return row.shift


@act
def undo(request, pk, now):
    """Take off who was just put on by mistake; an offer or a request that stood before stands again."""
    return _moved(request, pk, booking.undo, _("%(name)s has been taken off again."), now=now)


@act
def attended(request, pk, now):
    return _moved(request, pk, booking.mark_attended, _("%(name)s was there."), now=now)


@act
def absent(request, pk, now):
    return _moved(request, pk, booking.mark_absent, _("%(name)s was not there."), now=now)


def _moved(request, pk: int, verb: Callable, said: str, *, undo: str = "", **kwargs) -> Shift:
    row = booking_for_coordinator(request.user, pk)
    if tried(request, verb, row, **kwargs):
        messages.success(request, said % {"name": row.person}, extra_tags=undo)
    return row.shift


def _reason(request) -> str:
    """Return the reason given; PostgreSQL knows no NUL in a text."""
    return request.POST.get("reden", "").replace("\0", "")


def _running_offers(shift: Shift, now) -> int:
    return shift.bookings.filter(state=Booking.State.OFFERED, answer_by__gt=now).count()


def _back(request, shift: Shift) -> str:
    """Where it was asked, if that is a page of ours; else the shift."""
    return back.address(request, reverse("rostering:board_shift", args=[shift.pk]))
