"""How many questions a proposal puts to one person, when it is made and when it is sent."""

from datetime import date, timedelta

import pytest

from people import house_rules, notices
from people.notices import Counts
from rostering import booking, proposals
from rostering.models import Booking, ProposalLine
from rostering.offers import answers
from rostering.proposals import groups, page
from rostering.proposals import lines as proposal_lines
from rostering.proposals.choice import Choice
from tests.conftest import NOW, make_person

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 24), date(2026, 12, 7)
SUNDAY = (date(2026, 11, 29) - NOW.date()).days


@pytest.fixture
def ada(utrecht, grant_all, telephone):
    telephone.ladder = "micro_task"  # nobody is a newcomer to that
    telephone.load = 1
    telephone.save()
    return grant_all(make_person("Ada", "volunteer", home=utrecht))


@pytest.fixture
def shifts_on(make_shift, utrecht):
    """Make shifts of one hour in Utrecht: `shifts_on(day, 9, 11)`."""

    def make(day, *hours):
        return [make_shift(days_ahead=day, hour=hour, hours=1, seats=1, location=utrecht) for hour in hours]

    return make


@pytest.fixture
def propose(ada, utrecht, carla, now):
    def make():
        return proposals.ask(Choice(FIRST, LAST, locations=frozenset({utrecht.pk})), by=carla, now=now)

    return make


def questions(proposal):
    return proposal.lines.filter(state__in=ProposalLine.TO_SEND).count()


def test_five_hours_on_one_sunday_are_two_questions(propose, shifts_on, carla, now):
    shifts_on(SUNDAY, 8, 10, 12, 14, 16)
    proposal = propose()
    assert questions(proposal) == 2
    proposal_lines.send(proposal, by=carla, now=now)
    assert Booking.objects.questions(now).count() == 2


def test_the_questions_of_a_proposal_are_one_mail_each_with_its_own_answer(
    propose, shifts_on, ada, carla, now, mailoutbox
):
    shifts_on(SUNDAY, 8, 10, 12, 14, 16)
    notices.send_due(now=now)  # about the papers of Ada
    mailoutbox.clear()
    proposal_lines.send(propose(), by=carla, now=now)
    assert notices.send_due(now=now) == Counts(mails=1, sent=2)
    (mail,) = mailoutbox
    links = [answers.link(one, now=now) for one in Booking.objects.questions(now)]
    assert (mail.subject, [mail.body.count(link) for link in links]) == ("Kun je komen? 2 vragen", [1, 1])


def test_a_person_is_not_cut_in_two_by_what_a_request_can_ask(
    propose, shifts_on, ada, carla, now, monkeypatch
):
    monkeypatch.setattr(proposal_lines, "MOST_AT_ONCE", 1)
    shifts_on(SUNDAY, 8, 10)
    sent = proposal_lines.send(propose(), by=carla, now=now)
    assert (len(sent.asked), sent.left) == (2, 0)


def chips(proposal):
    shown = page.read(proposal)
    return [[chip.text for chip in one.chips] for day in shown.days for row in day.rows for one in row.people]


def test_shifts_that_join_are_shown_as_one_visit(propose, shifts_on, ada, frank, now):
    house_rules.change({"asked_a_day": 3}, by=frank, now=now)
    shifts_on(SUNDAY, 8, 9, 14)
    joined, apart = "In één keer: 08.00 tot 10.00", "Ook die dag: 14.00 tot 15.00"
    assert chips(propose()) == [[joined, apart], [joined, apart], ["Ook die dag: 08.00 tot 10.00"]]


@pytest.mark.parametrize(("gap", "together"), [(0, True), (30, True), (31, False), (-1, False)])
def test_what_joins_begins_within_half_an_hour(gap, together, shifts_on):
    first, second = shifts_on(SUNDAY, 8, 12)
    second.starts_at = first.ends_at + timedelta(minutes=gap)
    assert groups.joins(first, second) == together


def test_another_place_does_not_join_unless_both_are_from_home(shifts_on, make_shift, groningen, telephone):
    (first,) = shifts_on(SUNDAY, 8)
    second = make_shift(days_ahead=SUNDAY, hour=9, location=groningen)
    for mode, together in (("on_site", False), ("remote", True)):
        first.task_kind.mode = second.task_kind.mode = mode
        assert groups.joins(first, second) == together


def test_seven_in_a_week_are_three_questions(propose, shifts_on):
    shifts_on(SUNDAY, 8, 10, 12, 14, 16)
    shifts_on(SUNDAY - 2, 9, 12)
    assert questions(propose()) == 3


def test_seven_days_in_a_row_are_more_than_a_week_of_the_calendar(propose, shifts_on):
    for day in range(SUNDAY - 1, SUNDAY + 3):
        shifts_on(day, 9)
    assert questions(propose()) == 3


def test_questions_that_are_out_about_other_shifts_count(propose, shifts_on, make_shift, ada, carla, now):
    booking.offer(ada, make_shift(days_ahead=SUNDAY, hour=20, hours=1), by=carla, now=now)
    shifts_on(SUNDAY, 8, 10, 12)
    assert questions(propose()) == 1


def test_what_somebody_chose_themselves_is_no_question(propose, shifts_on, make_shift, ada, now):
    booking.book(ada, make_shift(days_ahead=SUNDAY, hour=20, hours=1), by=ada, now=now)
    shifts_on(SUNDAY, 8, 10, 12)
    assert questions(propose()) == 2


def test_who_was_asked_meanwhile_is_passed_over(propose, shifts_on, make_shift, ada, carla, now):
    shifts_on(SUNDAY, 8, 10)
    proposal = propose()
    booking.offer(ada, make_shift(days_ahead=SUNDAY, hour=20, hours=1), by=carla, now=now)
    sent = proposal_lines.send(proposal, by=carla, now=now)
    assert (len(sent.asked), [line.passed_because for line in sent.passed]) == (
        1, ["Is voor die dagen al genoeg gevraagd."],
    )  # fmt: skip


def test_the_numbers_are_house_rules(propose, shifts_on, frank, now):
    house_rules.change({"asked_a_day": 4, "asked_a_week": 4}, by=frank, now=now)
    shifts_on(SUNDAY, 8, 10, 12, 14, 16)
    assert questions(propose()) == 4
