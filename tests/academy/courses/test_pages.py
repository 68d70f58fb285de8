from datetime import date, timedelta

import pytest
from django.urls import reverse

from academy.certificates import certification
from academy.certificates.certification import Award
from academy.courses import catalogue as shelves
from academy.learning import progress
from academy.models import CoursePage, LessonPage, ModulePage
from academy.testing import attempts
from people import qualifications
from people.models import Grant, Qualification
from tests.academy.conftest import publish, right_answers
from tests.conftest import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


def signed_in(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def attempt(anouk, lessons, module, now):
    for lesson in lessons:
        progress.complete(anouk, lesson, by=anouk, now=now)
    return attempts.finish(anouk, module, answers=right_answers(module), by=anouk, now=now)


def test_a_visitor_is_led_to_the_log_in(client, course, lessons):
    for address in ("/academie/", "/academie/c01/", lessons[0].get_url(), "/leren/certificaten/"):
        response = client.get(address)
        assert (response.status_code, response.url) == (302, f"/inloggen/?next={address}")


def test_the_result_of_somebody_else_is_not_there(client, attempt, bram):
    address = f"/leren/toets/uitslag/{attempt.pk}/"
    assert signed_in(client, attempt.person).get(address).status_code == 200
    assert signed_in(client, bram).get(address).status_code == 404


def test_an_outside_professional_sees_the_courses_made_for_them(client, course, module, lessons, plant, ida):
    plant("X1", audience="professional")
    signed_in(client, ida)
    catalogue = client.get("/academie/").text
    assert ("Cursus X1" in catalogue, "Cursus C01" in catalogue) == (True, False)
    assert client.get("/academie/x1/").status_code == 200
    for address in ("/academie/c01/", lessons[0].get_url(), f"/leren/toets/{module.pk}/"):
        assert client.get(address).status_code == 404
    for address in (f"/leren/cursus/{course.pk}/begin/", f"/leren/les/{lessons[0].pk}/gelezen/"):
        assert client.post(address).status_code == 404


def test_a_person_without_a_role_sees_no_course(client, bram, course):
    bram.role_assignments.all().delete()
    assert signed_in(client, bram).get("/academie/c01/").status_code == 404


@pytest.mark.parametrize("model", [CoursePage, ModulePage, LessonPage])
def test_what_is_offline_takes_all_below_it_along(client, bram, course, module, lessons, model):
    signed_in(client, bram)
    model.objects.update(live=False)
    assert client.get(lessons[0].get_url()).status_code == 404
    assert client.post(f"/leren/les/{lessons[0].pk}/gelezen/").status_code == 404


def test_a_part_leads_to_its_place_on_the_course(client, bram, module):
    assert signed_in(client, bram).get("/academie/c01/deel/").url == f"/academie/c01/#deel-{module.pk}"


def test_the_way_to_a_qualification(client, bram, course):
    Qualification.objects.create(code="VOG", name="VOG", kind="check")
    signed_in(client, bram)
    assert client.get("/leren/op-weg/C01/").url == "/academie/c01/"
    assert client.get("/leren/op-weg/VOG/").status_code == 404
    assert client.get("/leren/op-weg/niets/").status_code == 404


def test_a_course_on_location_says_how_to_join(client, bram, plant):
    plant("C02", lessons=0, form="training", form_note="2 dagen")
    said = signed_in(client, bram).get("/academie/c02/").text
    assert "Deze scholing is op locatie." in said and "Training op locatie, 2 dagen" in said


def test_a_closed_course_says_what_comes_first(client, bram, plant, course):
    later = plant("C03", requires=[Qualification.objects.get(code="C01")])
    said = signed_in(client, bram).get("/academie/c03/").text
    assert "Rond eerst Certificaat C01 af." in said and "/leren/op-weg/C01/" in said
    lesson = later.outline().lessons[0]
    assert "Ik heb dit gelezen" not in client.get(lesson.get_url()).text
    response = client.post(f"/leren/les/{lesson.pk}/gelezen/", follow=True)
    assert "Rond eerst Certificaat C01 af." in response.text


def test_a_path_shows_its_parts(client, attempt, plant):
    first = Qualification.objects.get(code="C01")
    plant("C02", lessons=0, form="training")
    plant("B", lessons=0, form="path", requires=[first, Qualification.objects.get(code="C02")])
    said = signed_in(client, attempt.person).get("/academie/b/").text
    assert said.count("(dit heb je)") == 1
    assert said.index("Cursus C01") < said.index("Cursus C02")


def shown(client, choice):
    return [
        (title, [row.course.code for row in rows])
        for title, rows in client.get("/academie/", {"toon": choice}).context["shelves"]
    ]


@pytest.fixture
def base(plant, course):
    """A path whose certificate includes that of C01."""
    path = plant("B", lessons=0, form="path", requires=[course.awards])
    path.awards.includes.set([course.awards])
    return path


def test_what_a_valid_certificate_includes_counts_as_held(client, bram, base, now):
    qualifications.grant(bram, base.awards, by=None, now=now)
    signed_in(client, bram)
    assert shown(client, "voor-mij") == []
    assert shown(client, "") == shown(client, "heb-ik") == [("Dit heb je", ["C01", "B"])]
    assert "Zit in je Certificaat B" in client.get("/academie/").text
    said = client.get("/academie/c01/").text
    assert ("Dit zit in je Certificaat B" in said, "/begin/" in said) == (True, True)


def test_what_was_included_can_be_begun_once_that_has_expired(client, bram, base, now):
    long_ago = {"valid_from": date(2024, 1, 1), "valid_until": date(2026, 1, 1)}
    qualifications.grant(bram, base.awards, by=None, now=now, **long_ago)
    signed_in(client, bram)
    assert ("Dit kun je nu beginnen", ["C01"]) in shown(client, "")


def test_who_is_halfway_a_course_that_is_included_goes_on(client, bram, base, lessons, now):
    progress.complete(bram, lessons[0], by=bram, now=now)
    qualifications.grant(bram, base.awards, by=None, now=now)
    assert ("Ga verder met", ["C01"]) in shown(signed_in(client, bram), "")


def test_courses_for_others_stand_apart_until_they_are_started(client, bram, ida, course, plant, now):
    theirs = plant("X1", audience="professional")
    others = "Voor professionals buiten de organisatie"
    signed_in(client, bram)
    assert shown(client, "") == [("Dit kun je nu beginnen", ["C01"]), (others, ["X1"])]
    assert shown(client, "voor-mij") == [("Dit kun je nu beginnen", ["C01"])]
    progress.complete(bram, theirs.outline().lessons[0], by=bram, now=now)
    assert shown(client, "voor-mij")[0] == ("Ga verder met", ["X1"])
    assert shown(signed_in(client, ida), "") == [("Dit kun je nu beginnen", ["X1"])]


def test_an_outside_professional_reads_who_to_ask_and_nothing_about_shifts(client, ida, plant):
    plant("X1", lessons=0, form="blended", audience="professional")
    plant("X2", lessons=0, form="open_page", audience="professional")
    signed_in(client, ida)
    together, alone = (client.get(f"/academie/{slug}/").text for slug in ("x1", "x2"))
    assert [("die je uitnodigde" in said, "/rooster/" in said) for said in (together, alone)] == [
        (True, False)
    ] * 2
    assert ("samen met anderen" in together, "samen met anderen" in alone) == (True, False)


def test_the_filters_of_the_catalogue(client, attempt, plant):
    first = Qualification.objects.get(code="C01")
    plant("C02", lessons=0, form="training")
    waiting = Qualification.objects.create(code="B", name="Basis")
    plant("C07", requires=[waiting])
    plant("C03", requires=[first])
    signed_in(client, attempt.person)
    assert shown(client, "") == [
        ("Dit kun je nu beginnen", ["C03"]),
        ("Samen met anderen: op de pagina staat hoe je meedoet", ["C02"]),
        ("Eerst iets anders", ["C07"]),
        ("Dit heb je", ["C01"]),
    ]
    together = ("Samen met anderen: op de pagina staat hoe je meedoet", ["C02"])
    assert shown(client, "voor-mij") == [("Dit kun je nu beginnen", ["C03"]), together]
    assert shown(client, "heb-ik") == [("Dit heb je", ["C01"])]
    assert shown(client, "op-locatie") == [together]
    assert shown(client, "zomaar") == shown(client, "")


def test_only_what_has_lessons_can_be_begun_now(client, bram, course, plant):
    plant("P1", lessons=0, form="path", requires=[course.awards])
    plant("C08", lessons=0)
    signed_in(client, bram)
    assert shown(client, "") == [
        ("Dit kun je nu beginnen", ["C01"]),
        ("Leerpaden: meer cursussen bij elkaar", ["P1"]),
        ("Komt nog", ["C08"]),
    ]


def test_what_somebody_is_in_comes_first(client, bram, lessons, plant, now):
    plant("AV")
    progress.complete(bram, lessons[0], by=bram, now=now)
    assert shown(signed_in(client, bram), "")[0] == ("Ga verder met", ["C01"])
    assert "1 van 3 onderdelen klaar, nog 20 minuten" in client.get("/academie/").text


def test_the_whole_catalogue_is_light(client, bram, plant, lessons, now, django_assert_max_num_queries):
    for number in range(2, 27):
        plant(
            f"C{number:02}", lessons=2 if number < 5 else 0, requires=Qualification.objects.filter(code="C01")
        )
    progress.complete(bram, lessons[0], by=bram, now=now)
    signed_in(client, bram)
    with django_assert_max_num_queries(12):
        response = client.get("/academie/")
    assert len(response.content) < 60_000


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_a_course_do_not_grow_with_its_lessons(
    client, bram, plant, count, django_assert_max_num_queries
):
    plant("C05", lessons=count)
    signed_in(client, bram)
    with django_assert_max_num_queries(32):
        client.get("/academie/c05/")


CERTIFICATES = [
    (500, None, "held", "Geldig"),
    (40, None, "renewable", "Verloopt binnenkort"),
    (0, None, "renewable", "Verloopt binnenkort"),
    (-1, None, "expired", "Verlopen"),
    (500, -3, "revoked", "Ingetrokken"),
]


@pytest.mark.parametrize(("left", "revoked", "state", "said"), CERTIFICATES)
def test_my_certificates_say_how_they_stand(client, bram, course, now, left, revoked, state, said):
    today = now.date()
    Grant.objects.create(
        person=bram,
        qualification=course.awards,
        valid_from=date(2025, 1, 1),
        valid_until=today + timedelta(days=left),
        revoked_on=today + timedelta(days=revoked) if revoked else None,
        revoked_because="Vergissing" if revoked else "",
        source="test",
        granted_at=now,
    )
    response = signed_in(client, bram).get("/leren/certificaten/")
    assert [paper.state for paper in response.context["rows"]] == [state]
    assert said in response.text
    assert ("/leren/op-weg/C01/" in response.text) is (state != "held")
    assert ("Vergissing" in response.text) is (state == "revoked")


def test_without_certificates_the_page_helps_on(client, bram):
    assert "Bekijk de cursussen" in signed_in(client, bram).get("/leren/certificaten/").text


def test_a_renewal_stands_above_what_it_renews(client, bram, course, now):
    for first, last in ((date(2024, 1, 1), date(2026, 1, 1)), (date(2026, 1, 1), date(2028, 1, 1))):
        Grant.objects.create(
            person=bram,
            qualification=course.awards,
            valid_from=first,
            valid_until=last,
            source="test",
            granted_at=now,
        )
    paper = signed_in(client, bram).get("/leren/certificaten/").context["rows"][0]
    assert (paper.current.valid_until.year, [one.valid_until.year for one in paper.earlier]) == (2028, [2026])


@pytest.mark.parametrize(
    ("awards", "state"),
    [
        ([], None),
        ([Award(date(2026, 1, 1))], "held"),
        ([Award(date(2026, 1, 1), date(2026, 12, 1))], "renewable"),
        ([Award(date(2027, 1, 1))], "expired"),  # not begun yet, so not valid either
    ],
)
def test_how_a_certificate_stands(awards, state, now):
    assert certification.state_of(awards, on=now.date()) == state


def test_every_filter_has_its_label():
    assert [value for value, _label in shelves.filters()] == list(shelves.CHOICES)


def test_learners_are_for_trainers(client, bram, eva, course):
    for name, values in (("academy:learners", []), ("academy:learners_course", ["C01"])):
        assert signed_in(client, bram).get(reverse(name, args=values)).status_code == 404
        assert signed_in(client, eva).get(reverse(name, args=values)).status_code == 200


def test_the_trainer_sees_who_is_stuck(client, eva, attempt, bram, lessons, now):
    progress.complete(bram, lessons[0], by=bram, now=now - timedelta(days=31))
    signed_in(client, eva)
    group = client.get("/leren/voortgang/").context["groups"][0]
    assert (group.learners, group.enrolled, group.busy, group.stuck, group.passed) == (2, 0, 0, 1, 1)
    page = client.get("/leren/voortgang/C01/", {"toon": "stuck"})
    assert [(row.person, row.lessons, row.best) for row in page.context["page"]] == [(bram, 1, None)]
    assert [row.best for row in client.get("/leren/voortgang/C01/?toon=passed").context["page"]] == [100]


@pytest.mark.parametrize("count", [1, 3])
def test_the_queries_of_the_learners_do_not_grow(
    client, eva, course, now, count, django_assert_max_num_queries
):
    for number in range(count):
        person = make_person(f"Vrijwilliger{number}", "volunteer")
        progress.complete(person, course.outline().lessons[0], by=person, now=now)
    signed_in(client, eva)
    with django_assert_max_num_queries(13):
        client.get("/leren/voortgang/C01/")


def test_nobody_has_started_yet(client, eva, catalogue):
    assert "Nog niemand is met een cursus begonnen." in signed_in(client, eva).get("/leren/voortgang/").text


def test_a_published_change_shows(client, bram, lessons):
    lessons[0].title = "Beter luisteren"
    publish(lessons[0])
    assert "<h1>Beter luisteren</h1>" in signed_in(client, bram).get(lessons[0].get_url()).text
