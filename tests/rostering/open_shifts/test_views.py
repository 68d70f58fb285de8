"""What a volunteer sees and does on the roster: the open shifts, one shift, book, wait, cancel."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from people import qualifications
from people.models import Grant, JournalEntry, Qualification
from rostering import booking, shifts
from rostering.availability import preferences
from rostering.availability.preferences import Window
from rostering.models import Booking, TaskKind
from tests.conftest import make_person
from tests.rostering.conftest import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday_noon")]
State = Booking.State
OPEN = "/rooster/"


@pytest.fixture
def short(db):
    """A small task of half an hour, from home, for everybody."""
    return TaskKind.objects.create(
        code="T17", name="B1-check", minutes=30, load=1, mode="remote", ladder="micro_task"
    )


def page_of(shift):
    return reverse("rostering:shift", args=[shift.pk])


def listed(response):
    return [row.shift.pk for row in response.context["rows"]]


def near(response):
    return [row.shift.pk for row in response.context["near"]]


def chips(response):
    return [[chip.text for chip in row.chips] for row in response.context["rows"]]


def test_a_visitor_is_asked_to_log_in(client, shift):
    for path in (OPEN, page_of(shift)):
        assert client.get(path).headers["Location"] == f"/inloggen/?next={path}"


def test_the_list_shows_what_fits_soonest_first(signed_in, make_shift, short):
    later, sooner = make_shift(days_ahead=4), make_shift(short, days_ahead=2)
    make_shift(days_ahead=5, published_at=None)
    assert listed(signed_in.get(OPEN)) == [sooner.pk, later.pk]


def test_of_one_day_what_suits_best_comes_first(signed_in, anouk, make_shift, short, telephone, now):
    preferences.set_willingness(anouk, {telephone: 3}, by=anouk, now=now)
    preferences.set_pattern(anouk, [Window(3, time(9), time(22))], by=anouk, now=now)
    early, gladly, outside = make_shift(short, hour=9), make_shift(hour=12), make_shift(hour=7)
    before = make_shift(short, days_ahead=2)
    assert listed(signed_in.get(OPEN)) == [before.pk, gladly.pk, early.pk, outside.pk]


def test_what_i_already_have_or_was_asked_is_not_in_the_list(signed_in, anouk, carla, make_shift, now):
    booked, offered, free = make_shift(days_ahead=2), make_shift(days_ahead=3), make_shift(days_ahead=4)
    booking.book(anouk, booked, by=anouk, now=now)
    booking.offer(anouk, offered, by=carla, now=now)
    assert listed(signed_in.get(OPEN)) == [free.pk]


def test_a_row_says_why_it_fits(signed_in, anouk, shift, telephone, now):
    preferences.set_willingness(anouk, {telephone: 3}, by=anouk, now=now)
    preferences.set_pattern(anouk, [Window(0, time(17), time(20))], by=anouk, now=now)
    expected = ["Nog 2 plekken", "Doe je graag", "Belasting middel", "Valt buiten je beschikbaarheid"]
    assert chips(signed_in.get(OPEN)) == [expected]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["morning", "afternoon", "evening", "night", "saturday"]),
        ("dagdeel=ochtend", ["morning", "saturday"]),
        ("dagdeel=middag", ["afternoon"]),
        ("dagdeel=avond", ["evening"]),
        ("dagdeel=nacht", ["night"]),
        ("dag=za", ["saturday"]),
        ("dag=2026-11-25", ["afternoon"]),
        ("minuten=45", ["morning", "saturday"]),
        ("minuten=120", ["morning", "evening", "saturday"]),
        ("plek=afstand", ["morning", "evening", "night", "saturday"]),
        ("plek=locatie", ["afternoon", "evening", "night"]),
        ("dagdeel=ochtend&dag=za", ["saturday"]),
        ("dag=31-02-2026&dagdeel=banaan&minuten=-1&plek=maan&vrij=ja&page=banaan", None),
    ],
)
def test_filters_are_exact(query, expected, signed_in, make_shift, short, telephone, utrecht):
    on_site = TaskKind.objects.create(
        code="T12", name="Bijeenkomst", minutes=180, load=2, mode="on_site", ladder="small_role"
    )
    made = {
        "morning": make_shift(short, days_ahead=1, hour=11, hours=0.5),
        "afternoon": make_shift(on_site, days_ahead=2, hour=12, location=utrecht),
        "evening": make_shift(days_ahead=3, hour=21, hours=2),
        "night": make_shift(days_ahead=4, hour=22, hours=3),
        "saturday": make_shift(short, days_ahead=5, hour=9, hours=0.5),
    }
    wanted = made if expected is None else expected
    assert listed(signed_in.get(f"{OPEN}?{query}")) == [made[name].pk for name in wanted]


def test_own_location_is_near_and_not_elsewhere(signed_in, make_shift, telephone, utrecht, groningen):
    here, national = make_shift(days_ahead=1, location=utrecht), make_shift(days_ahead=2)
    make_shift(days_ahead=3, location=groningen)
    assert listed(signed_in.get(f"{OPEN}?plek=locatie")) == [here.pk, national.pk]


def test_when_i_can_stands_early_in_the_row_of_filters(signed_in, anouk, shift):
    pills = signed_in.get(OPEN).context["pills"]
    assert [pill["label"] for pill in pills[:3]] == ["Alles", "Als ik kan", "Ochtend"]


def test_only_when_i_am_available(signed_in, anouk, make_shift, now):
    free, busy = make_shift(days_ahead=1), make_shift(days_ahead=2)
    pattern = [Window(free.day.weekday(), time(17), time(20))]
    preferences.set_pattern(anouk, pattern, by=anouk, now=now)
    assert listed(signed_in.get(f"{OPEN}?vrij=1")) == [free.pk]
    assert listed(signed_in.get(OPEN)) == [free.pk, busy.pk]


def test_a_long_list_comes_in_pages_of_25(signed_in, make_shift):
    made = [make_shift(days_ahead=n) for n in range(1, 28)]
    assert listed(signed_in.get(OPEN)) == [one.pk for one in made[:25]]
    assert listed(signed_in.get(f"{OPEN}?page=2")) == [one.pk for one in made[25:]]
    assert 'href="?dagdeel=avond&amp;page=2"' in signed_in.get(f"{OPEN}?dagdeel=avond").content.decode()


def test_almost_yours_is_what_only_learning_keeps_away(client, grant_all, make_shift, certificate, vog, now):
    lacks_two = make_person("Gijs", "volunteer")
    client.force_login(lacks_two)
    first, full, started = (
        make_shift(days_ahead=2),
        make_shift(days_ahead=3, seats=1),
        make_shift(days_ahead=-1),
    )
    other = grant_all(make_person("Hans", "volunteer"))
    booking.book(other, full, by=other, now=now)
    assert near(client.get(OPEN)) == [first.pk]
    assert started.pk not in near(client.get(OPEN))


def test_the_nearest_comes_first_and_five_are_shown(client, make_shift, certificate, vog, short, now):
    gijs = make_person("Gijs", "volunteer")
    client.force_login(gijs)
    far = [make_shift(days_ahead=n) for n in range(1, 6)]  # two things lacking
    short.requires.set([certificate])
    close = make_shift(short, days_ahead=8)
    assert near(client.get(OPEN)) == [close.pk, *(one.pk for one in far[:4])]


def test_fewer_minutes_left_is_nearer(client, make_shift, certificate, vog, short, telephone, now):
    gijs = make_person("Gijs", "volunteer")
    client.force_login(gijs)
    telephone.requires.set([vog])
    short.requires.set([certificate])
    vague, learnable = make_shift(days_ahead=1), make_shift(short, days_ahead=2)
    qualifications.note_step(
        gijs, certificate, minutes_left=40, parts_done=1, parts_total=2, next_title="Doorverwijzen",
        now=now,
    )  # fmt: skip
    response = client.get(OPEN)
    assert near(response) == [learnable.pk, vague.pk]
    assert "Je mist Advieslijn en doorverwijzen, nog 40 minuten" in response.content.decode()
    assert reverse("academy:way", args=["C06"]) in response.content.decode()


def test_the_empty_list_says_what_would_help(client, anouk, make_shift, certificate):
    Grant.objects.filter(person=anouk, qualification=certificate).delete()
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True, learn_minutes=90)
    for n in range(1, 4):
        make_shift(days_ahead=n)
    client.force_login(anouk)
    text = " ".join(client.get(OPEN).content.decode().split())
    assert "Er zijn nu geen open diensten die bij je passen." in text
    assert "Er komen 3 diensten bij met <b>Advieslijn en doorverwijzen</b>." in text
    assert "Nog 1 uur en 30 minuten." in text


def test_filters_without_a_result_lead_back(signed_in, shift):
    response = signed_in.get(f"{OPEN}?dag=zo")
    assert listed(response) == []
    assert "Toon alle diensten" in response.content.decode()


def test_what_is_full_is_a_list_of_its_own_with_the_waiting_list(signed_in, make_shift, grant_all, now):
    bea, (full, also, free) = (
        grant_all(make_person("Bea", "volunteer")),
        [make_shift(days_ahead=n, seats=1) for n in (2, 3, 4)],
    )
    for one in (full, also):
        booking.book(bea, one, by=bea, now=now)
    first = signed_in.get(OPEN)
    assert (listed(first), first.context["full"]) == ([free.pk], 2)
    said = "Er zijn 2 volle diensten: kijk naar de wachtlijst"
    assert re.search(rf'href="\?vol=1">\s*{said}\s*</a>', first.content.decode())
    response = signed_in.get(f"{OPEN}?vol=1")
    assert (listed(response), near(response), chips(response)[0][0]) == ([full.pk, also.pk], [], "Vol")
    address, text = reverse("rostering:wait", args=[full.pk]), response.content.decode()
    assert f'action="{address}"' in text and "Zet me op de wachtlijst" in text
    signed_in.post(address)
    assert listed(signed_in.get(f"{OPEN}?vol=1")) == [also.pk]
    assert signed_in.get(f"{OPEN}?vol=1").context["pills"][1]["on"] is True


def test_what_is_full_and_asks_more_is_not_among_it(client, bram, make_shift, grant_all, now):
    shift, bea = make_shift(seats=1), grant_all(make_person("Bea", "volunteer"))
    booking.book(bea, shift, by=bea, now=now)
    client.force_login(bram)
    assert (client.get(OPEN).context["full"], listed(client.get(f"{OPEN}?vol=1"))) == (0, [])


def test_who_takes_no_shifts_is_told_so(client, eva, shift):
    client.force_login(eva)
    assert "Met jouw rol neem je geen diensten." in client.get(OPEN).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_thirteen_queries(number, signed_in, make_shift, django_assert_num_queries, utrecht):
    for n in range(number):
        make_shift(days_ahead=n + 1, location=utrecht)
    with django_assert_num_queries(13):
        signed_in.get(OPEN)


@pytest.mark.parametrize("number", [1, 3])
def test_a_shift_costs_a_fixed_number_of_queries(
    number, signed_in, anouk, make_shift, grant_all, now, django_assert_num_queries
):
    shift = make_shift(seats=9)
    for n in range(number):
        other = grant_all(make_person(f"Buur{n}", "volunteer"))
        booking.book(other, shift, by=other, now=now)
    booking.book(anouk, shift, by=anouk, now=now)
    with django_assert_num_queries(15):
        signed_in.get(page_of(shift))


def test_a_shift_says_what_it_asks_and_offers_the_act(signed_in, shift):
    response = signed_in.get(page_of(shift))
    text = response.content.decode()
    assert [one.is_met for one in response.context["standing"].requirements] == [True, True]
    assert response.context["standing"].act == "book"
    assert ("Eén pauze van 15 minuten hoort erbij" in text, "17.00 tot 20.00 uur" in text) == (True, True)


def test_a_shift_says_what_is_missing_and_the_way(client, bram, shift, certificate):
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True, learn_minutes=40)
    client.force_login(bram)
    response = client.get(page_of(shift))
    assert [one.is_met for one in response.context["standing"].requirements] == [False, False]
    assert response.context["standing"].act == ""
    assert "Ga verder met leren, nog 40 minuten" in response.content.decode()
    assert "Vraag je coördinator hoe je dit regelt." in response.content.decode()


def test_names_of_colleagues_are_for_who_is_booked_too(signed_in, anouk, shift, grant_all, now):
    bea = grant_all(make_person("Bea", "volunteer", last_name="Geheim"))
    booking.book(bea, shift, by=bea, now=now)
    assert signed_in.get(page_of(shift)).context["standing"].colleagues == []
    booking.book(anouk, shift, by=anouk, now=now)
    response = signed_in.get(page_of(shift))
    assert response.context["standing"].colleagues == ["Bea"]
    assert "Geheim" not in response.content.decode()


def test_a_draft_is_not_there(signed_in, make_shift):
    draft = make_shift(published_at=None)
    assert signed_in.get(page_of(draft)).status_code == 404
    assert signed_in.post(reverse("rostering:book", args=[draft.pk])).status_code == 404


def test_a_cancelled_shift_says_so(signed_in, anouk, carla, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    shifts.cancel(shift, by=carla, now=now, because="De locatie is dicht.")
    text = signed_in.get(page_of(shift)).content.decode()
    assert (
        "Deze dienst gaat niet door" in text or "geannuleerd" in text,
        "De locatie is dicht." in text,
    ) == (
        True,
        True,
    )


def test_booking_says_so_and_offers_the_way_back(signed_in, anouk, shift):
    response = signed_in.post(reverse("rostering:book", args=[shift.pk]), follow=True)
    assert said(response) == [
        "Je staat ingeschreven voor Advieslijn telefoon, donderdag 26 november om 17.00 uur."
    ]
    assert f'action="{reverse("rostering:cancel", args=[shift.pk])}"' in response.content.decode()
    assert anouk.bookings.get().state == State.BOOKED


def test_booking_twice_is_quietly_right(signed_in, anouk, shift):
    address = reverse("rostering:book", args=[shift.pk])
    signed_in.post(address)
    response = signed_in.post(address, follow=True)
    assert (said(response)[-1], anouk.bookings.count()) == ("Je staat al ingeschreven voor deze dienst.", 1)


def test_undo_of_a_booking_and_undo_of_that(signed_in, anouk, shift):
    signed_in.post(reverse("rostering:book", args=[shift.pk]))
    response = signed_in.post(reverse("rostering:cancel", args=[shift.pk]), follow=True)
    assert f'action="{reverse("rostering:book", args=[shift.pk])}"' in response.content.decode()
    signed_in.post(reverse("rostering:book", args=[shift.pk]))
    states = anouk.bookings.order_by("pk").values_list("state", flat=True)
    assert list(states) == [State.CANCELLED, State.BOOKED]


def test_cancelling_twice_says_that_it_is_done(signed_in, anouk, shift, now):
    booking.book(anouk, shift, by=anouk, now=now)
    address = reverse("rostering:cancel", args=[shift.pk])
    signed_in.post(address)
    assert said(signed_in.post(address, follow=True))[-1] == "Je was al afgemeld voor deze dienst."


def test_after_ten_minutes_undo_is_called_cancelling(signed_in, anouk, shift, now, time_machine):
    booking.book(anouk, shift, by=anouk, now=now)
    assert signed_in.get(page_of(shift)).context["standing"].is_fresh is True
    time_machine.move_to(now + timedelta(minutes=10), tick=False)
    assert signed_in.get(page_of(shift)).context["standing"].is_fresh is False


def test_a_full_shift_has_a_waiting_list_with_a_number(signed_in, anouk, make_shift, grant_all, now):
    shift = make_shift(seats=1)
    first, second = (grant_all(make_person(name, "volunteer")) for name in ("Bea", "Cem"))
    booking.book(first, shift, by=first, now=now)
    booking.wait(second, shift, by=second, now=now - timedelta(minutes=1))
    assert signed_in.get(page_of(shift)).context["standing"].act == "wait"
    response = signed_in.post(reverse("rostering:wait", args=[shift.pk]), follow=True)
    assert (response.context["standing"].state, response.context["standing"].position) == (State.WAITING, 2)


def test_a_seat_that_is_just_gone_is_told_with_the_waiting_list(signed_in, make_shift, grant_all, now):
    shift, bea = make_shift(seats=1), grant_all(make_person("Bea", "volunteer"))
    booking.book(bea, shift, by=bea, now=now)
    response = signed_in.post(reverse("rostering:book", args=[shift.pk]), follow=True)
    assert said(response) == ["Alle plekken van deze dienst zijn bezet."]
    assert response.context["standing"].act == "wait"


def test_a_kind_that_needs_approval_becomes_a_request(signed_in, anouk, shift, telephone):
    TaskKind.objects.filter(pk=telephone.pk).update(needs_approval=True)
    assert "Vraag deze dienst aan" in signed_in.get(OPEN).content.decode()
    response = signed_in.post(reverse("rostering:book", args=[shift.pk]), follow=True)
    assert anouk.bookings.get().state == State.REQUESTED
    assert said(response) == [
        "Je aanvraag voor Advieslijn telefoon, donderdag 26 november om 17.00 uur, is verstuurd."
    ]


def test_what_is_not_mine_is_not_there(signed_in, carla, shift, grant_all, now):
    bea = grant_all(make_person("Bea", "volunteer"))
    row = booking.offer(bea, shift, by=carla, now=now)
    assert signed_in.post(reverse("rostering:cancel", args=[shift.pk])).status_code == 404
    assert (
        signed_in.post(reverse("rostering:answer_here", args=[row.pk]), {"antwoord": "ja"}).status_code == 404
    )
    assert signed_in.get(reverse("rostering:event_file", args=[shift.pk])).status_code == 404


def test_looking_changes_nothing(signed_in, anouk, carla, make_shift, now):
    booked, offered = make_shift(days_ahead=2), make_shift(days_ahead=3)
    booking.book(anouk, booked, by=anouk, now=now)
    row = booking.offer(anouk, offered, by=carla, now=now)
    before = JournalEntry.objects.count()
    for name, pk in [("shift", booked.pk), ("book", offered.pk), ("cancel", booked.pk), ("wait", offered.pk)]:
        signed_in.get(reverse(f"rostering:{name}", args=[pk]))
    signed_in.get(reverse("rostering:answer_here", args=[row.pk]))
    assert (JournalEntry.objects.count(), row.state) == (before, State.OFFERED)


def test_the_event_goes_into_a_calendar(signed_in, anouk, shift, now):
    row = booking.book(anouk, shift, by=anouk, now=now)
    response = signed_in.get(reverse("rostering:event_file", args=[shift.pk]))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:booking-{row.pk}@" in response.content.decode()
    assert "METHOD" not in response.content.decode()


def test_what_one_qualification_opens(client, anouk, make_shift, certificate, telephone):
    Grant.objects.filter(person=anouk, qualification=certificate).delete()
    make_shift(days_ahead=2), make_shift(days_ahead=3)
    client.force_login(anouk)
    address = reverse("rostering:opened_by", args=["C06"])
    whole, fragment = client.get(address), client.get(address, headers={"HX-Request": "true"})
    assert (whole.context["count"], "<html" in whole.content.decode()) == (2, True)
    said = "Hiermee komen er 2 diensten voor je bij. 2 daarvan zijn bij jou in de buurt"
    assert said in " ".join(fragment.content.decode().split())
    assert "<html" not in fragment.content.decode()
    assert client.get(reverse("rostering:opened_by", args=["ZZ"])).status_code == 404


def test_what_opens_nothing_by_itself_says_the_next_step(
    client, bram, carla, make_shift, certificate, vog, now
):
    """The newcomer of the report, after the first course: what comes next, where it leads, whom to talk to."""
    welcome = Qualification.objects.create(code="C01", name="Welkom", learn_minutes=90)
    kinds = [
        TaskKind.objects.create(code=code, name=name, minutes=60, load=1, mode="remote", ladder="small_role")
        for code, name in (("T15", "Nalezen"), ("T10", "Moderatie"))
    ]
    privacy = Qualification.objects.create(code="AV", name="AVG", learn_minutes=60, is_taught=True)
    kinds[0].requires.set([welcome, privacy])
    kinds[1].requires.set([welcome, privacy, certificate, vog])
    for kind in kinds:
        make_shift(kind)
    qualifications.grant(bram, welcome, by=None, now=now)
    client.force_login(bram)
    page = client.get(reverse("rostering:opened_by", args=["C01"]))
    step = page.context["opened"].next
    assert (step.lack.qualification, step.more, step.task, step.shifts) == (privacy, 0, kinds[0], 1)
    text = " ".join(page.content.decode().split())
    assert "Je volgende stap is AVG, ongeveer 1 uur." in text
    assert "Dat leidt naar Nalezen: nu 1 dienst." in text
    assert "Praat over je plannen met je coördinator: Carla Voorbeeld." in text


def test_a_wider_qualification_opens_what_its_parts_ask(client, anouk, shift, certificate, vog):
    Grant.objects.filter(person=anouk).delete()
    whole = Qualification.objects.create(code="B", name="Basiscertificaat")
    whole.includes.set([certificate, vog])
    client.force_login(anouk)
    assert client.get(reverse("rostering:opened_by", args=["B"])).context["count"] == 1
    assert client.get(reverse("rostering:opened_by", args=["C06"])).context["count"] == 0


def test_an_empty_list_names_the_own_maximum_and_not_the_filters(client, anouk, make_shift, now):
    anouk.shifts_a_week = 1
    anouk.save()
    booking.book(anouk, make_shift(days_ahead=1), by=anouk, now=now)
    make_shift(days_ahead=3)
    make_shift(days_ahead=4, hour=9)
    client.force_login(anouk)
    for address in (OPEN, f"{OPEN}?dagdeel=avond"):
        text = " ".join(client.get(address).content.decode().split())
        assert "Je eigen maximum van 1 dienst per week is bereikt." in text
        assert "Met deze filters" not in text
        assert reverse("rostering:willingness") in text
