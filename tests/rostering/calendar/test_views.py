"""The secret address of somebody's calendar on screen."""

import pytest
from django.urls import reverse

from rostering import calendar
from rostering.models import CalendarSubscription
from tests.rostering.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]


def test_the_address_of_the_calendar_is_shown_once(signed_in, anouk):
    response = signed_in.post("/rooster/agenda/")
    address = response.context["address"]
    assert address in text_of(response)
    assert signed_in.get(address.removeprefix("https://paraat.example")).status_code == 200
    assert address not in text_of(signed_in.get("/rooster/agenda/"))
    assert "no-store" in response.headers["Cache-Control"]


def test_a_new_address_ends_the_old_one_and_stopping_ends_all(signed_in, anouk, now):
    old = reverse("rostering:feed", args=[calendar.subscribe(anouk, now=now)])
    new = signed_in.post("/rooster/agenda/").context["address"].removeprefix("https://paraat.example")
    assert (signed_in.get(old).status_code, signed_in.get(new).status_code) == (404, 200)
    signed_in.post(reverse("rostering:end_subscription"))
    assert (signed_in.get(new).status_code, CalendarSubscription.objects.count()) == (404, 0)
