"""Where is a shift? Said on the page of the shift, in its mails and in calendars."""

import pytest

from people.models import Room
from rostering import whereabouts
from rostering.models import TaskKind

CHANNELS = TaskKind.Channel


@pytest.fixture
def office(utrecht):
    """Utrecht with an address and a room."""
    utrecht.street, utrecht.postcode = "Voorbeeldstraat 12", "1234 AB"
    utrecht.entrance, utrecht.bell = "De zijdeur", "Bel aan"
    utrecht.save()
    return Room.objects.create(location=utrecht, name="Kamer 1", directions="eerste deur links")


@pytest.mark.parametrize(
    "mode, channel, where, said",
    [
        ("remote", "phone", "", "Vanuit huis, met je headset"),
        ("remote", "online", "utrecht", "Vanuit huis, online"),
        ("remote", "", "", "Vanuit huis"),
        ("remote_or_location", "phone", "utrecht", "Utrecht; of vanuit huis, met je headset"),
        (
            "remote_or_location", "phone", "",
            "Vanuit huis, met je headset; of op een locatie, als je dat afspreekt met je coördinator",
        ),
        ("on_site", "", "utrecht", "Utrecht"),
        ("on_site", "", "", "Op locatie; waar precies hoor je van je coördinator"),
        ("on_site", "", "district", "Midden-Nederland; waar precies hoor je van je coördinator"),
    ],
)  # fmt: skip
def test_each_shift_says_where_it_is(telephone, make_shift, utrecht, mode, channel, where, said):
    places = {"utrecht": {"location": utrecht}, "district": {"district": utrecht.district}, "": {}}
    telephone.mode, telephone.channel = mode, channel
    assert whereabouts.of(make_shift(**places[where])).place == said


def test_the_address_the_room_and_how_to_get_in(make_shift, utrecht, office, telephone):
    telephone.mode = "on_site"
    found = whereabouts.of(make_shift(location=utrecht, room=office, directions="Na zes uur achterom"))
    assert (found.place, found.address) == ("Utrecht, Kamer 1", "Voorbeeldstraat 12, 1234 AB Utrecht")
    assert found.lines == [
        ("Adres", "Voorbeeldstraat 12, 1234 AB Utrecht"),
        ("Ruimte", "Kamer 1: eerste deur links"),
        ("Hoe je er komt", "Na zes uur achterom"),
        ("Ingang", "De zijdeur"),
        ("Bel of receptie", "Bel aan"),
    ]
    assert found.for_calendar == "Kamer 1, Voorbeeldstraat 12, 1234 AB Utrecht"
    assert found.map_link.endswith("?query=Voorbeeldstraat%2012%2C%201234%20AB%20Utrecht")


def test_who_works_from_home_reads_no_address(make_shift, utrecht, office, telephone):
    telephone.mode = "remote"
    found = whereabouts.of(make_shift(location=utrecht))
    assert (found.address, found.lines, found.map_link, found.for_calendar) == ("", [], "", "Vanuit huis")
