"""Why this person in a proposal, and what it would cost not to ask them."""

from datetime import date, timedelta

import numpy as np
import pytest
from django.urls import reverse

from people.models import Person
from rostering import booking, proposals
from rostering.availability import preferences
from rostering.matching import plan
from rostering.models import Proposal, ProposalLine, Willingness
from rostering.proposals import lines, page, prepared
from rostering.proposals import why as proposal_why
from rostering.proposals.choice import Choice
from tests.conftest import NOW, make_person
from tests.rostering.conftest import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]


@pytest.fixture(autouse=True)
def in_english(settings):
    settings.LANGUAGE_CODE = "en"


@pytest.fixture
def crowd(utrecht, grant_all, telephone):
    """People who may do the telephone task, to which nobody is a newcomer."""
    telephone.ladder = "micro_task"
    telephone.save()

    def crowd(*names):
        return [grant_all(make_person(name, "volunteer", home=utrecht)) for name in names]

    return crowd


@pytest.fixture
def drafted(utrecht, carla, now):
    def drafted():
        choice = Choice(date(2026, 11, 24), date(2026, 12, 7), locations=frozenset({utrecht.pk}))
        return proposals.ask(choice, by=carla, now=now)

    return drafted


@pytest.fixture
def two(crowd, make_shift, utrecht, now):
    """One seat for two people; Ada likes it."""
    ada, _bea = crowd("Ada", "Bea")
    shift = make_shift(location=utrecht, seats=1)
    preferences.set_willingness(ada, {shift.task_kind: Willingness.Level.GLADLY}, by=ada, now=now)
    return shift


def why(line):
    return proposal_why.of(line, now=NOW)


def test_somebody_else_would_come(two, drafted):
    found = why(drafted().lines.get())
    assert found == proposal_why.Why(
        counted=["works from this location", "does little at the moment"],
        place="Fits this shift as number 1 of the 2 who can",
        without="No seat less: Bea Voorbeeld would come",
    )


def test_a_seat_would_stay_empty(crowd, make_shift, utrecht, drafted):
    crowd("Ada")
    make_shift(location=utrecht, seats=1)
    found = why(drafted().lines.get())
    assert (found.place, found.without) == ("The only one who can", "One seat less: Thursday, 17:00")


def test_who_fits_better_may_be_needed_elsewhere(two, make_shift, utrecht, drafted):
    make_shift(location=utrecht, seats=1)  # at the same time
    bea = Person.objects.get(first_name="Bea")
    booking.book(bea, make_shift(days_ahead=5), by=bea, now=NOW)  # and so does more
    found = {line.person.first_name: why(line) for line in drafted().lines.all()}
    assert [(found[name].place, found[name].fits_better) for name in ("Ada", "Bea")] == [
        ("Fits this shift as number 1 of the 2 who can", 0),
        ("Fits this shift as number 2 of the 2 who can", 1),
    ]


def test_who_was_left_out_does_not_come_instead(two, drafted, carla, now):
    draft = drafted()
    lines.leave_out(draft.lines.get(), by=carla, now=now)
    again = proposals.run_again(draft, by=carla, now=now)
    line = again.lines.get(person__first_name="Bea")
    assert (why(line).place, why(line).without) == ("The only one who can", "One seat less: Thursday, 17:00")


def test_who_was_asked_of_the_same_draft_stays(crowd, make_shift, utrecht, drafted, carla, now):
    crowd("Ada", "Bea", "Cem")
    make_shift(location=utrecht, seats=2)
    draft = drafted()
    first, second = draft.lines.all()
    lines.send(draft, by=carla, now=now, only=[first.pk])
    other = "Ada Bea Cem".split()
    for line in (first, second):
        other.remove(line.person.first_name)
    assert why(second).without == f"No seat less: {other[0]} Voorbeeld would come"


def test_what_was_proved_need_not_be_planned_again(two, drafted, monkeypatch):
    line, calls, real = drafted().lines.get(), [], plan.plan
    monkeypatch.setattr(plan, "plan", lambda problem, **how: calls.append(how) or real(problem, **how))
    assert (why(line).is_about, len(calls)) == (False, 1)
    Proposal.objects.update(bound=None)
    line = Proposal.objects.get().lines.get()
    assert (why(line).is_about, len(calls)) == (False, 3)


def test_what_could_not_be_proved_is_about_so(two, drafted, monkeypatch):
    line, real = drafted().lines.get(), plan.plan

    def unsure(problem, **how):
        found = real(problem, **how)
        return plan.Outcome(found.chosen, found.score, np.inf, [], 0, 0, False)

    monkeypatch.setattr(plan, "plan", unsure)
    assert (why(line).is_about, why(line).without) == (True, "No seat less: Bea Voorbeeld would come")


def test_no_plan_is_said(two, drafted, monkeypatch):
    line = drafted().lines.get()

    def broken(problem, **how):
        raise plan.NoPlan("The child died.")

    monkeypatch.setattr(plan, "plan", broken)
    found = why(line)
    assert (found.place, found.without) == ("Fits this shift as number 1 of the 2 who can", "")
    assert found.trouble == "What it would cost could not be worked out now. Try it later."


def test_time_is_up_for_a_plan_that_takes_too_long(two, drafted, monkeypatch):
    line = drafted().lines.get()
    monkeypatch.setattr(proposal_why, "AT_MOST", -1)
    seen = []

    def slow(problem, *, stop, **how):
        seen.append(stop())
        raise plan.NoPlan("Stopped.", "silent")

    monkeypatch.setattr(plan, "plan", slow)
    assert (why(line).without, seen) == ("", [True])


# --- when it no longer holds


def test_when_the_world_changed_the_draft_no_longer_holds(two, drafted, make_shift, utrecht):
    line = drafted().lines.get()
    make_shift(location=utrecht)
    found = why(line)
    assert (found.counted[0], found.place, found.without) == ("works from this location", "", "")
    assert found.trouble == (
        "In the meantime a shift was made, changed or cancelled. "
        "What it would cost can no longer be told. The proposal can still be sent."
    )


def test_a_proposal_that_is_no_draft_has_no_price(two, drafted, carla, now):
    draft = drafted()
    lines.send(draft, by=carla, now=now)
    found = why(ProposalLine.objects.get())
    assert (found.place, found.without) == ("", "")
    assert found.trouble.startswith("What it would cost can only be told")


def test_who_is_left_out_is_not_in_it(two, drafted, carla, now):
    draft = drafted()
    lines.leave_out(draft.lines.get(), by=carla, now=now)
    assert why(draft.lines.get()).trouble == "This person is not in the proposal now."


# --- the page


@pytest.fixture
def as_carla(client, carla):
    client.force_login(carla)
    return client


def test_a_page_and_a_part_of_it(as_carla, two, drafted):
    line = drafted().lines.get()
    address = reverse("rostering:proposal_why", args=[line.pk])
    back = reverse("rostering:proposal", args=[line.proposal_id]) + f"?week=1&dag={two.day}#dienst-{two.pk}"
    whole, part = as_carla.get(address), as_carla.get(address, headers={"hx-request": "true"})
    assert [(b"<html" in answer.content, "Without Ada" in text_of(answer)) for answer in (whole, part)] == [
        (True, True),
        (False, True),
    ]
    assert back.replace("&", "&amp;") in text_of(whole)
    assert address in text_of(as_carla.get(back))


@pytest.mark.parametrize("who", ["dirk", "anouk"])
def test_it_is_there_only_for_who_fills_that_part(client, request, who, two, drafted):
    client.force_login(request.getfixturevalue(who))
    assert client.get(reverse("rostering:proposal_why", args=[drafted().lines.get().pk])).status_code == 404


def test_looking_changes_nothing(as_carla, two, drafted):
    assert (
        as_carla.post(reverse("rostering:proposal_why", args=[drafted().lines.get().pk])).status_code == 405
    )


@pytest.mark.parametrize("number", [1, 3])
def test_it_takes_few_queries(
    as_carla, crowd, make_shift, utrecht, drafted, number, django_assert_max_num_queries
):
    crowd(*"Ada Bea Cem Dee".split()[: number + 1])
    for day in range(number):
        make_shift(location=utrecht, days_ahead=day + 1, seats=1)
    line = drafted().lines.first()
    with django_assert_max_num_queries(33):
        as_carla.get(reverse("rostering:proposal_why", args=[line.pk]))


def test_the_week_to_go_back_to(two, drafted):
    draft = drafted()
    first = draft.from_on
    assert [page.week_of(draft, first + timedelta(days=n)) for n in (0, 5, 6, 13)] == [1, 1, 2, 3]


def test_a_draft_is_the_plan_it_was_made_from(two, drafted):
    draft = drafted()
    found = prepared.drawn(draft).outcome
    assert (found.score, found.bound, int(found.chosen.sum())) == (draft.score, draft.score, 1)
