"""Do calendars of others show our shifts at the right moment, and nothing else?"""

import json
import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from people import days, locations
from people.models import JournalEntry
from rostering import booking, calendar, shifts
from rostering.models import Booking, CalendarSubscription, Shift

READERS = {
    "vobject": """
import json, sys, vobject
found = vobject.readOne(sys.stdin.read()).vevent_list
times = [(e.dtstart.value, e.dtend.value) for e in found]
print(json.dumps([[t.astimezone(__import__("datetime").UTC).isoformat() for t in pair] for pair in times]))
""",
    "ics": """
import json, sys, ics
found = sorted(ics.Calendar(sys.stdin.read()).events, key=lambda e: e.begin)
print(json.dumps([[t.to("UTC").isoformat() for t in (e.begin, e.end)] for e in found]))
""",
}
NIGHTS = [  # wall-clock start and end in Amsterdam, and the fold of the repeated hour
    (datetime(2026, 10, 24, 19, 0), 0, datetime(2026, 10, 24, 22, 0), 0),
    (
        datetime(2026, 10, 24, 22, 0),
        0,
        datetime(2026, 10, 25, 2, 30),
        0,
    ),  # over midnight, into the first 2.30
    (datetime(2026, 10, 25, 2, 30), 1, datetime(2026, 10, 25, 6, 0), 0),  # begins at the second 2.30
    (datetime(2026, 10, 25, 19, 0), 0, datetime(2026, 10, 25, 22, 0), 0),
    (datetime(2027, 3, 27, 19, 0), 0, datetime(2027, 3, 27, 22, 0), 0),
    (datetime(2027, 3, 27, 22, 0), 0, datetime(2027, 3, 28, 6, 0), 0),  # seven hours
    (datetime(2027, 3, 28, 19, 0), 0, datetime(2027, 3, 28, 22, 0), 0),
]
INSTANTS = [
    ("2026-10-24T17:00:00+00:00", "2026-10-24T20:00:00+00:00"),
    ("2026-10-24T20:00:00+00:00", "2026-10-25T00:30:00+00:00"),
    ("2026-10-25T01:30:00+00:00", "2026-10-25T05:00:00+00:00"),
    ("2026-10-25T18:00:00+00:00", "2026-10-25T21:00:00+00:00"),
    ("2027-03-27T18:00:00+00:00", "2027-03-27T21:00:00+00:00"),
    ("2027-03-27T21:00:00+00:00", "2027-03-28T04:00:00+00:00"),
    ("2027-03-28T17:00:00+00:00", "2027-03-28T20:00:00+00:00"),
]


def read_with(reader: str, content: bytes) -> list:
    """Each in a process of its own: vobject remembers the first time zone it meets."""
    read = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", READERS[reader]],
        input=content,
        capture_output=True,
        check=True,
    )
    return [tuple(pair) for pair in json.loads(read.stdout)]


def book(person, shift, now, state="booked", **fields):
    """A row as the verbs leave it, for shifts that the rules of rest would refuse."""
    return Booking.objects.create(
        person=person, shift=shift, state=state, starts_at=shift.starts_at, ends_at=shift.ends_at,
        seat=1 if state in Booking.SEATED else None, made_at=now, moved_at=now, **fields,
    )  # fmt: skip


@pytest.fixture
def nights(anouk, telephone, now):
    def moment(wall, fold):
        return wall.replace(tzinfo=days.AMSTERDAM, fold=fold)

    rows = [
        Shift.objects.create(
            task_kind=telephone, starts_at=moment(start, one), ends_at=moment(end, two), published_at=now
        )
        for start, one, end, two in NIGHTS
    ]
    return [book(anouk, Shift.objects.get(pk=row.pk), now) for row in rows]


@pytest.mark.parametrize("reader", READERS)
def test_the_feed_reads_the_same_instants_over_both_changes_of_the_clock(reader, anouk, nights, now):
    assert read_with(reader, calendar.feed(anouk, now=now)) == INSTANTS


@pytest.mark.parametrize("reader", READERS)
def test_the_attachments_read_the_same_instants(reader, nights):
    read = [read_with(reader, calendar.request(row).content) for row in (nights[2], nights[5])]
    assert read == [[INSTANTS[2]], [INSTANTS[5]]]


def events(person, now):
    return Calendar.from_ical(calendar.feed(person, now=now)).walk("VEVENT")


def test_an_event_says_what_when_and_where_and_nothing_of_others(anouk, carla, make_shift, utrecht, now):
    row = booking.book(anouk, make_shift(location=utrecht, note="Bel de portier"), by=anouk, now=now)
    event = calendar.event(Booking.objects.get(pk=row.pk))
    assert {name: event.decoded(name) for name in event} == {
        "UID": f"booking-{row.pk}@paraat.example",
        "SEQUENCE": 0,
        "DTSTAMP": datetime(2026, 11, 23, 11, 0, tzinfo=UTC),
        "LAST-MODIFIED": datetime(2026, 11, 23, 11, 0, tzinfo=UTC),
        "DTSTART": datetime(2026, 11, 26, 16, 0, tzinfo=UTC),
        "DTEND": datetime(2026, 11, 26, 19, 0, tzinfo=UTC),
        "SUMMARY": "Advieslijn telefoon",
        "LOCATION": "Utrecht; of vanuit huis",
        "DESCRIPTION": f"Bekijk je dienst of meld je af: https://paraat.example/rooster/dienst/{row.shift_id}/",
        "URL": f"https://paraat.example/rooster/dienst/{row.shift_id}/",
        "STATUS": "CONFIRMED",
    }


def test_a_calendar_shows_the_address_and_follows_it(anouk, shift, utrecht, telephone, now):
    """A location that moves changes the event, although nothing of the shift or the booking did."""
    telephone.mode = "on_site"
    telephone.save()
    shift.location = utrecht
    shift.save()
    row = booking.book(anouk, shift, by=anouk, now=now)
    utrecht.street, utrecht.postcode = "Voorbeeldstraat 12", "1234 AB"
    locations.note_change(utrecht, now=now + timedelta(hours=1))
    utrecht.save()
    event = calendar.event(Booking.objects.get(pk=row.pk))
    assert event["LOCATION"] == "Voorbeeldstraat 12, 1234 AB Utrecht"
    assert (event.decoded("SEQUENCE"), event.decoded("DTSTAMP")) == (1, now + timedelta(hours=1))


def test_the_number_goes_up_with_each_change_and_the_name_stays(anouk, carla, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    seen = [calendar.event(row)]
    later = shift.starts_at + timedelta(hours=1)
    shifts.change(shift, starts_at=later, ends_at=shift.ends_at, seats=2, note="", by=carla, now=now)
    seen.append(calendar.event(Booking.objects.get(pk=row.pk)))
    booking.cancel(Booking.objects.get(pk=row.pk), by=anouk, now=now)
    seen.append(calendar.event(Booking.objects.get(pk=row.pk)))
    assert [event.decoded("SEQUENCE") for event in seen] == [0, 1, 2]
    assert [event.decoded("STATUS") for event in seen] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert (len({event["UID"] for event in seen}), seen[1].decoded("DTSTART")) == (1, later)


def test_the_feed_holds_what_is_booked_done_or_ended(anouk, make_shift, now):
    states = ["offered", "waiting", "requested", "declined", "booked", "cancelled"]
    for ahead, state in enumerate(states, start=1):
        book(anouk, make_shift(days_ahead=ahead), now, state, sequence=0)
    book(anouk, make_shift(days_ahead=9), now, "cancelled", sequence=1)
    book(anouk, make_shift(days_ahead=-9), now, "attended")
    book(anouk, make_shift(days_ahead=-8), now, "absent")
    assert [event.decoded("STATUS") for event in events(anouk, now)] == [
        "CONFIRMED",
        "CONFIRMED",
        "CANCELLED",
    ]


def test_the_feed_looks_back_ninety_days(anouk, make_shift, now):
    for ahead in (-91, -89):
        book(anouk, make_shift(days_ahead=ahead), now, "attended")
    assert [event.decoded("DTSTART").date() for event in events(anouk, now)] == [date(2026, 8, 26)]


def test_a_cancelled_shift_is_shown_as_cancelled(anouk, carla, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    shifts.cancel(shift, by=carla, now=now, because="De zaal is dicht")
    assert [event.decoded("STATUS") for event in events(anouk, now)] == ["CANCELLED"]


def test_the_feed_has_only_ones_own_shifts(anouk, bram, shift, now):
    book(bram, shift, now)
    assert events(anouk, now) == []


def test_the_feed_has_a_name_and_asks_to_be_read_each_hour(anouk, now):
    head = Calendar.from_ical(calendar.feed(anouk, now=now))
    assert {name: head[name].to_ical() for name in head} == {
        "PRODID": b"-//Paraat//Roster//NL",
        "VERSION": b"2.0",
        "NAME": b"Diensten van Paraat",
        "X-WR-CALNAME": b"Diensten van Paraat",
        "REFRESH-INTERVAL": b"PT1H",
        "X-PUBLISHED-TTL": b"PT1H",
    }


def test_the_same_rows_give_the_same_bytes(anouk, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    first, later = (calendar.feed(anouk, now=moment) for moment in (now, now + timedelta(hours=5)))
    assert (first, calendar.etag(first)) == (later, calendar.etag(later))


@pytest.mark.parametrize(("method", "status"), [("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED")])
def test_an_invitation_names_who_sends_and_who_is_meant(method, status, anouk, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    attachment = calendar.request(row) if method == "REQUEST" else calendar.cancellation(row)
    found = Calendar.from_ical(attachment.content)
    event = found.walk("VEVENT")[0]
    assert attachment.mimetype == f"text/calendar; method={method}; charset=utf-8"
    assert (found["METHOD"], event.decoded("STATUS")) == (method, status)
    assert (event["ORGANIZER"], event["ATTENDEE"]) == (
        "mailto:rooster@paraat.example",
        "mailto:anouk@paraat.example",
    )
    assert dict(event["ATTENDEE"].params) == {
        "CN": "Anouk Voorbeeld",
        "PARTSTAT": "ACCEPTED",
        "RSVP": "FALSE",
    }


def test_a_new_address_ends_the_old_and_is_kept_as_a_hash(anouk, now):
    first, second = (calendar.subscribe(anouk, now=now) for _ in range(2))
    assert (calendar.person_of(first), calendar.person_of(second)) == (None, anouk)
    row = CalendarSubscription.objects.get()
    assert (len(second), second in row.token_hash, len(row.token_hash)) == (43, False, 64)
    assert JournalEntry.objects.filter(verb="calendar.subscribed").count() == 2


def test_an_ended_address_opens_nothing(anouk, now):
    token = calendar.subscribe(anouk, now=now)
    calendar.unsubscribe(anouk, now=now)
    calendar.unsubscribe(anouk, now=now)
    assert (calendar.person_of(token), CalendarSubscription.objects.count()) == (None, 0)
    assert JournalEntry.objects.filter(verb="calendar.unsubscribed").count() == 1


def test_the_address_of_who_has_left_opens_nothing(anouk, now):
    token = calendar.subscribe(anouk, now=now)
    anouk.is_active = False
    anouk.save()
    assert calendar.person_of(token) is None


@pytest.fixture
def address(anouk, now):
    return f"/agenda/{calendar.subscribe(anouk, now=now)}.ics"


def test_the_feed_is_served_to_who_knows_the_address(client, anouk, address, shift, now, time_machine):
    time_machine.move_to(now)
    booking.book(anouk, shift, by=anouk, now=now)
    response = client.get(address)
    assert response.content == calendar.feed(anouk, now=now)
    wanted = ("Content-Type", "Referrer-Policy", "Cache-Control", "X-Robots-Tag")
    assert [response[name] for name in wanted] == [
        "text/calendar; charset=utf-8",
        "no-referrer",
        "private, no-cache",
        "noindex",
    ]


def test_an_unknown_address_is_not_found(client, address):
    assert client.get("/agenda/nonsense.ics").status_code == 404


def test_only_reading_is_possible(client, address):
    assert [getattr(client, verb)(address).status_code for verb in ("head", "post", "put", "delete")] == [
        200, 405, 405, 405,
    ]  # fmt: skip


def test_what_did_not_change_is_not_sent_again(client, anouk, address, shift, now, time_machine):
    time_machine.move_to(now)
    tag = client.get(address)["ETag"]
    unchanged = client.get(address, headers={"If-None-Match": tag})
    booking.book(anouk, shift, by=anouk, now=now)
    changed = client.get(address, headers={"If-None-Match": tag})
    assert (unchanged.status_code, unchanged.content, changed.status_code) == (304, b"", 200)


def test_when_it_was_read_is_kept_once_an_hour(client, anouk, address, now, time_machine):
    seen = []
    for minutes in (0, 59, 60):
        time_machine.move_to(now + timedelta(minutes=minutes))
        client.get(address)
        seen.append(CalendarSubscription.objects.get().read_at - now)
    assert seen == [timedelta(), timedelta(), timedelta(hours=1)]


@pytest.mark.parametrize("number", [1, 60])
def test_sixty_shifts_cost_as_many_queries_as_one(
    number, client, anouk, address, make_shift, utrecht, now, time_machine, django_assert_num_queries
):
    time_machine.move_to(now)
    for ahead in range(number):
        book(anouk, make_shift(days_ahead=ahead + 1, location=utrecht), now)
    with django_assert_num_queries(4):  # whose it is, the bookings, whom to call, that it was read
        assert client.get(address).content.count(b"BEGIN:VEVENT") == number


def test_a_night_shift_starts_on_its_own_day(anouk, telephone, now):
    starts_at, ends_at = days.span(date(2026, 11, 27), time(22), time(6))
    shift = Shift.objects.create(task_kind=telephone, starts_at=starts_at, ends_at=ends_at, published_at=now)
    event = calendar.event(book(anouk, shift, now))
    assert (event.decoded("DTEND") - event.decoded("DTSTART"), shift.day) == (
        timedelta(hours=8),
        date(2026, 11, 27),
    )
