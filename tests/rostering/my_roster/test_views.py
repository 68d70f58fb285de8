"""Somebody's own roster on screen: list, week and hours."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from people.models import JournalEntry
from rostering import booking, shifts
from rostering.availability import preferences
from rostering.models import Booking
from tests.conftest import make_person
from tests.rostering.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]
State = Booking.State


def test_my_roster_puts_each_booking_in_its_own_list(signed_in, anouk, carla, make_shift, grant_all, now):
    coming, asked, full, past = (make_shift(days_ahead=n) for n in (2, 3, 4, 5))
    booking.book(anouk, coming, by=anouk, now=now)
    booking.offer(anouk, asked, by=carla, now=now)
    type(full).objects.filter(pk=full.pk).update(seats=1)
    bea = grant_all(make_person("Bea", "volunteer"))
    booking.book(bea, full, by=bea, now=now)
    booking.wait(anouk, full, by=anouk, now=now)
    gone = booking.book(anouk, past, by=anouk, now=now)
    shifts.cancel(past, by=carla, now=now, because="Dicht")
    roster = signed_in.get("/rooster/mijn/").context["roster"]
    lists = [roster.coming, roster.asked, roster.waiting, roster.called_off, roster.requested, roster.past]
    assert [[row.booking.shift_id for row in rows] for rows in lists] == [
        [coming.pk], [asked.pk], [full.pk], [gone.shift_id], [], [],
    ]  # fmt: skip
    assert roster.waiting[0].booking.position == 1


def test_what_is_past_says_how_it_went(signed_in, anouk, carla, make_shift, now, time_machine):
    row = booking.book(anouk, make_shift(days_ahead=1), by=anouk, now=now)
    time_machine.move_to(now + timedelta(days=2), tick=False)
    booking.mark_attended(row, by=carla, now=now + timedelta(days=2))
    response = signed_in.get("/rooster/mijn/")
    assert [one.booking.state for one in response.context["roster"].past] == [State.ATTENDED]
    assert "Je was er" in text_of(response)


def test_an_empty_roster_leads_to_the_open_shifts(signed_in):
    text = text_of(signed_in.get("/rooster/mijn/"))
    assert ("Je hebt geen diensten staan." in text, 'href="/rooster/"' in text) == (True, True)


@pytest.mark.parametrize("path", ["/rooster/mijn/", "/rooster/mijn/week/", "/rooster/uren/"])
@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_shifts_costs_no_queries(
    path, number, signed_in, anouk, make_shift, now, django_assert_num_queries
):
    for n in range(number):
        booking.book(anouk, make_shift(days_ahead=n + 1), by=anouk, now=now)
    with django_assert_num_queries(
        {"/rooster/mijn/": 5, "/rooster/mijn/week/": 4, "/rooster/uren/": 4}[path]
    ):
        signed_in.get(path)


def test_the_week_runs_from_monday_to_sunday(signed_in, anouk, make_shift, now):
    row = booking.book(anouk, make_shift(days_ahead=3), by=anouk, now=now)
    response = signed_in.get("/rooster/mijn/week/?week=2026-W48")
    days = response.context["week"]
    assert (days[0].day, days[6].day) == (date(2026, 11, 23), date(2026, 11, 29))
    assert [[one.booking.pk for one in day.bookings] for day in days] == [[], [], [], [row.pk], [], [], []]
    assert (response.context["before"], response.context["after"]) == ("2026-W47", "2026-W49")


def test_the_night_from_sunday_to_monday_is_in_both_weeks(signed_in, anouk, make_shift, now):
    """On Monday it stands with the day on which it begins."""
    row = booking.book(anouk, make_shift(days_ahead=6, hour=22, hours=8), by=anouk, now=now)
    booking.book(anouk, make_shift(days_ahead=13, hour=20, hours=4), by=anouk, now=now)  # until midnight
    weeks = [signed_in.get("/rooster/mijn/week/", {"week": f"2026-W{n}"}) for n in (48, 49, 50)]
    found = [[[one.booking.pk for one in day.bookings] for day in week.context["week"]] for week in weeks]
    assert [found[0][6], found[1][0], found[2]] == [[row.pk], [row.pk], [[]] * 7]
    assert ["zo 22.00 tot 06.00" in text_of(week) for week in weeks] == [False, True, False]


def test_a_public_holiday_is_named(signed_in):
    days = signed_in.get("/rooster/mijn/week/?week=2026-W53").context["week"]
    assert [(day.day, day.holiday) for day in days if day.holiday] == [(date(2027, 1, 1), "Nieuwjaarsdag")]


@pytest.mark.parametrize(
    "week", ["banana", "2026-W54", "2026-W00", "-1", "9999-W99", "9999-W52", "0001-W01", ""]
)
def test_a_week_that_is_none_is_this_week(week, signed_in):
    assert signed_in.get("/rooster/mijn/week/", {"week": week}).context["week"][0].day == date(2026, 11, 23)


def test_hours_per_month_and_in_all(signed_in, anouk, carla, make_shift, now):
    for days_ahead in (1, 2, 10):
        row = booking.book(anouk, make_shift(days_ahead=days_ahead), by=anouk, now=now)
        booking.mark_attended(row, by=carla, now=now + timedelta(days=20))
    context = signed_in.get("/rooster/uren/").context
    assert (context["year"], context["total"]) == (2026, 540)
    assert context["months"] == [(date(2026, 11, 1), 360), (date(2026, 12, 1), 180)]


@pytest.mark.parametrize("year", ["-1", "banaan", "1", "1999", "2050", "9" * 20, ""])
def test_a_year_that_is_none_is_this_year(year, signed_in):
    response = signed_in.get("/rooster/uren/", {"jaar": year})
    assert (response.context["year"], "Nog geen uren in dit jaar." in text_of(response)) == (2026, True)


@pytest.mark.both
def test_somebody_who_joined_in_the_year_one_by_a_slip_has_years_to_choose_from(signed_in, anouk):
    anouk.joined_on = date(1, 1, 1)
    anouk.save()
    for year in ("1", "1950"):
        assert signed_in.get("/rooster/uren/", {"jaar": year}).context["years"] == range(2026, 1949, -1)


def test_looking_changes_nothing(signed_in, anouk, now):
    row = preferences.add_exception(
        anouk, from_on=date(2026, 12, 1), until_on=date(2026, 12, 2), is_available=False, by=anouk, now=now
    )
    before = JournalEntry.objects.count()
    for name, arguments in [
        ("my_roster", []), ("my_week", []), ("hours", []), ("availability", []), ("add_days", []),
        ("remove_days", [row.pk]), ("restore_days", ["2026-12-01", "2026-12-02", 0]), ("willingness", []),
        ("subscription", []), ("end_subscription", []),
    ]:  # fmt: skip
        assert signed_in.get(reverse(f"rostering:{name}", args=arguments)).status_code in (200, 302)
    assert (JournalEntry.objects.count(), anouk.availability_exceptions.count()) == (before, 1)
