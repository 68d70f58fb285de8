"""What becomes of a proposal: made, stopped, failed, pinned, sent, expired; nothing is asked before it is sent."""

import math
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django_q.models import OrmQ

from people import qualifications, roles
from people.models import JournalEntry, Person
from rostering import booking, clock, eligibility, proposals, shifts
from rostering.availability import preferences
from rostering.matching import plan, proof
from rostering.matching.plan import Heard, Level, NoPlan
from rostering.models import Booking, Proposal, ProposalLine, Willingness
from rostering.proposals import NotPossible, fingerprint
from rostering.proposals import lines as proposal_lines
from rostering.proposals import states as proposals_states
from rostering.proposals.choice import Choice
from tests.conftest import NOW, make_person

pytestmark = pytest.mark.django_db
State, Line, Change = Proposal.State, ProposalLine.State, ProposalLine.Change
FIRST, LAST = date(2026, 11, 24), date(2026, 12, 7)
REAL_PLAN = plan.plan


@pytest.fixture
def crowd(utrecht, grant_all, telephone):
    """Five people in Utrecht who may do the telephone task and did it before."""
    telephone.ladder = "micro_task"  # nobody is a newcomer to that
    telephone.save()
    return [grant_all(make_person(name, "volunteer", home=utrecht)) for name in "Ada Bea Cem Dee Els".split()]


@pytest.fixture
def here(utrecht):
    return Choice(FIRST, LAST, locations=frozenset({utrecht.pk}))


@pytest.fixture
def three(crowd, make_shift, utrecht):
    """Three shifts at one time, of one seat each: three different people are needed."""
    return [make_shift(location=utrecht, seats=1) for _n in range(3)]


@pytest.fixture
def draft(three, here, carla, now):
    return proposals.ask(here, by=carla, now=now)


@pytest.fixture
def slow(monkeypatch):
    """A calculation in which something happens: `slow(act)` is called in the middle of it."""
    real = plan.plan

    def during(act):
        def calculate(problem, **how):
            act(how)
            return real(problem, **how)

        monkeypatch.setattr(plan, "plan", calculate)

    return during


def pairs(proposal, *states):
    lines = proposal.lines.filter(state__in=states or ProposalLine.TO_SEND)
    return set(lines.values_list("person__first_name", "shift_id"))


def fresh(row):
    return type(row).objects.get(pk=row.pk)


def asked():
    return Booking.objects.filter(state=Booking.State.OFFERED).count()


def entered(state, carla, **fields):
    more = {"failed_because": "fault"} if state == State.FAILED else {}
    if state == State.EXPIRED:
        more = {"expired_at": NOW, "expired_because": "age"}
    return Proposal.objects.create(
        made_by=carla, made_at=NOW, begun_at=NOW, finished_at=NOW, heard_at=NOW,
        from_on=FIRST, until_on=LAST, state=state, **more, **fields,
    )  # fmt: skip


# --- what may become of it


@pytest.mark.parametrize("before", State)
@pytest.mark.parametrize("after", State)
def test_only_the_moves_of_the_table_are_possible(before, after, carla):
    row = entered(before, carla)
    if after in proposals.MOVES[before]:
        row.failed_because = "fault" if after == State.FAILED else ""
        row.expired_at, row.expired_because = (NOW, "age") if after == State.EXPIRED else (None, "")
        proposals_states._move(row, after, by=carla, now=NOW)
        assert fresh(row).state == after
    else:
        with pytest.raises(NotPossible):
            proposals_states._move(row, after, by=carla, now=NOW)
        assert fresh(row).state == before


@pytest.mark.parametrize("before", Line)
@pytest.mark.parametrize("after", Line)
def test_a_line_makes_only_the_moves_of_its_table(before, after, carla, anouk, shift):
    line = ProposalLine.objects.create(
        proposal=entered(State.DRAFT, carla), person=anouk, shift=shift, state=before
    )
    if after in proposal_lines.MOVES[before]:
        assert proposal_lines._move(line, after).state == after
    else:
        with pytest.raises(NotPossible):
            proposal_lines._move(line, after)


# --- asking


def test_one_location_is_answered_at_once(draft, three):
    assert (draft.state, draft.limit) == (State.DRAFT, proposals.AT_ONCE)
    assert {shift for _who, shift in pairs(draft)} == {shift.pk for shift in three}
    assert len({who for who, _shift in pairs(draft)}) == 3
    assert (draft.cover["low"], draft.cover["more"]) == ([3, 0, 3], 0)
    assert (OrmQ.objects.count(), asked()) == (0, 0)


def test_a_large_one_location_goes_to_the_worker(three, here, carla, now, monkeypatch):
    monkeypatch.setattr(proposals_states, "AT_ONCE_PAIRS", 3)
    proposal = proposals.ask(here, by=carla, now=now)
    assert (proposal.state, OrmQ.objects.count()) == (State.ASKED, 1)


def test_what_is_larger_is_made_by_the_worker(three, here, carla, utrecht):
    wide = replace(here, locations=frozenset(), districts=frozenset({utrecht.district_id}))
    proposal = proposals.ask(wide, by=carla, now=NOW)
    [queued] = OrmQ.objects.all()
    assert (queued.task["func"], queued.task["args"]) == ("rostering.proposals.run", (proposal.pk,))
    assert proposals.LARGE_LIMIT < queued.task["timeout"] < 240
    assert proposal.state == State.ASKED


def test_the_worker_makes_it_once(three, here, carla, utrecht, now, time_machine):
    time_machine.move_to(now, tick=False)
    wide = replace(here, locations=frozenset(), districts=frozenset({utrecht.district_id}))
    proposal = proposals.ask(wide, by=carla, now=now)
    for _again in range(2):
        proposals.run(proposal.pk)
    assert (fresh(proposal).state, proposal.lines.count()) == (State.DRAFT, 3)


def test_asking_twice_asks_once(three, here, carla, utrecht, now):
    wide = replace(here, is_national=True)
    assert proposals.ask(wide, by=carla, now=now) == proposals.ask(wide, by=carla, now=now)
    assert (Proposal.objects.count(), OrmQ.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"until_on": FIRST - timedelta(days=1)},
        {"from_on": date(2026, 10, 1), "until_on": date(2026, 10, 2)},
        {"until_on": FIRST + timedelta(weeks=8)},
        {"locations": frozenset()},
        {"from_on": date(2026, 12, 20), "until_on": date(2026, 12, 24)},  # no shifts there
    ],
)
def test_what_makes_no_sense_is_refused(three, here, carla, now, changed):
    with pytest.raises(NotPossible):
        proposals.ask(replace(here, **changed), by=carla, now=now)
    assert Proposal.objects.count() == 0


def test_nobody_who_fits_is_an_answer_too(make_shift, utrecht, here, carla, now):
    make_shift(location=utrecht)
    proposal = proposals.ask(here, by=carla, now=now)
    assert (proposal.state, proposal.lines.count(), proposal.cover["more"]) == (State.DRAFT, 0, 0)


def test_who_has_a_seat_keeps_it(three, crowd, here, carla, now):
    booking.book(crowd[0], three[0], by=crowd[0], now=now)
    proposal = proposals.ask(here, by=carla, now=now)
    assert {shift for _who, shift in pairs(proposal)} == {three[1].pk, three[2].pk}
    assert "Ada" not in {who for who, _shift in pairs(proposal)}
    assert proposal.cover["low"] == [3, 1, 3]


def test_who_rather_not_is_asked_only_when_that_is_chosen(crowd, make_shift, utrecht, here, carla, now):
    shift = make_shift(location=utrecht, seats=5)
    for person in crowd[:3]:
        preferences.set_willingness(
            person, {shift.task_kind: Willingness.Level.RATHER_NOT}, by=person, now=now
        )
    assert len(pairs(proposals.ask(here, by=carla, now=now))) == 2
    assert len(pairs(proposals.ask(replace(here, asks_reluctant=True), by=carla, now=now))) == 5


# --- on the way


def test_what_is_heard_is_kept_for_who_watches(three, here, carla, now, slow):
    seen = []

    def say(how):
        how["heard"](Heard(1.5, 42, 99.0))
        seen.append(Proposal.objects.values_list("state", "seconds", "score", "bound").get())

    slow(say)
    proposals.ask(here, by=carla, now=now)
    assert seen == [(State.RUNNING, 1.5, 42, 99.0)]


def test_no_transaction_is_held_while_it_calculates(three, here, carla, now, slow):
    depth = len(connection.savepoint_ids)
    seen = []
    slow(lambda how: seen.append(len(connection.savepoint_ids)))
    proposals.ask(here, by=carla, now=now)
    assert seen == [depth]


def without_bound(problem, *, levels=(), **how):
    found = REAL_PLAN(problem, levels=True, **how)
    return replace(found, bound=math.inf, levels=list(levels))


@pytest.mark.parametrize(
    ("levels", "more"),
    [
        ([], 1),  # nothing is known: no more than there are people for
        ([Level("cover_low", 2, math.inf)], 1),
        ([Level("cover_low", 2, 2.0)], 0),
        ([Level("cover_high", 0, math.inf), Level("cover_low", 2, 2.0)], 1),
    ],
)
def test_a_bound_that_is_not_known_is_kept_as_nothing(three, here, carla, now, monkeypatch, levels, more):
    def calculate(problem, **how):
        found = without_bound(problem, **{**how, "levels": levels})
        chosen = found.chosen & (problem.task != problem.task[found.chosen][0])
        return replace(found, chosen=chosen)

    monkeypatch.setattr(plan, "plan", calculate)
    proposal = fresh(proposals.ask(here, by=carla, now=now))
    assert (proposal.state, proposal.bound, proposal.cover["gap"]) == (State.DRAFT, None, None)
    assert (proposal.cover["low"], proposal.cover["more"]) == ([3, 0, 2], more)


@pytest.mark.parametrize(
    ("points", "bound", "proved"),
    [
        (12, 12.0, True),
        (12, 12.9, True),  # points are whole
        (12, 13.0, False),
        (12, 12.9999999, False),  # which a solver may mean by 13
        (12, math.inf, False),
        (12, None, False),
        (None, 12.0, False),
    ],
)
def test_proved_is_a_known_bound_that_was_reached(points, bound, proved):
    assert proof.is_proved(points, bound) == proved


def test_stopping_keeps_the_best_so_far(three, here, carla, now, monkeypatch):
    real = plan.plan

    def calculate(problem, *, stop, **how):
        before = stop()
        proposals.stop(Proposal.objects.get(), by=carla, now=now)
        assert (before, stop()) == (False, True)
        return replace(real(problem, **how), stopped=True)

    monkeypatch.setattr(plan, "plan", calculate)
    proposal = proposals.ask(here, by=carla, now=now)
    assert (proposal.state, proposal.is_stopped, proposal.lines.count()) == (State.DRAFT, True, 3)


def test_stopping_what_has_not_begun_puts_it_aside(three, here, carla, now, time_machine):
    time_machine.move_to(now, tick=False)
    proposal = proposals.ask(replace(here, is_national=True), by=carla, now=now)
    assert proposals.stop(proposal, by=carla, now=now).state == State.DISCARDED
    proposals.run(proposal.pk)
    assert fresh(proposal).state == State.DISCARDED


def test_putting_it_aside_while_it_runs_drops_the_plan(three, here, carla, now, slow):
    slow(lambda how: proposals.discard(Proposal.objects.get(), by=carla, now=now))
    proposal = proposals.ask(here, by=carla, now=now)
    assert (proposal.state, proposal.lines.count()) == (State.DISCARDED, 0)


def broken(problem, **how):
    raise NoPlan("The child died.")


def test_a_killed_child_leaves_the_draft_as_it_was(draft, carla, now, monkeypatch):
    before = pairs(draft)
    monkeypatch.setattr(plan, "plan", broken)
    second = proposals.run_again(draft, by=carla, now=now)
    assert (second.state, second.failed_because) == (State.FAILED, Proposal.Failure.NO_PLAN)
    assert (fresh(draft).state, pairs(draft)) == (State.DRAFT, before)


def test_a_fault_of_our_own_is_said_and_reported(three, here, carla, now, monkeypatch):
    monkeypatch.setattr(proposals_states, "prepare", lambda *a, **how: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        proposals.ask(here, by=carla, now=now)
    assert Proposal.objects.get().failed_because == Proposal.Failure.FAULT


def test_a_task_that_the_worker_ends_is_a_failure(three, here, carla, now, monkeypatch):
    def overstays(*args, **how):
        raise SystemExit  # what the worker's alarm raises

    monkeypatch.setattr(plan, "plan", overstays)
    with pytest.raises(SystemExit):
        proposals.ask(here, by=carla, now=now)
    assert Proposal.objects.get().state == State.FAILED


def look_after(now):
    clock.expire_drafts(now)
    clock.look_after(now)


@pytest.mark.parametrize(("seconds", "state"), [(30, State.RUNNING), (31, State.FAILED)])
def test_a_worker_that_is_killed_is_found_by_the_clock(carla, seconds, state):
    row = entered(State.RUNNING, carla)
    clock.look_after(NOW + timedelta(seconds=seconds))
    assert fresh(row).state == state


def test_a_calculation_beats_as_long_as_it_lives(three, here, carla, now, slow, monkeypatch):
    monkeypatch.setattr(proposals_states, "BEATS_EVERY", 0)
    passed, alive = iter([0, 0, 0, 20, 45]), []
    monkeypatch.setattr(proposals_states, "monotonic", lambda: next(passed, 45))

    def long(how):
        for seconds in (20, 45):  # it says nothing, and is asked whether it should stop
            stops = how["stop"]()
            look_after(now + timedelta(seconds=seconds))
            alive.append((stops, *Proposal.objects.values_list("state", "heard_at").get()))

    slow(long)
    proposals.ask(here, by=carla, now=now)
    assert alive == [(False, State.RUNNING, now + timedelta(seconds=seconds)) for seconds in (20, 45)]


def test_who_beats_again_is_not_given_up(carla):
    row = entered(State.RUNNING, carla)
    Proposal.objects.filter(pk=row.pk).update(heard_at=NOW + timedelta(seconds=25))
    assert proposals.give_up(row, now=NOW + timedelta(seconds=31)).state == State.RUNNING


def test_a_late_answer_of_what_was_given_up_is_dropped(three, here, carla, now, slow):
    slow(lambda how: look_after(now + timedelta(minutes=10)))
    proposal = proposals.ask(here, by=carla, now=now)
    assert (proposal.state, proposal.lines.count()) == (State.FAILED, 0)


# --- pinning, leaving out, and again


def test_what_is_pinned_stays_and_who_is_left_out_stays_out(draft, carla, now):
    pinned, left_out, *_rest = draft.lines.order_by("shift")
    proposal_lines.pin(pinned, by=carla, now=now)
    proposal_lines.leave_out(left_out, by=carla, now=now)
    again = proposals.run_again(draft, by=carla, now=now)
    assert pairs(again, Line.PINNED) == {(pinned.person.first_name, pinned.shift_id)}
    assert pairs(again, Line.REJECTED) == {(left_out.person.first_name, left_out.shift_id)}
    assert len(pairs(again)) == 3  # somebody else took the place of who was left out
    assert fresh(draft).state == State.DISCARDED


def test_pinning_and_leaving_out_can_be_taken_back(draft, carla, now):
    line = draft.lines.first()
    for act, state in (
        (proposal_lines.pin, Line.PINNED),
        (proposal_lines.pin, Line.PINNED),
        (proposal_lines.unpin, Line.PROPOSED),
        (proposal_lines.leave_out, Line.REJECTED),
        (proposal_lines.keep, Line.PROPOSED),
    ):
        assert act(line, by=carla, now=now).state == state


def test_a_pin_that_is_no_longer_possible_falls_away(draft, crowd, carla, now):
    line = draft.lines.first()
    proposal_lines.pin(line, by=carla, now=now)
    Person.objects.filter(pk=line.person_id).update(shifts_a_week=0)
    again = proposals.run_again(draft, by=carla, now=now)
    assert (pairs(again, Line.PINNED), len(pairs(again))) == (set(), 3)


def test_trying_again_after_a_failure_remembers_the_pins(draft, carla, now, monkeypatch):
    proposal_lines.pin(draft.lines.first(), by=carla, now=now)
    with monkeypatch.context() as patch:
        patch.setattr(plan, "plan", broken)
        failed = proposals.run_again(draft, by=carla, now=now)
    again = proposals.run_again(failed, by=carla, now=now)
    assert (again.follows, len(pairs(again, Line.PINNED))) == (draft, 1)


def test_a_draft_that_is_over_cannot_be_changed(draft, carla, now):
    proposals.discard(draft, by=carla, now=now)
    with pytest.raises(NotPossible):
        proposal_lines.pin(draft.lines.first(), by=carla, now=now)


# --- sending


def test_sending_asks_everybody_once(draft, carla, now):
    sent = proposal_lines.send(draft, by=carla, now=now)
    again = proposal_lines.send(draft, by=carla, now=now)
    assert (len(sent.asked), again.is_empty, asked(), fresh(draft).state) == (3, True, 3, State.SENT)
    assert set(Booking.objects.values_list("offered_by", flat=True)) == {carla.pk}


def test_sending_some_leaves_the_rest(draft, carla, now):
    first, *_rest = draft.lines.all()
    proposal_lines.send(draft, by=carla, now=now, only=[first.pk])
    assert (asked(), fresh(draft).state, len(pairs(draft))) == (1, State.DRAFT, 2)
    clock.tick(now + timedelta(minutes=1))
    assert fresh(draft).state == State.DRAFT  # our own offers do not make it out of date


def test_who_says_yes_does_not_make_the_rest_out_of_date(draft, carla, now):
    first, *_rest = draft.lines.select_related("person")
    proposal_lines.send(draft, by=carla, now=now, only=[first.pk])
    booking.accept(Booking.objects.get(), by=first.person, now=now)
    clock.tick(now + timedelta(minutes=1))
    assert fresh(draft).state == State.DRAFT


def test_who_was_left_out_is_not_asked(draft, carla, now):
    proposal_lines.leave_out(draft.lines.first(), by=carla, now=now)
    proposal_lines.send(draft, by=carla, now=now)
    assert asked() == 2


def test_who_no_longer_fits_is_passed_over_and_named(draft, carla, now):
    away, taken, fine = draft.lines.select_related("person", "shift")
    preferences.add_exception(
        away.person, from_on=away.shift.day, until_on=away.shift.day, is_available=False,
        by=away.person, now=now,
    )  # fmt: skip
    other = Person.objects.exclude(pk__in=draft.lines.values("person"))
    other = other.filter(first_name__in=["Ada", "Bea", "Cem", "Dee", "Els"]).first()
    booking.book(other, taken.shift, by=other, now=now)
    sent = proposal_lines.send(draft, by=carla, now=now)
    assert ([line.pk for line in sent.asked], asked()) == ([fine.pk], 1)
    assert {line.pk: line.passed_because for line in sent.passed} == {
        away.pk: "Kan dan niet.",
        taken.pk: "Alle plekken van deze dienst zijn bezet.",
    }
    assert fresh(draft).state == State.SENT


def test_who_signed_up_meanwhile_is_no_trouble(draft, carla, now):
    line = draft.lines.select_related("person", "shift").first()
    booking.book(line.person, line.shift, by=line.person, now=now)
    sent = proposal_lines.send(draft, by=carla, now=now)
    assert (len(sent.asked), len(sent.stood), sent.passed, asked()) == (2, 1, [], 2)


def test_more_than_a_request_can_ask_is_sent_in_parts(draft, carla, now, monkeypatch):
    monkeypatch.setattr(proposal_lines, "MOST_AT_ONCE", 2)
    first = proposal_lines.send(draft, by=carla, now=now)
    assert (len(first.asked), first.left, fresh(draft).state) == (2, 1, State.DRAFT)
    second = proposal_lines.send(draft, by=carla, now=now)
    assert (len(second.asked), second.left, fresh(draft).state) == (1, 0, State.SENT)


def test_what_is_out_of_date_cannot_be_sent(draft, carla, now):
    proposals.expire(draft, now=draft.finished_at + proposals.VALID_FOR)
    with pytest.raises(NotPossible):
        proposal_lines.send(draft, by=carla, now=now)
    assert asked() == 0


# --- offers that stand


def test_an_open_offer_stays(three, crowd, here, carla, now):
    booking.offer(crowd[4], three[2], by=carla, now=now)
    proposal = proposals.ask(here, by=carla, now=now)
    assert set(proposal.lines.filter(change=Change.STAYS).values_list("person", "shift")) == {
        (crowd[4].pk, three[2].pk)
    }
    proposal_lines.send(proposal, by=carla, now=now)
    assert asked() == 3


def test_four_asked_for_one_seat_is_no_trouble(three, crowd, here, carla, now):
    for person in crowd[:4]:
        booking.offer(person, three[0], by=carla, now=now)
    proposal = proposals.ask(here, by=carla, now=now)
    assert len(pairs(proposal)) == 3
    assert list(proposal.lines.filter(change=Change.STAYS).values_list("person", flat=True)) == [crowd[0].pk]


@pytest.fixture
def only_ada_can_do_the_second(crowd, make_shift, utrecht, carla, now):
    """Ada was asked for the first shift; only she can take the second, at the same time."""
    first, second = make_shift(location=utrecht, seats=1), make_shift(location=utrecht, seats=1, hours=2)
    booking.offer(crowd[0], first, by=carla, now=now)
    for person in crowd[1:]:
        for shift in (second,):
            row = booking.offer(person, shift, by=carla, now=now)
            booking.decline(row, by=person, now=now)
    return first, second


def test_without_leave_no_offer_is_taken_back(only_ada_can_do_the_second, here, carla, now):
    first, _second = only_ada_can_do_the_second
    proposal = proposals.ask(here, by=carla, now=now)
    assert pairs(proposal) == {("Ada", first.pk)}


def test_with_leave_an_offer_moves_when_that_fills_a_seat(only_ada_can_do_the_second, here, carla, now):
    first, second = only_ada_can_do_the_second
    proposal = proposals.ask(replace(here, may_move=True), by=carla, now=now)
    lines = set(proposal.lines.values_list("person__first_name", "shift", "change"))
    assert {("Ada", second.pk, "new"), ("Ada", first.pk, "goes")} <= lines
    sent = proposal_lines.send(proposal, by=carla, now=now)
    assert (len(sent.asked), len(sent.taken_back)) == (2, 1)
    states = Booking.objects.filter(person__first_name="Ada").values_list("shift", "state")
    assert set(states) == {(first.pk, "cancelled"), (second.pk, "offered")}


def test_replanning_after_a_no_keeps_who_said_yes(draft, carla, now):
    proposal_lines.send(draft, by=carla, now=now)
    no, yes, silent = Booking.objects.select_related("person", "shift")
    booking.decline(no, by=no.person, now=now)
    booking.accept(yes, by=yes.person, now=now)
    again = proposals.replan(draft, by=carla, now=now)
    changes = dict(again.lines.values_list("shift", "change"))
    assert changes == {no.shift_id: Change.NEW, silent.shift_id: Change.STAYS}
    assert no.person not in {line.person for line in again.lines.select_related("person")}
    assert fresh(yes).state == Booking.State.BOOKED


# --- when it no longer holds


def somebody_signs_up(draft, line, carla):
    others = Person.objects.exclude(pk__in=draft.lines.values("person")).filter(grants__isnull=False)
    booking.book(others.first(), line.shift, by=others.first(), now=NOW)


def somebody_is_asked(draft, line, carla):
    others = Person.objects.exclude(pk__in=draft.lines.values("person")).filter(grants__isnull=False)
    booking.offer(others.first(), line.shift, by=carla, now=NOW + timedelta(minutes=1))


def the_shift_moves(draft, line, carla):
    shifts.change(
        line.shift, starts_at=line.shift.starts_at + timedelta(hours=1), ends_at=line.shift.ends_at,
        seats=1, note="", by=carla, now=NOW,
    )  # fmt: skip


def the_shift_is_cancelled(draft, line, carla):
    shifts.cancel(line.shift, by=carla, now=NOW, because="De zaal is dicht")


def a_shift_is_made(draft, line, carla):
    shift = line.shift
    shifts.make(
        task_kind=shift.task_kind, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=1,
        location=shift.location, district=None, note="x", published=True, by=carla, now=NOW,
    )  # fmt: skip


def a_pattern_is_set(draft, line, carla):
    window = preferences.Window(0, line.shift.starts_at.time(), line.shift.ends_at.time())
    preferences.set_pattern(line.person, [window], by=line.person, now=NOW)


def somebody_is_away(draft, line, carla):
    preferences.add_exception(
        line.person, from_on=LAST, until_on=LAST, is_available=False, by=line.person, now=NOW
    )


def somebody_wants_otherwise(draft, line, carla):
    levels = {line.shift.task_kind: Willingness.Level.NEVER}
    preferences.set_willingness(line.person, levels, by=line.person, now=NOW)


def a_certificate_is_revoked(draft, line, carla):
    qualifications.revoke(line.person.grants.first(), by=carla, now=NOW, because="x")


def somebody_sets_a_limit(draft, line, carla):
    preferences.set_limits(line.person, shifts_a_week=1, hours_a_week=None, by=line.person, now=NOW)


def a_role_ends(draft, line, carla):
    roles.end(line.person.role_assignments.get(), by=None, now=NOW, until_on=FIRST)


@pytest.mark.parametrize(
    ("happens", "because"),
    [
        (somebody_signs_up, "bookings"),
        (somebody_is_asked, "bookings"),
        (the_shift_moves, "shifts"),
        (the_shift_is_cancelled, "shifts"),
        (a_shift_is_made, "shifts"),
        (a_pattern_is_set, "availability"),
        (somebody_is_away, "availability"),
        (somebody_wants_otherwise, "willingness"),
        (a_certificate_is_revoked, "grants"),
        (somebody_sets_a_limit, "people"),
        (a_role_ends, "people"),
    ],
)
def test_when_the_world_changes_only_who_no_longer_fits_is_passed_over(draft, carla, now, happens, because):
    clock.tick(now + timedelta(minutes=1))
    before = pairs(draft)
    line = draft.lines.select_related("person", "shift__task_kind", "shift__location").first()
    happens(draft, line, carla)
    line = ProposalLine.objects.select_related("person", "shift").get(pk=line.pk)
    judged = eligibility.assess_people([line.person], line.shift, now=now + timedelta(minutes=2))[0]
    assert fingerprint.changed(draft) == because
    clock.tick(now + timedelta(minutes=2))
    clock.tick(now + timedelta(minutes=3))
    gone = {(line.person.first_name, line.shift_id)} if judged.reasons or judged.warnings else set()
    assert (fresh(draft).state, gone <= before - pairs(draft)) == (State.DRAFT, True)
    passed = draft.lines.filter(state=ProposalLine.State.PASSED)
    assert all(line.passed_because for line in passed)
    assert JournalEntry.objects.filter(verb="proposal.reviewed").count() == bool(passed)


def test_the_rest_of_a_draft_can_still_be_sent(draft, carla, now):
    line = draft.lines.select_related("person", "shift__task_kind").first()
    somebody_wants_otherwise(draft, line, carla)
    clock.tick(now + timedelta(minutes=2))
    sent = proposal_lines.send(draft, by=carla, now=now + timedelta(minutes=3))
    assert (len(sent.asked), sent.passed, asked(), fresh(draft).state) == (2, [], 2, State.SENT)


def test_a_draft_of_which_nobody_is_left_is_out_of_date(draft, carla, now):
    for line in draft.lines.select_related("shift"):
        shifts.cancel(line.shift, by=carla, now=now, because="De zaal is dicht")
    clock.tick(now + timedelta(minutes=2))
    assert (fresh(draft).state, fresh(draft).expired_because) == (State.EXPIRED, "shifts")


def test_what_happens_elsewhere_is_no_change(draft, make_shift, groningen, grant_all, carla, now):
    somebody = grant_all(make_person("Finn", "volunteer", home=groningen))
    booking.book(somebody, make_shift(location=groningen), by=somebody, now=now)
    clock.tick(now + timedelta(minutes=1))
    assert fresh(draft).state == State.DRAFT


def test_who_signed_up_during_the_calculation_makes_it_out_of_date(three, crowd, here, carla, now, slow):
    late = now + timedelta(seconds=1)
    slow(lambda how: booking.book(crowd[0], three[0], by=crowd[0], now=late))
    proposal = proposals.ask(here, by=carla, now=now)
    in_it = proposal.lines.filter(person=crowd[0], shift=three[0]).exists()
    clock.tick(now + timedelta(minutes=1))
    taken = proposal.lines.filter(shift=three[0]).exclude(person=crowd[0])
    assert [line.state for line in taken] == ([] if in_it else [ProposalLine.State.PASSED])


@pytest.mark.parametrize(
    ("at", "because"), [(timedelta(hours=48), "age"), (timedelta(days=3, hours=6), "age")]
)
def test_a_draft_holds_for_two_days(draft, now, at, because):
    look_after(now + at + timedelta(seconds=5))
    assert fresh(draft).expired_because == because


def test_a_draft_ends_when_its_first_shift_begins(crowd, make_shift, utrecht, here, carla, now):
    shift = make_shift(location=utrecht, days_ahead=1)
    proposal = proposals.ask(here, by=carla, now=now)
    look_after(shift.starts_at)
    assert fresh(proposal).expired_because == "began"


def test_names_are_kept_for_four_weeks(draft, carla, now):
    proposals.discard(draft, by=carla, now=now)
    look_after(now + timedelta(days=27))
    assert ProposalLine.objects.count() == 3
    look_after(now + timedelta(days=29))
    assert (Proposal.objects.count(), ProposalLine.objects.count()) == (0, 0)
