"""How does one shift get into somebody's own calendar by hand? As a file, under the name the feed uses."""

from icalendar import Calendar

from rostering import calendar
from rostering.models import Booking


def of(booking: Booking) -> bytes:
    """Return one booking as text/calendar (RFC 5545), without a method: a calendar program simply adds it."""
    file = Calendar()
    file.add("prodid", "-//Paraat//Roster//NL")
    file.add("version", "2.0")
    file.add_component(calendar.event(booking))
    return file.to_ical()
