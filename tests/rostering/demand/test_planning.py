"""Planning: only the own part of the country, looked at per district, and taken back."""

from datetime import date, time, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from people.models import JournalEntry
from rostering import booking, shifts
from rostering.demand import planning, undoing
from rostering.models import Planning, Shift, WeeklyDemand
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

WEEK = {"first": date(2026, 11, 30), "last": date(2026, 12, 6)}


def block(kind, scope, weekday=1, seats=2):
    return WeeklyDemand.objects.create(
        task_kind=kind, weekday=weekday, start=time(8), end=time(12), seats=seats, scope=scope
    )


@pytest.fixture
def wanted(telephone, utrecht, groningen):
    """One block for each scope, in a country of two districts with one location each."""
    return [block(telephone, scope) for scope in WeeklyDemand.Scope.values]


def places():
    return sorted(str(row.district or row.location or "pool") for row in Shift.objects.all())


def test_a_coordinator_plans_the_own_district_only(wanted, carla, now):
    assert planning.plan(wanted, **WEEK, by=carla, now=now).number == 2
    assert places() == ["Midden-Nederland", "Utrecht"]


def test_a_coordinator_of_a_location_plans_that_location_only(wanted, groningen, now):
    hanna = make_person("Hanna", "coordinator", location=groningen)
    planning.plan(wanted, **WEEK, by=hanna, now=now)
    assert places() == ["Groningen"]


def test_a_national_coordinator_plans_everything(wanted, gerda, now):
    planning.plan(wanted, **WEEK, by=gerda, now=now)
    assert places() == ["Groningen", "Midden-Nederland", "Noord-Nederland", "Utrecht", "pool"]


def seen(look):
    return [
        (part.name, part.added, part.changed, part.same, part.peopled, part.by_hand, part.refused)
        for part in look.parts
    ]


def test_a_look_says_per_district_what_is_made_and_what_is_not(wanted, carla, dirk, now):
    planning.plan(wanted, **WEEK, by=dirk, now=now)
    fortnight = {**WEEK, "last": date(2026, 12, 13)}
    assert seen(planning.look(wanted, **fortnight, by=carla, now=now)) == [
        ("Landelijke pool", 0, 0, 0, 0, 0, [("een landelijk co\u00f6rdinator plant de landelijke pool", 2)]),
        ("Andere districten", 0, 0, 0, 0, 0, [("niet jouw deel van het land", 2)]),
        ("Midden-Nederland", 4, 0, 0, 0, 0, []),
    ]
    assert Shift.objects.count() == 2


def test_another_number_of_seats_goes_to_shifts_that_nobody_has_to_do_with(
    telephone, anouk, carla, gerda, now
):
    rows = [block(telephone, "national", weekday) for weekday in range(4)]
    planning.plan(rows, **WEEK, by=gerda, now=now)
    free, taken, moved, _same = Shift.objects.all()
    booking.book(anouk, taken, by=anouk, now=now)
    later = {"starts_at": moved.starts_at + timedelta(hours=1), "ends_at": moved.ends_at, "seats": 2}
    shifts.change(moved, **later, note="", by=carla, now=now)
    WeeklyDemand.objects.exclude(weekday=3).update(seats=5)
    rows = planning.demand()
    assert seen(planning.look(rows, **WEEK, by=gerda, now=now)) == [("Landelijke pool", 0, 1, 1, 1, 1, [])]
    again = planning.plan(rows, **WEEK, by=gerda, now=now)
    assert (again.number, again.changed) == (0, 1)
    assert list(Shift.objects.values_list("seats", flat=True)) == [5, 2, 2, 2]
    undone = undoing.undo_planning(again.planning, by=gerda, now=now)
    assert (undone.removed, undone.restored, undone.kept) == (0, 1, [])
    free.refresh_from_db()
    assert (free.seats, free.planned_seats) == (2, 2)


def test_what_is_refused_is_said_with_its_reason(telephone, gerda, now):
    telephone.minimum_people = 3
    telephone.save()
    block(telephone, "national", weekday=4)  # 25 December 2026 is a Friday
    block(telephone, "national", weekday=0)
    christmas = {"first": date(2026, 12, 21), "last": date(2026, 12, 27)}
    ((*_counts, refused),) = seen(planning.look(planning.demand(), **christmas, by=gerda, now=now))
    assert refused == [
        ("een feestdag", 1),
        ("minder plekken dan deze soort taak vraagt", 1),
    ]


def test_a_planning_goes_but_for_who_was_asked_and_what_was_changed(telephone, anouk, carla, gerda, now):
    rows = [block(telephone, "national", weekday) for weekday in range(3)]
    made = planning.plan(rows, **WEEK, by=gerda, now=now).planning
    asked, cancelled, _free = Shift.objects.all()
    booking.decline(booking.offer(anouk, asked, by=carla, now=now), by=anouk, now=now)
    shifts.cancel(cancelled, by=carla, now=now, because="Niet nodig.")
    undone = undoing.undo_planning(made, by=gerda, now=now)
    assert (undone.removed, undone.kept) == (1, [asked, cancelled])
    assert list(Shift.objects.all()) == [asked, cancelled]
    entry = JournalEntry.objects.get(verb="shifts.unplanned")
    assert (entry.subject, entry.facts) == (f"rostering.planning:{made.pk}", {"removed": 1, "kept": 2})
    assert planning.plan(rows, **WEEK, by=gerda, now=now).number == 1


@pytest.mark.parametrize(
    ("who", "later", "said"),
    [
        ("dirk", timedelta(), "Iemand anders heeft dit gedaan."),
        ("carla", timedelta(days=7), "Dit was meer dan een week geleden."),
        ("gerda", timedelta(days=7), "Dit was meer dan een week geleden."),
    ],
)
def test_a_planning_is_taken_back_for_a_week_by_who_made_it(
    wanted, carla, dirk, gerda, now, who, later, said
):
    made = planning.plan(wanted, **WEEK, by=carla, now=now).planning
    by = {"carla": carla, "dirk": dirk, "gerda": gerda}[who]
    with pytest.raises(undoing.NotUndoable, match=said):
        undoing.undo_planning(made, by=by, now=now + later)
    assert Shift.objects.count() == 2


def test_a_planning_is_taken_back_once(wanted, carla, now):
    made = planning.plan(wanted, **WEEK, by=carla, now=now).planning
    undoing.undo_planning(made, by=carla, now=now)
    with pytest.raises(undoing.NotUndoable, match="al ongedaan gemaakt"):
        undoing.undo_planning(made, by=carla, now=now)


def test_nothing_to_plan_leaves_nothing_to_take_back(wanted, carla, now):
    planning.plan(wanted, **WEEK, by=carla, now=now)
    assert planning.plan(wanted, **WEEK, by=carla, now=now).planning is None
    assert Planning.objects.count() == 1


@pytest.mark.both
def test_the_database_refuses_the_same_block_twice(wanted, gerda, now):
    planning.plan(wanted, **WEEK, by=gerda, now=now)
    for shift in Shift.objects.all():
        shift.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            shift.save()


@pytest.mark.both
def test_doubles_from_before_stay_and_one_keeps_the_block(wanted, gerda, now):
    """What the migration does before the rule comes into force."""
    planning.plan(wanted, **WEEK, by=gerda, now=now)
    rule = next(one for one in Shift._meta.constraints if one.name == "one_shift_per_planned_block")
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {rule.name}")
    Shift.objects.bulk_create(Shift(**(row | {"id": None})) for row in Shift.objects.values())
    import_module("rostering.migrations.0007_one_shift_per_planned_block").keep_one(apps, None)
    connection.check_constraints()  # PostgreSQL makes no index while the rows of this test wait to be checked
    with connection.cursor() as cursor:
        cursor.execute(f"{rule.create_sql(Shift, connection.schema_editor())}")
    known = Shift.objects.order_by("pk").values_list("planned_from", flat=True)
    assert [moment is not None for moment in known] == [True] * 5 + [False] * 5
