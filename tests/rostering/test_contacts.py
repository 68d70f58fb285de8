"""Whom does somebody call who is on a shift? The nearest, and only for who is booked and who fills the roster."""

import pytest
from django.urls import reverse

from people import notices, roles
from rostering import booking, contacts
from rostering.calendar import events
from tests.conftest import make_person

PHONE = "085 000 00 01"


@pytest.fixture
def on_duty(carla, now):
    roles.put_on_duty(carla.role_assignments.get(), PHONE, by=None, now=now)
    return carla


def everywhere(now):
    person = make_person("Wil", "coordinator")
    roles.put_on_duty(person.role_assignments.get(), "085 000 00 09", by=None, now=now)
    return person


def test_the_nearest_is_called(make_shift, utrecht, groningen, on_duty, now, django_assert_num_queries):
    everywhere(now)
    near, whole, far, national = (
        make_shift(location=utrecht), make_shift(district=utrecht.district), make_shift(location=groningen),
        make_shift(),
    )  # fmt: skip
    with django_assert_num_queries(1):
        found = contacts.of_all([near, whole, far, national])
    names = {pk: [str(one) for one in those] for pk, those in found.items()}
    carla, wil = [f"Carla Voorbeeld, {PHONE}"], ["Wil Voorbeeld, 085 000 00 09"]
    assert names == {near.pk: carla, whole.pk: carla, far.pk: wil, national.pk: wil}


def test_a_role_that_has_ended_by_then_is_not_called(make_shift, utrecht, on_duty, now):
    shift = make_shift(location=utrecht)
    roles.end(on_duty.role_assignments.get(), by=None, now=now, until_on=shift.day)
    assert contacts.of(shift) == []
    assert len(contacts.of(make_shift(location=utrecht, days_ahead=2))) == 1


def test_a_private_number_is_never_shown(make_shift, utrecht, carla):
    carla.phone = "06 1234 5678"
    carla.save()
    assert contacts.of(make_shift(location=utrecht)) == []


def test_only_who_is_booked_reads_whom_to_call(client, anouk, make_shift, utrecht, on_duty, now):
    shift = make_shift(location=utrecht, days_ahead=400)
    client.force_login(anouk)
    page = reverse("rostering:shift", args=[shift.pk])
    assert (PHONE in client.get(page).content.decode()) is False
    booking.book(anouk, shift, by=anouk, now=now)
    assert 'href="tel:0850000001"' in client.get(page).content.decode()
    client.force_login(on_duty)
    assert PHONE in client.get(reverse("rostering:board_shift", args=[shift.pk])).content.decode()


def test_mails_and_calendars_say_whom_to_call_to_who_is_booked(
    anouk, make_shift, utrecht, on_duty, now, mailoutbox
):
    row = booking.book(anouk, make_shift(location=utrecht), by=anouk, now=now)
    assert PHONE in events.feed(anouk, now=now).decode()
    assert PHONE not in events.file(row).decode()
    notices.send_due(now=now)
    (mail,) = mailoutbox
    assert f"Bellen met: Carla Voorbeeld, {PHONE}" in mail.body
    booking.cancel(row, by=anouk, now=now)
    notices.send_due(now=now)
    assert PHONE not in mailoutbox[1].body
    assert PHONE not in events.feed(anouk, now=now).decode()
