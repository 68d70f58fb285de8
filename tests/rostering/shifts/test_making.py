"""Making, changing, cancelling and planning shifts."""

from datetime import date, time, timedelta

import pytest
from django.core.management import call_command

from people import days
from people.models import JournalEntry, Notice
from rostering import booking, shifts
from rostering.demand import planning
from rostering.models import Booking, Shift, WeeklyDemand

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(telephone, now):
    start = now + timedelta(days=3)
    return {"task_kind": telephone, "starts_at": start, "ends_at": start + timedelta(hours=4), "seats": 2}


def test_a_shift_is_made_published(draft, carla, now):
    shift = shifts.make(**draft, by=carla, now=now)
    assert (shift.seats, shift.published_at, shift.is_national, shift.minutes) == (2, now, True, 240)


def test_the_same_shift_again_is_meant(draft, carla, now):
    """A button pressed twice is known by the stamp of its form; two shifts at the same time are two shifts."""
    for _time in range(2):
        shifts.make(**draft, by=carla, now=now)
    assert Shift.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"seats": 0}, "A shift has at least one seat."),
        ({"ends_at": "start"}, "The end lies before the start."),
        (
            {"ends_at": "late"},
            "This shift would take 16 hours and 1 minute. At most 16 hours is possible. Check start and end.",
        ),
        (
            {"starts_at": "far", "ends_at": "far too"},
            "This is more than a year and a half ahead. Check the day.",
        ),
        ({"starts_at": "past", "ends_at": "soon"}, "The start lies in the past."),
        (
            {"note": "Bel 06 12345678"},
            "The note seems to hold a phone number. Never write anything about a client here.",
        ),
    ],
)
def test_what_cannot_be_a_shift(draft, carla, now, wrong, said, settings):
    settings.LANGUAGE_CODE = "en"
    times = {
        "start": draft["starts_at"],
        "late": draft["starts_at"] + timedelta(hours=16, minutes=1),
        "far": now + timedelta(days=548),  # 24 May 2028, a day too far
        "far too": now + timedelta(days=548, hours=1),
        "past": now,
        "soon": now + timedelta(hours=1),
    }
    asked = {**draft, **{key: times.get(value, value) for key, value in wrong.items()}}
    with pytest.raises(shifts.NotPossible) as refusal:
        shifts.make(**asked, by=carla, now=now)
    assert str(refusal.value) == said
    assert Shift.objects.count() == 0


def test_a_kind_that_takes_longer_may_and_the_last_day_is_a_year_and_a_half_ahead(draft, carla, now):
    draft["task_kind"].minutes = 20 * 60
    start = days.moment(date(2028, 5, 23), time(10))
    long = shifts.make(
        **{**draft, "starts_at": start, "ends_at": start + timedelta(hours=20)}, by=carla, now=now
    )
    assert long.minutes == 1200


def test_an_odd_shift_keeps_its_times_and_does_not_get_them(carla, make_shift, now):
    odd, plain = make_shift(hours=23), make_shift(hour=10)
    asked = {"seats": 3, "note": "", "by": carla, "now": now}
    assert shifts.change(odd, starts_at=odd.starts_at, ends_at=odd.ends_at, **asked).seats == 3
    with pytest.raises(shifts.NotPossible):
        shifts.change(
            plain, starts_at=plain.starts_at, ends_at=plain.starts_at + timedelta(hours=23), **asked
        )


def test_a_moved_shift_takes_its_people_along(anouk, carla, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    later = shift.starts_at + timedelta(hours=1)
    shifts.change(
        shift, starts_at=later, ends_at=later + timedelta(hours=3), seats=2, note="", by=carla, now=now
    )
    row.refresh_from_db()
    assert (row.starts_at, row.shift.sequence) == (later, 1)
    assert list(Notice.objects.values_list("kind", flat=True)) == ["booking_booked", "booking_changed"]


def test_a_shift_does_not_move_into_another_of_its_people(anouk, carla, make_shift, now):
    shift, other = make_shift(hour=10), make_shift(hour=17)
    for one in (shift, other):
        booking.book(anouk, one, by=anouk, now=now)
    with pytest.raises(shifts.NotPossible):
        shifts.change(
            shift, starts_at=other.starts_at, ends_at=other.ends_at, seats=2, note="", by=carla, now=now
        )
    assert Booking.objects.get(shift=shift).starts_at == shift.starts_at


def test_fewer_seats_than_people_is_refused(anouk, carla, shift, grant_all, now):
    booking.book(anouk, shift, by=anouk, now=now)
    booking.book(grant_all(carla), shift, by=carla, now=now)
    with pytest.raises(shifts.NotPossible):
        shifts.change(
            shift, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=1, note="", by=carla, now=now
        )


def test_people_keep_a_seat_when_the_shift_shrinks(anouk, carla, shift, grant_all, now):
    first = booking.book(grant_all(carla), shift, by=carla, now=now)
    booking.book(anouk, shift, by=anouk, now=now)
    booking.cancel(first, by=carla, now=now)
    shifts.change(
        shift, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=1, note="", by=carla, now=now
    )
    assert list(shift.bookings.booked().values_list("person__first_name", "seat")) == [("Anouk", 1)]


def test_more_seats_go_to_who_waits(anouk, carla, make_shift, grant_all, now):
    shift = make_shift(seats=1)
    booking.book(anouk, shift, by=anouk, now=now)
    booking.wait(grant_all(carla), shift, by=carla, now=now)
    shifts.change(
        shift, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=2, note="", by=carla, now=now
    )
    assert list(shift.bookings.booked().values_list("person__first_name", "seat")) == [
        ("Anouk", 1),
        ("Carla", 2),
    ]


def test_a_cancelled_shift_frees_everybody_and_says_so(anouk, carla, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    shifts.cancel(shift, by=carla, now=now, because="De telefooncentrale is stuk.")
    assert Booking.objects.get().state == Booking.State.CANCELLED
    assert list(Notice.objects.values_list("kind", flat=True)) == ["booking_booked", "shift_cancelled"]


def block(kind, weekday, start, end, seats=2, scope="national"):
    return WeeklyDemand.objects.create(
        task_kind=kind, weekday=weekday, start=time(start), end=time(end), seats=seats, scope=scope
    )


def test_planning_twice_plans_once(telephone, gerda, now):
    demand = [block(telephone, 0, 8, 12), block(telephone, 5, 22, 1)]
    period = {"first": date(2026, 11, 23), "last": date(2026, 12, 6), "by": gerda, "now": now}
    assert [planning.plan(demand, **period).number for _twice in "ab"] == [4, 0]
    night = Shift.objects.filter(demand=demand[1]).first()
    assert (night.day, night.minutes) == (date(2026, 11, 28), 180)
    assert JournalEntry.objects.filter(verb="shifts.planned").count() == 1


def test_a_block_for_each_district_and_each_location(telephone, utrecht, groningen, gerda, now):
    demand = [block(telephone, 1, 8, 12, scope="district"), block(telephone, 2, 8, 12, scope="location")]
    planning.plan(demand, first=date(2026, 11, 23), last=date(2026, 11, 29), by=gerda, now=now)
    assert sorted(str(s.district or s.location) for s in Shift.objects.all()) == [
        "Groningen", "Midden-Nederland", "Noord-Nederland", "Utrecht",
    ]  # fmt: skip


def test_no_shifts_at_christmas_but_for_what_goes_on(telephone, gerda, now):
    row = block(telephone, 4, 8, 12)  # 25 December 2026 is a Friday
    week = {"first": date(2026, 12, 21), "last": date(2026, 12, 27), "by": gerda, "now": now}
    assert planning.plan([row], **week).number == 0
    telephone.on_holidays = True
    telephone.save()
    row.refresh_from_db()
    assert planning.plan([row], **week).number == 1


def test_a_night_in_the_autumn_clock_change_is_an_hour_longer(telephone, gerda, now):
    telephone.on_holidays = True
    row = block(telephone, 5, 22, 6)
    planning.plan([row], first=date(2027, 10, 30), last=date(2027, 10, 30), by=gerda, now=now)
    assert Shift.objects.get().minutes == 9 * 60


@pytest.fixture
def spring(telephone):
    """The fortnight around the last Sunday of March, which is Easter: a kind of task that goes on then."""
    telephone.on_holidays = True
    telephone.save()
    return {"first": date(2027, 3, 20), "last": date(2027, 4, 4)}


def test_a_block_that_the_clock_skips_is_left_out_and_told(telephone, gerda, now, spring):
    rows = [block(telephone, 6, 2, 3), block(telephone, 6, 8, 12), block(telephone, 5, 22, 6)]
    planned = planning.plan(rows, **spring, by=gerda, now=now)
    assert (planned.number, planned.left_out) == (8, [(date(2027, 3, 28), time(2))])
    assert planned.sentences == [
        "Op zondag 28 maart 2027 bestaat 02.00 uur niet; die dienst is niet gepland."
    ]
    assert sorted(f"{shift.day}" for shift in Shift.objects.filter(demand=rows[0])) == [
        "2027-03-21",
        "2027-04-04",
    ]


def test_what_the_clock_skips_is_told_once_for_all_places(telephone, utrecht, groningen, gerda, now, spring):
    planned = planning.plan([block(telephone, 6, 2, 3, scope="location")], **spring, by=gerda, now=now)
    assert len(planned.left_out) == 1


def test_the_command_tells_what_the_clock_skips(telephone, spring, capsys):
    block(telephone, 6, 2, 3)
    call_command("plan_shifts", "--from", "2027-03-28", "--until", "2027-03-28")
    assert capsys.readouterr().out == (
        "0 shifts made from 2027-03-28 to 2027-03-28.\n"
        "Op zondag 28 maart 2027 bestaat 02.00 uur niet; die dienst is niet gepland.\n"
    )


def test_a_shift_has_seats_for_as_many_as_its_kind_asks(draft, telephone, gerda, now):
    telephone.minimum_people = 2
    telephone.save()
    with pytest.raises(shifts.NotPossible, match="minstens 2 mensen"):
        shifts.make(**{**draft, "seats": 1}, by=gerda, now=now)
    made = shifts.make(**draft, by=gerda, now=now)
    fewer = {"starts_at": made.starts_at, "ends_at": made.ends_at, "seats": 1, "note": ""}
    with pytest.raises(shifts.NotPossible, match="minstens 2 mensen"):
        shifts.change(made, **fewer, by=gerda, now=now)
    assert Shift.objects.get().seats == 2


def test_a_planned_shift_that_moved_or_whose_demand_was_taken_back_is_not_planned_again(
    telephone, utrecht, gerda, now
):
    week = {"first": date(2026, 11, 30), "last": date(2026, 12, 6), "by": gerda, "now": now}
    row = block(telephone, 1, 8, 12, scope="location")
    planning.plan([row], **week)
    shift, half = Shift.objects.get(), timedelta(minutes=30)
    shifts.change(
        shift, starts_at=shift.starts_at + half, ends_at=shift.ends_at + half, seats=2, note="", by=gerda, now=now
    )  # fmt: skip
    assert planning.plan([row], **week).number == 0
    row.delete()
    assert planning.plan([block(telephone, 1, 8, 12, scope="location")], **week).number == 0
