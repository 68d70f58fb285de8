"""The weekly need on screen: a file is looked at first, then taken over, then planned."""

import io
from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from people import days
from people.models import JournalEntry
from rostering import booking
from rostering.demand import files
from rostering.models import Shift, TaskKind, WeeklyDemand
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


@pytest.fixture
def as_gerda(client, gerda, telephone):
    """Who coordinates the whole country changes the weekly need."""
    client.force_login(gerda)
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


def test_a_file_is_shown_first_and_changes_nothing(as_gerda):
    page = upload(as_gerda, GOOD, "T01,di,22:00,01:00,2,national")
    assert [len(part) for part in (page.context["found"].new, page.context["found"].absent)] == [2, 0]
    assert WeeklyDemand.objects.count() == 0


def test_a_dutch_file_with_names_is_shown_by_name(as_gerda, telephone):
    content = "taak;dag;begin;eind;plekken;voor\nAdvieslijn telefoon;ma;9:00;12:00;2;landelijk\n"
    page = upload(as_gerda, content=content.encode())
    (block,) = page.context["found"].new
    assert (block.task_kind, block.name, block.weekday, block.seats) == ("T01", telephone.name, 0, 2)
    assert (f"<li>{telephone.name}," in page.content.decode(), "<li>T01" in page.content.decode()) == (
        True,
        False,
    )


def test_a_file_can_be_put_aside(as_gerda):
    upload(as_gerda, GOOD)
    answer = send(as_gerda, reverse("rostering:put_demand_aside"))
    assert said(answer) == ["The file has been put aside. Nothing has changed."]
    assert (answer.context["proposal"], WeeklyDemand.objects.count()) == (None, 0)


def test_what_was_shown_is_taken_over(as_gerda):
    page = upload(as_gerda, GOOD, "T01,di,22:00,01:00,2,national")
    answer = take_over(as_gerda, page)
    assert said(answer) == ["Taken over: 2 new, 0 changed, 0 removed."]
    assert list(WeeklyDemand.objects.values_list("weekday", "seats")) == [(0, 8), (1, 2)]
    assert answer.context["proposal"] is None


def test_confirming_twice_takes_over_once(as_gerda):
    page = upload(as_gerda, GOOD)
    take_over(as_gerda, page)
    assert said(take_over(as_gerda, page)) == ["You had sent this already. Here you see what came of it."]
    assert WeeklyDemand.objects.count() == 1
    assert JournalEntry.objects.filter(verb="demand.taken_over").count() == 1


def test_an_older_proposal_does_not_confirm_a_newer_file(as_gerda):
    older = upload(as_gerda, GOOD)
    upload(as_gerda, GOOD.replace(",8,", ",9,"))
    take_over(as_gerda, older)
    assert WeeklyDemand.objects.count() == 0


def test_what_is_not_in_the_file_is_removed_only_when_asked(as_gerda):
    take_over(as_gerda, upload(as_gerda, GOOD))
    page = upload(as_gerda, "T01,tue,08:00,12:00,8,national")
    assert len(page.context["found"].absent) == 1
    take_over(as_gerda, page, verwijder="on")
    assert list(WeeklyDemand.objects.values_list("weekday", flat=True)) == [1]


@pytest.mark.parametrize(("line", "sentence"), BAD_LINES)
def test_a_bad_line_is_named_and_nothing_is_kept(as_gerda, line, sentence):
    page = upload(as_gerda, GOOD, line)
    assert page.status_code == 422
    assert problems(page) == [f"Line 3: {sentence}"]
    assert page.context["proposal"] is None


@pytest.mark.parametrize(("content", "sentence"), BAD_FILES, ids=[s[:30] for _c, s in BAD_FILES])
def test_a_bad_file_is_refused_with_a_sentence(as_gerda, content, sentence):
    page = upload(as_gerda, content=content)
    assert page.status_code == 422
    assert problems(page)[-1].endswith(sentence)


def test_no_file_at_all_is_said_beside_the_field(as_gerda):
    page = send(as_gerda, DEMAND)
    assert list(page.context["form"].errors) == ["file"]


def test_of_many_bad_lines_a_hundred_are_shown(as_gerda):
    page = upload(as_gerda, *["T99,xyz,08:00,12:00,8,national"] * 101)
    assert (len(page.context["problems"]), page.context["more_problems"]) == (100, 102)


@pytest.mark.parametrize("scope", WeeklyDemand.Scope.values)
def test_one_district_does_not_decide_for_all(as_carla, scope):
    page = upload(as_carla, f"T01,mon,08:00,12:00,8,{scope}")
    assert problems(page) == ["1 block is for the whole country. A national coordinator changes those."]


def test_a_national_coordinator_decides_for_every_district(as_gerda):
    take_over(as_gerda, upload(as_gerda, "T01,mon,08:00,12:00,8,district"))
    assert WeeklyDemand.objects.get().scope == "district"


def test_a_file_is_taken_over_as_it_was_shown(as_gerda, gerda, now):
    page = upload(as_gerda, GOOD)
    files.take_over_demand(files.read_demand(io.BytesIO(f"{HEADING}\n{GOOD}".encode())), by=gerda, now=now)
    answer = take_over(as_gerda, page)
    assert problems(answer) == [
        "In the meantime the weekly need was changed. Look again at what this file changes now."
    ]
    assert len(answer.context["found"].unchanged) == 1


def test_what_was_taken_over_is_taken_back(as_gerda):
    answer = take_over(as_gerda, upload(as_gerda, GOOD))
    (message,) = answer.context["messages"]
    answer = send(as_gerda, message.extra_tags)
    assert said(answer) == ["The weekly need is what it was before. Shifts planned with it stay."]
    assert WeeklyDemand.objects.count() == 0


def plan(client, weeks):
    """Look at what planning would do, and do it."""
    look = client.get(PLAN, {"weeks": weeks}).context["look"]
    return send(client, PLAN, weeks=weeks, gezien=look.mark)


def test_planning_shows_first_and_makes_nothing(as_gerda):
    take_over(as_gerda, upload(as_gerda, GOOD))
    with translation.override("en"):
        shown = as_gerda.get(PLAN, {"weeks": "2"}, headers={"accept-language": "en"})
    for page in (shown, send(as_gerda, PLAN, weeks="2")):
        assert [(part.name, part.added) for part in page.context["look"].parts] == [("National pool", 2)]
    assert Shift.objects.count() == 0


def test_a_preview_that_is_out_of_date_is_shown_anew(as_gerda):
    take_over(as_gerda, upload(as_gerda, GOOD))
    answer = send(as_gerda, PLAN, weeks="2", gezien="of-another-day")
    assert said(answer) == ["In the meantime something changed. This is how it stands now."]
    assert (answer.context["look"].number, Shift.objects.count()) == (2, 0)


def test_a_planning_is_taken_back_and_who_stays_is_named(as_gerda, anouk, now):
    take_over(as_gerda, upload(as_gerda, GOOD, "T01,tue,08:00,12:00,2,national"))
    (message,) = plan(as_gerda, "1").context["messages"]
    booking.book(anouk, Shift.objects.first(), by=anouk, now=now)
    answer = send(as_gerda, message.extra_tags)
    assert said(answer) == [
        "1 shift is gone again.",
        "These stay, because people have to do with them or somebody changed them: "
        "Advieslijn telefoon, Tuesday 24 November 2026 08:00 to 12:00, from home or at a location.",
    ]
    assert [f"{shift.day}" for shift in Shift.objects.all()] == ["2026-11-24"]


def test_nobody_elsewhere_takes_a_planning_back(client, as_gerda, dirk):
    take_over(as_gerda, upload(as_gerda, GOOD))
    (message,) = plan(as_gerda, "1").context["messages"]
    client.force_login(dirk)
    assert client.post(message.extra_tags).status_code == 404
    assert Shift.objects.count() == 1


def test_the_need_is_planned_from_tomorrow_on_and_once(as_gerda):
    take_over(as_gerda, upload(as_gerda, GOOD, "T01,tue,08:00,12:00,2,national"))
    assert said(plan(as_gerda, "2")) == ["4 shifts made."]
    assert said(plan(as_gerda, "2")) == ["Everything was planned already."]
    assert [f"{shift.day}" for shift in Shift.objects.all()] == [
        "2026-11-24",
        "2026-11-30",
        "2026-12-01",
        "2026-12-07",
    ]


@pytest.mark.parametrize("weeks", ["0", "9", "veel", ""])
def test_a_strange_number_of_weeks_is_said_beside_the_field(as_gerda, weeks):
    page = send(as_gerda, PLAN, weeks=weeks)
    assert list(page.context["weeks"].errors) == ["weeks"]
    assert Shift.objects.count() == 0


@pytest.mark.parametrize("address", [DEMAND, TAKE_OVER, PLAN])
def test_a_volunteer_finds_nothing_here(client, anouk, address):
    client.force_login(anouk)
    assert client.post(address).status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_the_need_takes_few_queries(as_gerda, lines, django_assert_max_num_queries):
    days = ["mon", "tue", "wed"][:lines]
    take_over(as_gerda, upload(as_gerda, *[GOOD.replace("mon", day) for day in days]))
    with django_assert_max_num_queries(10):
        as_gerda.get(DEMAND)


def test_a_block_that_the_clock_skips_is_told_after_planning(as_gerda, gerda, time_machine):
    time_machine.move_to(days.moment(date(2027, 3, 22), time(12)), tick=False)
    as_gerda.force_login(gerda)
    TaskKind.objects.update(on_holidays=True)  # it is Easter
    take_over(as_gerda, upload(as_gerda, "T01,sun,02:00,03:00,1,national", "T01,mon,08:00,12:00,1,national"))
    assert said(plan(as_gerda, "1")) == [
        "1 shift made.",
        "On Sunday 28 March there is no 02:00; that shift has not been planned.",
    ]
