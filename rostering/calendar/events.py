"""How does a booking look in somebody's own calendar? As a feed to subscribe to, a file, or with a mail.

Times are written in UTC: some calendars read a VTIMEZONE an hour wrong (measured with ical.js and vobject).
Nothing of anybody else is in it. RFC 5545 (iCalendar), 5546 (iTIP: request, cancel), 7986 (name and refresh).
"""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parseaddr

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from people import journal
from people.models import Person
from people.notices import mail
from people.notices.mail import Attachment
from rostering import contacts, whereabouts
from rostering.models import Booking, CalendarSubscription, Shift

LOOKS_BACK = timedelta(days=90)
REFRESH = timedelta(hours=1)
TOKEN_BYTES = 32
State = Booking.State


@transaction.atomic
def subscribe(person: Person, *, now: datetime) -> str:
    """Give `person` a new secret address for the calendar and return its token, once; the old one ends."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    subscription, _made = CalendarSubscription.objects.update_or_create(
        person=person, defaults={"token_hash": _hash(token), "made_at": now, "read_at": None}
    )
    journal.record("calendar.subscribed", subscription, by=person, now=now)
    return token


@transaction.atomic
def unsubscribe(person: Person, *, now: datetime) -> None:
    """End the secret address. Without one, nothing changes."""
    for subscription in CalendarSubscription.objects.filter(person=person):
        journal.record("calendar.unsubscribed", subscription, by=person, now=now)
        subscription.delete()


def person_of(token: str) -> Person | None:
    """Return whose calendar a token opens. Looked up by its hash, so that timing tells nothing."""
    subscription = (
        CalendarSubscription.objects.select_related("person").filter(token_hash=_hash(token)).first()
    )
    return subscription.person if subscription and subscription.person.is_active else None


def note_reading(person: Person, *, now: datetime) -> None:
    """Keep when the calendar was last read, at most once an hour."""
    stale = Q(read_at=None) | Q(read_at__lte=now - REFRESH)
    CalendarSubscription.objects.filter(stale, person=person).update(read_at=now)


def bookings_of(person: Person, *, now: datetime) -> QuerySet[Booking]:
    """Return what belongs in the calendar: the last 90 days and all ahead, also what was booked and ended."""
    had_a_seat = Q(state=State.CANCELLED, sequence__gte=1)  # a sequence counts from the first booked moment
    return (
        Booking.objects.filter(Q(state__in=[State.BOOKED, State.ATTENDED]) | had_a_seat, person=person)
        .filter(ends_at__gte=now - LOOKS_BACK)
        .with_shift()
        .order_by("starts_at", "pk")
    )


def feed(person: Person, *, now: datetime) -> bytes:
    """Return the calendar of `person` in their language (text/calendar). The same rows, the same bytes."""
    with translation.override(person.language):
        name = _("Paraat shifts")
        calendar = _calendar()
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
        bookings = list(bookings_of(person, now=now))
        booked = [row.shift for row in bookings if row.state == State.BOOKED]
        to_call = contacts.of_all(booked) if booked else {}
        for booking in bookings:
            calendar.add_component(event(booking, to_call=to_call.get(booking.shift_id, [])))
        return calendar.to_ical()


def etag(content: bytes) -> str:
    """Return a name for these bytes, so that a calendar that has them need not fetch them."""
    return f'"{hashlib.sha256(content).hexdigest()[:32]}"'


def file(booking: Booking) -> bytes:
    """Return one booking as text/calendar, without a method: a calendar program simply adds it."""
    calendar = _calendar()
    calendar.add_component(event(booking))
    return calendar.to_ical()


def request(booking: Booking, *, since: datetime | None = None) -> Attachment:
    """Return the invitation that puts `booking` into a calendar, or changes it there (iTIP REQUEST).

    `since` is the moment of the change that it tells, which the row no longer knows after an undo.
    """
    return _invitation(booking, "REQUEST", since)


def cancellation(booking: Booking, *, since: datetime | None = None) -> Attachment:
    """Return the message that takes `booking` out of a calendar (iTIP CANCEL); `since` as in `request`."""
    return _invitation(booking, "CANCEL", since)


def event(
    booking: Booking, *, to_call: Iterable[contacts.Contact] = (), since: datetime | None = None
) -> Event:
    """Return one booking as an event; its number goes up with each change, its name never changes.

    `to_call` is for somebody's own feed only: a file is passed on, and stays where it was put. `since` is
    the moment of a change that the row does not know.
    """
    shift, at = booking.shift, booking.shift.location
    link = mail.absolute(reverse("rostering:shift", args=[shift.pk]))
    found = Event()
    found.add("uid", f"booking-{booking.pk}@{mail.host()}")
    found.add("sequence", booking.sequence + shift.sequence + (at.sequence if at else 0))
    changes = (booking.moved_at, shift.changed_at, at.changed_at if at else None, since)
    changed_at = max(filter(None, changes)).astimezone(UTC)
    found.add("dtstamp", changed_at)
    found.add("last-modified", changed_at)
    found.add("dtstart", booking.starts_at.astimezone(UTC))
    found.add("dtend", booking.ends_at.astimezone(UTC))
    found.add("summary", shift.task_kind.name)
    found.add("location", whereabouts.of(shift).for_calendar)
    said = [_("Call: %(contact)s") % {"contact": contact} for contact in to_call]
    said.append(_("Look at your shift, or cancel it: %(link)s") % {"link": link})
    found.add("description", "\n".join(said))
    found.add("url", link)
    found.add("status", "CANCELLED" if _is_off(booking, shift) else "CONFIRMED")
    return found


def _is_off(booking: Booking, shift: Shift) -> bool:
    return booking.state == State.CANCELLED or shift.cancelled_at is not None


def _invitation(booking: Booking, method: str, since: datetime | None) -> Attachment:
    calendar, found = _calendar(), event(booking, since=since)
    calendar.add("method", method)
    if method == "CANCEL":
        found["status"] = "CANCELLED"
    found.add("organizer", _address("Paraat", parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))
    attendee = _address(booking.person.get_full_name(), booking.person.email)
    attendee.params["PARTSTAT"], attendee.params["RSVP"] = "ACCEPTED", "FALSE"
    found.add("attendee", attendee)
    calendar.add_component(found)
    return Attachment("paraat.ics", calendar.to_ical(), f"text/calendar; method={method}; charset=utf-8")


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Paraat//Roster//NL")
    calendar.add("version", "2.0")
    return calendar


def _address(name: str, email: str) -> vCalAddress:
    address = vCalAddress(f"mailto:{email}")
    address.params["CN"] = name or email
    return address


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
