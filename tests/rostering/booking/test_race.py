"""Forty people at once, over HTTP: no seat sold twice, no seat left unsold, no server error."""

import http.client
import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from rostering import eligibility
from rostering.booking import states
from rostering.models import Booking, Shift, TaskKind
from tests.conftest import make_person

PEOPLE, SHIFTS, SEATS = 40, 5, 10
CSRF = "a" * 32

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def crowd():
    """Forty signed-in volunteers: their cookies."""
    return [signed_in(make_person(f"Persoon{n}", "volunteer")) for n in range(PEOPLE)]


@pytest.fixture
def wanted():
    kind = TaskKind.objects.create(
        code="T16", name="Gids", minutes=60, load=1, mode="remote", ladder="micro_task"
    )
    soon = timezone.now() + timedelta(days=3)

    def make(hours, seats):
        start = soon + timedelta(hours=hours)
        return Shift.objects.create(
            task_kind=kind,
            starts_at=start,
            ends_at=start + timedelta(hours=2),
            seats=seats,
            published_at=soon,
        )

    return make


def signed_in(person):
    client = Client()
    client.force_login(person)
    return f"{settings.SESSION_COOKIE_NAME}={client.session.session_key}; {settings.CSRF_COOKIE_NAME}={CSRF}"


def post(server, cookies, shift):
    web = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=60)
    web.request(
        "POST", reverse("rostering:book", args=[shift.pk]), headers={"Cookie": cookies, "X-CSRFToken": CSRF}
    )
    status = web.getresponse().status
    web.close()
    return status


def rush(server, crowd, shifts):
    """Everybody tries every shift in an order of their own, all at the same time; return the statuses."""

    def try_all(number):
        order = random.Random(number).sample(shifts, len(shifts))
        return [post(server, crowd[number], shift) for shift in order]

    with ThreadPoolExecutor(len(crowd)) as pool:
        return [status for answers in pool.map(try_all, range(len(crowd))) for status in answers]


def sold(shifts):
    return [shift.bookings.holding_a_seat().count() for shift in shifts]


@pytest.mark.both
def test_forty_people_for_five_shifts_of_ten_seats(live_server, crowd, wanted):
    shifts = [wanted(24 * n, SEATS) for n in range(SHIFTS)]
    statuses = rush(live_server, crowd, shifts)
    assert sold(shifts) == [SEATS] * SHIFTS
    assert [status for status in statuses if status >= 500] == []
    assert len(statuses) == PEOPLE * SHIFTS


@pytest.mark.both
def test_two_shifts_at_the_same_time_for_one_person(live_server, crowd, wanted):
    one, other = wanted(0, PEOPLE), wanted(1, PEOPLE)
    both = [(cookies, shift) for cookies in crowd[:15] for shift in (one, other)]
    with ThreadPoolExecutor(len(both)) as pool:
        statuses = list(pool.map(lambda pair: post(live_server, *pair), both))
    booked = Booking.objects.booked().values_list("person", flat=True)
    assert (len(booked), len(set(booked))) == (15, 15)
    assert [status for status in statuses if status >= 500] == []


@pytest.fixture
def without_locks(monkeypatch):
    """The same code with its locks off, and a moment between asking and writing."""

    def look_only(people, shift):
        found = {p.pk: p for p in Person.objects.filter(pk__in=list(people))}
        return found, Shift.objects.select_related("task_kind").get(pk=shift.pk)

    asked = eligibility.reasons_against

    def ask_and_dawdle(*arguments, **named):
        reasons = asked(*arguments, **named)
        time.sleep(0.02)
        return reasons

    monkeypatch.setattr(states, "lock", look_only)
    monkeypatch.setattr(eligibility, "reasons_against", ask_and_dawdle)


@pytest.mark.postgres
def test_without_locks_it_does_go_wrong(live_server, crowd, wanted, without_locks):
    """The negative control: if this sells no seat twice, the tests above prove nothing."""
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX one_person_per_seat")
    shifts = [wanted(24 * n, SEATS) for n in range(SHIFTS)]
    rush(live_server, crowd, shifts)
    assert max(sold(shifts)) > SEATS


@pytest.mark.postgres
def test_without_locks_the_database_still_keeps_its_promise(live_server, crowd, wanted, without_locks):
    """With the locks off but the constraint on, somebody gets an error and nobody gets a seat twice."""
    shifts = [wanted(24 * n, SEATS) for n in range(SHIFTS)]
    rush(live_server, crowd, shifts)
    assert max(sold(shifts)) <= SEATS
