"""One bad row, one bad step: the rest of the clock goes on, and what failed is kept until it is well."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection

from people import clock, notices, ticking
from people.models import Notice, Person, Tick, Trouble
from people.qualifications import expiry

pytestmark = pytest.mark.django_db


@pytest.fixture
def poisoned(monkeypatch, anouk):
    """The first of Anouk's grants cannot be warned of."""
    bad = anouk.grants.first()

    def to_warn(now):
        return list(anouk.grants.all())

    def warn(award, *, now):
        if award == bad:
            raise ValueError(bad.person)
        return notices.owe(award.person, expiry.KIND, award, now=now)

    monkeypatch.setattr(expiry, "to_warn", to_warn)
    monkeypatch.setattr(expiry, "warn", warn)
    return bad


def test_the_other_rows_and_the_other_steps_go_on(poisoned, anouk, now, mailoutbox):
    clock.tick(now)
    assert list(Notice.objects.values_list("subject", flat=True)) == [
        f"people.grant:{grant.pk}" for grant in anouk.grants.all() if grant != poisoned
    ]
    assert len(mailoutbox) == 0  # a digest of four o'clock
    clock.tick(now + timedelta(hours=4))
    assert len(mailoutbox) == 1


def test_what_failed_is_kept_once_with_how_often(poisoned, anouk, now, log_lines):
    for minute in range(61):
        clock.tick(now + timedelta(minutes=minute))
    trouble = Trouble.objects.get()
    assert (trouble.step, trouble.row) == ("people.clock.warn_of_expiry", f"people.grant:{poisoned.pk}")
    assert (trouble.since, trouble.last_at, trouble.times) == (now, now + timedelta(minutes=60), 61)
    assert trouble.error == "ValueError"
    assert log_lines.events() == ["clock.failed", "clock.failed"]  # the first, and an hour later
    assert log_lines.all()[0]["errors"][0]["kind"] == "ValueError"
    assert anouk.first_name not in log_lines.text


def test_what_goes_well_again_is_forgotten(poisoned, now, monkeypatch):
    clock.tick(now)
    monkeypatch.setattr(expiry, "to_warn", lambda now: [])
    clock.tick(now + timedelta(minutes=1))
    assert Trouble.objects.count() == 0


def test_a_step_that_fails_as_a_whole_stops_no_other(now, monkeypatch, anouk, mailoutbox):
    def trip(now):
        raise OperationalError("no such table")

    monkeypatch.setattr(expiry, "to_warn", trip)
    notices.owe(anouk, "qualification_granted", anouk.grants.first(), now=now)
    clock.tick(now)
    assert len(mailoutbox) == 1
    assert list(Trouble.objects.values_list("step", "row", "error")) == [
        ("people.clock.warn_of_expiry", "", "OperationalError")
    ]


def test_what_a_row_began_is_undone(anouk, bram, now):
    def half(person):
        Person.objects.filter(pk=person.pk).update(phone="0612345678")
        if person == anouk:
            raise IntegrityError

    ticking.each(clock.send_notices, [anouk, bram], half, now=now)
    assert list(Person.objects.exclude(phone="").values_list("pk", flat=True)) == [bram.pk]


def test_a_clock_that_went_round_says_so(now):
    clock.tick(now)
    clock.tick(now + timedelta(minutes=1))
    assert list(Tick.objects.values_list("of", "at")) == [("people", now + timedelta(minutes=1))]


def test_a_database_that_cannot_even_keep_the_trouble_is_in_the_log(anouk, now, log_lines, monkeypatch):
    def full(*args, **kwargs):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(Trouble.objects, "filter", full)
        ticking.each(clock.send_notices, [anouk], full, now=now)
    assert log_lines.of("clock.failed")["errors"][0]["said"] == "database or disk is full"
    assert not connection.needs_rollback
