"""What the tests of the screens share: the moment, who looks, and what the page says."""

import pytest


@pytest.fixture
def monday_noon(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def signed_in(client, anouk):
    client.force_login(anouk)
    return client


def said(response):
    return [str(message) for message in response.context["messages"]]


def text_of(response):
    return " ".join(response.content.decode().split())
