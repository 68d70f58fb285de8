"""A picture that cannot be shown is refused where it is uploaded, with a sentence at its field."""

import pytest
from django.urls import reverse
from wagtail.images.models import Image

from tests.architecture import hostile
from tests.plugins.sessions import signed_in

pytestmark = pytest.mark.django_db
GOOD = {"goed.png"}


@pytest.fixture
def editor(catalogue, eva, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return signed_in(eva, "password", "mfa")


def sent(name, content):
    return {"title": "Beeld", "file": hostile.upload(name, content), "collection": 1}


@pytest.mark.parametrize(("name", "content"), hostile.pictures())
def test_a_picture_is_whole_or_refused(editor, name, content):
    answer = editor.post(reverse("wagtailimages:add"), sent(name, content))
    assert (answer.status_code, Image.objects.exists()) == ((302, True) if name in GOOD else (200, False))


def test_an_open_ended_jpeg_is_told_so(editor):
    answer = editor.post(reverse("wagtailimages:add"), sent("open.jpg", dict(hostile.pictures())["half.jpg"]))
    said = "Deze foto is beschadigd of niet compleet. Sla hem opnieuw op, of kies een andere."
    assert answer.context["form"].errors == {"file": [said]}


@pytest.mark.parametrize("door", ["wagtailimages:add_multiple", "wagtailimages_chooser:create"])
def test_every_door_for_pictures_refuses_it(editor, door):
    content = dict(hostile.pictures())["half.jpg"]
    fields = {
        "files[]": hostile.upload("half.jpg", content),
        "image-chooser-upload-file": hostile.upload("half.jpg", content),
        "image-chooser-upload-title": "Beeld",
        "image-chooser-upload-collection": 1,
    }
    answer = editor.post(reverse(door), fields, headers={"x-requested-with": "XMLHttpRequest"})
    assert (answer.status_code, Image.objects.exists()) == (200, False)
    assert "beschadigd of niet compleet" in answer.content.decode()


def test_a_picture_stays_when_only_its_title_changes(editor):
    editor.post(reverse("wagtailimages:add"), sent("goed.png", dict(hostile.pictures())["goed.png"]))
    picture = Image.objects.get()
    fields = {"title": "Beter", "collection": 1, "description": "", "tags": ""}
    assert editor.post(reverse("wagtailimages:edit", args=[picture.pk]), fields).status_code == 302
    assert Image.objects.get().title == "Beter"
