"""What is ill shows, to a machine and to an administrator; and nothing of anybody with it."""

import contextlib
import sqlite3
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django_q.models import OrmQ

from people import clock, health, notices, ticking
from people.health import measures
from people.models import Notice, Tick, Trouble

pytestmark = pytest.mark.django_db
ALL_WELL = {"database": True, "migrations": True, "queue": True, "clock": True, "mail": True}


@pytest.fixture
def running(now):
    """Every clock went round a minute ago."""
    for room in ticking.rooms():
        ticking.went_round(room, now=now - timedelta(minutes=1))


def well(now):
    return {one.name: one.is_well for one in health.measure(now)}


def figures(name, now):
    return next(one.figures for one in health.measure(now) if one.name == name)


def test_all_is_well(running, now):
    assert well(now) == ALL_WELL


def test_a_new_installation_whose_worker_never_ran(now):
    assert well(now) == ALL_WELL | {"clock": False}
    assert figures("clock", now)["never"] == len(ticking.rooms())


def test_a_clock_that_stands_still(running, now):
    assert well(now + timedelta(minutes=4)) == ALL_WELL
    assert well(now + timedelta(minutes=5)) == ALL_WELL | {"clock": False}


def test_a_row_that_fails(running, now):
    Trouble.objects.create(step="x", row="people.grant:1", since=now, last_at=now, error="ValueError")
    assert well(now) == ALL_WELL | {"clock": False}


@pytest.mark.parametrize(("tasks", "minutes", "is_well"), [(1, 4, True), (1, 6, False), (1001, 0, False)])
def test_a_queue_that_is_not_emptied(running, now, tasks, minutes, is_well):
    lock = now - timedelta(minutes=minutes)
    OrmQ.objects.bulk_create([OrmQ(key="paraat", payload="", lock=lock)] * tasks)
    assert well(now)["queue"] is is_well


def test_a_task_in_hand_is_not_late(running, now):
    OrmQ.objects.create(key="paraat", payload="", lock=now + timedelta(minutes=2))
    assert figures("queue", now) == {"waiting": 0, "oldest_seconds": 0}


@pytest.mark.parametrize(("late", "is_well"), [(timedelta(minutes=59), True), (timedelta(days=2), False)])
def test_mail_that_is_late(running, anouk, now, late, is_well):
    notices.owe(anouk, "qualification_granted", anouk, now=now - late)
    Notice.objects.update(due_at=now - late)
    assert well(now)["mail"] is is_well


def test_mail_that_waits_for_another_try_is_late_too(running, anouk, now):
    notices.owe(anouk, "booking_booked", anouk, now=now)
    Notice.objects.update(due_at=now - timedelta(hours=3), lease_until=now + timedelta(hours=1), tries=3)
    assert well(now)["mail"] is False


def test_mail_that_sleeps_is_not_late(running, anouk, now):
    night = now.replace(hour=23)
    notices.owe(anouk, "booking_booked", anouk, now=now)
    Notice.objects.update(due_at=night - timedelta(hours=2))
    assert figures("mail", night) == {"due": 0, "oldest_seconds": 0}


def test_an_update_that_was_not_finished(running, now):
    MigrationRecorder.Migration.objects.filter(app="people").delete()
    assert figures("migrations", now) == {"pending": 1}
    assert well(now)["migrations"] is False


def test_a_database_that_cannot_be_written(running, now, monkeypatch, log_lines):
    def locked(*args, **kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(ticking, "went_round", locked)
    assert well(now) == ALL_WELL | {"database": False}
    assert log_lines.of("health.failed")["kind"] == "database"


def test_it_writes_once_in_ten_seconds(now):
    for seconds, written in ((0, 0), (3, 0), (9, 0), (11, 11)):
        well(now + timedelta(seconds=seconds))
        assert Tick.objects.get(of="database").at == now + timedelta(seconds=written)


@pytest.mark.django_db(transaction=True)
def test_who_asks_does_not_wait_long_for_who_writes(now, monkeypatch):
    monkeypatch.setattr(measures, "PATIENCE", 50)
    with contextlib.closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        assert well(now)["database"] is False
        assert time.monotonic() - begun < 5
        other.execute("ROLLBACK")
    assert well(now)["database"] is True
    assert connection.cursor().execute("PRAGMA busy_timeout").fetchone() == (20_000,)


def test_the_process_answers_without_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


def test_a_machine_gets_figures_and_nothing_of_anybody(client, anouk, now, time_machine, running):
    time_machine.move_to(now, tick=False)
    notices.owe(anouk, "qualification_granted", anouk, now=now)
    Notice.objects.update(due_at=now - timedelta(days=2))
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/json")
    assert "no-store" in answer["Cache-Control"]
    assert answer.json() == {
        "well": False,
        "database": {"well": True},
        "migrations": {"well": True, "pending": 0},
        "queue": {"well": True, "waiting": 0, "oldest_seconds": 0},
        "clock": {"well": True, "last_seconds": 60, "never": 0, "troubles": 0},
        "mail": {"well": False, "due": 1, "oldest_seconds": 172800},
    }
    Notice.objects.all().delete()
    assert client.get("/readyz").status_code == 200
    assert client.post("/readyz").status_code == 405


def test_asking_is_cheap(client, running, now, time_machine, django_assert_max_num_queries):
    time_machine.move_to(now, tick=False)
    client.get("/readyz")
    with django_assert_max_num_queries(10):
        client.get("/readyz")


def test_the_administrator_reads_what_is_ill(client, frank, anouk, now, time_machine, running, settings):
    settings.SECOND_FACTOR_FOR_STAFF = False
    time_machine.move_to(now, tick=False)
    client.force_login(frank)
    assert "Er is iets mis" not in client.get("/beheer/").content.decode()
    notices.owe(anouk, "qualification_granted", anouk, now=now)
    Notice.objects.update(due_at=now - timedelta(days=2))
    ticking.each(clock.send_notices, [anouk], lambda person: 1 / 0, now=now)
    page = client.get("/beheer/").content.decode()
    assert "Er is iets mis" in page
    assert "Er is post te laat" in page
    assert f"<code>people.clock.send_notices people.person:{anouk.pk}</code>" in page
