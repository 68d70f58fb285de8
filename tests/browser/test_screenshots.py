"""Every role's pages in the filled demo world: read by axe, too wide nowhere, and pictured for the README.

PARAAT_SCREENSHOTS=1 python -m pytest tests/browser/test_screenshots.py      # renews docs/screenshots
"""

from io import StringIO

import pytest
from django.core.management import call_command
from PIL import Image

from people.models import Person
from rostering.models import Proposal, ProposalLine
from tests.plugins.browser import DESK, HEIGHT, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {  # role: {name of the picture: path}
    "vrijwilliger": {
        "home": "/",
        "open-shifts": "/rooster/",
        "my-roster": "/rooster/mijn/",
        "my-week": "/rooster/mijn/week/",
        "availability": "/rooster/beschikbaarheid/",
        "willingness": "/rooster/bereidheid/",
        "calendar": "/rooster/agenda/",
        "hours": "/rooster/uren/",
        "catalogue": "/academie/",
        "course": "/academie/impact-en-herstel/",
        "certificates": "/leren/certificaten/",
        "me": "/ik/",
    },
    "kandidaat": {"newcomer-home": "/", "newcomer-shifts": "/rooster/"},
    "coordinator": {
        "board": "/bord/",
        "new-shift": "/bord/nieuw/",
        "demand": "/bord/behoefte/",
        "board-people": "/bord/mensen/",
        "proposals": "/bord/voorstellen/",
        "new-proposal": "/bord/voorstellen/nieuw/",
        "training-needs": "/bord/leren/",
        "quality": "/bord/kwaliteit/",
    },
    "beheerder": {"manage": "/beheer/", "manage-people": "/beheer/mensen/", "journal": "/beheer/logboek/"},
    "extern": {"external-home": "/", "external-catalogue": "/academie/"},
    "trainer": {"learners": "/leren/voortgang/"},
}
FOR_THE_README = {"home", "open-shifts", "board", "course"}


def of_the_proposal():
    """The pages of the proposal of the demo world, and of the shift that it leaves open."""
    proposal = Proposal.objects.get(state=Proposal.State.DRAFT)
    line = proposal.lines.filter(state=ProposalLine.State.PROPOSED).first()
    shift = next(iter(proposal.cover["why"]))
    return {
        "proposal": f"/bord/voorstel/{proposal.pk}/",
        "proposal-board": f"/bord/voorstel/{proposal.pk}/?beeld=bord",
        "proposal-why": f"/bord/voorstel/regel/{line.pk}/waarom/",
        "proposal-quality": f"/bord/voorstel/{proposal.pk}/kwaliteit/",
        "shift": f"/bord/dienst/{shift}/",
        "shift-why": f"/bord/dienst/{shift}/waarom/",
    }


@pytest.fixture
def demo(settings, tmp_path):
    settings.DEMO = True
    settings.SECOND_FACTOR_FOR_STAFF = False
    call_command("load_demo", people=40, seed=1, folder=tmp_path, stdout=StringIO())


def test_every_page_of_every_role(demo, page_at, sign_in, look, screenshot):
    taken = {}
    for role, pages in PAGES.items():
        person = Person.objects.get(email=f"{role}@paraat.example")
        page = sign_in(page_at(PHONE), person)
        more = of_the_proposal() if role == "coordinator" else {}
        for name, path in (pages | more).items():
            assert page.goto(path).status == 200
            for width in (DESK, PHONE) if name in FOR_THE_README else ():
                page.set_viewport_size({"width": width, "height": HEIGHT[width]})
                taken[name, width] = screenshot(page, name)
            look(page)
    pictures = [taken[name, PHONE] for name in ("home", "open-shifts", "course")]
    if all(pictures):
        overview(pictures)


def overview(phones):
    """Lay three phones side by side."""
    images = [Image.open(path).convert("RGB") for path in phones]
    gap = 24
    width = sum(image.width for image in images) + gap * (len(images) + 1)
    sheet = Image.new("RGB", (width, images[0].height + 2 * gap), "#d8d3c8")
    at = gap
    for image in images:
        sheet.paste(image, (at, gap))
        at += image.width + gap
    sheet.quantize(64).save(phones[0].parent / "overview.png", optimize=True)
