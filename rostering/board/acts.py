"""What a coordinator does on a shift: one verb, one quiet sentence, and back to where it was asked."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import access, roles
from rostering import booking, eligibility, shifts
from rostering.access import booking_for_coordinator, person_to_ask, shift_for_coordinator
from rostering.acts import act, told
from rostering.models import Booking, Shift
from rostering.offers import suggestions


def already_on(request: HttpRequest, refusal: booking.AlreadyBooked) -> None:
    messages.info(request, _("This person is on the shift already."))


def not_bookable(request: HttpRequest, refusal: booking.NotBookable) -> None:
    messages.error(request, " ".join(eligibility.for_others(refusal.reasons)))


def page_of(shift_id: int) -> str:
    return reverse("rostering:board_shift", args=[shift_id])


on = partial(
    act,
    guard=access.needs(roles.FILL_ROSTER),
    refusals={
        booking.AlreadyBooked: already_on,
        booking.NotBookable: not_bookable,
        booking.ImpossibleMove: told,
        shifts.NotPossible: told,
    },
)
on_shift = on(shift_for_coordinator, home=lambda shift: page_of(shift.pk))
on_booking = on(booking_for_coordinator, home=lambda row: page_of(row.shift_id))


@on_shift
def ask_four(request, shift, now):
    if request.POST.get("gevraagd") != str(_running_offers(shift, now)):
        messages.info(request, _("In the meantime others have been asked. Look who, before you ask more."))
        return
    offers = suggestions.ask_best(shift, by=request.user, now=now)
    if offers:
        messages.success(
            request, _("Asked: %(names)s.") % {"names": ", ".join(str(offer.person) for offer in offers)}
        )
    else:
        messages.info(request, _("Nobody else suits this shift now. You can search somebody by name."))


@on_shift
def offer(request, shift, now, public_id):
    person = person_to_ask(public_id)
    booking.offer(person, shift, by=request.user, now=now)
    messages.success(request, _("%(name)s has been asked.") % {"name": person})


@on_shift
def book(request, shift, now, public_id):
    person = person_to_ask(public_id)
    row = booking.book(person, shift, by=request.user, now=now)
    said = _("%(name)s is on the shift and gets a mail.") % {"name": person}
    messages.success(request, said, extra_tags=reverse("rostering:board_undo", args=[row.pk]))


@on_shift
def cancel(request, shift, now):
    shift = shifts.cancel(shift, by=request.user, now=now, because=_reason(request))
    said = [_("The shift is cancelled."), *shifts.ended_with(shift).sentences]
    messages.success(
        request, " ".join(said), extra_tags=reverse("rostering:board_undo_cancel", args=[shift.pk])
    )


@on_shift
def undo_cancel(request, shift, now):
    stay_off = shifts.undo_cancel(shift, by=request.user, now=now)
    messages.success(request, _("The shift goes on. Everything on it is as it was."))
    if stay_off:
        said = _("Not back on it, because they took another shift at that time: %(names)s.")
        messages.warning(request, said % {"names": ", ".join(map(str, stay_off))})


@on_shift
def publish(request, shift, now):
    if shift.cancelled_at:
        raise Http404
    shifts.publish(shift, by=request.user, now=now)
    messages.success(request, _("Published: volunteers see this shift now."))


@on_shift
def all_attended(request, shift, now):
    number = booking.mark_all_attended(shift, by=request.user, now=now)
    said = ngettext("%(n)s person was there.", "%(n)s people were there.", number) % {"n": number}
    messages.success(request, said)


@on_booking
def confirm(request, row, now):
    booking.confirm(row, by=request.user, now=now)
    said = _("%(name)s is on the shift and gets a mail.") % {"name": row.person}
    messages.success(request, said, extra_tags=reverse("rostering:board_undo", args=[row.pk]))


@on_booking
def refuse(request, row, now):
    booking.refuse(row, by=request.user, now=now, because=_reason(request))
    messages.success(request, _("%(name)s gets a mail with your reason.") % {"name": row.person})


@on_booking
def take_off(request, row, now):
    was_booked = row.state == Booking.State.BOOKED
    booking.cancel(row, by=request.user, now=now, because=_reason(request))
    undo = reverse("rostering:board_book", args=[row.shift_id, row.person.public_id]) if was_booked else ""
    said = _("%(name)s has been taken off and gets a mail with your reason.") % {"name": row.person}
    messages.success(request, said, extra_tags=undo)


@on_booking
def undo(request, row, now):
    """Take off who was just put on by mistake; an offer or a request that stood before stands again."""
    booking.undo(row, by=request.user, now=now)
    messages.success(request, _("%(name)s has been taken off again.") % {"name": row.person})


@on_booking
def attended(request, row, now):
    booking.mark_attended(row, by=request.user, now=now)
    messages.success(request, _("%(name)s was there.") % {"name": row.person})


@on_booking
def absent(request, row, now):
    booking.mark_absent(row, by=request.user, now=now)
    messages.success(request, _("%(name)s was not there.") % {"name": row.person})


def _reason(request) -> str:
    """Return the reason given; PostgreSQL knows no NUL in a text."""
    return request.POST.get("reden", "").replace("\0", "")


def _running_offers(shift: Shift, now) -> int:
    return shift.bookings.filter(state=Booking.State.OFFERED, answer_by__gt=now).count()
