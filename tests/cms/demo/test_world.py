"""The demo world: the same for a seed and a day, in the proportions it promises, and whole once it is loaded."""

from collections import Counter
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import F
from django.test import RequestFactory
from django.utils import timezone

from benchmarks import budgets
from cms.demo import cast, roster, sheets, world
from cms.demo.roster import Agenda, Slot
from people import days
from people.models import Notice, Person, Qualification, RoleAssignment
from rostering.models import Booking, Shift

TODAY = date(2026, 11, 23)
DATA = Path(settings.ROOT) / "data"
NAMES, LOCATIONS = sheets.read(DATA / "names.csv"), sheets.read(DATA / "locations.csv")


def make(people=700, seed=1, today=TODAY):
    return world.make(seed, people, today, names=NAMES, locations=LOCATIONS, cast=cast.people(today))


def test_the_same_seed_and_day_give_the_same_world():
    assert make() == make()


def test_another_seed_gives_other_people():
    strangers = [[p.email for p in make(seed=seed).people if not p.is_named] for seed in (1, 2)]
    assert set(strangers[0]) & set(strangers[1]) == set()


@pytest.mark.parametrize("people", [10, 60, 700])
def test_there_are_as_many_people_as_asked_and_nobody_twice(people):
    found = make(people).people
    assert (len(found), len({p.email for p in found})) == (people, people)


@pytest.mark.parametrize("people", [9, 10_001])
def test_too_few_or_too_many_people_is_said(people):
    with pytest.raises(ValueError, match=f"from 10 to 10000 people, not {people}"):
        make(people)


def test_the_shares_hold_but_for_rounding():
    strangers = [p for p in make(707).people if not p.is_named]
    assert Counter(p.engagement for p in strangers) == {
        "volunteer": 420, "employee": 252, "external": 14, "intern": 14,
    }  # fmt: skip
    inside = Counter(p.standing for p in strangers if p.engagement in ("volunteer", "employee"))
    assert inside == {"valid": 470, "running_out": 101, "expired": 67, "in_training": 34}


def test_papers_are_as_the_standing_says():
    for person in make().people:
        if person.is_named or person.standing not in world.STANDINGS or person.standing == "in_training":
            continue
        ends = [(paper.valid_until - TODAY).days for paper in person.papers if paper.valid_until]
        soon, over = any(0 <= end <= 60 for end in ends), any(end < 0 for end in ends)
        expected = {"valid": (False, False), "running_out": (True, False), "expired": (False, True)}
        assert (soon, over) == expected[person.standing], person


def test_the_import_takes_everybody_of_a_whole_world(db, tmp_path):
    """A small world has no national coordinator, so only a whole one shows each way of writing a post."""
    call_command("import_locations", DATA / "locations.csv", stdout=StringIO())
    (path,) = sheets.write(tmp_path, "people", sheets.PEOPLE, sheets.people(make()))
    call_command("import_people", path, stdout=StringIO())
    assert Person.objects.count() == 700
    asked = Counter(post.role for person in make().people for post in person.posts)
    assert Counter(RoleAssignment.objects.values_list("role", flat=True)) == asked


def test_every_paper_is_one_that_the_files_know():
    known = {
        row["code"] for name in ("courses", "qualifications") for row in sheets.read(DATA / f"{name}.csv")
    }
    assert {paper.code for person in make().people for paper in person.papers} - known == set()


def test_every_district_has_its_people_on_call():
    on_call = Counter(p.district for p in make().people if "PIKET" in p.wishes)
    assert on_call == dict.fromkeys({place["district"] for place in LOCATIONS}, 17)


@pytest.mark.parametrize("offset", range(0, 30, 6))
def test_the_late_chat_is_one_course_away_for_some_in_the_district_of_the_coordinator(offset):
    """Whatever the day: there is something to train, and it is the course with lessons."""
    today = TODAY + timedelta(days=offset)
    saturday = today + timedelta(days=(5 - today.weekday()) % 7)
    late = Slot(
        1, "T04", frozenset({"B", "AV", "VOG", "GH", "TH", "C08", "18+"}), 0, False,
        *days.span(saturday, days.time(22), days.time(1)), 9,
    )  # fmt: skip
    able = [p for p in make(today=today).people if roster.may(p, late)]
    without = [p for p in able if not p.holds("C09", saturday)]
    assert len([p for p in without if p.district == cast.DISTRICT]) >= 3
    assert 0 < len(able) - len(without) < 15


@pytest.mark.parametrize("people", [30, 40, 60, 70, 700])
def test_seats_shrink_with_the_people_and_each_kind_keeps_its_share(people):
    rows, least = sheets.read(DATA / "weekly_demand.csv"), sheets.least(sheets.read(DATA / "task_kinds.csv"))
    small, whole = Counter(), Counter()
    for row in sheets.demand(rows, people, least):
        assert row["seats"] >= least[row["task_kind"]]
        small[row["task_kind"]] += row["seats"]
    for row in rows:
        whole[row["task_kind"]] += int(row["seats"])
    assert set(small) == set(whole)
    for kind, seats in whole.items():
        share = max(least[kind], seats * people / 700)
        assert abs(small[kind] - share) <= max(1, least[kind] / 2)


def test_a_long_list_is_cut_into_files(tmp_path):
    rows = [{"email": str(number)} for number in range(sheets.ROWS + 1)]
    paths = sheets.write(tmp_path, "people", ["email"], rows)
    assert [(path.name, len(sheets.read(path))) for path in paths] == [
        ("people-1.csv", sheets.ROWS),
        ("people-2.csv", 1),
    ]


def slot(day=TODAY, start=17, hours=3, kind="T01", **fields):
    starts_at = days.moment(day, days.time(start))
    return Slot(
        1, kind, frozenset({"C06"}), 0, False, starts_at, starts_at + timedelta(hours=hours), 2, **fields
    )


@pytest.fixture
def noor():
    return make(10).by_email(cast.VOLUNTEER)


def test_somebody_may_take_a_shift_inside_the_own_hours(noor):
    assert roster.may(noor, slot())


@pytest.mark.parametrize(
    "other",
    [
        slot(start=10),  # outside her hours
        slot(day=TODAY + timedelta(days=4)),  # she does not work on Fridays
        slot(kind="T10"),  # rather not
        slot(district="Limburg"),
        slot(km={"Utrecht": 80.0}),
    ],
)
def test_somebody_may_not_take_every_shift(noor, other):
    assert not roster.may(noor, other)


def test_an_agenda_keeps_shifts_apart_and_the_week_within_its_maximum(noor):
    agenda = Agenda()
    agenda.take(noor, slot())
    assert not agenda.has_room(noor, slot(start=19))
    assert agenda.has_room(noor, slot(day=TODAY + timedelta(days=1)))
    for later in (1, 2):
        agenda.take(noor, slot(day=TODAY + timedelta(days=later)))
    assert not agenda.has_room(noor, slot(day=TODAY + timedelta(days=3)))


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """The world of thirty people, loaded once; what a test changes in it is undone."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_demo", people=30, seed=1, folder=folder, stdout=StringIO())
        yield
        transaction.set_rollback(True)


class TestLoaded:
    pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

    def test_everybody_is_there(self):
        assert Person.objects.count() == 30

    def test_the_seven_can_log_in_and_nobody_else(self):
        request = RequestFactory().post("/inloggen/")
        named = [f"{name}@{world.DOMAIN}" for name in cast.LOG_INS]
        assert [authenticate(request, email=email, password=world.PASSWORD).email for email in named] == named
        assert not any(p.has_usable_password() for p in Person.objects.exclude(email__in=named))

    def test_the_past_is_settled_and_nobody_sits_on_a_seat_that_is_not_there(self):
        states = set(Booking.objects.values_list("state", flat=True))
        assert {"attended", "booked"} <= states
        assert not Booking.objects.filter(seat__gt=F("shift__seats")).exists()
        assert not Booking.objects.filter(made_at__gt=F("starts_at")).exists()

    def test_people_were_asked_and_said_yes_or_no_or_nothing(self):
        offers = Booking.objects.filter(answer_by__lt=timezone.now())
        assert set(offers.values_list("state", flat=True)) >= {"attended", "declined", "cancelled"}
        assert not offers.filter(state="offered").exists()

    def test_the_volunteer_has_done_something_and_has_something_ahead(self):
        mine = Booking.objects.filter(person__email=cast.VOLUNTEER)
        assert {"attended", "booked"} <= set(mine.values_list("state", flat=True))

    def test_the_volunteer_is_halfway_a_renewal_and_the_newcomer_in_the_first_course(self):
        steps = Person.objects.get(email=cast.VOLUNTEER).learning_steps
        assert [step.qualification.code for step in steps.all()] == ["AV"]
        newcomer = Person.objects.get(email=cast.CANDIDATE).learning_steps
        assert {step.qualification.code for step in newcomer.all()} == {"B", "C01"}

    def test_only_the_seven_still_get_mail_about_what_was(self):
        waiting = set(Notice.objects.waiting().values_list("person__email", flat=True))
        assert waiting <= {f"{name}@{world.DOMAIN}" for name in cast.LOG_INS}

    def test_there_are_shifts_before_and_after_today(self):
        first = Shift.objects.order_by("starts_at").first()
        assert first.day < days.today() - timedelta(days=13)
        assert Shift.objects.order_by("starts_at").last().day > days.today() + timedelta(days=13)

    def test_every_course_has_become_a_qualification(self):
        codes = set(Qualification.objects.values_list("code", flat=True))
        assert {row["code"] for row in sheets.read(DATA / "courses.csv")} <= codes

    def test_pages_stay_within_their_budget(self):
        """The roster is as full as that of 700 people; benchmarks/pages.py measures the whole organisation."""
        call_command("import_demand", str(DATA / "weekly_demand.csv"), stdout=StringIO())
        call_command("plan_shifts", stdout=StringIO())
        found = [budgets.excess(page, budgets.measure(page)) for page in budgets.pages()]
        assert found == [[]] * len(found)

    def test_a_database_with_people_is_left_alone(self):
        with pytest.raises(CommandError, match="only fills an empty one"):
            call_command("load_demo", people=30, stdout=StringIO())
