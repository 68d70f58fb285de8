"""Availability and willingness on screen."""

from datetime import date, time

import pytest
from django.urls import reverse

from rostering.availability import preferences
from rostering.availability.preferences import Window
from rostering.models import TaskKind
from tests.rostering.conftest import said, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]
NO_BLOCKS = {"eigen-TOTAL_FORMS": "0", "eigen-INITIAL_FORMS": "0"}
AVAILABILITY = "/rooster/beschikbaarheid/"


def block(number, weekday="", start="", end=""):
    fields = {"weekday": weekday, "start": start, "end": end}
    return {f"eigen-{number}-{name}": value for name, value in fields.items()}


def pattern_of(person):
    return list(person.weekly_windows.values_list("weekday", "start", "end"))


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
        ({"from_on": "2026-11-01", "until_on": "2026-11-22", "is_available": "0"}, "until_on"),
        ({"from_on": "2026-11-22", "is_available": "0"}, "from_on"),
        ({"from_on": "2026-12-24", "is_available": "misschien"}, "is_available"),
    ],
)
def test_wrong_days_are_said_beside_the_field(answers, field, signed_in, anouk):
    response = signed_in.post(reverse("rostering:add_days"), answers)
    assert list(response.context["days_off"].errors) == [field]
    text = text_of(response)
    assert ("Deze dagen zijn nog niet opgeslagen." in text, text.count(f'href="#id_{field}')) == (True, 1)
    assert text.count("autofocus") == (2 if field == "is_available" else 1)
    assert anouk.availability_exceptions.count() == 0


def test_days_of_somebody_else_are_not_there(signed_in, dirk, now):
    row = preferences.add_exception(
        dirk, from_on=date(2026, 12, 1), until_on=date(2026, 12, 2), is_available=False, by=dirk, now=now
    )
    assert signed_in.post(reverse("rostering:remove_days", args=[row.pk])).status_code == 404
    assert dirk.availability_exceptions.count() == 1


def test_days_that_make_no_sense_are_not_put_back(signed_in, anouk):
    response = signed_in.post(
        reverse("rostering:restore_days", args=["2026-12-26", "2026-12-24", 7]), follow=True
    )
    assert said(response) == ["Deze dagen konden we niet terugzetten. Voeg ze opnieuw toe."]


@pytest.mark.parametrize("days", ["2026-02-31/2026-03-01", "0001-01-01/9999-12-31", "1949-12-31/2026-12-01"])
def test_days_that_are_none_are_not_found(signed_in, days):
    assert signed_in.post(f"/rooster/beschikbaarheid/dagen/terug/{days}/0/").status_code == 404


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
