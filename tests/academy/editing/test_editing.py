"""What a trainer can and cannot do in Wagtail's admin."""

import pytest
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import Page, Workflow
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from academy.editing import groups
from academy.learning import progress
from academy.models import CoursePage, LessonPage, ModulePage, Question
from people.models import JournalEntry
from tests.academy.conftest import body, publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture(autouse=True)
def _password_only(settings):
    settings.SECOND_FACTOR_FOR_STAFF = False  # tests/people proves the second factor


@pytest.fixture
def trainer(client, catalogue, eva):
    client.force_login(eva)
    return client


def lesson_form(pieces, **fields):
    return nested_form_data(
        {
            "title": "Les 1",
            "slug": "les-1",
            "minutes": "12",
            "body": streamfield(pieces),
            "comments": inline_formset([]),
            **fields,
        }
    )


def text(html="<p>Lees dit.</p>"):
    return (
        "text",
        rich_text(html, editor="default", features=["h2", "h3", "bold", "italic", "ol", "ul", "link"]),
    )


def edit(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


@pytest.mark.parametrize("name", ["site_history", "locked_pages", "workflow", "aging_pages"])
def test_the_reports_of_wagtail_are_closed(trainer, client, frank, name):
    address = reverse(f"wagtailadmin_reports:{name}")
    assert trainer.get(address).status_code == 404
    client.force_login(frank)
    assert client.get(address).status_code == 404
    client.logout()
    assert client.get(address).status_code == 302


def test_a_trainer_sees_four_things(rf, eva, catalogue):
    request = rf.get("/admin/")
    request.user = eva
    names = [
        item.name for item in sorted(admin_menu.menu_items_for_request(request), key=lambda item: item.order)
    ]
    assert names == ["courses", "questions", "media-menu", "learners"]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/users/", "/admin/groups/", "/admin/sites/", "/admin/collections/", "/admin/workflows/list/",
        "/admin/workflows/tasks/index/", "/admin/redirects/", "/admin/settings/", "/admin/users/new/",
    ],
)  # fmt: skip
def test_a_trainer_cannot_reach(trainer, address):
    assert trainer.get(address).status_code in (302, 404)


@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/pages/", "/admin/images/", "/admin/media/", "/admin/documents/"]
)
def test_a_trainer_can_reach(trainer, address):
    assert trainer.get(address, follow=True).status_code == 200


def test_a_trainer_does_not_touch_the_site_itself(trainer, catalogue):
    home = catalogue.get_parent()
    assert trainer.get(edit(home)).status_code == 302
    assert catalogue.permissions_for_user(trainer.get("/admin/").wsgi_request.user).can_publish() is True


def test_a_volunteer_has_no_admin(client, bram, catalogue):
    client.force_login(bram)
    assert client.get("/admin/").status_code == 404
    assert client.get("/admin/pages/").status_code == 404


def test_the_editor_publishes_and_the_journal_knows(trainer, eva, lessons):
    JournalEntry.objects.all().delete()
    form = lesson_form([text()], **{"action-publish": "1"})
    assert trainer.post(edit(lessons[0]), form).status_code == 302
    assert LessonPage.objects.get(pk=lessons[0].pk).minutes == 12
    assert [(e.verb, e.actor) for e in JournalEntry.objects.all()] == [
        ("lesson.published", f"people.person:{eva.pk}")
    ]


def test_the_editor_says_what_is_lacking_and_keeps_the_work(trainer, lessons):
    response = trainer.post(edit(lessons[0]), lesson_form([text(), text("")], **{"action-publish": "1"}))
    assert response.status_code == 200
    assert LessonPage.objects.get(pk=lessons[0].pk).minutes == 10
    empty = trainer.post(edit(lessons[0]), lesson_form([], **{"action-publish": "1"}))
    assert "Er staat nog niets in deze les." in empty.text


def test_a_draft_may_lack_anything(trainer, lessons):
    assert trainer.post(edit(lessons[0]), lesson_form([])).status_code == 302
    page = Page.objects.get(pk=lessons[0].pk)
    assert (page.has_unpublished_changes, page.live) == (True, True)


def test_a_new_lesson_is_published_from_the_first_screen(trainer, module):
    JournalEntry.objects.all().delete()
    address = reverse("wagtailadmin_pages:add", args=["academy", "lessonpage", module.pk])
    form = lesson_form([text()], title="Les 9", slug="les-9", **{"action-publish": "1"})
    assert trainer.post(address, form).status_code == 302
    assert LessonPage.objects.get(slug="les-9").live is True
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["lesson.published"]


def test_taking_offline_is_written_too(trainer, course, lessons):
    JournalEntry.objects.all().delete()
    trainer.post(reverse("wagtailadmin_pages:unpublish", args=[course.pk]), {"include_descendants": ""})
    assert CoursePage.objects.get().live is False
    assert [entry.verb for entry in JournalEntry.objects.all()] == ["course.withdrawn"]


@pytest.mark.parametrize("model", [CoursePage, ModulePage, LessonPage])
def test_every_kind_of_page_has_a_preview(trainer, course, lessons, model):
    page = model.objects.first()
    assert trainer.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def bulk(trainer, action, page, **fields):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    return trainer.post(f"{address}?id={page.pk}&next=/admin/", fields, follow=True)


def test_many_at_once_obey_the_same_rule(trainer, lessons):
    page = lessons[0]
    page.body = body()
    page.unpublish()
    page.save_revision()
    said = bulk(trainer, "publish", page).text
    assert "‘Les 1’ kan nog niet online. Er staat nog niets in deze les." in said
    assert LessonPage.objects.get(pk=page.pk).live is False


def test_what_lies_below_a_course_is_checked_as_well(trainer, course, lessons):
    lessons[0].body = body()
    lessons[0].unpublish()
    lessons[0].save_revision()
    assert "‘Les 1’ kan nog niet online." in bulk(trainer, "publish", course, include_descendants="on").text


def test_what_people_followed_cannot_be_deleted(trainer, eva, bram, course, lessons, now):
    assert lessons[1].permissions_for_user(eva).can_delete() is True
    progress.complete(bram, lessons[0], by=bram, now=now)
    assert lessons[1].permissions_for_user(eva).can_delete() is True
    for page in (lessons[0], course):
        assert page.permissions_for_user(eva).can_delete() is False
        trainer.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
        bulk(trainer, "delete", page)
    assert LessonPage.objects.count() == 2


def test_a_copy_begins_as_a_draft(trainer, course, module, lessons):
    def copied(page, **fields):
        form = {"new_title": "Kopie", "new_slug": "kopie", "new_parent_page": page.get_parent().pk, **fields}
        return trainer.post(reverse("wagtailadmin_pages:copy", args=[page.pk]), form, follow=True).text

    assert "Een cursus kun je niet kopiëren" in copied(course)
    assert "Kopieer het als concept" in copied(lessons[0], publish_copies="on")
    assert "Kopieer het als concept" in copied(lessons[0], alias="on")
    copied(lessons[0])
    assert LessonPage.objects.get(slug="kopie").live is False


def question_form(module, kind, *answers):
    rows = [
        {"text": answer.lstrip("+"), "feedback": "", **({"is_right": "on"} if answer.startswith("+") else {})}
        for answer in answers
    ]
    return nested_form_data(
        {
            "module": str(module.pk), "prompt": "Wat nu?", "kind": kind, "explanation": "",
            "answers": inline_formset(rows),
        }
    )  # fmt: skip


def test_questions_stand_under_their_own_name(trainer, module):
    address = reverse(Question.snippet_viewset.get_url_name("add"))
    assert "Een of twee?" in trainer.get(reverse(Question.snippet_viewset.get_url_name("list"))).text
    refused = trainer.post(address, question_form(module, "single", "+Dit", "+Dat"))
    assert "Bij deze soort vraag is maar één antwoord goed." in refused.text
    refused = trainer.post(address, question_form(module, "multiple", "Dit", "Dat"))
    assert "Geef aan welk antwoord goed is." in refused.text
    assert trainer.post(address, question_form(module, "multiple", "+Dit", "+Dat")).status_code == 302
    assert Question.objects.filter(prompt="Wat nu?").get().answers.count() == 2


def test_the_groups_are_opened_once(catalogue, eva, frank):
    before = [eva.groups.get().permissions.count(), Workflow.objects.count()]
    groups.ensure_groups()
    assert [eva.groups.get().permissions.count(), Workflow.objects.count()] == before
    assert frank.has_perm("wagtailadmin.access_admin") is True


def test_a_part_leads_to_its_questions(trainer, module, plant):
    other = ModulePage.objects.child_of(plant("C02")).get()
    add, listing = (reverse(f"wagtailsnippets_academy_question:{name}") for name in ("add", "list"))
    for address in (edit(module), reverse("wagtailadmin_explore", args=[module.pk])):
        said = trainer.get(address).text
        assert (f"{add}?module={module.pk}" in said, f"{listing}?module={module.pk}" in said) == (True, True)
    found = trainer.get(listing, {"module": module.pk}).context["object_list"]
    assert {one.module_id for one in found} == {module.pk}
    for said, chosen in ((other.pk, other.pk), ("x", None), ("", None)):
        form = trainer.get(add, {"module": said}).context["form"]
        assert form.instance.module_id == chosen


def test_a_second_trainer_approves_and_never_the_first(client, eva, frank, lessons):
    page = lessons[0]
    page.title = "Nagekeken"
    page.save_revision(user=eva)
    workflow = page.get_workflow()
    workflow.start(page, eva)
    page.refresh_from_db()
    task = page.current_workflow_task
    assert workflow.name == "Nakijken door een tweede trainer"
    assert task.get_actions(page, eva) == []
    assert [name for name, _label, _modal in task.get_actions(page, frank)] == [
        "reject",
        "approve",
        "approve",
    ]
    JournalEntry.objects.all().delete()
    task.on_action(page.current_workflow_task_state, user=frank, action_name="approve")
    assert LessonPage.objects.get(pk=page.pk).title == "Nagekeken"
    assert [(e.verb, e.actor) for e in JournalEntry.objects.all()] == [
        ("lesson.published", f"people.person:{frank.pk}")
    ]


def test_a_second_trainer_opens_what_waits_and_is_told_of_it(client, eva, frank, lessons):
    lessons[0].save_revision(user=eva)
    lessons[0].get_workflow().start(lessons[0], eva)
    client.force_login(frank)
    assert edit(lessons[0]) in client.get("/admin/").text
    said = client.get(edit(lessons[0])).text
    assert ('data-workflow-action-name="approve"' in said, 'data-workflow-action-name="reject"' in said) == (
        True,
        True,
    )
    client.force_login(eva)
    assert 'data-workflow-action-name="approve"' not in client.get(edit(lessons[0])).text


def test_what_lacks_something_cannot_be_approved(eva, frank, lessons):
    page = lessons[0]
    page.body = body()
    page.save_revision(user=eva)
    page.get_workflow().start(page, eva)
    page.refresh_from_db()
    draft = page.get_latest_revision_as_object()
    assert [name for name, *_rest in draft.current_workflow_task.get_actions(draft, frank)] == ["reject"]
    assert publish(lessons[1]).live is True


def test_the_editing_environment_has_its_own_policy(trainer, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, "academy.editing.policy.admin_policy"]
    trainer.handler.load_middleware()
    assert "'unsafe-inline'" in trainer.get("/admin/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in trainer.get("/academie/").headers["Content-Security-Policy"]
