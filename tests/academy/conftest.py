"""A small academy: C01 with two lessons and two questions, and whatever a test plants beside it."""

import functools

import pytest
import time_machine
from django.conf import settings
from django.utils import translation

from academy.editing import groups
from academy.models import Answer, CoursePage, LessonPage, ModulePage, Question
from cms import tree
from people.models import Qualification
from tests.conftest import NOW, make_person

SOURCES = {"items": [{"title": "Wet", "publisher": "Rijksoverheid", "year": 2016}]}
CHECK = {
    "prompt": "Wat zeg je?",
    "type": "single",
    "answers": [
        {"text": "Niets", "is_right": False, "feedback": "Stilte mag ook."},
        {"text": "Hoe is het nu?", "is_right": True, "feedback": "Een open vraag."},
    ],
}


@pytest.fixture(autouse=True)
def _monday(now):
    """Wagtail and the views read the clock; here it is the Monday of all tests."""
    with time_machine.travel(now, tick=False):
        yield


def body(*pieces):
    return LessonPage().body.stream_block.to_python(
        [{"type": kind, "value": value} for kind, value in pieces]
    )


def publish(page, user=None):
    page.save_revision(user=user).publish(user=user)
    return type(page).objects.get(pk=page.pk)


def question(module, prompt, *answers, kind="single", sort_order=0):
    """Plant a question; an answer that begins with + is right."""
    row = Question(module=module, prompt=prompt, kind=kind, explanation="Uitleg.", sort_order=sort_order)
    row.answers.set(
        [
            Answer(text=text.lstrip("+"), is_right=text.startswith("+"), feedback="Omdat.", sort_order=place)
            for place, text in enumerate(answers)
        ]
    )
    row.save()
    return row


def plant_in(catalogue, code="C01", *, lessons=2, requires=(), valid_months=None, **fields):
    """Plant and publish a course with two lessons and two questions."""
    award = Qualification.objects.create(code=code, name=f"Certificaat {code}", valid_months=valid_months)
    fields = {
        "title": f"Cursus {code}",
        "summary": "Kort.",
        "review_on": NOW.date().replace(year=2028),
        **fields,
    }
    course = catalogue.add_child(
        instance=CoursePage(
            code=code,
            slug=code.lower(),
            awards=award,
            goals=[("goal", "Je kunt het.")],
            live=False,
            **fields,
        )
    )
    course.requires.set(requires)
    module = course.add_child(instance=ModulePage(title="Deel een", slug="deel", live=False))
    for number in range(1, lessons + 1):
        page = LessonPage(title=f"Les {number}", slug=f"les-{number}", minutes=10, live=False)
        page.body = body(("text", "<p>Lees dit.</p>"), ("check", CHECK), ("sources", SOURCES))
        publish(module.add_child(instance=page))
    if lessons:
        question(module, "Een of twee?", "+Een", "Twee", sort_order=1)
        question(module, "Welke zijn even?", "+Twee", "Drie", "+Vier", kind="multiple", sort_order=2)
    publish(module)
    return publish(course)


@pytest.fixture(scope="module")
def site(bare_site, django_db_blocker):
    """The site with C01, for a module whose tests share it."""
    dutch, monday = translation.override(settings.LANGUAGE_CODE), time_machine.travel(NOW, tick=False)
    with django_db_blocker.unblock(), dutch, monday:
        plant_in(tree.ensure_site())


@pytest.fixture
def catalogue(db):
    root = tree.ensure_site()
    groups.ensure_groups()
    return root


@pytest.fixture
def plant(catalogue):
    """Plant and publish a course with two lessons and two questions: `plant("C02", requires=[...])`."""
    return functools.partial(plant_in, catalogue)


@pytest.fixture
def course(catalogue):
    """C01: that of the module where its tests share one (`site`), else one of its own."""
    return CoursePage.objects.filter(code="C01").first() or plant_in(catalogue)


@pytest.fixture
def lessons(course):
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


@pytest.fixture
def module(course):
    return ModulePage.objects.child_of(course).get()


@pytest.fixture
def ida(db):
    """An outside professional."""
    return make_person("Ida", "external", engagement="external")


def right_answers(module):
    return {
        one.pk: list(one.answers.filter(is_right=True).values_list("pk", flat=True))
        for one in module.questions.all()
    }


def wrong_answers(module):
    return {
        one.pk: list(one.answers.filter(is_right=False).values_list("pk", flat=True))[:1]
        for one in module.questions.all()
    }


def posted(answers):
    return {f"q{key}": chosen for key, chosen in answers.items()}
