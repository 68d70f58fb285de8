"""What no form of Wagtail sends is a bad request in the editing environment, never an answer of 500."""

import pytest
from django.urls import reverse

from academy.editing.policy import RefuseForgedForms
from tests.plugins.sessions import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LONG = "9" * 20


@pytest.fixture
def editor(catalogue, eva):
    client = signed_in(eva, "password", "mfa")
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    "path",
    [
        "/admin/images/chooser/chosen/x/",
        "/admin/documents/chooser/chosen/x/",
        "/admin/snippets/choose/academy/question/chosen/x/",
        "/admin/?next=foo",
        "/admin/?next=/%5B::1%00",
        "/admin/?next=http://[::1",
        "/admin/?next=https://evil.example/",
    ],
)
def test_an_address_that_wagtail_does_not_make(editor, path):
    assert editor.get(path).status_code == 400


@pytest.mark.parametrize(
    "fields",
    [
        {"answers-INITIAL_FORMS": "0", "answers-0-text": "Ja", "kind": "single"},
        {"answers-TOTAL_FORMS": "2", "answers-INITIAL_FORMS": "2"},
        {"answers-TOTAL_FORMS": "1", "answers-INITIAL_FORMS": "1", "answers-0-id": "x"},
        {"answers-TOTAL_FORMS": "1", "answers-INITIAL_FORMS": "1", "answers-0-id": LONG},
        {"module": "\0"},
    ],
)
def test_a_question_with_fields_that_its_form_does_not_send(editor, fields):
    answer = editor.post(reverse("wagtailsnippets_academy_question:add"), fields)
    assert answer.status_code in (200, 400)


def test_a_search_for_what_sqlite_takes_for_a_command(editor):
    """PostgreSQL just finds nothing."""
    assert editor.get("/admin/documents/", {"q": '"\\u0000"'}).status_code in (200, 400)


def test_a_page_that_is_copied_nowhere(editor, catalogue):
    assert editor.post(reverse("wagtailadmin_pages:copy", args=[catalogue.pk])).status_code in (302, 400)


def test_a_mistake_of_our_own_is_none_of_the_form(rf):
    """Only where a field is read: what fails elsewhere stays an answer of 500, and is told to the log."""
    watch = RefuseForgedForms(lambda request: None)
    try:
        int("x")
    except ValueError as error:
        assert watch.process_exception(rf.post("/admin/pages/"), error) is None


def test_what_is_not_the_editing_environment_is_left_alone(rf):
    watch = RefuseForgedForms(lambda request: "shown")
    assert watch(rf.get("/rooster/?next=foo")) == "shown"
    assert watch.process_exception(rf.get("/rooster/"), OverflowError()) is None
