"""The first page: what comes, what is asked, what to learn, and the way to work."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from wagtail.models import Site

from academy import publishing
from academy.models import CoursePage, LessonPage, ModulePage
from cms import home, tree
from people import qualifications
from people.models import Grant, Qualification
from rostering import booking
from rostering.models import TaskKind
from rostering.my_roster import Mine
from rostering.open_shifts import nearby
from tests.conftest import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_site")]


@pytest.fixture(autouse=True)
def monday_noon(time_machine, now):
    time_machine.move_to(now, tick=False)


@pytest.fixture
def signed_in(client, anouk):
    client.force_login(anouk)
    return client


@pytest.fixture
def teach(db):
    """Publish a course: `teach("C10", "Huisbezoek", form="training", hours=6)`."""

    def make(code, title, *, lessons=False, **fields):
        award, _made = Qualification.objects.get_or_create(code=code, defaults={"name": title})
        course = CoursePage(
            code=code, slug=code.lower(), title=title, summary="Kort.", awards=award, live=True, **fields
        )
        tree.ensure_site().add_child(instance=course)
        if lessons:
            part = course.add_child(instance=ModulePage(title="Deel", slug="deel"))
            part.add_child(instance=LessonPage(title="Les", slug="les", minutes=90))
        publishing.describe(course)
        return course

    return make


@pytest.fixture
def welcome(teach):
    return teach("C01", "Welkom", lessons=True)


@pytest.fixture
def small(db):
    return TaskKind.objects.create(
        code="T17", name="B1-check", minutes=30, load=1, mode="remote", ladder="micro_task"
    )


def text_of(response):
    return " ".join(response.content.decode().split())


def main_of(response):
    return text_of(response).partition("<h1>")[2].partition('class="help"')[0]


def step_of(person, qualification, now, minutes=40):
    qualifications.note_step(
        person, qualification, minutes_left=minutes, parts_done=2, parts_total=5,
        next_title="Doorverwijzen", now=now,
    )  # fmt: skip


def test_a_visitor_without_a_site_finds_the_door(client):
    Site.objects.all().delete()
    assert client.get("/").headers["Location"] == reverse("account_login")


def test_a_visitor_sees_the_public_page(client):
    tree.ensure_site()
    response = client.get("/")
    assert (response.status_code, response.templates[0].name) == (200, "cms/pages/home.html")


@pytest.mark.parametrize(
    ("hour", "word"), [(4, "Goedenavond"), (5, "Goedemorgen"), (12, "Goedemiddag"), (18, "Goedenavond")]
)
def test_the_greeting_follows_the_clock_of_amsterdam(hour, word, now, settings):
    assert str(home.greeting(now.replace(hour=hour))) == word


def test_an_empty_home_says_where_to_go(signed_in):
    text = text_of(signed_in.get("/"))
    assert "Goedemiddag, Anouk" in text
    said = ["Je hebt nog geen dienst staan.", "Nu even niets.", "Je bent bij."]
    assert [sentence for sentence in said if sentence in text] == said


def test_the_next_shift_stands_first_with_company(signed_in, anouk, make_shift, grant_all, now):
    later, sooner = make_shift(days_ahead=5), make_shift(days_ahead=2)
    bea = grant_all(make_person("Bea", "volunteer"))
    for person, shift in [(anouk, later), (anouk, sooner), (bea, sooner)]:
        booking.book(person, shift, by=person, now=now)
    response = signed_in.get("/")
    assert (response.context["home"].next.shift, response.context["home"].colleagues) == (sooner, 1)
    assert "Samen met één collega." in text_of(response)


def test_an_offer_can_be_answered_right_there(signed_in, anouk, carla, shift, now):
    row = booking.offer(anouk, shift, by=carla, now=now)
    response = signed_in.get("/")
    assert response.context["home"].asked == [Mine(row)]
    assert f'action="{reverse("rostering:answer_here", args=[row.pk])}"' in text_of(response)
    signed_in.post(reverse("rostering:answer_here", args=[row.pk]), {"antwoord": "nee", "terug": "start"})
    assert signed_in.get("/").context["home"].asked == []


def test_an_offer_past_its_time_is_not_asked(signed_in, anouk, carla, shift, now, time_machine):
    row = booking.offer(anouk, shift, by=carla, now=now)
    time_machine.move_to(row.answer_by, tick=False)
    assert signed_in.get("/").context["home"].asked == []


def test_a_request_that_waits_is_told(signed_in, anouk, shift, telephone, now):
    TaskKind.objects.filter(pk=telephone.pk).update(needs_approval=True)
    booking.book(anouk, shift, by=anouk, now=now)
    assert "wacht op een coördinator" in text_of(signed_in.get("/"))


def test_what_lapses_before_a_shift_is_told_with_the_way(signed_in, anouk, shift, certificate, now):
    booking.book(anouk, shift, by=anouk, now=now)
    Grant.objects.filter(person=anouk, qualification=certificate).update(valid_until=date(2026, 11, 25))
    Qualification.objects.filter(pk=certificate.pk).update(is_taught=True)
    response = signed_in.get("/")
    assert [one.lack.qualification for one in response.context["home"].unfit] == [certificate]
    assert f'href="{reverse("academy:way", args=["C06"])}"' in text_of(response)


def test_the_step_says_how_far_and_what_it_opens(signed_in, anouk, make_shift, certificate, now):
    Grant.objects.filter(person=anouk, qualification=certificate).delete()
    make_shift(days_ahead=1), make_shift(days_ahead=2)
    step_of(anouk, certificate, now)
    response = signed_in.get("/")
    text = text_of(response)
    assert response.context["home"].opens == 2
    assert "2 van 5 onderdelen klaar. Nog 40 minuten. Daarna komen er 2 diensten voor je bij." in text
    assert 'href="/leren/verder/C06/"' in text


@pytest.mark.parametrize(
    ("fields", "how"),
    [
        ({"lessons": True}, "Het duurt 1 uur en 30 minuten, in je eigen tijd."),
        (
            {"form": "training", "hours": 6},
            "Training op locatie, 6 uur. Op de cursuspagina lees je hoe je meedoet.",
        ),
        (
            {"form": "path", "hours": 30},
            "Leerpad, 30 uur. Op de cursuspagina zie je uit welke cursussen het bestaat.",
        ),
    ],
)
def test_without_a_step_the_page_says_what_would_open_most_and_how_it_is_learned(
    signed_in, anouk, make_shift, teach, fields, how
):
    Grant.objects.filter(person=anouk, qualification__code="C06").delete()
    teach("C06", "Doorverwijzen", **fields)
    make_shift(days_ahead=1), make_shift(days_ahead=2)
    assert f"Hiermee komen er 2 diensten voor je bij. {how}" in text_of(signed_in.get("/"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"form": "training", "hours": 3}, "Training op locatie, 3 uur."),
        ({"hours": 3}, "Deze e-learning komt nog."),
    ],
)
def test_what_can_be_begun_now_goes_before_what_opens_more(
    signed_in, anouk, make_shift, teach, telephone, certificate, fields, said
):
    other = TaskKind.objects.create(code="T10", name="Moderatie", minutes=60, load=2, mode="remote")
    teach("C15", "Moderatie", **fields)
    other.requires.add(Qualification.objects.get(code="C15"))
    make_shift(other, days_ahead=1), make_shift(other, days_ahead=2), make_shift(telephone, days_ahead=3)
    assert f"Hiermee komen er 2 diensten voor je bij. {said}" in text_of(signed_in.get("/"))
    Grant.objects.filter(person=anouk, qualification=certificate).delete()
    course = teach(certificate.code, "Doorverwijzen", lessons=True)
    assert signed_in.get("/").context["home"].advice.course == course


def test_a_newcomer_sees_the_first_course_and_small_tasks(client, bram, make_shift, shift, small, welcome):
    tasks = [make_shift(small, days_ahead=n) for n in range(1, 6)]
    client.force_login(bram)
    found = client.get("/").context["home"]
    assert (found.advice.course, found.advice.minutes, found.advice.is_first) == (welcome, 90, True)
    assert [row.shift for row in found.micro_tasks] == tasks[:3]


def test_who_has_the_first_course_gets_the_second(client, bram, welcome, teach, now):
    privacy = teach("AV", "AVG")
    qualifications.grant(bram, welcome.awards, by=None, now=now)
    client.force_login(bram)
    assert client.get("/").context["home"].advice.course == privacy


def test_an_outside_professional_begins_with_a_course_of_their_own(client, welcome, teach):
    teach("X1", "Vaardigheidsbewijs", audience="professional", form="blended", hours=18)
    client.force_login(make_person("Ida", "external", engagement="external"))
    text = text_of(client.get("/"))
    assert "Begin met Vaardigheidsbewijs" in text
    assert "Online en samen, 18 uur. Op de cursuspagina lees je hoe je meedoet." in text


@pytest.mark.parametrize("role", ["trainer", "administrator", "external"])
def test_who_takes_no_shifts_reads_nothing_about_them(role, client, welcome, certificate, make_shift, now):
    make_shift(), make_shift(days_ahead=5)
    person = make_person("Ria", role)
    client.force_login(person)
    pages = [client.get("/")]
    step_of(person, certificate, now)
    pages.append(client.get("/"))
    words = ("dienst", "rooster", "Welkom")
    assert [word for word in words for page in pages if word in main_of(page)] == []


def test_a_coordinator_sees_what_is_still_empty(client, carla, make_shift, anouk, groningen, utrecht, now):
    taken, _empty = make_shift(days_ahead=1), make_shift(days_ahead=2, location=utrecht)
    make_shift(days_ahead=3, location=groningen), make_shift(days_ahead=20)
    booking.book(anouk, taken, by=anouk, now=now)
    client.force_login(carla)
    response = client.get("/")
    assert response.context["home"].gaps == home.Gaps(shifts=2, nobody=1)
    assert reverse("rostering:board") in text_of(response)


@pytest.mark.parametrize(
    ("who", "name"), [("eva", "academy:learners"), ("frank", "people:manage"), ("frank", "academy:learners")]
)
def test_work_is_one_press_away(who, name, client, request):
    client.force_login(request.getfixturevalue(who))
    assert f'class="button" href="{reverse(name)}"' in text_of(client.get("/"))


def test_a_volunteer_sees_no_work_of_others(signed_in):
    text = text_of(signed_in.get("/"))
    assert [n for n in ("rostering:board", "people:manage", "academy:learners") if reverse(n) in text] == []


def test_a_trainer_without_shifts_is_asked_for_none(client, eva):
    client.force_login(eva)
    assert "Je volgende dienst" not in text_of(client.get("/"))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_a_fixed_number_of_queries(
    number, client, carla, grant_all, make_shift, utrecht, certificate, now, django_assert_num_queries
):
    grant_all(carla)
    for n in range(number):
        booking.book(carla, make_shift(days_ahead=n + 1), by=carla, now=now)
        booking.offer(carla, make_shift(days_ahead=n + 10, location=utrecht), by=None, now=now)
    step_of(carla, certificate, now + timedelta(minutes=number))
    client.force_login(carla)
    with django_assert_num_queries(16):
        client.get("/")


def test_home_the_page_before_and_the_result_after_give_one_number(
    signed_in, anouk, make_shift, shift, teach, telephone, certificate, vog, now
):
    """What could be taken before, through a wider certificate or without one, is in none of them."""
    free = TaskKind.objects.create(
        code="T18", name="Vrij", minutes=60, load=1, mode="remote", ladder="small_role"
    )
    make_shift(free)
    make_shift(days_ahead=60)
    certificate_of = Grant.objects.filter(person=anouk, qualification=certificate)
    certificate_of.update(valid_until=now.date() + timedelta(days=30))
    step_of(anouk, certificate, now)
    address = reverse("rostering:opened_by", args=["C06"])
    home_says = signed_in.get("/").context["home"].opens
    before = signed_in.get(address).context["count"]
    qualifications.grant(anouk, certificate, by=None, now=now)
    after = signed_in.get(address).context["count"]
    assert [home_says, before, after] == [1, 1, 1]
    fragment = signed_in.get(address, headers={"HX-Request": "true"})
    assert "Hiermee komt er 1 dienst voor je bij." in text_of(fragment)


def test_what_one_already_has_through_something_wider_is_not_added(anouk, make_shift, certificate, now):
    make_shift()
    whole = Qualification.objects.create(code="B", name="Basiscertificaat")
    whole.includes.add(certificate)
    Grant.objects.filter(person=anouk, qualification=certificate).delete()
    qualifications.grant(anouk, whole, by=None, now=now)
    qualifications.grant(anouk, certificate, by=None, now=now)
    assert nearby.of(anouk, certificate, now=now).shifts == []
