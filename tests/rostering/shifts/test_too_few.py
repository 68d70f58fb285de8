"""A shift that comes near with too few people: its coordinator is told twice, and the board marks it."""

from datetime import timedelta

import pytest

from people import notices
from people.models import Notice
from rostering import booking, clock, shifts
from rostering.board import gaps
from rostering.models import Shift
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(telephone, make_shift, utrecht):
    """A shift in Utrecht of a small task that two people do together, in three days at 17.00."""
    telephone.minimum_people, telephone.ladder = 2, "micro_task"  # so that a newcomer needs no company
    telephone.save()
    return make_shift(location=utrecht)


def told(person):
    rows = Notice.objects.filter(kind="coordinator_short", person=person).order_by("due_at")
    return [row.due_at for row in rows]


def tick_until(shift):
    for hours in (49, 48, 47, 25, 24, 23, 1):
        clock.tick(shift.starts_at - timedelta(hours=hours))


def test_the_coordinator_is_told_48_and_24_hours_ahead(pair, anouk, carla, dirk, now):
    booking.book(anouk, pair, by=anouk, now=now)
    tick_until(pair)
    assert told(carla) == [pair.starts_at - timedelta(hours=hours) for hours in (48, 24)]
    assert told(dirk) == []


def test_of_the_pool_a_national_coordinator_is_told(telephone, make_shift, carla, gerda):
    telephone.minimum_people = 2
    telephone.save()
    tick_until(make_shift())
    assert (told(carla), len(told(gerda))) == ([], 2)


def test_nobody_is_told_of_enough_people_nor_of_what_one_person_does(
    pair, make_shift, anouk, grant_all, carla, utrecht, now
):
    for person in (anouk, grant_all(make_person("Bea", "volunteer"))):
        booking.book(person, pair, by=person, now=now)
    tick_until(pair)
    assert told(carla) == []


def test_the_mail_says_how_many_are_lacking_and_goes_only_while_it_is_so(
    pair, anouk, grant_all, carla, now, mailoutbox
):
    booking.book(anouk, pair, by=anouk, now=now)
    at = pair.starts_at - timedelta(hours=48)
    clock.tick(at)
    mailoutbox.clear()
    notices.send_due(now=at)
    (mail,) = [one for one in mailoutbox if "carla" in one.to[0]]
    assert mail.subject == "Te weinig mensen: Advieslijn telefoon, donderdag 26 november"
    assert "minstens 2 mensen samen; er staan er nu 1 op" in mail.body
    bea = grant_all(make_person("Bea", "volunteer"))
    clock.tick(at + timedelta(hours=24))
    booking.book(bea, pair, by=bea, now=at + timedelta(hours=24))
    mailoutbox.clear()
    notices.send_due(now=at + timedelta(hours=24))
    assert [one for one in mailoutbox if "carla" in one.to[0]] == []


def test_the_board_marks_it(pair, anouk, now):
    booking.book(anouk, pair, by=anouk, now=now)
    shift = Shift.objects.with_taken().with_place().get()
    chips = gaps.of(shift, gaps.asked([shift], now=now), now=now).chips
    assert [chip.text for chip in chips][:2] == ["1 van 2 bezet", "Nog niet veilig: 1 persoon te weinig"]
    assert shifts.short_of(shift) == 1
