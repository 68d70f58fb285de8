from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtailmedia.models import Media

from academy import clock, publishing
from academy.models import CoursePage, LessonPage, ModulePage, Question
from people import journal
from people.models import JournalEntry, Qualification
from tests.academy.conftest import CHECK, body, publish, question

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
TEXT = ("text", "<p>Lees dit.</p>")


def lacks(*pieces):
    return publishing.lesson_lacks(LessonPage(body=body(*pieces)))


def picture(alt):
    return ("image", {"image": Image.objects.create(title="x", file=get_test_image_file()).pk, "alt": alt})


def film(captions, transcript):
    video = Media.objects.create(title="x", type="video", file=ContentFile(b"x", "x.mp4"))
    document = Document.objects.create(title="x", file=ContentFile(b"x", captions)) if captions else None
    return ("video", {"video": video.pk, "captions": document and document.pk, "transcript": transcript})


@pytest.fixture(autouse=True)
def _own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("pieces", "said"),
    [
        ([], ["Er staat nog niets in deze les."]),
        ([TEXT], []),
        ([TEXT, ("text", "<p> </p>")], ["Blok 2: de tekst is leeg."]),
        ([("sources", {"items": []})], ["Blok 1: voeg een bron toe, of haal het blok weg."]),
        ([("check", CHECK)], []),
        ([("check", CHECK | {"answers": CHECK["answers"][:1]})], ["Blok 1: geef minstens twee antwoorden."]),
    ],
)
def test_what_a_lesson_lacks(pieces, said):
    assert lacks(*pieces) == said


def test_an_image_needs_words():
    assert lacks(picture("Een leeg bankje")) == []
    assert lacks(picture(" ")) == ["Blok 1: zeg wat er op de afbeelding staat."]


def test_a_video_needs_captions_and_a_transcript():
    assert lacks(film("nl.vtt", "<p>Hallo.</p>")) == []
    assert lacks(film(None, "")) == [
        "Blok 1: voeg ondertiteling toe aan de video, als .vtt-bestand.",
        "Blok 1: voeg de uitgeschreven tekst van de video toe.",
    ]
    assert lacks(film("nl.pdf", "<p>Hallo.</p>")) == [
        "Blok 1: voeg ondertiteling toe aan de video, als .vtt-bestand."
    ]


@pytest.mark.parametrize(
    ("kind", "right", "said"),
    [
        ("single", [True, False], []),
        ("multiple", [True, True, False], []),
        ("true_false", [False, True], []),
        ("single", [True], ["Geef minstens twee antwoorden."]),
        ("multiple", [False, False], ["Geef aan welk antwoord goed is."]),
        ("single", [True, True], ["Bij deze soort vraag is maar één antwoord goed."]),
        ("true_false", [True, False, False], ["Een vraag met waar of niet waar heeft twee antwoorden."]),
    ],
)
def test_what_a_question_lacks(kind, right, said):
    assert publishing.question_lacks(kind, right) == said


def test_a_part_with_a_question_without_right_answer_is_not_published(course, module):
    question(module, "Wat nu?", "Dit", "Dat", sort_order=9)
    with pytest.raises(publishing.NotPublishable) as trouble:
        publish(module)
    assert trouble.value.reasons == ["Vraag 3: geef aan welk antwoord goed is."]


def test_what_a_course_lacks(course, now):
    today = now.date()
    assert course.lacks(on=today) == []
    course.summary, course.review_on, course.goals = " ", today, []
    assert course.lacks(on=today) == [
        "Schrijf een samenvatting.",
        "De nakijkdatum is voorbij. Lees de cursus opnieuw na en kies een nieuwe dag.",
        "Schrijf wat iemand na deze cursus kan: minstens één doel.",
    ]


def test_a_course_with_a_certificate_needs_sources_and_a_test(course, lessons, now):
    Question.objects.all().delete()
    for lesson in lessons:
        lesson.body = body(TEXT)
        publish(lesson)
    assert course.lacks(on=now.date()) == [
        "Nog geen les noemt bronnen. Voeg in een les het blok Bronnen toe.",
        "Deze cursus geeft een certificaat en heeft dus een toets nodig. Voeg vragen toe aan een onderdeel.",
    ]


def test_a_test_gives_certificates_and_no_checks(course, lessons, vog, now):
    course.awards = vog
    assert course.lacks(on=now.date())[-1].startswith("Een cursus geeft een certificaat.")


def test_a_course_on_location_needs_no_lessons(plant):
    assert plant("C02", lessons=0, form="training").live is True


def test_publishing_is_written_once_for_each_revision(course, lessons, eva):
    JournalEntry.objects.all().delete()
    page = publish(lessons[0], user=eva)
    publishing.note(page, by=eva)  # the editor's hook comes after it
    publish(page, user=eva)
    assert [(e.verb, e.actor, e.subject) for e in JournalEntry.objects.all()] == [
        ("lesson.published", journal.ref(eva), f"academy.lessonpage:{page.pk}")
    ] * 2


def test_a_published_course_tells_where_its_qualification_is_learned(course):
    award = Qualification.objects.get(code="C01")
    assert (award.learn_url, award.learn_minutes) == ("/leren/op-weg/C01/", 30)


def test_a_course_taken_offline_teaches_nothing(course, eva, now):
    course.unpublish(user=eva)
    publishing.note_withdrawn(CoursePage.objects.get(pk=course.pk), by=eva, now=now)
    award = Qualification.objects.get(code="C01")
    assert (award.learn_url, award.learn_minutes) == ("", None)
    assert JournalEntry.objects.first().verb == "course.withdrawn"


def plan(page, at):
    page.go_live_at = at
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def test_the_clock_publishes_what_was_planned_and_writes_it_once(course, lessons, now, time_machine):
    lessons[0].title = "Nieuwe titel"
    assert plan(lessons[0], now + timedelta(days=1)).title == "Les 1"
    clock.tick(now)
    JournalEntry.objects.all().delete()
    later = now + timedelta(days=1, minutes=1)
    time_machine.move_to(later)
    clock.tick(later)
    clock.tick(later)
    assert LessonPage.objects.get(pk=lessons[0].pk).title == "Nieuwe titel"
    assert [(e.verb, e.actor) for e in JournalEntry.objects.all()] == [("lesson.published", "clock")]


def test_what_lacks_something_by_then_is_held_back(course, now, time_machine):
    course.review_on = now.date() + timedelta(days=2)
    plan(course, now + timedelta(days=3))
    JournalEntry.objects.all().delete()
    later = now + timedelta(days=4)
    time_machine.move_to(later)
    clock.tick(later)
    clock.tick(later)
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.facts["reasons"]) == (
        "page.held_back",
        ["De nakijkdatum is voorbij. Lees de cursus opnieuw na en kies een nieuwe dag."],
    )


def test_the_clock_takes_offline_what_ends(course, now, time_machine):
    CoursePage.objects.update(expire_at=now + timedelta(hours=1))
    later = now + timedelta(hours=2)
    time_machine.move_to(later)
    clock.tick(later)
    assert CoursePage.objects.get().live is False
    assert ModulePage.objects.get().live is True
