"""A course gets another address: what led there still leads there, and nothing kept in a row goes dead."""

import pytest
from django.test import Client
from django.urls import reverse

from academy.learning import progress
from academy.models import CoursePage, LessonPage, ModulePage
from people.models import LearningStep, Qualification
from tests.academy.conftest import publish
from tests.plugins.sessions import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def learner(bram, lessons, now):
    """Bram has read the first lesson of C01."""
    progress.complete(bram, lessons[0], by=bram, now=now)
    return signed_in(bram, "password")


def leads_to(client, address):
    """Return the status and the address of where this ends."""
    response = client.get(address, follow=True)
    ended = response.redirect_chain[-1][0] if response.redirect_chain else address
    return response.status_code, ended


@pytest.fixture
def renamed(django_capture_on_commit_callbacks, eva):
    """Give a page another slug, as the editor does."""

    def rename(page, slug):
        page = type(page).objects.get(pk=page.pk)
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            return publish(page, user=eva)

    return rename


def step_on_the_first_page(client):
    page = client.get("/").text
    address = reverse("academy:go_on", args=["C01"])
    assert f'href="{address}"' in page
    return address


def test_a_trainer_changes_the_address_of_a_course_in_the_editor(
    learner, course, lessons, eva, django_capture_on_commit_callbacks
):
    """The input of the report: the old addresses, and the next step on the first page of a learner."""
    trainer = signed_in(eva, "password", "mfa")
    form = trainer.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).context["form"]
    filled = {
        name: form[name].value()
        for name in form.fields
        if name not in ("goals", "comments") and form[name].value()
    }
    filled |= {
        "slug": "welkom", "action-publish": "1", "goals-count": "1", "goals-0-type": "goal",
        "goals-0-value": "Je kunt het.", "goals-0-order": "0", "goals-0-deleted": "",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
    }  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        trainer.post(reverse("wagtailadmin_pages:edit", args=[course.pk]), filled)
    assert CoursePage.objects.get(pk=course.pk).slug == "welkom"
    assert leads_to(learner, "/academie/c01/") == (200, "/academie/welkom/")
    assert leads_to(learner, "/academie/c01/deel/les-1/") == (200, "/academie/welkom/deel/les-1/")
    assert leads_to(learner, "/academie/c01/deel/les-1/?vraag=1")[0] == 200
    assert leads_to(learner, step_on_the_first_page(learner)) == (200, "/academie/welkom/deel/les-2/")
    assert leads_to(learner, Qualification.objects.get(code="C01").learn_url) == (200, "/academie/welkom/")


def test_there_and_back_again_goes_round_in_no_circle(learner, course, renamed):
    renamed(renamed(course, "welkom"), "c01")
    assert leads_to(learner, "/academie/welkom/") == (200, "/academie/c01/")
    assert leads_to(learner, "/academie/c01/") == (200, "/academie/c01/")
    assert "no-store" in learner.get("/academie/welkom/")["Cache-Control"]  # else a browser keeps both ways


def test_a_lesson_that_moves_to_another_part_is_found(learner, course, lessons, eva):
    part = publish(course.add_child(instance=ModulePage(title="Deel twee", slug="twee", live=False)))
    lessons[1].move(part, pos="last-child", user=eva)
    assert leads_to(learner, "/academie/c01/deel/les-2/") == (200, "/academie/c01/twee/les-2/")
    assert leads_to(learner, step_on_the_first_page(learner))[0] == 200


def test_the_next_lesson_goes_offline(learner, lessons, module):
    LessonPage.objects.get(pk=lessons[1].pk).unpublish()
    assert leads_to(learner, step_on_the_first_page(learner)) == (200, f"/leren/toets/{module.pk}/")


def test_the_course_goes_offline_and_the_step_says_so(learner, course):
    CoursePage.objects.get(pk=course.pk).unpublish()
    response = learner.get(step_on_the_first_page(learner), follow=True)
    assert response.redirect_chain[-1][0] == reverse("academy:catalogue")
    assert "Deze cursus staat nu even niet online. Wat je gedaan hebt, blijft bewaard." in response.text
    assert LearningStep.objects.count() == 1


def test_a_way_that_nobody_began_is_not_there(learner, eva):
    assert learner.get(reverse("academy:go_on", args=["C99"])).status_code == 404


def test_who_may_not_see_a_course_is_led_nowhere(learner, course, renamed, ida):
    renamed(course, "welkom")
    outside = signed_in(ida, "password")
    assert leads_to(outside, "/academie/c01/")[0] == 404
    assert leads_to(outside, Qualification.objects.get(code="C01").learn_url)[0] == 404
    assert leads_to(Client(), "/academie/c01/")[1].startswith("/inloggen/")


@pytest.mark.parametrize("name", ["index", "add", "start_import"])
def test_redirects_are_kept_by_nobody_else(learner, eva, frank, name):
    address = reverse(f"wagtailredirects:{name}")
    for person in (eva, frank):
        client = signed_in(person, "password", "mfa")
        assert leads_to(client, address)[1] != address
        assert address not in client.get("/admin/").text
    assert learner.get(address).status_code == 404
