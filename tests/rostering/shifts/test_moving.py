"""Who is tied to a shift that moves hears so, and nobody is moved unasked."""

from datetime import timedelta

import pytest

from people import journal, notices
from people.models import JournalEntry, Notice
from rostering import booking, calendar, clock, shifts
from rostering.models import AvailabilityException, Booking
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def move(shift, by, *, now, days=0, seats=None, **kwargs):
    shift.refresh_from_db()
    return shifts.change(
        shift, starts_at=shift.starts_at + days * DAY, ends_at=shift.ends_at + days * DAY,
        seats=seats or shift.seats, note="", by=by, now=now, **kwargs,
    )  # fmt: skip


def kinds(person):
    return list(Notice.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def bea(grant_all, utrecht):
    return grant_all(make_person("Bea", "volunteer", home=utrecht))


@pytest.mark.parametrize("since", [timedelta(), HOUR, 5 * DAY])
@pytest.mark.parametrize("seats", [1, 2])
def test_what_has_begun_stays_as_it_was(anouk, bea, carla, shift, seats, since):
    before = shift.starts_at - 3 * HOUR
    rows = [booking.book(person, shift, by=person, now=before) for person in (anouk, bea)]
    begun = shift.starts_at + since
    booking.mark_attended(rows[0], by=carla, now=begun)
    with pytest.raises(shifts.NotPossible, match="is al begonnen"):
        move(shift, carla, now=begun, days=20, seats=seats)
    with pytest.raises(shifts.NotPossible, match="is al begonnen"):
        move(shift, carla, now=begun, seats=seats)
    row = Booking.objects.get(pk=rows[0].pk)
    assert (row.state, row.starts_at) == ("attended", shift.starts_at)


def test_a_cancelled_shift_stays_cancelled_at_its_time(carla, shift, now):
    shifts.cancel(shift, by=carla, now=now, because="Geen zaal")
    with pytest.raises(shifts.NotPossible, match="vervallen"):
        move(shift, carla, now=now, days=1)


def test_people_keep_a_seat_each_when_a_shift_with_gaps_shrinks(
    anouk, bea, carla, grant_all, make_shift, now
):
    """Seats 1, 3 and 5 are held: five become four, then three."""
    shift = make_shift(seats=5)
    people = [anouk, grant_all(carla), bea, *(grant_all(make_person(n, "volunteer")) for n in ("Cor", "Dee"))]
    rows = [booking.book(person, shift, by=person, now=now) for person in people]
    for row in (rows[1], rows[3]):
        booking.cancel(row, by=row.person, now=now)
    for seats in (4, 3):
        move(shift, carla, now=now, seats=seats)
        held = list(shift.bookings.booked().values_list("seat", flat=True))
        assert (len(held), len(set(held)), max(held) <= seats) == (3, 3, True)


def test_both_reminders_come_for_the_new_day_also_when_sent_for_the_old(anouk, carla, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    clock.tick(shift.starts_at - 48 * HOUR + timedelta(minutes=1))
    today = shift.starts_at - 5 * HOUR  # after the reminder of the morning
    clock.tick(today)
    assert kinds(anouk) == ["booking_booked", "reminder_48h", "reminder_today"]
    moved = move(shift, carla, now=today, days=10)
    assert Notice.objects.waiting().filter(kind__in=booking.REMINDERS).count() == 0
    for hours in (47, 46, 5, 4):
        clock.tick(moved.starts_at - hours * HOUR)
    assert kinds(anouk)[3:] == ["booking_changed", "reminder_48h", "reminder_today"]


def test_moved_on_the_day_itself_to_the_next_day_the_morning_is_announced(anouk, carla, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    today = shift.starts_at - 3 * HOUR
    clock.tick(today)
    moved = move(shift, carla, now=today, days=1)
    clock.tick(moved.starts_at - 3 * HOUR)
    assert kinds(anouk)[-2:] == ["booking_changed", "reminder_today"]


def test_who_waits_is_asked_and_never_seated_unasked(anouk, bea, carla, make_shift, mailoutbox, now):
    shift = make_shift(seats=1)
    held = booking.book(anouk, shift, by=anouk, now=now)
    waited = booking.wait(bea, shift, by=bea, now=now)
    notices.send_due(now=now)
    mailoutbox.clear()
    moved = move(shift, carla, now=now, days=2, seats=2)
    clock.tick(now + HOUR)
    booking.cancel(held, by=anouk, now=now + HOUR)
    clock.tick(now + 2 * HOUR)
    assert Booking.objects.filter(person=bea).values_list("state", "starts_at").get() == (
        "cancelled",
        moved.starts_at,
    )
    notices.send_due(now=now)
    mail = next(mail for mail in mailoutbox if bea.email in mail.to[0])
    assert mail.subject == "Wil je ook op de nieuwe tijd wachten? Advieslijn telefoon, zaterdag 28 november"
    assert "Eerst was het: donderdag 26 november om 17.00 uur." in mail.body
    again = booking.book(bea, moved, by=bea, now=now + 2 * HOUR)
    assert (again.state, again.pk == waited.pk) == ("booked", False)


def test_who_waits_stays_when_only_the_seats_or_the_note_change(anouk, bea, carla, make_shift, now):
    shift = make_shift(seats=1)
    booking.book(anouk, shift, by=anouk, now=now)
    booking.wait(bea, shift, by=bea, now=now)
    shifts.change(
        shift, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=1, note="Neem een pas mee", by=carla,
        now=now,
    )  # fmt: skip
    assert shift.bookings.filter(state="waiting").count() == 1
    move(shift, carla, now=now, seats=2)
    assert kinds(bea)[-1] == "booking_moved_up"


@pytest.mark.parametrize(("ahead", "hours"), [(5, 48), (-2.5, 12)])
def test_who_was_asked_is_asked_again_with_a_deadline_before_the_start(
    anouk, carla, shift, mailoutbox, now, ahead, hours
):
    old = booking.offer(anouk, shift, by=carla, now=now)
    later = now + 5 * HOUR
    start = shift.starts_at + ahead * DAY
    shifts.change(shift, starts_at=start, ends_at=start + 3 * HOUR, seats=2, note="", by=carla, now=later)
    new = Booking.objects.get(person=anouk, state="offered")
    assert Booking.objects.get(pk=old.pk).state == "cancelled"
    assert (new.answer_by, new.starts_at) == (min(start, later + hours * HOUR), start)
    assert new.answer_by <= new.starts_at
    notices.send_due(now=later + timedelta(minutes=1))
    assert ["Daarom vragen we je opnieuw" in mail.body for mail in mailoutbox] == [True]
    with pytest.raises(booking.NotBookable):
        booking.accept(old, by=anouk, now=later)
    assert booking.accept(new, by=anouk, now=later).state == "booked"


def test_an_offer_that_is_no_longer_possible_is_taken_back_and_said(anouk, carla, shift, make_shift, now):
    other = make_shift(days_ahead=5)
    booking.book(anouk, other, by=anouk, now=now)
    booking.offer(anouk, shift, by=carla, now=now)
    move(shift, carla, now=now, days=2)
    assert list(shift.bookings.values_list("state", flat=True)) == ["cancelled"]
    assert kinds(anouk)[-1] == "booking_new_times"


def test_who_asked_for_it_is_told_and_can_ask_again(anouk, carla, telephone, shift, now):
    telephone.needs_approval = True
    telephone.save()
    row = booking.book(anouk, shift, by=anouk, now=now)
    assert row.state == "requested"
    moved = move(shift, carla, now=now, days=2)
    assert list(shift.bookings.values_list("state", flat=True)) == ["cancelled"]
    assert kinds(anouk) == ["booking_requested", "booking_new_times"]
    assert booking.book(anouk, moved, by=anouk, now=now).state == "requested"


def test_days_off_are_said_to_the_coordinator_first_and_then_to_the_person(
    anouk, carla, shift, mailoutbox, now
):
    booking.book(anouk, shift, by=anouk, now=now)
    day = shift.day + 2 * DAY
    AvailabilityException.objects.create(person=anouk, from_on=day, until_on=day, is_available=False)
    with pytest.raises(shifts.OutsideTheirDays) as warning:
        move(shift, carla, now=now, days=2, anyway=False)
    assert str(warning.value) == "De nieuwe tijd past niet bij iedereen die erop staat: Anouk Voorbeeld."
    shift.refresh_from_db()
    assert shift.sequence == 0
    move(shift, carla, now=now, days=2)
    notices.send_due(now=now)
    assert "Je hebt niet gezegd dat je dan kunt." in mailoutbox[-1].body


def test_an_event_says_when_it_changed(anouk, carla, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    seen = []
    for number, act in enumerate(
        (
            lambda at: None,
            lambda at: move(shift, carla, now=at, days=1),
            lambda at: move(shift, carla, now=at, seats=3),  # not in the event
            lambda at: shifts.cancel(shift, by=carla, now=at, because="Geen zaal"),
        )
    ):
        act(now + number * HOUR)
        event = calendar.event(Booking.objects.get(pk=row.pk))
        assert event.decoded("DTSTAMP") == event.decoded("LAST-MODIFIED")
        seen.append((event.decoded("SEQUENCE"), event.decoded("DTSTAMP") - now))
    assert seen == [(0, 0 * HOUR), (1, HOUR), (1, HOUR), (3, 3 * HOUR)]


def test_the_journal_has_one_line_for_the_shift_and_one_for_each_whose_place_ended(
    anouk, bea, carla, make_shift, now
):
    shift = make_shift(seats=1)
    booking.book(anouk, shift, by=anouk, now=now)
    booking.wait(bea, shift, by=bea, now=now)
    before = JournalEntry.objects.count()
    move(shift, carla, now=now, days=1)
    verbs = JournalEntry.objects.order_by("pk").values_list("verb", flat=True)[before:]
    assert sorted(verbs) == ["booking.cancelled", "shift.changed"]


def test_another_room_tells_who_is_booked_and_changes_their_calendar(anouk, carla, shift, utrecht, now):
    shift.location = utrecht
    shift.save()
    row = booking.book(anouk, shift, by=anouk, now=now)
    room = utrecht.rooms.create(name="Kamer 1")
    asked = {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "seats": 2, "note": ""}
    for _time in range(2):
        shifts.change(shift, **asked, spot=shifts.Spot(room), by=carla, now=now)
    shifts.change(shift, **asked, by=carla, now=now)  # who says nothing about the room leaves it
    shift.refresh_from_db()
    assert (shift.room, shift.sequence) == (room, 1)
    told = Notice.objects.filter(kind="booking_new_place").values_list("person", "subject")
    assert list(told) == [(anouk.pk, journal.ref(row))]


def test_a_room_elsewhere_and_a_client_in_the_directions_are_refused(carla, shift, utrecht, groningen, now):
    asked = {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "seats": 2, "note": ""}
    room = groningen.rooms.create(name="Kamer 1")
    for spot in (shifts.Spot(room), shifts.Spot(directions="Bel mevrouw op 06 1234 5678")):
        with pytest.raises(shifts.NotPossible):
            shifts.change(shift, **asked, spot=spot, by=carla, now=now)
