"""Whatever is asked, by whomever: never an answer of 500. Odd requests to every address and form of every role.

The number of requests is fixed and so is the order in which they are drawn. For a long run, by everybody:
`PARAAT_FUZZ=20 PARAAT_FUZZ_SEED=1 python -m pytest tests/architecture/test_fuzz.py`, on PostgreSQL by
`python tools/postgres.py` before it.
"""

import logging
import os
from random import Random

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtailmedia.models import Media

from academy.models import Answer, Question
from rostering import booking
from rostering.models import WeeklyDemand
from tests.architecture import hostile
from tests.architecture.addresses import addresses
from tests.architecture.conftest import CAST
from tests.architecture.fuzzing import MAKERS, Ask, Walk, World
from tests.architecture.house import nothing
from tests.architecture.test_strangers import ROWS, TEAM, WAGTAIL
from tests.conftest import NOW, make_person
from tests.plugins.sessions import signed_in

SEED = int(os.environ.get("PARAAT_FUZZ_SEED", "7"))
TIMES = float(os.environ.get("PARAAT_FUZZ", "1"))
LONG = TIMES > 1
MOST_OF_WAGTAIL = 60  # of its 330 addresses; they are dear
BUDGETS = {  # requests
    "as filled in": 60,
    "path": 150,
    "query": 60,
    "any query": 60,
    "field": 120,
    "any field": 20,
    "body": 60,
    "file": 20,
    "header": 30,
    "method": 20,
}
EVERYBODY = ("visitor", *CAST, "gerda")
EDITORS = ("eva", "frank")  # who has business in Wagtail's pages


@pytest.fixture
def gerda(utrecht):
    """A supervisor."""
    return make_person("Gerda", "supervisor", home=utrecht, location=utrecht)


@pytest.fixture
def filled(world, gerda, make_shift, tmp_path, settings, telephone):
    """The world of the strangers, with something on every page: a question, a picture, weekly demand."""
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)  # where /media/ looks
    settings.MEDIA_ROOT = tmp_path
    call_command("ensure_groups", verbosity=0)  # so that who teaches has business in Wagtail's pages
    question = Question.objects.create(module=world.module, prompt="Wat doe je eerst?", sort_order=1)
    for text, right in (("Luisteren", True), ("Ophangen", False)):
        Answer.objects.create(question=question, text=text, is_right=right)
    for page in (world.course, world.module, world.lesson):
        page.save_revision(user=world.eva)
    booking.book(world.anouk, make_shift(days_ahead=13, hour=23, hours=4), by=world.anouk, now=NOW)
    WeeklyDemand.objects.create(
        task_kind=telephone, weekday=6, start="02:00", end="03:00", seats=1, scope="national"
    )
    world.gerda, world.question = gerda, question
    picture = dict(hostile.files())["goed.png"]
    world.image = Image.objects.create(
        title="Beeld", file=ContentFile(picture, "goed.png"), width=24, height=24
    )
    world.document = Document.objects.create(title="Stuk", file=ContentFile(b"%PDF-1.4", "stuk.pdf"))
    world.media = Media.objects.create(
        title="Film", file=ContentFile(b"x", "film.mp4"), type="video", duration=9
    )
    return world


def starts(world, odd: Random) -> list[Ask]:
    """Every address, ours and Wagtail's, by one of those who may see it; in a long run by everybody."""
    ours = [
        (row.method.upper(), reverse(row.name, args=row.args(world)), who_may(row))
        for rows in ROWS.values()
        for row in rows
    ]
    wagtails = [("GET", path, EDITORS) for path in wagtails_own(world)]
    if not LONG:
        wagtails = odd.sample(wagtails, MOST_OF_WAGTAIL)
    return [
        Ask(who, method, path)
        for method, path, allowed in ours + wagtails
        for who in (EVERYBODY if LONG and allowed is not EDITORS else [odd.choice(allowed)])
    ]


def who_may(row) -> list[str]:
    """A supervisor may see what every member may; what nobody may is tried by a visitor."""
    return sorted(row.who | ({"gerda"} if row.who >= TEAM else set())) or ["visitor"]


def wagtails_own(world) -> list[str]:
    """Return the addresses of Wagtail's pages, with the rows of the world in them."""
    rows = {
        "/admin/pages/": (world.course, world.module, world.lesson),
        "/admin/images/": (world.image,),
        "/admin/documents/": (world.document,),
        "/documenten/": (world.document,),
        "/admin/media/": (world.media,),
        "/admin/snippets/": (world.question,),
    }
    paths = []
    for address in addresses():
        if not address.path.startswith(WAGTAIL) or address.path.startswith("/admin/logout/"):
            continue
        ours = next((found for prefix, found in rows.items() if address.path.startswith(prefix)), ())
        paths += [address.path.replace("/1/", f"/{row.pk}/", 1) for row in ours] or [address.path]
    return paths


@pytest.fixture
def fuzzed(filled, monkeypatch):
    monkeypatch.setattr(
        FileSystemStorage, "delete", lambda storage, name: None
    )  # rows come back, files do not
    logging.disable(logging.CRITICAL)  # thousands of refusals, each with its traceback
    clients = {name: signed_in(getattr(filled, name), "password", "mfa") for name in (*CAST, "gerda")}
    yield World({"visitor": Client(), **clients})
    logging.disable(logging.NOTSET)


@pytest.mark.both
@pytest.mark.filterwarnings(
    "ignore::ResourceWarning"
)  # Wagtail leaves the pictures that it made smaller open
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.timeout(1800 * max(1, TIMES))  # a budget of requests, however slow the machine
def test_no_request_gives_an_answer_of_500(fuzzed, filled):
    walk = Walk(fuzzed, Random(SEED), by_each=LONG)
    walk.visit(starts(filled, Random(SEED)))
    for section in MAKERS:
        for ask in walk.requests(section, int(BUDGETS[section] * TIMES)):
            fuzzed.send(ask, follow=ask.method == "POST")
    nothing(fuzzed.report())
