"""The screens of the coordinator: who may see them, what they do, how many queries they take."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from people.models import Notice, Person
from rostering import booking
from rostering.availability import preferences
from rostering.models import Booking, Shift, WeeklyDemand, Willingness
from tests.conftest import make_person

pytestmark = pytest.mark.django_db
State = Booking.State


@pytest.fixture(autouse=True)
def the_moment(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def volunteers(utrecht, grant_all):
    """Six people who may do the telephone task."""
    return [
        grant_all(make_person(name, "volunteer", home=utrecht))
        for name in "Ada Bea Cem Dee Els Fen".split(" ")
    ]


@pytest.fixture
def here(make_shift, utrecht):
    return make_shift(location=utrecht)


@pytest.fixture
def as_carla(client, carla):
    client.force_login(carla)
    return client


def at(name, *args):
    return reverse(f"rostering:{name}", args=args)


def said(response):
    return [str(message) for message in response.context["messages"]]


def post(client, name, *args, **fields):
    with translation.override("en"):
        return client.post(at(name, *args), fields, follow=True, headers={"accept-language": "en"})


def states(shift):
    return list(shift.bookings.order_by("person__first_name").values_list("person__first_name", "state"))


# --- who may see what

PAGES = ["board", "board_people", "new_shift", "import_demand"]


@pytest.mark.parametrize("name", PAGES)
def test_a_coordinator_sees_the_pages_a_volunteer_a_404(client, carla, anouk, name):
    client.force_login(carla)
    assert client.get(at(name)).status_code == 200
    client.force_login(anouk)
    assert client.get(at(name)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_goes_to_the_log_in(client, db, name):
    assert client.get(at(name)).url.startswith(reverse("account_login"))


SHIFT_PAGES = ["board_shift", "board_change"]
SHIFT_ACTS = [
    "board_ask_four", "board_cancel", "board_publish", "board_all_attended", "board_undo_cancel", "board_change",
]  # fmt: skip
PERSON_ACTS = ["board_offer", "board_book"]
BOOKING_ACTS = [
    "board_confirm", "board_refuse", "board_take_off", "board_undo", "board_attended", "board_absent",
]  # fmt: skip


@pytest.mark.parametrize("who", ["dirk", "anouk"])
def test_what_is_not_yours_is_not_there(client, request, who, here, volunteers, now):
    row = booking.book(volunteers[0], here, by=volunteers[0], now=now)
    client.force_login(request.getfixturevalue(who))
    answers = [client.get(at(name, here.pk)) for name in SHIFT_PAGES]
    answers += [client.post(at(name, here.pk)) for name in SHIFT_ACTS]
    answers += [client.post(at(name, here.pk, volunteers[1].public_id)) for name in PERSON_ACTS]
    answers += [client.post(at(name, row.pk)) for name in BOOKING_ACTS]
    answers.append(client.get(at("new_shift") + f"?als={here.pk}"))
    assert {answer.status_code for answer in answers} == {404}
    assert states(here) == [("Ada", State.BOOKED)]


def test_the_national_pool_is_for_every_coordinator(client, dirk, shift):
    client.force_login(dirk)
    assert client.get(at("board_shift", shift.pk)).status_code == 200


def test_looking_changes_nothing_and_shows_the_shift(as_carla, here, volunteers, carla, now):
    row = booking.book(volunteers[0], here, by=carla, now=now)
    addresses = [at(name, here.pk) for name in SHIFT_ACTS[:-1]]
    addresses += [at(name, here.pk, volunteers[1].public_id) for name in PERSON_ACTS]
    addresses += [at(name, row.pk) for name in BOOKING_ACTS]
    for address in addresses:
        assert as_carla.get(address).headers["Location"] == at("board_shift", here.pk)
    assert states(here) == [("Ada", State.BOOKED)]
    assert not Shift.objects.get(pk=here.pk).cancelled_at


@pytest.mark.parametrize("path", ["/bord/2026-02-30/avond/", "/bord/2026-11-24/lunch/", "/bord/dienst/99/"])
def test_what_does_not_exist_is_a_404(as_carla, path):
    assert as_carla.get(path).status_code == 404


@pytest.mark.parametrize("query", ["?waar=maan&taak=é", "?page=x", "?wie=niemand"])
def test_a_strange_address_gives_a_page(as_carla, query):
    assert as_carla.get(at("board") + query).status_code == 200
    assert as_carla.get(at("board_people") + query).status_code == 200


# --- how many queries


@pytest.mark.parametrize("number", [1, 3])
def test_the_board_takes_few_queries(
    as_carla, volunteers, make_shift, carla, now, number, django_assert_max_num_queries
):
    for day in range(number):
        booking.offer(volunteers[day], make_shift(days_ahead=day + 1), by=carla, now=now)
    with django_assert_max_num_queries(12):
        as_carla.get(at("board"))


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize("query", ["", "?zoek=e"])
def test_the_shift_takes_few_queries(
    as_carla, volunteers, make_shift, now, number, query, django_assert_max_num_queries
):
    shift = make_shift(seats=6)
    for person in volunteers[:number]:
        booking.book(person, shift, by=person, now=now)
    with django_assert_max_num_queries(20):
        as_carla.get(at("board_shift", shift.pk) + query)


@pytest.mark.parametrize("number", [1, 3])
def test_the_people_take_few_queries(as_carla, grant_all, utrecht, number, django_assert_max_num_queries):
    for name in ["Ada", "Bea", "Cem"][:number]:
        grant_all(make_person(name, "volunteer", home=utrecht))
    with django_assert_max_num_queries(12):
        as_carla.get(at("board_people"))


# --- one daypart


def test_a_daypart_is_a_page_and_with_htmx_a_part_of_one(as_carla, shift):
    address = at("board_cell", f"{shift.day}", "avond")
    assert b"<html" in as_carla.get(address).content
    part = as_carla.get(address, headers={"hx-request": "true"}).content
    assert b"<html" not in part
    assert b"Advieslijn telefoon" in part


# --- asking and putting on


def test_asking_four_asks_the_four_who_suit_it_best(as_carla, carla, volunteers, make_shift, now):
    shift, other = make_shift(), make_shift(days_ahead=10)
    booking.book(volunteers[0], other, by=volunteers[0], now=now)
    answer = post(as_carla, "board_ask_four", shift.pk, gevraagd="0")
    assert states(shift) == [(name, State.OFFERED) for name in ("Bea", "Cem", "Dee", "Els")]
    assert {row.offered_by for row in shift.bookings.all()} == {carla}
    assert said(answer) == ["Asked: Bea Voorbeeld, Cem Voorbeeld, Dee Voorbeeld, Els Voorbeeld."]


def test_asking_four_twice_asks_four(as_carla, volunteers, shift):
    for _again in range(2):
        answer = post(as_carla, "board_ask_four", shift.pk, gevraagd="0")
    assert shift.bookings.count() == 4
    assert said(answer) == ["In the meantime others have been asked. Look who, before you ask more."]


def test_asking_goes_back_to_the_board_and_never_to_another_site(as_carla, shift):
    answer = as_carla.post(at("board_ask_four", shift.pk), {"terug": "/bord/?waar=eigen", "gevraagd": "0"})
    assert answer.url == "/bord/?waar=eigen"
    for evil in ("https://evil.example/", "//evil.example/"):
        answer = as_carla.post(at("board_ask_four", shift.pk), {"terug": evil, "gevraagd": "0"})
        assert answer.url == at("board_shift", shift.pk)


def test_offering_and_booking_one_person(as_carla, volunteers, shift):
    post(as_carla, "board_offer", shift.pk, volunteers[0].public_id)
    post(as_carla, "board_book", shift.pk, volunteers[1].public_id)
    assert states(shift) == [("Ada", State.OFFERED), ("Bea", State.BOOKED)]


def test_putting_on_can_be_undone(as_carla, volunteers, shift):
    answer = post(as_carla, "board_book", shift.pk, volunteers[0].public_id)
    [message] = answer.context["messages"]
    as_carla.post(message.extra_tags)
    assert states(shift) == [("Ada", State.CANCELLED)]


def test_why_not_is_said_but_not_what_is_private(as_carla, bram, volunteers, shift, now):
    never, busy = volunteers[:2]
    preferences.set_willingness(never, {shift.task_kind: Willingness.Level.NEVER}, by=never, now=now)
    Person.objects.filter(pk=busy.pk).update(shifts_a_week=0)
    for person in (never, busy):
        answer = post(as_carla, "board_book", shift.pk, person.public_id)
        assert said(answer) == ["Cannot come at that time."]
    answer = post(as_carla, "board_book", shift.pk, bram.public_id)
    assert said(answer)[0].startswith("This task comes after the first training. The certificate")
    assert states(shift) == []


def test_searching_gives_names_and_no_private_reason(as_carla, volunteers, bram, shift, now):
    preferences.set_willingness(
        volunteers[0], {shift.task_kind: Willingness.Level.NEVER}, by=volunteers[0], now=now
    )
    found = (
        as_carla.get(at("board_shift", shift.pk) + "?zoek=voorb", headers={"accept-language": "en"})
        .context["crew"]
        .found
    )
    by_name = {one.person.first_name: one.bars for one in found}
    assert by_name["Ada"] == ["Cannot come at that time."]
    assert by_name["Bea"] == []
    assert "This task comes after the first training." in by_name["Bram"]


# --- requests, taking off, attendance


@pytest.fixture
def request_of_ada(telephone, volunteers, shift, now):
    telephone.needs_approval = True
    telephone.save()
    return booking.book(volunteers[0], shift, by=volunteers[0], now=now)


def test_a_request_is_confirmed(as_carla, request_of_ada, shift):
    post(as_carla, "board_confirm", request_of_ada.pk)
    assert states(shift) == [("Ada", State.BOOKED)]


def test_a_request_is_refused_with_a_reason(as_carla, request_of_ada, shift):
    assert said(post(as_carla, "board_refuse", request_of_ada.pk)) == [
        "Say why, so that the person understands."
    ]
    post(as_carla, "board_refuse", request_of_ada.pk, reden="Deze keer iemand uit de buurt")
    assert states(shift) == [("Ada", State.DECLINED)]


def test_taking_off_wants_a_reason_and_can_be_undone(as_carla, volunteers, shift, now):
    row = booking.book(volunteers[0], shift, by=volunteers[0], now=now)
    assert said(post(as_carla, "board_take_off", row.pk)) == ["Say why, so that the person understands."]
    answer = post(as_carla, "board_take_off", row.pk, reden="Dubbel gepland")
    [message] = answer.context["messages"]
    assert states(shift) == [("Ada", State.CANCELLED)]
    as_carla.post(message.extra_tags)
    assert states(shift) == [("Ada", State.CANCELLED), ("Ada", State.BOOKED)]


def test_attendance_is_marked_from_the_start_on(as_carla, volunteers, shift, now, time_machine):
    rows = [booking.book(person, shift, by=person, now=now) for person in volunteers[:2]]
    assert said(post(as_carla, "board_attended", rows[0].pk)) == ["The shift has not started yet."]
    assert said(post(as_carla, "board_all_attended", shift.pk)) == ["The shift has not started yet."]
    time_machine.move_to(shift.starts_at + timedelta(minutes=1), tick=False)
    post(as_carla, "board_absent", rows[0].pk)
    post(as_carla, "board_all_attended", shift.pk)
    assert states(shift) == [("Ada", State.ABSENT), ("Bea", State.ATTENDED)]


def test_the_page_of_a_shift_shows_who_is_where(as_carla, carla, volunteers, make_shift, now):
    shift = make_shift(seats=1)
    booking.offer(volunteers[2], shift, by=carla, now=now)
    booking.book(volunteers[0], shift, by=volunteers[0], now=now)
    for person in (volunteers[4], volunteers[3]):
        booking.wait(person, shift, by=person, now=now)
    volunteers[0].grants.all().delete()
    crew = as_carla.get(at("board_shift", shift.pk), headers={"accept-language": "en"}).context["crew"]
    assert [(line.booking.person.first_name, len(line.lacking)) for line in crew.seated] == [("Ada", 2)]
    assert [line.booking.person.first_name for line in crew.offered] == ["Cem"]
    assert [line.booking.person.first_name for line in crew.waiting] == ["Els", "Dee"]
    assert crew.suggested == []


# --- the shift itself


def test_cancelling_a_shift_wants_a_reason(as_carla, shift):
    assert said(post(as_carla, "board_cancel", shift.pk)) == ["Say why, so that people understand."]
    post(as_carla, "board_cancel", shift.pk, reden="De zaal is dicht")
    shift.refresh_from_db()
    assert shift.cancelled_because == "De zaal is dicht"


def new(telephone, **fields):
    return {
        "task_kind": telephone.pk, "day": "2026-11-27", "start": "22:00", "end": "01:00", "seats": "2",
        "where": "landelijk", "note": "", "published": "publiceer", **fields,
    }  # fmt: skip


def test_making_a_shift_over_midnight(as_carla, telephone, utrecht):
    post(as_carla, "new_shift", **new(telephone, where=f"locatie-{utrecht.pk}", note="Bel aan bij de poort"))
    made = Shift.objects.get()
    assert (made.minutes, made.seats, made.location, made.note) == (180, 2, utrecht, "Bel aan bij de poort")
    assert made.published_at is not None


def test_a_button_pressed_twice_makes_one_shift(as_carla, telephone):
    post(as_carla, "new_shift", **new(telephone))
    again = post(as_carla, "new_shift", **new(telephone))
    made = Shift.objects.get()
    assert again.redirect_chain == [(at("board_shift", made.pk), 302)]
    assert said(again) == ["You had sent this already. Here you see what came of it."]


BAD = [
    ({"seats": "0"}, "seats"),
    ({"seats": "tien"}, "seats"),
    ({"day": "2026-02-30"}, "day"),
    ({"start": "25:00"}, "start"),
    ({"end": "22:00"}, "end"),
    ({"day": "2026-11-20"}, "start"),
    ({"day": "0001-01-01"}, "day"),
    ({"day": "9999-12-31"}, "day"),
    ({"day": "2027-03-28", "start": "02:30"}, "start"),
    ({"note": "Bel 06 12345678"}, "note"),
    ({"task_kind": "0"}, "task_kind"),
    ({"where": "locatie-0"}, "where"),
    ({"published": "misschien"}, "published"),
]


@pytest.mark.parametrize(("fields", "field"), BAD)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(as_carla, telephone, fields, field):
    answer = post(as_carla, "new_shift", **new(telephone, **fields))
    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert form["where"].value() == fields.get("where", "landelijk")
    assert Shift.objects.count() == 0


def test_a_shift_is_made_in_the_own_part_of_the_country_only(as_carla, telephone, groningen):
    for where in (f"locatie-{groningen.pk}", f"district-{groningen.district_id}"):
        answer = post(as_carla, "new_shift", **new(telephone, where=where))
        assert list(answer.context["form"].errors) == ["where"]


def test_a_draft_is_published_later(as_carla, telephone):
    post(as_carla, "new_shift", **new(telephone, published="concept"))
    made = Shift.objects.get()
    assert made.published_at is None
    post(as_carla, "board_publish", made.pk)
    made.refresh_from_db()
    assert made.published_at is not None


def test_a_copy_starts_from_the_same_time_a_week_later(as_carla, here):
    form = as_carla.get(at("new_shift") + f"?als={here.pk}").context["form"]
    assert form["day"].value() == here.day + timedelta(days=7)
    assert form["where"].value() == f"locatie-{here.location_id}"
    assert f"{form['start'].value():%H:%M}" == "17:00"


def test_changing_a_shift(as_carla, volunteers, shift, now):
    booking.book(volunteers[0], shift, by=volunteers[0], now=now)
    post(as_carla, "board_change", shift.pk, day="2026-11-27", start="18:00", end="21:00", seats="3", note="")
    shift.refresh_from_db()
    assert (f"{shift.day}", shift.seats, shift.sequence) == ("2026-11-27", 3, 1)


def test_a_window_left_open_does_not_move_a_shift_back(as_carla, volunteers, shift, now):
    booking.book(volunteers[0], shift, by=volunteers[0], now=now)
    form = as_carla.get(at("board_change", shift.pk)).context["form"]
    open_window = {field.html_name: field.value() or "" for field in form}
    later = {"day": "2026-11-27", "start": "18:00", "end": "21:00", "seats": "3", "note": ""}
    post(as_carla, "board_change", shift.pk, **(open_window | later))
    shift.refresh_from_db()
    told = Notice.objects.count()
    answer = post(as_carla, "board_change", shift.pk, **(open_window | {"note": "Neem koekjes mee."}))
    said, moved = answer.context["form"], Shift.objects.get(pk=shift.pk)
    assert ["Day, Start, End, Seats" in problem for problem in said.non_field_errors()] == [True]
    assert (said["start"].value(), said["note"].value()) == ("18:00", "Neem koekjes mee.")
    assert (moved.starts_at, moved.note, Notice.objects.count()) == (shift.starts_at, "", told)
    again = {field.html_name: field.value() or "" for field in said}
    post(as_carla, "board_change", shift.pk, **again)
    moved.refresh_from_db()
    assert (moved.starts_at, moved.note) == (shift.starts_at, "Neem koekjes mee.")


def test_fewer_seats_than_people_is_refused_with_a_sentence(as_carla, volunteers, shift, now):
    for person in volunteers[:2]:
        booking.book(person, shift, by=person, now=now)
    answer = post(
        as_carla, "board_change", shift.pk, day="2026-11-26", start="17:00", end="20:00", seats="1", note=""
    )
    assert answer.context["form"].non_field_errors() == [
        "There are more people booked than seats. Take somebody off first."
    ]


# --- people


def test_the_people_of_the_own_locations_with_their_signals(
    as_carla, carla, anouk, bram, dirk, shift, now, certificate
):
    booking.book(anouk, shift, by=anouk, now=now)
    grant = anouk.grants.get(qualification=certificate)
    grant.valid_until = now.date() + timedelta(days=30)
    grant.save()
    rows = as_carla.get(at("board_people")).context["page"]
    people, endings = {one.person: one.person for one in rows}, {one.person: one.endings for one in rows}
    assert set(people) == {carla, anouk, bram}
    assert (endings[anouk], people[anouk].shifts_ahead, people[anouk].is_quiet) == ([grant], 1, False)
    assert (endings[bram], people[bram].is_quiet) == ([], True)


def test_a_paper_that_has_been_renewed_is_no_signal(as_carla, anouk, certificate, now):
    old = anouk.grants.get(qualification=certificate)
    old.pk, old.valid_until = None, now.date() + timedelta(days=30)
    old.save()
    assert list(as_carla.get(at("board_people") + "?wie=loopt-af").context["page"]) == []


@pytest.mark.parametrize(
    ("query", "names"), [("?zoek=ano", ["Anouk"]), ("?wie=geen-dienst", ["Anouk", "Bram", "Carla"])]
)
def test_searching_and_filtering_people(as_carla, anouk, bram, query, names):
    found = as_carla.get(at("board_people") + query).context["page"]
    assert sorted(row.person.first_name for row in found) == names


@pytest.mark.parametrize("day", ["0001-01-01", "1949-12-31", "2026-02-30", "2100-01-01", "9999-12-31"])
@pytest.mark.parametrize("part", ["ochtend", "avond"])
def test_a_day_that_nobody_means_is_not_found(as_carla, day, part):
    assert as_carla.get(f"/bord/{day}/{part}/").status_code == 404


@pytest.mark.parametrize(
    ("day", "start", "end", "minutes"),
    [
        ("2027-03-27", "22:00", "06:00", 7 * 60),
        ("2027-03-28", "01:00", "03:00", 60),
        ("2027-10-31", "02:00", "03:00", 2 * 60),  # of the two, the first
        ("2027-10-31", "02:30", "02:45", 15),
    ],
)
def test_a_shift_around_the_change_of_the_clock(as_carla, telephone, day, start, end, minutes):
    post(as_carla, "new_shift", **new(telephone, day=day, start=start, end=end))
    assert Shift.objects.get().minutes == minutes


def test_a_start_that_the_clock_skips_is_told(as_carla, telephone):
    answer = post(as_carla, "new_shift", **new(telephone, day="2027-03-28", start="02:00", end="03:00"))
    assert answer.context["form"].errors["start"] == [
        "On Sunday 28 March 2027 there is no 02:00: the clock goes forward then."
    ]


@pytest.mark.parametrize("back", ["foo", "24:00", "http://[::1", "//evil.example", "1"])
def test_a_way_back_that_is_none_leads_to_the_shift(as_carla, here, back):
    answer = as_carla.post(at("board_ask_four", here.pk), {"terug": back})
    assert (answer.status_code, answer.url) == (302, at("board_shift", here.pk))


def test_a_shift_with_too_little_company_is_said_to_be_not_safe(as_carla, carla, volunteers, shift, now):
    shift.task_kind.minimum_people, shift.task_kind.ladder = 2, "micro_task"  # nobody is a newcomer to that
    shift.task_kind.save()
    page = reverse("rostering:board_shift", args=[shift.pk])
    said = []
    for person in (None, *volunteers[:2]):
        if person:
            booking.book(person, shift, by=carla, now=now)
        said.append("Nog niet veilig." in as_carla.get(page).content.decode())
    assert said == [False, True, False]


def test_a_new_shift_is_filled_in_from_its_kind(as_carla, telephone, utrecht):
    telephone.minimum_people, telephone.mode = 3, "on_site"
    telephone.save()
    form = as_carla.get(at("new_shift"), {"soort": telephone.pk}).context["form"]
    assert {name: form[name].value() for name in ("task_kind", "start", "end", "seats", "where")} == {
        "task_kind": telephone.pk, "start": time(9), "end": time(13), "seats": 3,
        "where": f"locatie-{utrecht.pk}",
    }  # fmt: skip


def test_the_usual_day_and_times_of_a_kind_are_those_of_the_weekly_need(as_carla, telephone):
    WeeklyDemand.objects.create(
        task_kind=telephone, weekday=2, start=time(17), end=time(20), seats=4, scope="national"
    )
    form = as_carla.get(at("new_shift"), {"soort": telephone.pk}).context["form"]
    assert {name: form[name].value() for name in ("day", "start", "end", "seats", "where")} == {
        "day": date(2026, 11, 25), "start": time(17), "end": time(20), "seats": 4, "where": "landelijk",
    }  # fmt: skip
