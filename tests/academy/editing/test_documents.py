"""Documents have numbers that can be guessed: who may not see the page, does not get what stands on it."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents.models import Document
from wagtail.models import Page
from wagtailmedia.models import Media

from cms.models import StandardPage
from tests.academy.conftest import body, publish
from tests.plugins.sessions import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


@pytest.fixture
def document(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Document.objects.create(title="Werkblad", file=ContentFile(b"WEBVTT\n", "werkblad.vtt"))


@pytest.fixture
def film():
    return Media.objects.create(title="Film", file=ContentFile(b"x", "film.mp4"), type="video", duration=9)


def shown_on(page, film, document):
    """Let a page show a video whose captions are the document, and publish it."""
    video = {"video": film.pk, "captions": document.pk, "transcript": "<p>Hallo.</p>"}
    page = page.specific
    standing = [(piece.block_type, piece.block.get_prep_value(piece.value)) for piece in page.body]
    page.body = body(*standing, ("video", video))
    return publish(page)


def statuses(document, *people):
    """Return what a visitor and each of these people get."""
    found = []
    for person in (None, *people):
        client = Client()
        if person:
            client.force_login(person)
        response = client.get(document.url)
        found.append(response.status_code)
        if response.streaming:
            assert (
                b"".join(response.streaming_content) == b"WEBVTT\n"
            )  # read to its end, which closes the file
    return found


def test_a_document_of_a_course_is_read_by_who_may_follow_it(document, film, lessons, bram, ida, eva):
    assert statuses(document, bram, ida, eva) == [302, 404, 404, 200]
    shown_on(lessons[0], film, document)
    assert statuses(document, bram, ida, eva) == [302, 200, 404, 200]


def test_a_visitor_is_asked_to_log_in(document):
    assert Client().get(document.url)["Location"].startswith("/inloggen/?next=/documenten/")


def test_a_course_that_is_offline_shows_no_documents_either(document, film, course, lessons, bram):
    shown_on(lessons[0], film, document)
    type(course).objects.get(pk=course.pk).unpublish()
    assert statuses(document, bram) == [302, 404]


def test_a_document_of_an_open_page_is_everybodys(document, film, catalogue, bram, ida):
    home = Page.objects.get(pk=catalogue.get_parent().pk)
    shown_on(home.add_child(instance=StandardPage(title="Uitleg", slug="uitleg")), film, document)
    assert statuses(document, bram, ida) == [200, 200, 200]


def test_the_folder_of_documents_is_closed(document, eva):
    for client in (Client(), signed_in(eva, "password", "mfa")):
        assert client.get(f"/media/{document.file.name}").status_code == 404
