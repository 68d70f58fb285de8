"""A form that makes something new is sent twice: the second press shows what the first one made."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from people import days, stamps
from people.models import Grant, Stamp
from tests.plugins.sessions import signed_in


def key(response) -> str:
    return re.search(rf'name="{stamps.FIELD}" value="([^"]+)"', response.content.decode())[1]


@pytest.fixture
def administrator(frank):
    return signed_in(frank, "password", "mfa")


@pytest.fixture
def asked(certificate):
    return {
        "qualification": certificate.pk,
        "valid_from": f"{days.today()}",
        "valid_until": "",
        "source": "seen",
        "evidence": "gezien",
    }


def test_a_grant_sent_twice_is_one_grant(administrator, bram, asked):
    path = reverse("people:grant", args=[bram.public_id])
    asked |= {stamps.FIELD: key(administrator.get(path))}
    answers = [administrator.post(path, asked) for _time in range(2)]
    assert Grant.objects.filter(person=bram).count() == 1
    assert [answer.url for answer in answers] == [reverse("people:manage_person", args=[bram.public_id])] * 2


def test_the_same_again_in_a_new_form_is_meant(administrator, bram, asked):
    path = reverse("people:grant", args=[bram.public_id])
    for _time in range(2):
        administrator.post(path, asked | {stamps.FIELD: key(administrator.get(path))})
    assert Grant.objects.filter(person=bram).count() == 2


def test_a_form_without_a_stamp_is_known_by_what_it_says_for_a_minute(administrator, bram, asked):
    path = reverse("people:grant", args=[bram.public_id])
    for _time in range(2):
        administrator.post(path, asked)
    assert Grant.objects.filter(person=bram).count() == 1
    administrator.post(path, asked | {"evidence": "iets anders gezien"})
    assert Grant.objects.filter(person=bram).count() == 2


def test_a_form_that_was_refused_can_be_sent_again(administrator, bram, asked):
    path = reverse("people:grant", args=[bram.public_id])
    asked |= {stamps.FIELD: key(administrator.get(path))}
    administrator.post(path, asked | {"evidence": ""})
    administrator.post(path, asked)
    assert Grant.objects.filter(person=bram).count() == 1


def test_a_key_of_somebody_else_is_another_key(now):
    first, second = (stamps.claim(who, "x", now=now) for who in "12")
    assert first[1] and second[1]


def test_stamps_are_forgotten_after_a_week(db, now):
    stamps.claim("1", "x", now=now)
    stamps.forget(now=now + timedelta(days=7))
    assert Stamp.objects.count() == 1
    stamps.forget(now=now + timedelta(days=7, minutes=1))
    assert Stamp.objects.count() == 0
