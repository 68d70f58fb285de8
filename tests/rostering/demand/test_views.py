"""The weekly need on screen: a file is looked at first, then taken over, then planned."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from people import days
from people.models import JournalEntry
from rostering.models import Shift, TaskKind, WeeklyDemand
from tests.conftest import make_person
from tests.rostering.demand.test_files import BAD_FILES, BAD_LINES, GOOD, HEADING

pytestmark = pytest.mark.django_db

DEMAND = reverse("rostering:import_demand")
TAKE_OVER = reverse("rostering:take_over_demand")
PLAN = reverse("rostering:plan_demand")


@pytest.fixture(autouse=True)
def the_moment(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def as_carla(client, carla, telephone):
    client.force_login(carla)
    return client


def upload(client, *lines, content=None, name="behoefte.csv"):
    content = "\n".join([HEADING, *lines]).encode() if content is None else content
    return send(client, DEMAND, file=SimpleUploadedFile(name, content))


def send(client, address, **fields):
    with translation.override("en"):
        return client.post(address, fields, follow=True, headers={"accept-language": "en"})


def take_over(client, page, **fields):
    return send(client, TAKE_OVER, voorstel=page.context["proposal"]["token"], **fields)


def said(response):
    return [str(message) for message in response.context["messages"]]


def problems(response):
    with translation.override("en"):
        return [str(problem) for problem in response.context["problems"]]


def test_a_file_is_shown_first_and_changes_nothing(as_carla):
    page = upload(as_carla, GOOD, "T01,di,22:00,01:00,2,national")
    assert [len(part) for part in (page.context["found"].new, page.context["found"].absent)] == [2, 0]
    assert WeeklyDemand.objects.count() == 0


def test_a_dutch_file_with_names_is_shown_by_name(as_carla, telephone):
    content = "taak;dag;begin;eind;plekken;voor\nAdvieslijn telefoon;ma;9:00;12:00;2;landelijk\n"
    page = upload(as_carla, content=content.encode())
    (block,) = page.context["found"].new
    assert (block.task_kind, block.name, block.weekday, block.seats) == ("T01", telephone.name, 0, 2)
    assert (f"<li>{telephone.name}," in page.content.decode(), "<li>T01" in page.content.decode()) == (
        True,
        False,
    )


def test_a_file_can_be_put_aside(as_carla):
    upload(as_carla, GOOD)
    answer = send(as_carla, reverse("rostering:put_demand_aside"))
    assert said(answer) == ["The file has been put aside. Nothing has changed."]
    assert (answer.context["proposal"], WeeklyDemand.objects.count()) == (None, 0)


def test_what_was_shown_is_taken_over(as_carla):
    page = upload(as_carla, GOOD, "T01,di,22:00,01:00,2,national")
    answer = take_over(as_carla, page)
    assert said(answer) == ["Taken over: 2 new, 0 changed, 0 removed."]
    assert list(WeeklyDemand.objects.values_list("weekday", "seats")) == [(0, 8), (1, 2)]
    assert answer.context["proposal"] is None


def test_confirming_twice_takes_over_once(as_carla):
    page = upload(as_carla, GOOD)
    take_over(as_carla, page)
    assert said(take_over(as_carla, page)) == [
        "This file has been taken over already, or another one came after it."
    ]
    assert WeeklyDemand.objects.count() == 1
    assert JournalEntry.objects.filter(verb="demand.taken_over").count() == 1


def test_an_older_proposal_does_not_confirm_a_newer_file(as_carla):
    older = upload(as_carla, GOOD)
    upload(as_carla, GOOD.replace(",8,", ",9,"))
    take_over(as_carla, older)
    assert WeeklyDemand.objects.count() == 0


def test_what_is_not_in_the_file_is_removed_only_when_asked(as_carla):
    take_over(as_carla, upload(as_carla, GOOD))
    page = upload(as_carla, "T01,tue,08:00,12:00,8,national")
    assert len(page.context["found"].absent) == 1
    take_over(as_carla, page, verwijder="on")
    assert list(WeeklyDemand.objects.values_list("weekday", flat=True)) == [1]


@pytest.mark.parametrize(("line", "sentence"), BAD_LINES)
def test_a_bad_line_is_named_and_nothing_is_kept(as_carla, line, sentence):
    page = upload(as_carla, GOOD, line)
    assert page.status_code == 422
    assert problems(page) == [f"Line 3: {sentence}"]
    assert page.context["proposal"] is None


@pytest.mark.parametrize(("content", "sentence"), BAD_FILES, ids=[s[:30] for _c, s in BAD_FILES])
def test_a_bad_file_is_refused_with_a_sentence(as_carla, content, sentence):
    page = upload(as_carla, content=content)
    assert page.status_code == 422
    assert problems(page)[-1].endswith(sentence)


def test_no_file_at_all_is_said_beside_the_field(as_carla):
    page = send(as_carla, DEMAND)
    assert list(page.context["form"].errors) == ["file"]


def test_of_many_bad_lines_a_hundred_are_shown(as_carla):
    page = upload(as_carla, *["T99,xyz,08:00,12:00,8,national"] * 101)
    assert (len(page.context["problems"]), page.context["more_problems"]) == (100, 102)


def test_one_district_does_not_decide_for_all(as_carla):
    page = upload(as_carla, "T01,mon,08:00,12:00,8,district")
    assert problems(page) == [
        "1 block is for every district or location. A national coordinator changes those."
    ]


def test_a_national_coordinator_decides_for_every_district(client, telephone):
    client.force_login(make_person("Gerda", "coordinator"))
    take_over(client, upload(client, "T01,mon,08:00,12:00,8,district"))
    assert WeeklyDemand.objects.get().scope == "district"


def test_the_need_is_planned_from_tomorrow_on_and_once(as_carla):
    take_over(as_carla, upload(as_carla, GOOD, "T01,tue,08:00,12:00,2,national"))
    assert said(send(as_carla, PLAN, weeks="2")) == ["4 shifts made."]
    assert said(send(as_carla, PLAN, weeks="2")) == ["Everything was planned already."]
    assert [f"{shift.day}" for shift in Shift.objects.all()] == [
        "2026-11-24",
        "2026-11-30",
        "2026-12-01",
        "2026-12-07",
    ]


@pytest.mark.parametrize("weeks", ["0", "9", "veel", ""])
def test_a_strange_number_of_weeks_is_said_beside_the_field(as_carla, weeks):
    page = send(as_carla, PLAN, weeks=weeks)
    assert list(page.context["weeks"].errors) == ["weeks"]
    assert Shift.objects.count() == 0


@pytest.mark.parametrize("address", [DEMAND, TAKE_OVER, PLAN])
def test_a_volunteer_finds_nothing_here(client, anouk, address):
    client.force_login(anouk)
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_the_need_takes_few_queries(as_carla, lines, django_assert_max_num_queries):
    days = ["mon", "tue", "wed"][:lines]
    take_over(as_carla, upload(as_carla, *[GOOD.replace("mon", day) for day in days]))
    with django_assert_max_num_queries(8):
        as_carla.get(DEMAND)


def test_a_block_that_the_clock_skips_is_told_after_planning(as_carla, carla, telephone, time_machine):
    time_machine.move_to(days.moment(date(2027, 3, 22), time(12)), tick=False)
    as_carla.force_login(carla)
    TaskKind.objects.update(on_holidays=True)  # it is Easter
    take_over(as_carla, upload(as_carla, "T01,sun,02:00,03:00,1,national", "T01,mon,08:00,12:00,1,national"))
    assert said(send(as_carla, PLAN, weeks="1")) == [
        "1 shift made.",
        "On Sunday 28 March there is no 02:00; that shift has not been planned.",
    ]
