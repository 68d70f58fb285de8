"""The page with the quality of the roster: who sees it, what it asks, what it tells and what it keeps to itself."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from people.models import Person
from rostering import booking
from rostering.availability import preferences
from rostering.models import Proposal, ProposalLine, Shift, Willingness
from tests.conftest import make_person

PAGE, FILE, PROPOSAL = "rostering:quality", "rostering:quality_file", "rostering:proposal_quality"
ENGLISH = {"accept-language": "en"}
TOO_FEW = "Too few people to show: fewer than 10."


@pytest.fixture(autouse=True)
def the_moment(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def as_carla(client, carla):
    client.force_login(Person.objects.get(pk=carla.pk))
    return client


@pytest.fixture
def twelve(utrecht, grant_all, make_shift, now):
    """Twelve people who could come; the first ten have a shift, gladly, and Tiny was forgotten."""
    people = [
        grant_all(make_person(name, "volunteer", home=utrecht, last_name="Geheim"))
        for name in "Ada Bea Cem Dee Els Fen Gea Han Ida Jan Kim Tiny".split(" ")
    ]
    shift = make_shift(seats=10, location=utrecht)
    make_shift(days_ahead=5, hour=10, location=utrecht)  # Saturday morning: nobody yet
    for person in people[:10]:
        preferences.set_willingness(person, {shift.task_kind: Willingness.Level.GLADLY}, by=person, now=now)
        booking.book(person, shift, by=person, now=now)
    return people


def ask(client, query="", name=PAGE):
    return client.get(reverse(name) + query, headers=ENGLISH)


def table(response, code):
    told = response.context["told"]
    return next(table for table in told.tables if table.code == code)


def rows(response, code):
    return {row.label: (row.this, row.last, row.change) for row in table(response, code).rows}


@pytest.mark.parametrize("name", [PAGE, FILE])
def test_a_coordinator_sees_it_a_volunteer_a_404_a_visitor_the_log_in(client, as_carla, anouk, name):
    assert ask(as_carla, name=name).status_code == 200
    client.force_login(anouk)
    assert ask(client, name=name).status_code == 404
    client.logout()
    assert ask(client, name=name).url.startswith(reverse("account_login"))


def test_a_coordinator_elsewhere_sees_nothing_of_it(client, dirk, twelve):
    client.force_login(dirk)
    assert ask(client).context["told"].is_empty


@pytest.mark.parametrize(
    ("query", "days", "before"),
    [
        ("", "23 November 2026 to 20 December 2026", "26 October 2026 to 22 November 2026"),
        ("?periode=maand", "1 November 2026 to 30 November 2026", "2 October 2026 to 31 October 2026"),
        ("?periode=eigen&van=2026-10-25&tot=2026-10-25", "25 October 2026", "24 October 2026"),
        (
            "?periode=eeuw&waar=maan",
            "23 November 2026 to 20 December 2026",
            "26 October 2026 to 22 November 2026",
        ),
    ],
)
def test_the_days_that_are_asked(as_carla, query, days, before):
    told = ask(as_carla, query).context["told"]
    assert (told.days, told.days_before) == (days, before)


@pytest.mark.parametrize(
    ("first", "last", "field", "sentence"),
    [
        ("2026-11-20", "2026-11-01", "tot", "The last day lies before the first."),
        ("2026-01-01", "2026-04-02", "tot", "That is more than thirteen weeks. Choose an earlier day."),
        ("2023-11-22", "2023-12-01", "van", "Choose a day of the last three years."),
        ("2027-11-20", "2027-11-24", "tot", "Choose a day before the end of the coming year."),
        ("1951-01-01", "1951-01-02", "van", "Choose a day of the last three years."),
        ("2026-11-20", "9999-01-01", "tot", "Choose a day from 1950 up to and including 2099."),
        ("0001-01-01", "2026-11-20", "van", "Choose a day from 1950 up to and including 2099."),
        ("gisteren", "2026-11-01", "van", "Enter a valid date."),
        ("", "2026-11-01", "van", "This field is required."),
    ],
)
def test_days_that_are_not_right_get_a_sentence_beside_the_field(as_carla, first, last, field, sentence):
    query = f"?periode=eigen&van={first}&tot={last}"
    answer = ask(as_carla, query)
    assert answer.context["told"] is None
    assert answer.context["asked"].form.errors == {field: [sentence]}
    assert f'value="{last}"' in answer.content.decode()
    assert ask(as_carla, query, FILE).url.startswith(reverse(PAGE) + "?periode=eigen&van=")


def test_exactly_thirteen_weeks_is_allowed(as_carla):
    found = ask(as_carla, "?periode=eigen&van=2026-01-01&tot=2026-04-01").context["asked"]
    assert (found.period.first, found.period.last, found.period.days) == (
        date(2026, 1, 1),
        date(2026, 4, 1),
        91,
    )


def test_nothing_planned_leads_to_the_weekly_need(as_carla):
    answer = ask(as_carla)
    assert answer.context["told"].is_empty
    assert f'href="{reverse("rostering:import_demand")}"' in answer.content.decode()


def test_the_tables_of_a_roster(as_carla, twelve):
    answer = ask(as_carla)
    assert rows(answer, "place") == {"Utrecht": ("83%", "–", "")}
    assert rows(answer, "daypart") == {"Morning": ("0%", "–", ""), "Evening": ("100%", "–", "")}
    assert rows(answer, "wishes")["Gladly"] == ("100%", "–", "")
    assert rows(answer, "people")["No shift, though able, willing and free"] == ("2", "0", "+2")


def test_every_picture_has_its_table(as_carla, twelve):
    page = ask(as_carla).content.decode()
    pictures = re.findall(r'<svg class="bars"[^>]* role="img"\s+aria-labelledby="([\w-]+) ([\w-]+)"', page)
    assert len(pictures) == 7 == page.count("<table")
    assert all(f'id="{name}"' in page for pair in pictures for name in pair)
    assert "style=" not in page


def test_nobody_is_named(as_carla, twelve):
    assert "Geheim" not in ask(as_carla).content.decode() + ask(as_carla, name=FILE).content.decode()


def test_fewer_than_ten_people_are_not_shown(as_carla, anouk, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    answer = ask(as_carla)
    assert [table.code for table in answer.context["told"].tables if table.is_hidden] == [
        "wishes",
        "load",
        "people",
    ]
    assert answer.content.decode().count(TOO_FEW) == 3
    assert ask(as_carla, name=FILE).content.decode().count(TOO_FEW) == 3


def test_nine_people_are_too_few_to_tell_their_wishes(as_carla, twelve):
    row = twelve[0].bookings.get()
    booking.cancel(row, by=twelve[0], now=row.made_at)
    assert table(ask(as_carla), "wishes").is_hidden


def test_the_file_holds_the_same_tables(as_carla, twelve):
    answer = ask(as_carla, name=FILE)
    assert answer["Content-Disposition"] == 'attachment; filename="rooster-2026-11-23-2026-12-20.csv"'
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert ["By place", "Utrecht", "83%", "–", "10 of 12", "0 of 0"] in lines


def test_a_place_that_looks_like_a_formula_stays_a_text(as_carla, utrecht, make_shift):
    utrecht.name = "=1+1"
    utrecht.save()
    make_shift(location=utrecht)
    assert b";'=1+1;" in ask(as_carla, name=FILE).content


@pytest.fixture
def proposal(carla, twelve, utrecht, now):
    """A proposal that puts Kim on Saturday morning; Tiny was left out of it."""
    saturday = Shift.objects.get(seats=2)
    proposal = Proposal.objects.create(
        made_by=carla, made_at=now, from_on=saturday.day, until_on=saturday.day, state=Proposal.State.DRAFT
    )
    proposal.locations.add(utrecht)
    for person, state in zip(twelve[10:], ("proposed", "rejected"), strict=True):
        ProposalLine.objects.create(proposal=proposal, person=person, shift=saturday, state=state)
    return proposal


def test_a_proposal_is_shown_with_and_without(as_carla, proposal):
    answer = as_carla.get(reverse(PROPOSAL, args=[proposal.pk]), headers=ENGLISH)
    assert rows(answer, "daypart") == {"Morning": ("50%", "0%", "+50")}
    assert (answer.context["told"].now, answer.context["told"].before) == ("Proposal", "Now")
    assert "Geheim" not in answer.content.decode()


def test_a_proposal_elsewhere_is_not_there(client, dirk, proposal):
    client.force_login(dirk)
    assert client.get(reverse(PROPOSAL, args=[proposal.pk])).status_code == 404


def test_a_proposal_of_which_nothing_is_left_says_so(as_carla, proposal, now):
    Shift.objects.filter(seats=2).update(cancelled_at=now, cancelled_because="Ziek")
    answer = as_carla.get(reverse(PROPOSAL, args=[proposal.pk]), headers=ENGLISH)
    assert "nothing is left of what the proposal was made for" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_few_queries(
    as_carla, grant_all, utrecht, make_shift, number, django_assert_max_num_queries
):
    for n in range(number):
        grant_all(make_person(f"Ada{n}", "volunteer", home=utrecht))
        make_shift(days_ahead=n + 1, location=utrecht)
    with django_assert_max_num_queries(21):
        ask(as_carla)


def test_it_has_no_barrier_and_does_not_scroll_sideways(proposal, page, sign_in, carla, look):
    sign_in(page, carla)
    queries = [
        "",
        "?periode=eigen&van=2026-11-20&tot=2026-11-01",
        "?periode=eigen&van=2027-05-01&tot=2027-05-02",
    ]
    for path in [*(reverse(PAGE) + query for query in queries), reverse(PROPOSAL, args=[proposal.pk])]:
        page.goto(path)
        look(page, schemes=("light", "dark"))
