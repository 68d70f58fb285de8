"""Somebody's own side of the roster: list, week, hours, availability, willingness and calendar."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from people.models import JournalEntry
from rostering import booking, calendar, preferences, shifts
from rostering.models import Booking, CalendarSubscription, TaskKind
from rostering.preferences import Window
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
State = Booking.State
NO_BLOCKS = {"eigen-TOTAL_FORMS": "0", "eigen-INITIAL_FORMS": "0"}
AVAILABILITY = "/rooster/beschikbaarheid/"


@pytest.fixture(autouse=True)
def monday_noon(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def signed_in(client, anouk):
    client.force_login(anouk)
    return client


def text_of(response):
    return " ".join(response.content.decode().split())


def said(response):
    return [str(message) for message in response.context["messages"]]


def block(number, weekday="", start="", end=""):
    fields = {"weekday": weekday, "start": start, "end": end}
    return {f"eigen-{number}-{name}": value for name, value in fields.items()}


def pattern_of(person):
    return list(person.weekly_windows.values_list("weekday", "start", "end"))


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
    assert [[row.shift_id for row in rows] for rows in lists] == [
        [coming.pk], [asked.pk], [full.pk], [gone.shift_id], [], [],
    ]  # fmt: skip
    assert roster.waiting[0].position == 1


def test_what_is_past_says_how_it_went(signed_in, anouk, carla, make_shift, now, time_machine):
    row = booking.book(anouk, make_shift(days_ahead=1), by=anouk, now=now)
    time_machine.move_to(now + timedelta(days=2), tick=False)
    booking.mark_attended(row, by=carla, now=now + timedelta(days=2))
    response = signed_in.get("/rooster/mijn/")
    assert [one.state for one in response.context["roster"].past] == [State.ATTENDED]
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
    assert [[one.pk for one in day.bookings] for day in days] == [[], [], [], [row.pk], [], [], []]
    assert (response.context["before"], response.context["after"]) == ("2026-W47", "2026-W49")


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


@pytest.mark.parametrize("year", ["-1", "banaan", "1999", "2050", ""])
def test_a_year_that_is_none_is_this_year(year, signed_in):
    response = signed_in.get("/rooster/uren/", {"jaar": year})
    assert (response.context["year"], "Nog geen uren in dit jaar." in text_of(response)) == (2026, True)


def test_the_grid_and_an_own_block_make_the_pattern(signed_in, anouk):
    answers = {
        "blok": ["0-ochtend", "0-middag", "4-laat"],
        "eigen-TOTAL_FORMS": "2",
        "eigen-INITIAL_FORMS": "0",
    }
    response = signed_in.post(AVAILABILITY, answers | block(0, "1", "18:30", "20:00") | block(1), follow=True)
    assert said(response) == ["Je beschikbaarheid is opgeslagen."]
    assert pattern_of(anouk) == [
        (0, time(8), time(12)), (0, time(12), time(17)), (1, time(18, 30), time(20)), (4, time(22), time(1)),
    ]  # fmt: skip
    assert response.context["blocks"].forms[0].initial["start"] == time(18, 30)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ([block(0, "1", "18:30", "")], "Vul dag, vanaf en tot in, of laat ze alle drie leeg."),
        ([block(0, "1", "18:30", "18:30")], "Dit is dezelfde tijd als het begin. Kies een andere tijd."),
        ([block(0, "1", "25:99", "20:00")], "Een van je eigen tijden klopt nog niet."),
        (
            [block(0, "0", "09:00", "10:00")],
            "Twee tijden op dezelfde dag vallen over elkaar. Pas een van de twee aan.",
        ),
    ],
)
def test_a_wrong_block_is_said_and_nothing_is_lost(lines, sentence, signed_in, anouk, now):
    preferences.set_pattern(anouk, [Window(6, time(9), time(10))], by=anouk, now=now)
    answers = {"blok": ["0-ochtend"], "eigen-TOTAL_FORMS": "1", "eigen-INITIAL_FORMS": "0"}
    response = signed_in.post(AVAILABILITY, answers | lines[0])
    text = text_of(response)
    assert (response.status_code, sentence in text) == (200, True)
    assert f'value="{lines[0]["eigen-0-start"]}"' in text
    assert pattern_of(anouk) == [(6, time(9), time(10))]


def test_a_box_that_does_not_exist_changes_nothing(signed_in, anouk):
    assert signed_in.post(AVAILABILITY, {"blok": ["9-ochtend"], **NO_BLOCKS}).status_code == 200
    assert pattern_of(anouk) == []


def test_a_form_without_its_counters_is_no_crash(signed_in):
    assert signed_in.post(AVAILABILITY, {"blok": ["0-ochtend"]}).status_code == 200


def test_days_away_are_added_taken_away_and_put_back(signed_in, anouk):
    answers = {"from_on": "2026-12-24", "until_on": "2027-01-03", "is_available": "0"}
    response = signed_in.post(reverse("rostering:add_days"), answers, follow=True)
    row = anouk.availability_exceptions.get()
    assert (row.from_on, row.until_on, row.is_available) == (date(2026, 12, 24), date(2027, 1, 3), False)
    remove = reverse("rostering:remove_days", args=[row.pk])
    assert f'action="{remove}"' in text_of(response)
    back = next(iter(signed_in.post(remove, follow=True).context["messages"])).extra_tags
    assert anouk.availability_exceptions.count() == 0
    signed_in.post(back)
    again = anouk.availability_exceptions.get()
    assert (again.from_on, again.until_on, again.is_available) == (row.from_on, row.until_on, False)


def test_one_day_needs_only_the_first(signed_in, anouk):
    signed_in.post(reverse("rostering:add_days"), {"from_on": "2026-12-24", "is_available": "1"})
    row = anouk.availability_exceptions.get()
    assert (row.until_on, row.is_available) == (date(2026, 12, 24), True)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"from_on": "31-02-2026", "is_available": "0"}, "from_on"),
        ({"from_on": "", "is_available": "0"}, "from_on"),
        ({"from_on": "2026-12-24", "until_on": "2026-12-01", "is_available": "0"}, "until_on"),
        ({"from_on": "2026-12-24", "until_on": "2036-12-01", "is_available": "0"}, "until_on"),
        ({"from_on": "2026-12-24", "is_available": "misschien"}, "is_available"),
    ],
)
def test_wrong_days_are_said_beside_the_field(answers, field, signed_in, anouk):
    response = signed_in.post(reverse("rostering:add_days"), answers)
    assert list(response.context["days_off"].errors) == [field]
    assert anouk.availability_exceptions.count() == 0


def test_days_of_somebody_else_are_not_there(signed_in, dirk, now):
    row = preferences.add_exception(
        dirk, from_on=date(2026, 12, 1), until_on=date(2026, 12, 2), is_available=False, by=dirk, now=now
    )
    assert signed_in.post(reverse("rostering:remove_days", args=[row.pk])).status_code == 404
    assert dirk.availability_exceptions.count() == 1


def test_days_that_make_no_sense_are_not_put_back(signed_in, anouk):
    response = signed_in.post(reverse("rostering:restore_days", args=["31-02-2026", "x", 7]), follow=True)
    assert said(response) == ["Deze dagen konden we niet terugzetten. Voeg ze opnieuw toe."]


def test_wishes_are_kept(signed_in, anouk, telephone):
    answers = {f"soort_{telephone.pk}": "3", "shifts_a_week": "2", "hours_a_week": ""}
    response = signed_in.post("/rooster/bereidheid/", answers, follow=True)
    anouk.refresh_from_db()
    assert said(response) == ["Je wensen zijn opgeslagen."]
    assert list(anouk.willingness.values_list("task_kind", "level")) == [(telephone.pk, 3)]
    assert (anouk.shifts_a_week, anouk.hours_a_week) == (2, None)


@pytest.mark.parametrize(
    ("name", "value"), [("shifts_a_week", "-1"), ("hours_a_week", "banaan"), ("soort", "9")]
)
def test_a_wrong_wish_is_said_and_nothing_is_kept(name, value, signed_in, anouk, telephone):
    kind = f"soort_{telephone.pk}"
    answers = {kind: "3", "shifts_a_week": "2"} | {kind if name == "soort" else name: value}
    response = signed_in.post("/rooster/bereidheid/", answers)
    assert list(response.context["form"].errors) == [kind if name == "soort" else name]
    assert anouk.willingness.count() == 0


def test_a_newcomer_chooses_among_small_tasks_only(client, bram, telephone):
    small = TaskKind.objects.create(
        code="T17", name="B1-check", minutes=30, load=1, mode="remote", ladder="micro_task"
    )
    client.force_login(bram)
    assert client.get("/rooster/bereidheid/").context["form"].kinds == [small]


def test_the_address_of_the_calendar_is_shown_once(signed_in, anouk):
    response = signed_in.post("/rooster/agenda/")
    address = response.context["address"]
    assert address in text_of(response)
    assert signed_in.get(address.removeprefix("https://paraat.example")).status_code == 200
    assert address not in text_of(signed_in.get("/rooster/agenda/"))
    assert "no-store" in response.headers["Cache-Control"]


def test_a_new_address_ends_the_old_one_and_stopping_ends_all(signed_in, anouk, now):
    old = reverse("rostering:feed", args=[calendar.subscribe(anouk, now=now)])
    new = signed_in.post("/rooster/agenda/").context["address"].removeprefix("https://paraat.example")
    assert (signed_in.get(old).status_code, signed_in.get(new).status_code) == (404, 200)
    signed_in.post(reverse("rostering:end_subscription"))
    assert (signed_in.get(new).status_code, CalendarSubscription.objects.count()) == (404, 0)


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
