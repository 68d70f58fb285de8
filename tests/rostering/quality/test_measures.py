"""The quality of a roster, from rows. Day 1 is a Monday."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rostering.matching.world import FINE, GLADLY, NEVER, RATHER_NOT
from rostering.quality import measures
from rostering.quality.measures import Assignment, Cover, Part, Person, Shift

WEEK = {"first": 29, "days": 7}  # the fifth Monday and the six days after it


def shift(seats, taken, *, priority=1, daypart="ochtend", place="Utrecht", weekday=0):
    return Shift(priority, daypart, place, weekday, seats, taken)


def work(person="a", day=29, *, minutes=120, points=2, is_night=False, is_counted=True, **wishes):
    return Assignment(person, day, minutes, points, is_night, is_counted, **wishes)


def person(id="a", *, most_shifts=None, most_minutes=None, did_before=True, could=True):
    return Person(id, most_shifts, most_minutes, did_before, could)


def report(shifts=(), rows=(), people=(), **period):
    return measures.of(shifts, rows, people, **{**WEEK, **period})


def test_cover_is_counted_in_seats_and_a_seat_too_many_fills_no_other():
    found = report([shift(2, 3, place="Utrecht"), shift(4, 1, place="Assen", priority=2)])
    assert found.all == Cover(wanted=6, filled=3)
    assert found.by_place == {"Utrecht": Cover(2, 2), "Assen": Cover(4, 1)}
    assert found.by_priority == {1: Cover(2, 2), 2: Cover(4, 1)}
    assert found.all.share == 0.5


def test_what_lies_in_the_evening_and_on_saturday():
    found = report([shift(6, 4), shift(2, 0, daypart="avond"), shift(2, 1, weekday=5)])
    assert found.evening == Part(wanted=0.2, filled=0.0)
    assert found.saturday == Part(wanted=0.2, filled=0.2)


def test_wishes_are_those_of_the_shifts_of_the_report():
    rows = [work(willingness=GLADLY, is_within=True), work("b", willingness=FINE, is_within=False)]
    rows += [work("b", willingness=level) for level in (NEVER, RATHER_NOT)]
    rows += [work("c", willingness=GLADLY, is_counted=False), work("d", 36, willingness=GLADLY)]
    found = report(rows=rows).wishes
    assert (found.people, found.gladly, found.fine, found.rather_not, found.within) == (
        2,
        0.25,
        0.25,
        0.5,
        0.5,
    )


def test_the_load_of_who_worked_and_of_who_could_have():
    people = [person(name) for name in "abc"] + [person("x", could=False)]
    found = report(rows=[work("a", points=4), work("a", 30, points=4), work("b", points=2)], people=people)
    assert (found.spread.people, found.spread.median, found.spread.ninetieth) == (3, 2, 8)
    assert found.spread.busiest_half == pytest.approx(0.9)
    assert found.forgotten == {"c"}


@pytest.mark.parametrize(("loads", "unevenness", "half"), [([5, 5, 5, 5], 0, 0.5), ([0, 0, 0, 8], 0.75, 1)])
def test_unevenness_goes_from_all_the_same_to_one_for_all(loads, unevenness, half):
    people = [person(n) for n in range(4)]
    found = report(rows=[work(n, points=load) for n, load in enumerate(loads) if load], people=people).spread
    assert (found.unevenness, found.busiest_half) == (unevenness, half)


def test_forgotten_and_forgotten_for_long():
    people = [person("a"), person("b", did_before=False), person("c", could=False)]
    found = report(rows=[work("a", 28), work("b", 36)], people=people)  # the day before, the day after
    assert (found.forgotten, found.long_forgotten) == ({"a", "b"}, {"b"})


def test_over_the_own_limit_counts_whole_weeks_even_at_the_edge_of_the_period():
    people = [person("a", most_shifts=1), person("b", most_minutes=200), person("c", most_shifts=2)]
    rows = [work(name, day) for name in "abc" for day in (34, 35)]
    assert report(rows=rows, people=people).over_own_limit == {"a", "b"}
    assert report(rows=rows, people=people, days=6).over_own_limit == {"a", "b"}
    assert report(rows=rows, people=people, first=36).over_own_limit == set()


@pytest.mark.parametrize(
    ("days", "is_over"),
    [
        ([29, 30, 31], False),  # twelve points is allowed
        ([23, 24, 25, 29], True),
        ([22, 24, 25, 29], False),  # the 22nd is eight days before the 29th
        ([2, 9, 16, 22, 23, 27, 29], False),  # 28 points in 28 days
        ([2, 3, 9, 16, 17, 23, 28, 29], True),
        ([1, 2, 9, 16, 17, 23, 28, 29], False),
        ([36, 37, 38, 39], False),  # after the period
    ],
)
def test_over_the_house_rule_in_seven_or_in_twenty_eight_days(days, is_over):
    found = report(rows=[work("a", day, points=4) for day in days], people=[person()])
    assert found.over_house_rule == ({"a"} if is_over else set())
    assert found.overloaded == found.over_house_rule


@pytest.mark.parametrize(
    ("nights", "is_over"), [([2, 15, 29], True), ([1, 15, 29], False), ([29, 30], False)]
)
def test_more_than_two_nights_in_four_weeks(nights, is_over):
    rows = [work("a", day, is_night=True) for day in nights] + [work("a", 16)]
    assert report(rows=rows, people=[person()], days=1).many_nights == ({"a"} if is_over else set())


def test_nothing_at_all_is_a_report_too():
    found = report()
    assert (found.all.share, found.wishes.gladly, found.spread.median) == (None, None, None)


shifts = st.builds(
    Shift,
    st.integers(0, 2),
    st.sampled_from(["ochtend", "middag", "avond", "nacht"]),
    st.sampled_from("pqr"),
    st.integers(0, 6),
    st.integers(1, 5),
    st.integers(0, 7),
)
assignments = st.builds(
    Assignment,
    st.integers(0, 5),
    st.integers(1, 50),
    st.integers(10, 720),
    st.sampled_from([1, 2, 4]),
    st.booleans(),
    st.booleans(),
    st.integers(-1, 2),
    st.sampled_from([None, True, False]),
)
limit = st.none() | st.integers(0, 4)
people = st.lists(
    st.builds(
        Person, st.integers(0, 7), limit, limit.map(lambda n: n and n * 60), st.booleans(), st.booleans()
    ),
    unique_by=lambda one: one.id,
)
reports = st.builds(report, st.lists(shifts), st.lists(assignments), people)


@given(reports)
def test_what_is_filled_is_never_more_than_what_is_wanted_and_parts_add_up(found):
    for covers in (found.by_priority, found.by_daypart, found.by_place):
        assert all(0 <= cover.filled <= cover.wanted for cover in covers.values())
        assert sum(cover.wanted for cover in covers.values()) == found.all.wanted
        assert sum(cover.filled for cover in covers.values()) == found.all.filled
    wishes = found.wishes
    if wishes.people:
        assert wishes.gladly + wishes.fine + wishes.rather_not == pytest.approx(1)


@given(reports)
def test_measures_stay_within_their_bounds(found):
    spread = found.spread
    if spread.people:
        assert spread.median <= spread.ninetieth
        assert 0 <= spread.unevenness < 1
    if spread.busiest_half is not None:
        assert 0.5 <= spread.busiest_half <= 1
    assert found.long_forgotten <= found.forgotten


@given(st.lists(assignments), people)
def test_a_window_at_a_time_finds_the_same(rows, people):
    """The sums over all windows at once against one window at a time."""
    found = report(rows=rows, people=people)
    expected = {
        one.id
        for one in people
        for last in range(29, 36)
        for length, most in ((7, 12), (28, 28))
        if sum(r.points for r in rows if r.person == one.id and last - length < r.day <= last) > most
    }
    assert found.over_house_rule == expected
