"""What the fourteen days say, and what comes first."""

from datetime import timedelta

import pytest

from people import days
from people.access import scope_of
from rostering import board, booking
from rostering.board import Figures
from rostering.models import TaskKind
from rostering.places import Choice
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(utrecht, grant_all):
    return grant_all(make_person("Bea", "volunteer", home=utrecht))


@pytest.fixture
def of_kind(make_shift, telephone):
    """Make a shift of a kind of its own: of one kind, place and day the board names one."""

    def make(code, **fields):
        kind = TaskKind.objects.create(
            code=code, name=code, minutes=240, load=2, mode="remote", ladder="small_role"
        )
        return make_shift(kind, **fields)

    return make


def read(person, now, **choice):
    return board.read(scope_of(person), Choice(**choice), now=now)


def cells(found):
    """The cells that ask for something: (days from today, part, taken, seats, word)."""
    fortnight = [day for week in found.weeks for day in week]
    return [
        (number, cell.part, cell.taken, cell.seats, cell.tone)
        for number, day in enumerate(fortnight)
        for cell in day.cells
        if cell.seats
    ]


def test_there_are_fourteen_days_from_today_with_four_parts_each(carla, now):
    found = read(carla, now)
    assert [len(week) for week in found.weeks] == [7, 7]
    assert found.weeks[0][0].day == now.date()
    assert [cell.part for cell in found.weeks[1][6].cells] == ["ochtend", "middag", "avond", "nacht"]


def test_cells_add_up_what_is_needed_and_what_is_taken(carla, anouk, second, make_shift, now):
    full, half = make_shift(hour=9, seats=1), make_shift(hour=18, seats=2)
    make_shift(hour=19, seats=3)
    make_shift(days_ahead=13, hour=2)
    booking.book(anouk, full, by=anouk, now=now)
    booking.book(second, half, by=second, now=now)
    assert cells(read(carla, now)) == [
        (3, "ochtend", 1, 1, "full"),
        (3, "avond", 1, 5, "gap"),
        (13, "nacht", 0, 2, "empty"),
    ]


def test_a_shift_that_has_begun_counts_but_asks_for_nobody(carla, make_shift, now):
    make_shift(days_ahead=0, hour=9)
    found = read(carla, now)
    assert cells(found) == [(0, "ochtend", 0, 2, "past")]
    assert found.gaps == []


def test_the_fifteenth_day_drafts_and_cancelled_shifts_are_not_in_it(carla, make_shift, now):
    make_shift(days_ahead=14, hour=0)
    draft = make_shift(published_at=None)
    make_shift(cancelled_at=now, cancelled_because="Te weinig mensen")
    found = read(carla, now)
    assert cells(found) == []
    assert found.drafts == [draft]


def test_the_figures(carla, anouk, second, make_shift, now):
    saturday = make_shift(days_ahead=5, hour=10, seats=4)
    evening = make_shift(days_ahead=2, hour=19, seats=2)
    booking.book(anouk, saturday, by=anouk, now=now)
    held = booking.book(second, evening, by=second, now=now)
    booking.offer(anouk, evening, by=carla, now=now)
    held.unfit_since = now
    held.save()
    assert read(carla, now).figures == Figures(filled=33, saturday=25, evening_open=1, offers=1, unfit=1)


def test_an_offer_whose_time_is_over_is_not_counted(carla, anouk, shift, now):
    booking.offer(anouk, shift, by=carla, now=now, answer_by=now + timedelta(hours=1))
    assert read(carla, now + timedelta(hours=2)).figures.offers == 0


def test_the_figures_of_nothing(carla, now):
    assert read(carla, now).figures == Figures(None, None, 0, 0, 0)


def test_the_worst_comes_first(carla, anouk, second, of_kind, now):
    half = of_kind("A", days_ahead=1, hour=9, seats=2)
    under_half = of_kind("B", days_ahead=2, hour=9, seats=3)
    empty_late = of_kind("C", days_ahead=4, hour=9)
    empty_soon_morning = of_kind("D", days_ahead=3, hour=9)
    empty_soon_evening = of_kind("E", days_ahead=3, hour=19)
    booking.book(anouk, half, by=anouk, now=now)
    booking.book(second, under_half, by=second, now=now)
    assert [gap.shift for gap in read(carla, now).gaps] == [
        empty_soon_evening,
        empty_soon_morning,
        empty_late,
        under_half,
        half,
    ]


def test_the_emptiest_of_a_day_is_the_one_that_is_named(carla, make_shift, now):
    make_shift(days_ahead=2, hour=9, seats=2)
    emptiest = make_shift(days_ahead=2, hour=13, seats=6)
    assert [(gap.shift, gap.more) for gap in read(carla, now).gaps] == [(emptiest, 1)]


def test_a_cell_says_how_many_questions_are_out(carla, anouk, second, make_shift, now):
    first, other = make_shift(hour=18), make_shift(hour=19)
    make_shift(hour=9)
    booking.offer(anouk, first, by=carla, now=now)
    booking.offer(second, other, by=carla, now=now)
    found = [cell for day in read(carla, now).weeks[0] for cell in day.cells if cell.seats]
    assert [(cell.part, cell.asked, cell.questions) for cell in found] == [
        ("ochtend", 0, ""),
        ("avond", 2, "2 gevraagd"),
    ]


def test_on_saturday_the_morning_is_as_bad_as_the_evening(carla, of_kind, now):
    saturday = [of_kind(f"S{hour}", days_ahead=5, hour=hour) for hour in (9, 19)]
    assert [gap.shift for gap in read(carla, now).gaps] == saturday


def test_of_one_kind_and_place_two_days_are_named(carla, make_shift, utrecht, now):
    worst, _more = make_shift(days_ahead=1, hour=19), make_shift(days_ahead=1, hour=9)
    second_day, _third_day = make_shift(days_ahead=2), make_shift(days_ahead=3)
    elsewhere = make_shift(days_ahead=3, location=utrecht)
    assert [(gap.shift, gap.more) for gap in read(carla, now).gaps] == [
        (worst, 1),
        (second_day, 0),
        (elsewhere, 0),
    ]


def test_a_coordinator_sees_the_own_part_and_the_national_pool(
    carla, dirk, utrecht, groningen, make_shift, now
):
    national, here = make_shift(hour=9), make_shift(hour=10, location=utrecht)
    district = make_shift(hour=11, district=utrecht.district)
    there = make_shift(hour=12, location=groningen)
    assert {gap.shift for gap in read(carla, now).gaps} == {national, here, district}
    assert {gap.shift for gap in read(dirk, now).gaps} == {national, there}


FILTERS = [
    ({}, [9, 10]),
    ({"place": "eigen"}, [10]),
    ({"place": "landelijk"}, [9]),
    ({"kind": "T01"}, [9, 10]),
    ({"kind": "T02"}, []),
]


@pytest.mark.parametrize(("choice", "hours"), FILTERS)
def test_the_filters(carla, utrecht, make_shift, now, choice, hours):
    make_shift(hour=9)
    make_shift(hour=10, location=utrecht)
    shown = [gap.shift.starts_at for gap in read(carla, now, **choice).gaps]
    assert sorted(at.astimezone(days.AMSTERDAM).hour for at in shown) == hours


def test_requests_are_named(carla, anouk, telephone, make_shift, now):
    telephone.needs_approval = True
    telephone.save()
    asked = make_shift()
    booking.book(anouk, asked, by=anouk, now=now)
    assert read(carla, now).requests == [asked]


@pytest.mark.parametrize("shifts", [1, 3])
def test_the_board_is_read_in_five_queries(carla, anouk, make_shift, now, shifts, django_assert_num_queries):
    for number in range(shifts):
        booking.offer(anouk, make_shift(days_ahead=number + 1), by=carla, now=now)
    scope = scope_of(carla)
    with django_assert_num_queries(5):
        board.read(scope, Choice(), now=now)


def test_one_daypart_gives_its_shifts_in_order(carla, anouk, make_shift, now):
    later, first, _morning = make_shift(hour=19), make_shift(hour=17), make_shift(hour=9)
    booking.offer(anouk, later, by=carla, now=now)
    found = board.cell(scope_of(carla), Choice(), first.day, "avond", now=now)
    assert [(gap.shift, gap.open, gap.offers) for gap in found] == [(first, 2, 0), (later, 2, 1)]


def test_past_shifts_wait_until_it_is_said_who_was_there(carla, anouk, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    after = shift.ends_at + timedelta(hours=1)
    assert board.read(scope_of(carla), Choice(), now=after).unmarked == [shift]
    booking.mark_attended(row, by=carla, now=after)
    assert board.read(scope_of(carla), Choice(), now=after).unmarked == []
