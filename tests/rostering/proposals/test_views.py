"""The screens of a proposal: who may see them, what they say in each state, how many queries they take."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.urls import reverse

from rostering import booking, proposals
from rostering.matching import plan
from rostering.models import Booking, Proposal, ProposalLine
from rostering.proposals import lines as proposal_lines
from rostering.proposals import page as proposal_page
from rostering.proposals import rows as proposal_rows
from rostering.proposals.choice import Choice
from tests.conftest import NOW, make_person
from tests.rostering.conftest import said, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]
State, Line = Proposal.State, ProposalLine.State
FIRST, LAST = date(2026, 11, 24), date(2026, 12, 7)


@pytest.fixture
def crowd(utrecht, grant_all, telephone):
    """Three people who may do the telephone task, to which nobody is a newcomer."""
    telephone.ladder = "micro_task"
    telephone.save()
    return [grant_all(make_person(name, "volunteer", home=utrecht)) for name in ("Ada", "Bea", "Cem")]


@pytest.fixture
def here(utrecht):
    return Choice(FIRST, LAST, locations=frozenset({utrecht.pk}))


@pytest.fixture
def roster(crowd, make_shift, utrecht):
    """A shift of two seats, and one of four for which there are too few people."""
    return make_shift(location=utrecht), make_shift(location=utrecht, days_ahead=12, seats=4)


@pytest.fixture
def draft(roster, here, carla, now):
    return proposals.ask(here, by=carla, now=now)


@pytest.fixture
def as_carla(client, carla):
    client.force_login(carla)
    return client


def at(name, *args):
    return reverse(f"rostering:{name}", args=args)


def page_of(client, proposal, query=""):
    return text_of(client.get(at("proposal", proposal.pk) + query))


def asked():
    return Booking.objects.filter(state="offered").count()


# --- who


ACTS = ["proposal_stop", "proposal_discard", "proposal_again", "proposal_replan", "proposal_send"]
LINE_ACTS = ["proposal_pin", "proposal_unpin", "proposal_leave_out", "proposal_keep"]


@pytest.mark.parametrize("who", ["dirk", "anouk"])
def test_what_is_not_yours_is_not_there(client, request, who, draft):
    client.force_login(request.getfixturevalue(who))
    answers = [client.get(at("proposal", draft.pk))]
    answers += [client.post(at(name, draft.pk)) for name in ACTS]
    answers += [client.post(at(name, draft.lines.first().pk)) for name in LINE_ACTS]
    assert {answer.status_code for answer in answers} == {404}
    assert (asked(), Proposal.objects.get().state) == (0, State.DRAFT)


def test_the_list_holds_what_lies_in_the_own_part_of_the_country(client, draft, carla, dirk, make_shift, now):
    make_shift()
    national = proposals.ask(Choice(FIRST, LAST, is_national=True), by=dirk, now=now)
    for person, seen in ((carla, {draft, national}), (dirk, {national})):
        client.force_login(person)
        assert {row.proposal for row in client.get(at("proposals")).context["proposals"]} == seen


def test_only_own_places_can_be_chosen(as_carla, groningen, shift):
    form = as_carla.get(at("new_proposal")).context["form"]
    assert f"district-{groningen.district_id}" not in dict(form.fields["where"].choices)
    answer = as_carla.post(
        at("new_proposal"),
        {"from_on": FIRST, "until_on": LAST, "where": [f"district-{groningen.district_id}"]},
    )
    assert list(answer.context["form"].errors) == ["where"]


def test_looking_changes_nothing_and_shows_the_proposal(as_carla, draft):
    before = list(draft.lines.values())
    for name, pk in [(name, draft.pk) for name in ACTS] + [
        (name, draft.lines.first().pk) for name in LINE_ACTS
    ]:
        assert as_carla.get(at(name, pk)).headers["Location"] == at("proposal", draft.pk)
    assert list(draft.lines.values()) == before
    assert Proposal.objects.get().state == draft.state


# --- asking


def wanted(utrecht, **fields):
    return {"from_on": FIRST, "until_on": LAST, "where": [f"locatie-{utrecht.pk}"], **fields}


def test_asking_for_one_location_shows_the_draft(as_carla, roster, utrecht):
    answer = as_carla.post(at("new_proposal"), wanted(utrecht), follow=True)
    assert answer.templates[0].name == "rostering/proposals/proposal.html"
    made = Proposal.objects.get()
    assert (made.may_move, made.asks_reluctant, made.lines.count()) == (False, False, 5)


def test_what_is_chosen_is_kept(as_carla, roster, utrecht):
    as_carla.post(at("new_proposal"), wanted(utrecht, allowed=["schuif", "liever-niet"]))
    made = Proposal.objects.get()
    assert (made.may_move, made.asks_reluctant) == (True, True)


BAD = [
    ({"from_on": "gisteren"}, "from_on"),
    ({"until_on": ""}, "until_on"),
    ({"where": []}, "where"),
    ({"where": ["maan-1"]}, "where"),
    ({"allowed": ["alles"]}, "allowed"),
    ({"until_on": "2026-11-23"}, "__all__"),
    ({"until_on": "2027-11-23"}, "__all__"),
    ({"from_on": "2026-12-25", "until_on": "2026-12-26"}, "__all__"),
]


@pytest.mark.parametrize(("fields", "field"), BAD)
def test_what_is_wrong_gets_a_sentence(as_carla, roster, utrecht, fields, field):
    answer = as_carla.post(at("new_proposal"), wanted(utrecht, **fields))
    assert list(answer.context["form"].errors) == [field]
    assert Proposal.objects.count() == 0


# --- underway


@pytest.fixture
def running(roster, here, carla, now):
    proposal = proposals.ask(replace(here, is_national=True), by=carla, now=now)
    Proposal.objects.filter(pk=proposal.pk).update(state="running", begun_at=now, heard_at=now, limit=60)
    return Proposal.objects.get()


def test_who_waits_sees_how_far_it_is(as_carla, running):
    assert "Het voorstel wordt gemaakt" in page_of(as_carla, running)
    part = as_carla.get(at("proposal", running.pk), headers={"hx-request": "true"})
    assert (b"<html" in part.content, b"<progress" in part.content) == (False, True)


def test_who_waits_for_a_worker_that_was_killed_reads_so(as_carla, running, now):
    Proposal.objects.update(heard_at=now - timedelta(seconds=31))
    assert "Van de berekening is niets meer gehoord." in page_of(as_carla, running)


def test_when_it_is_there_the_page_is_read_again(as_carla, draft):
    answer = as_carla.get(at("proposal", draft.pk), headers={"hx-request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_the_stop_button(as_carla, running):
    answer = as_carla.post(at("proposal_stop", running.pk), follow=True)
    assert said(answer) == ["We stoppen: het beste tot nu toe wordt het voorstel."]
    assert Proposal.objects.get().stop_asked_at is not None


def test_stopping_before_it_began_leads_to_the_list(as_carla, roster, here, carla, now):
    proposal = proposals.ask(replace(here, is_national=True), by=carla, now=now)
    answer = as_carla.post(at("proposal_stop", proposal.pk))
    assert (answer.url, Proposal.objects.get().state) == (at("proposals"), State.DISCARDED)


def test_a_failure_says_what_to_do(as_carla, draft, carla, now, monkeypatch):
    def broken(problem, **how):
        raise plan.NoPlan("The child died.")

    monkeypatch.setattr(plan, "plan", broken)
    answer = as_carla.post(at("proposal_again", draft.pk), follow=True)
    page = text_of(answer)
    assert "De berekening stopte voordat er een plan was." in page
    assert at("proposal", draft.pk) in page
    assert "Probeer het opnieuw" in page


# --- the draft


def test_the_draft_in_whole_seats(as_carla, draft):
    page = as_carla.get(at("proposal", draft.pk)).context["page"]
    figures = page.figures
    assert (figures.all.before, figures.all.after, figures.all.seats) == (0, 5, 6)
    assert (figures.late.seats, figures.saturday.seats, page.to_ask) == (6, 4, 5)
    assert [(row.shift.seats, row.after) for row in page.open] == [(4, 3)]
    assert figures.best == "Meer plekken vullen kan niet met deze keuzes: dat is bewezen."


@pytest.mark.parametrize(
    ("known", "more", "gap", "words"),
    [
        (True, 0, 0, "Meer plekken vullen kan niet met deze keuzes: dat is bewezen."),
        (False, 0, None, "Meer plekken vullen kan niet met deze keuzes."),
        (False, 0, 0, "Meer plekken vullen kan niet met deze keuzes."),
        (False, 3, None, "Hoogstens nog 3 plekken meer zijn mogelijk."),
        (False, 3, 0.02, "Hoogstens nog 3 plekken meer zijn mogelijk. Het haalt 98,0% van wat hoogstens mogelijk is."),
    ],
)  # fmt: skip
def test_how_much_better_it_could_be_as_far_as_that_is_known(as_carla, draft, known, more, gap, words):
    draft.cover = {**draft.cover, "more": more, "gap": gap}
    draft.bound = draft.score if known else None
    draft.save()
    assert as_carla.get(at("proposal", draft.pk)).context["page"].figures.best == words


def priorities(client, draft, now):
    """By what matters most: on the page of the proposal, and on that of its quality."""
    figures = client.get(at("proposal", draft.pk)).context["page"].figures
    told = client.get(at("proposal_quality", draft.pk)).context["told"]
    table = next(table for table in told.tables if table.code == "priority")
    return (
        [(name, f"{share.before} van {share.seats}", f"{share.after} van {share.seats}")
         for name, share in [("alles", figures.all), *figures.by_priority]],
        [(name, row.seats_before, row.seats)
         for name, row in [("alles", told.figures[0]), *((row.label, row) for row in table.rows)]],
    )  # fmt: skip


def test_page_and_quality_count_alike(as_carla, draft, telephone, roster, carla, now):
    """Before sending, and after somebody said no."""
    page, quality = priorities(as_carla, draft, now)
    assert (
        page
        == quality
        == [("alles", "0 van 6", "5 van 6"), ("Kleine taken zonder cliëntcontact", "0 van 6", "5 van 6")]
    )
    proposal_lines.leave_out(draft.lines.first(), by=carla, now=now)
    proposal_lines.send(draft, by=carla, now=now)
    no = Booking.objects.select_related("person").first()
    booking.decline(no, by=no.person, now=now)
    page, quality = priorities(as_carla, draft, now)
    assert page[0] == ("alles", "0 van 6", "3 van 6")
    assert page == quality


def test_each_week_has_its_own_people(as_carla, draft):
    for week, people in ((1, 2), (2, 3), (9, 0), (0, 2)):
        page = as_carla.get(at("proposal", draft.pk) + f"?week={week}").context["page"]
        assert sum(len(row.people) for day in page.days for row in day.rows) == people


def test_as_a_board(as_carla, draft):
    page = as_carla.get(at("proposal", draft.pk) + "?beeld=bord&week=2").context["page"]
    cells = [cell for day in page.grid for cell in day.cells if cell.seats]
    assert [(cell.taken, cell.after, cell.seats, cell.said) for cell in cells] == [(0, 3, 4, "1 open")]


@pytest.mark.parametrize("query", ["?week=x", "?week=99999999999999999999", "?beeld=maan"])
def test_a_strange_address_gives_a_page(as_carla, draft, query):
    assert as_carla.get(at("proposal", draft.pk) + query).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("query", ["", "?beeld=bord"])
def test_the_draft_takes_few_queries(
    as_carla, crowd, make_shift, utrecht, here, carla, now, number, query, django_assert_max_num_queries
):
    for day in range(number):
        make_shift(location=utrecht, days_ahead=day + 1, seats=3)
    proposal = proposals.ask(here, by=carla, now=now)
    assert proposal.lines.count() == number * 3
    with django_assert_max_num_queries(19):
        as_carla.get(at("proposal", proposal.pk) + query)


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_few_queries(as_carla, draft, carla, number, django_assert_max_num_queries, utrecht):
    for _n in range(number):
        row = Proposal.objects.create(made_by=carla, made_at=NOW, from_on=FIRST, until_on=LAST)
        row.locations.add(utrecht)
    with django_assert_max_num_queries(9):
        as_carla.get(at("proposals"))


def test_the_list_says_where_and_how_much(as_carla, draft):
    page = text_of(as_carla.get(at("proposals")))
    assert "Utrecht. Gemaakt op maandag 23 november" in page
    assert "0 → 5 van 6 plekken" in page


def test_an_empty_list_helps_on(as_carla):
    assert "Nog geen voorstellen" in text_of(as_carla.get(at("proposals")))


def test_pinning_and_leaving_out(as_carla, draft):
    first, second, *_rest = draft.lines.all()
    back = at("proposal", draft.pk) + "?week=2"
    assert as_carla.post(at("proposal_pin", first.pk), {"terug": back}).url == back
    answer = as_carla.post(at("proposal_leave_out", second.pk), follow=True)
    *_before, message = answer.context["messages"]
    assert set(draft.lines.values_list("pk", "state")) >= {(first.pk, "pinned"), (second.pk, "rejected")}
    as_carla.post(message.extra_tags)
    assert draft.lines.get(pk=second.pk).state == Line.PROPOSED


@pytest.mark.parametrize("evil", ["https://evil.example/", "//evil.example/"])
def test_going_back_never_leads_to_another_site(as_carla, draft, evil):
    answer = as_carla.post(at("proposal_pin", draft.lines.first().pk), {"terug": evil})
    assert answer.url == at("proposal", draft.pk)


def test_sending_all(as_carla, draft):
    answer = as_carla.post(at("proposal_send", draft.pk), follow=True)
    assert (said(answer), asked()) == (["3 mensen zijn gevraagd. Samen kregen ze 5 vragen."], 5)
    assert "Verstuurd: 5 vragen" in text_of(answer)


def test_sending_one_shift(as_carla, draft, roster):
    lines = list(draft.lines.filter(shift=roster[0]).values_list("pk", flat=True))
    as_carla.post(at("proposal_send", draft.pk), {"regel": [*lines, "x"]})
    assert (asked(), Proposal.objects.get().state) == (2, State.DRAFT)


def test_sending_twice_says_so(as_carla, draft):
    as_carla.post(at("proposal_send", draft.pk))
    assert (
        said(as_carla.post(at("proposal_send", draft.pk), follow=True))[-1] == "Deze mensen zijn al gevraagd."
    )


def test_who_is_passed_over_is_named(as_carla, draft, roster, grant_all, utrecht, now):
    shift, somebody = roster[0], grant_all(make_person("Dee", "volunteer", home=utrecht))
    booking.book(somebody, shift, by=somebody, now=now)
    first = draft.lines.filter(shift=shift).select_related("person").first()
    booking.book(first.person, shift, by=first.person, now=now)
    answer = as_carla.post(at("proposal_send", draft.pk), follow=True)
    other = draft.lines.filter(shift=shift).exclude(pk=first.pk).get()
    assert said(answer)[1:] == [f"{other.person} is niet gevraagd: Alle plekken van deze dienst zijn bezet."]
    assert "Niet gevraagd, omdat ze niet meer passen" in text_of(answer)


def test_what_was_answered_is_seen(as_carla, draft, carla, now):
    proposal_lines.send(draft, by=carla, now=now)
    yes, no, *_rest = Booking.objects.select_related("person", "shift")
    booking.accept(yes, by=yes.person, now=now)
    booking.decline(no, by=no.person, now=now)
    page = as_carla.get(at("proposal", draft.pk)).context["page"]
    assert (page.asked, page.said_no) == (5, 1)
    assert (page.figures.all.before, page.figures.all.after) == (0, 4)


def test_out_of_date_says_why_and_what_to_do(as_carla, draft):
    proposals.expire(draft, now=draft.finished_at + proposals.VALID_FOR)
    page = page_of(as_carla, draft)
    assert "Dit voorstel is verlopen" in page
    assert "Het is ouder dan twee dagen." in page
    assert "Verstuur het voorstel" not in page


def test_replanning_from_the_page(as_carla, draft, carla, now):
    proposal_lines.send(draft, by=carla, now=now)
    row = Booking.objects.select_related("person").first()
    booking.decline(row, by=row.person, now=now)
    answer = as_carla.post(at("proposal_replan", draft.pk), follow=True)
    changed = answer.context["page"].changed
    assert (changed.new, changed.same, len(changed.gone)) == (1, 4, 1)


def test_put_aside_and_again(as_carla, draft):
    as_carla.post(at("proposal_again", draft.pk))
    assert "Er is een nieuwer voorstel" in page_of(as_carla, draft)


def test_a_proposal_for_nobody_says_so(as_carla, make_shift, utrecht, here, carla, now):
    make_shift(location=utrecht, days_ahead=12)
    proposal = proposals.ask(replace(here, from_on=FIRST + timedelta(days=7)), by=carla, now=now)
    assert "op de open plekken past niemand" in page_of(as_carla, proposal)


def test_a_busy_week_is_shown_a_day_at_a_time(as_carla, draft, monkeypatch):
    monkeypatch.setattr(proposal_rows, "MOST_SHIFTS", 0)
    days_of_it = [one.day for one in proposal_page.read(draft).days]
    assert [one.day for one in proposal_page.read(draft).shown] == days_of_it[:1]
    assert [one.day for one in proposal_page.read(draft, day=days_of_it[-1]).shown] == days_of_it[-1:]
    page = as_carla.get(reverse("rostering:proposal", args=[draft.pk]), {"dag": "2026-02-31"})
    assert [one.day for one in page.context["page"].shown] == days_of_it[:1]


def test_who_is_left_out_can_be_put_back_in_the_same_place(as_carla, draft):
    """Also when nobody of that shift is left: the shift stays where it was."""
    lines = list(draft.lines.filter(shift=draft.lines.first().shift_id))
    for line in lines:
        as_carla.post(at("proposal_leave_out", line.pk))
    page = as_carla.get(at("proposal", draft.pk))
    rows = [row for day in page.context["page"].days for row in day.rows]
    (row,) = [row for row in rows if row.shift.pk == lines[0].shift_id]
    assert ({one.line for one in row.left_out}, row.people) == (set(lines), [])
    here = page.content.decode().partition(f'id="dienst-{row.shift.pk}"')[2].partition("</article>")[0]
    assert [at("proposal_keep", line.pk) in here for line in lines] == [True] * len(lines)
