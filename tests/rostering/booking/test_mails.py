"""Do people hear what they must know about their shifts, in plain words, with one clear thing to do?"""

from datetime import datetime, timedelta
from email import message_from_string

import pytest
from icalendar import Calendar

from people import days, notices, qualifications
from people.models import Grant, Notice, Qualification
from rostering import booking, clock, letters, shifts
from rostering.booking import mails as messages
from rostering.models import Booking

HOUR = timedelta(hours=1)


@pytest.fixture
def post(mailoutbox):
    """Send what is due and return the mails."""

    def post(moment):
        mailoutbox.clear()
        notices.send_due(now=moment)
        return list(mailoutbox)

    return post


@pytest.fixture
def booked(anouk, shift, now):
    return booking.book(anouk, shift, by=anouk, now=now)


def invitation(mail):
    """Return method, status and number of the calendar file in a mail, or None."""
    parts = message_from_string(mail.message().as_string()).walk()
    files = [part for part in parts if part.get_content_type() == "text/calendar"]
    if not files:
        return None
    found = Calendar.from_ical(files[0].get_payload(decode=True))
    event = found.walk("VEVENT")[0]
    assert files[0].get_param("method") == found["METHOD"]
    return str(found["METHOD"]), str(event["STATUS"]), event["SEQUENCE"]


def test_every_kind_that_the_roster_owes_can_be_written():
    assert set(messages.KINDS) <= set(notices.KINDS)


def test_a_booking_in_full(booked, post, now):
    (mail,) = post(now)
    assert (mail.to, mail.subject) == (
        ["Anouk Voorbeeld <anouk@paraat.example>"],
        "Je staat op het rooster: Advieslijn telefoon, donderdag 26 november",
    )
    assert (
        mail.body
        == f"""Hallo Anouk,

Fijn dat je komt. Dank je wel.

Met het bestand bij deze mail zet je de dienst in je eigen agenda.

Kun je niet? Meld je zo snel mogelijk af, dan kan iemand anders de dienst doen.

Wat: Advieslijn telefoon
Wanneer: donderdag 26 november, 17.00 tot 20.00 uur (3 uur)
Waar: Vanuit huis; of op een locatie, als je dat afspreekt met je coördinator

Bekijk je dienst:
https://paraat.example/rooster/dienst/{booked.shift_id}/

--
Je krijgt deze mail omdat die over jouw diensten gaat.
Bekijk of wijzig je gegevens: https://paraat.example/ik/

Zelf hulp nodig? Bel 0900-0101. Bij spoed bel je 112. Denk je aan zelfdoding? Bel 113.
"""
    )
    assert invitation(mail) == ("REQUEST", "CONFIRMED", 0)


def test_an_offer_asks_for_an_answer_before_a_moment(anouk, carla, make_shift, post, now):
    offer = booking.offer(anouk, make_shift(days_ahead=20), by=carla, now=now)
    (mail,) = post(now)
    assert mail.subject == "Kun jij op zondag 13 december? Advieslijn telefoon"
    assert "Antwoord vóór woensdag 25 november om 12.00 uur." in mail.body
    assert f"https://paraat.example/antwoord/{offer.pk}-{anouk.pk}-" in mail.body
    assert invitation(mail) is None


def test_an_offer_that_is_over_is_not_sent(anouk, carla, make_shift, post, now):
    booking.offer(anouk, make_shift(days_ahead=20), by=carla, now=now)
    assert post(now + booking.ANSWER_WITHIN) == []


def test_a_changed_shift_changes_the_calendar(booked, carla, shift, post, now):
    later, end = shift.starts_at + HOUR, shift.ends_at + HOUR
    post(now)
    shifts.change(shift, starts_at=later, ends_at=end, seats=2, note="", by=carla, now=now)
    (mail,) = post(now)
    assert mail.subject == "Je dienst is veranderd: Advieslijn telefoon, donderdag 26 november"
    assert ("18.00 tot 21.00 uur" in mail.body, invitation(mail)) == (True, ("REQUEST", "CONFIRMED", 1))


def test_who_cancels_is_thanked(booked, anouk, post, now):
    post(now)
    booking.cancel(booked, by=anouk, now=now)
    (mail,) = post(now)
    assert ("Je hebt je afgemeld" in mail.body, invitation(mail)) == (True, ("CANCEL", "CANCELLED", 1))


def test_who_is_taken_off_hears_why(booked, carla, post, now):
    post(now)
    booking.cancel(booked, by=carla, now=now, because="De zaal is dicht.")
    (mail,) = post(now)
    assert "Een coördinator heeft je eraf gehaald.\n\nDe reden: De zaal is dicht." in mail.body


def test_an_offer_that_is_taken_back_touches_no_calendar(anouk, carla, shift, post, now):
    offer = booking.offer(anouk, shift, by=carla, now=now)
    post(now)
    booking.cancel(offer, by=carla, now=now, because="Toch niet nodig.")
    (mail,) = post(now)
    assert mail.subject.startswith("Niet meer nodig: Advieslijn telefoon")
    assert ("niets meer te doen" in mail.body, invitation(mail)) == (True, None)


def test_a_cancelled_shift_leaves_the_calendar(booked, carla, shift, post, now):
    post(now)
    shifts.cancel(shift, by=carla, now=now, because="Te weinig aanmeldingen.")
    (mail,) = post(now)
    assert mail.subject == "Deze dienst gaat niet door: Advieslijn telefoon, donderdag 26 november"
    assert "De reden: Te weinig aanmeldingen." in mail.body
    assert invitation(mail) == ("CANCEL", "CANCELLED", 2)


def test_who_booked_and_cancelled_at_once_gets_one_mail(booked, anouk, post, now):
    booking.cancel(booked, by=anouk, now=now)
    assert [mail.subject[:21] for mail in post(now)] == ["Niet meer op je roost"]


def test_the_waiting_list_from_waiting_to_a_seat(anouk, carla, grant_all, make_shift, post, now):
    shift = make_shift(seats=1)
    first = booking.book(anouk, shift, by=anouk, now=now)
    booking.wait(grant_all(carla), shift, by=carla, now=now)
    assert [mail.subject[:26] for mail in post(now)] == [
        "Je hebt het: Advieslijn en",
        "Je hebt het: VOG",
        "Je staat op het rooster: A",
        "Je staat op de wachtlijst:",
    ]
    booking.cancel(first, by=anouk, now=now)
    mails = {mail.to[0].split()[0]: mail for mail in post(now)}
    assert mails["Carla"].subject[:24] == "Er is een plek voor je: "
    assert invitation(mails["Carla"]) == ("REQUEST", "CONFIRMED", 1)


def test_a_request_and_its_refusal(anouk, carla, shift, telephone, post, now):
    telephone.needs_approval = True
    telephone.save()
    row = booking.book(anouk, shift, by=anouk, now=now)
    asked = post(now)
    booking.refuse(row, by=carla, now=now, because="Er is al iemand met meer ervaring.")
    refused = post(now)
    assert [mail.subject[:22] for mail in asked + refused] == [
        "We hebben je aanvraag:",
        "Deze keer niet: Adviesl"[:22],
    ]
    assert "De reden: Er is al iemand met meer ervaring." in refused[0].body


def test_the_two_reminders(booked, shift, post, now):
    post(now)
    seen = []
    for moment in (shift.starts_at - clock.AHEAD, clock.morning_of(shift.starts_at)):
        clock.tick(moment)
        seen += [mail.subject for mail in post(moment)]
    assert seen == ["Binnenkort: Advieslijn telefoon, donderdag 26 november", "Vandaag: Advieslijn telefoon"]


def test_who_starts_early_is_reminded_the_evening_before(anouk, make_shift, post, now):
    shift = make_shift(hour=7)
    booking.book(anouk, shift, by=anouk, now=now)
    post(now)
    clock.tick(clock.morning_of(shift.starts_at))
    assert "Morgen: Advieslijn telefoon" in [mail.subject for mail in post(clock.morning_of(shift.starts_at))]


def test_no_reminder_of_what_is_past(booked, shift, post, now):
    post(now)
    clock.tick(shift.starts_at - clock.AHEAD)
    assert post(shift.starts_at) == []


def test_who_is_not_qualified_on_the_day_hears_it_and_so_does_the_coordinator(
    anouk, carla, certificate, make_shift, utrecht, post, now
):
    booking.book(anouk, make_shift(location=utrecht), by=anouk, now=now)
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True, learn_minutes=90)
    post(now)
    Grant.objects.filter(qualification=certificate).update(valid_until=now.date())
    clock.tick(now + HOUR)
    mails = {mail.to[0].split()[0]: mail for mail in post(now + HOUR)}
    assert mails["Anouk"].subject == "Er ontbreekt iets voor je dienst op donderdag 26 november"
    assert (
        "Ga naar Advieslijn en doorverwijzen:\nhttps://paraat.example/leren/op-weg/C06/"
        in mails["Anouk"].body
    )
    said = "Anouk Voorbeeld staat op het rooster, maar op die dag ontbreekt: Advieslijn en doorverwijzen."
    assert said in mails["Carla"].body


def test_what_was_put_in_order_meanwhile_is_not_sent(booked, anouk, certificate, post, now):
    post(now)
    Grant.objects.filter(qualification=certificate).update(valid_until=now.date())
    clock.tick(now)
    qualifications.grant(anouk, certificate, by=None, now=now)
    clock.tick(now)
    assert [mail.subject for mail in post(now)] == ["Je hebt het: Advieslijn en doorverwijzen"]


def test_the_coordinator_hears_of_a_late_drop_out(anouk, carla, make_shift, utrecht, post, now):
    row = booking.book(anouk, make_shift(days_ahead=1, location=utrecht), by=anouk, now=now)
    post(now)
    booking.cancel(row, by=anouk, now=now)
    mails = {mail.to[0].split()[0]: mail for mail in post(now)}
    assert mails["Carla"].subject == "Er is een plek vrij: Advieslijn telefoon, dinsdag 24 november"
    assert f"https://paraat.example/bord/dienst/{row.shift_id}/" in mails["Carla"].body


def test_who_no_longer_fills_this_roster_hears_nothing_of_it(anouk, dirk, make_shift, utrecht, post, now):
    row = booking.book(anouk, make_shift(days_ahead=1, location=utrecht), by=anouk, now=now)
    booking.cancel(row, by=anouk, now=now)
    notices.owe(dirk, "coordinator_dropout", row, now=now, urgent=True)
    assert [mail.to[0].split()[0] for mail in post(now)] == ["Anouk"]


@pytest.mark.parametrize("kind", sorted(messages.KINDS))
def test_every_kind_is_dropped_when_the_booking_is_gone(kind, booked, anouk, post, now):
    Notice.objects.all().delete()
    notice = notices.owe(anouk, kind, booked, now=now, urgent=True)
    Booking.objects.all().delete()
    assert (post(now), Notice.objects.get(pk=notice.pk).dropped_at) == ([], now)


@pytest.mark.parametrize("kind", sorted(messages.KINDS))
def test_nothing_is_said_once_the_shift_has_begun(kind, booked, anouk, shift, post):
    Notice.objects.all().delete()
    notices.owe(anouk, kind, booked, now=shift.starts_at, urgent=True)
    assert post(shift.starts_at) == []


def test_the_length_tells_the_repeated_hour_apart(anouk, telephone, now):
    start = datetime(2026, 10, 25, 2, 0, tzinfo=days.AMSTERDAM)
    row = Booking(starts_at=start, ends_at=start.replace(hour=2, minute=30, fold=1))
    assert letters.when(row) == "zondag 25 oktober, 02.00 tot 02.30 uur (1 uur en 30 minuten)"


def test_english_for_who_reads_english(booked, anouk, post, now):
    anouk.language = "en"
    anouk.save()
    (mail,) = post(now)
    assert mail.subject == "You are on the roster: Advieslijn telefoon, Thursday 26 November"


NIGHT = datetime(2026, 11, 24, 0, 28, tzinfo=days.AMSTERDAM)
MORNING = datetime(2026, 11, 24, 7, 0, tzinfo=days.AMSTERDAM)


def test_fifty_times_book_and_cancel_is_one_mail(anouk, shift, post, now):
    for _n in range(50):
        booking.cancel(booking.book(anouk, shift, by=anouk, now=now), by=anouk, now=now)
    assert [mail.subject[:26] for mail in post(now)] == ["Niet meer op je rooster: A"]


def test_book_undo_and_book_at_night_is_one_mail_in_the_morning(anouk, shift, post):
    row = booking.book(anouk, shift, by=anouk, now=NIGHT)
    booking.undo(row, by=anouk, now=NIGHT)
    booking.book(anouk, shift, by=anouk, now=NIGHT)
    assert post(NIGHT) == []
    assert [mail.subject[:25] for mail in post(MORNING)] == ["Je staat op het rooster: "]


@pytest.mark.parametrize(("hour", "is_woken"), [(6, True), (17, False)])
def test_at_night_only_the_next_hours_wake_and_only_when_somebody_else_acts(
    anouk, carla, make_shift, post, hour, is_woken
):
    booking.book(anouk, make_shift(days_ahead=1, hour=hour), by=carla, now=NIGHT)
    assert (len(post(NIGHT)) == 1) is is_woken


def test_who_acts_at_night_is_not_mailed_at_night(anouk, make_shift, post):
    booking.book(anouk, make_shift(days_ahead=1, hour=6), by=anouk, now=NIGHT)
    assert post(NIGHT) == []


def test_a_seat_that_came_and_went_between_two_mails_leaves_the_calendar(booked, anouk, shift, post, now):
    """The mail of the cancelling gave way to that of the new booking, which takes the old one out."""
    post(now)
    booking.cancel(booked, by=anouk, now=now)
    again = booking.book(anouk, shift, by=anouk, now=now)
    (mail,) = post(now)
    files = [Calendar.from_ical(a[1]) for a in mail.attachments if a[2] == "application/ics"]
    told = {(str(f["METHOD"]), str(f.walk("VEVENT")[0]["UID"]).partition("@")[0]) for f in files}
    assert told == {("REQUEST", f"booking-{again.pk}"), ("CANCEL", f"booking-{booked.pk}")}


def test_a_coordinator_hears_once_of_somebody_who_goes_and_comes(
    anouk, carla, make_shift, utrecht, post, now
):
    shift = make_shift(days_ahead=1, location=utrecht)
    for _n in range(3):
        booking.cancel(booking.book(anouk, shift, by=anouk, now=now), by=anouk, now=now)
    assert [mail.to[0].split()[0] for mail in post(now)].count("Carla") == 1


def test_a_cancelled_shift_is_told_to_who_had_much_mail(anouk, carla, make_shift, post, now):
    rows = [booking.book(anouk, make_shift(days_ahead=n), by=anouk, now=now) for n in range(2, 26, 3)]
    first = post(now)
    shifts.cancel(rows[-1].shift, by=carla, now=now, because="De zaal is dicht.")
    assert (len(first), [mail.subject[:24] for mail in post(now)]) == (6, ["Deze dienst gaat niet do"])
