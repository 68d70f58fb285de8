"""The journal says which shift it was."""

from datetime import timedelta

import pytest

from people.manage import story
from rostering import booking

pytestmark = pytest.mark.django_db


def test_every_line_about_a_booking_says_and_links_the_shift(anouk, carla, utrecht, make_shift, now):
    shift = make_shift(location=utrecht)
    row = booking.offer(anouk, shift, by=carla, now=now)
    booking.decline(row, by=anouk, now=now)
    row = booking.offer(anouk, shift, by=carla, now=now + timedelta(minutes=1))
    booking.accept(row, by=anouk, now=now + timedelta(minutes=2))
    booking.cancel(row, by=anouk, now=now + timedelta(minutes=3))
    words = "Advieslijn telefoon, donderdag 26 november 2026, 17.00 tot 20.00 uur, Utrecht of vanuit huis"
    told = [line for line in story.tell(story.lines()) if line.entry.verb.startswith("booking.")]
    assert {(line.link.said, line.link.href) for line in told} == {(words, f"/rooster/dienst/{shift.pk}/")}
    assert {line.entry.verb for line in told} == {
        "booking.offered", "booking.declined", "booking.booked", "booking.cancelled",
    }  # fmt: skip


def test_a_draft_is_named_and_has_no_page_yet(make_shift, frank, now):
    draft = make_shift(published_at=None)
    story_of = story.LINKS["rostering.shift"]([draft.pk])
    assert story_of[draft.pk].href == ""


def test_a_verb_is_told_by_one_room():
    with pytest.raises(ValueError, match=r"booking\.booked"):
        story.register({"booking.booked": "%(who)s"})


@pytest.mark.parametrize("shifts", [1, 3])
def test_reading_costs_the_same_for_more_lines(
    shifts, anouk, carla, make_shift, now, django_assert_num_queries
):
    for number in range(shifts):
        booking.offer(anouk, make_shift(days_ahead=number + 2), by=carla, now=now)
    entries = list(story.lines(verb="booking.offered"))
    with django_assert_num_queries(4):
        story.tell(entries)
