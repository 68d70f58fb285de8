from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.certificates import certification
from academy.certificates.certification import Award, Facts
from people import days

TODAY = date(2026, 11, 23)
DONE = Facts(today=TODAY, lessons_left=0, tests=frozenset({1}), passed_on={1: TODAY})

near = st.integers(-800, 800).map(lambda n: TODAY + timedelta(days=n))


@st.composite
def award(draw):
    first = draw(near)
    until = draw(st.none() | st.integers(0, 900).map(lambda n: first + timedelta(days=n)))
    return Award(first, until, draw(st.none() | near))


facts = st.builds(
    Facts,
    today=st.just(TODAY),
    lessons_left=st.integers(0, 2),
    tests=st.frozensets(st.integers(1, 3)),
    passed_on=st.dictionaries(st.integers(1, 4), near.filter(lambda day: day <= TODAY)),
    missing=st.lists(st.just("Basiscertificaat"), max_size=1).map(tuple),
    awards=st.lists(award(), max_size=3).map(tuple),
)


def reasons(**changes):
    return certification.reasons_against(replace(DONE, **changes))


def test_all_done_is_earned():
    assert reasons() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"lessons_left": 1}, ["Lees eerst nog 1 les."]),
        ({"lessons_left": 3}, ["Lees eerst nog 3 lessen."]),
        ({"passed_on": {}}, ["Je hebt de toets nog niet gehaald."]),
        ({"tests": frozenset({1, 2})}, ["Je hebt de toets nog niet gehaald."]),
        ({"missing": ("Basiscertificaat",)}, ["Je hebt Basiscertificaat nog niet."]),
        (
            {"tests": frozenset()},
            ["Deze cursus heeft geen online toets. Een trainer tekent dit certificaat af."],
        ),
        ({"awards": (Award(TODAY),)}, ["Je hebt dit certificaat al. Het verloopt niet."]),
        (
            {"awards": (Award(date(2026, 1, 5), date(2028, 1, 5)),)},
            [
                "Je certificaat is geldig tot en met 5 januari 2028. Je kunt het vernieuwen vanaf 7 oktober 2027."
            ],
        ),
    ],
)
def test_each_rule_can_say_no(changes, said):
    assert reasons(**changes) == said


@pytest.mark.parametrize(("left", "may"), [(91, False), (90, True), (0, True), (-1, True), (-400, True)])
def test_renewal_opens_ninety_days_before_the_end_and_stays_open(left, may):
    held = Award(date(2025, 1, 1), TODAY + timedelta(days=left))
    assert (reasons(awards=(held,)) == []) is may


def test_a_pass_from_before_the_window_does_not_renew():
    held = Award(date(2025, 1, 1), TODAY + timedelta(days=30))
    assert reasons(awards=(held,), passed_on={1: date(2025, 1, 1)}) == ["Je hebt de toets nog niet gehaald."]


def test_one_test_passed_again_of_two_does_not_renew():
    held = Award(date(2025, 1, 1), TODAY + timedelta(days=30))
    said = reasons(awards=(held,), tests=frozenset({1, 2}), passed_on={1: TODAY, 2: date(2025, 1, 1)})
    assert said == ["Je hebt de toets nog niet gehaald."]


def test_what_was_revoked_is_earned_again_only_by_a_pass_after_that():
    gone = Award(date(2026, 1, 1), None, TODAY)
    assert reasons(awards=(gone,), passed_on={1: TODAY - timedelta(days=1)}) != []
    assert reasons(awards=(gone,), passed_on={1: TODAY}) == []


@given(facts)
def test_nothing_is_earned_while_something_is_open(given_facts):
    earned = certification.reasons_against(given_facts) == []
    if given_facts.lessons_left or given_facts.missing or not given_facts.tests:
        assert earned is False


@given(facts, st.integers(1, 60))
def test_one_pass_is_never_paid_twice(given_facts, months):
    if certification.reasons_against(given_facts):
        return
    standing = certification.standing(given_facts.awards, on=TODAY)
    until = days.add_months(standing.valid_until if standing else TODAY, months)
    after = replace(given_facts, awards=(*given_facts.awards, Award(TODAY, until)))
    assert certification.reasons_against(after) != []


@given(facts)
def test_reading_on_never_takes_a_certificate_away(given_facts):
    if certification.reasons_against(given_facts) == []:
        assert certification.reasons_against(replace(given_facts, lessons_left=0)) == []


@given(facts)
def test_the_longest_valid_award_counts(given_facts):
    found = certification.standing(given_facts.awards, on=TODAY)
    valid = [one for one in given_facts.awards if one.is_valid(TODAY)]
    assert (found is None) == (valid == [])
    assert all((found.valid_until or date.max) >= (one.valid_until or date.max) for one in valid)
