import pytest
from django.conf import settings
from wagtail.models import Collection, Page, Site

from academy.models import CatalogueIndex
from cms import tree
from cms.models import HomePage, StandardPage

pytestmark = pytest.mark.django_db


def test_the_site_is_planted_once():
    for _time in range(2):
        catalogue = tree.ensure_site()
    assert [(page.depth, page.slug, page.live) for page in Page.objects.order_by("path")] == [
        (1, "root", True),
        (2, "home", True),
        (3, "hulp", True),
        (3, "over-paraat", True),
        (3, "toegankelijkheid", True),
        (3, "academie", True),
    ]
    assert Site.objects.get().root_page_id == HomePage.objects.get().pk
    assert (catalogue, Page.find_problems()) == (CatalogueIndex.objects.get(), ([], [], [], [], []))


def test_the_site_grows_from_nothing_at_all():
    Site.objects.all().delete()
    Page.objects.filter(depth=1).delete()
    Collection.objects.all().delete()
    tree.ensure_site()
    assert (Page.objects.count(), Collection.objects.count(), Site.objects.get().is_default_site) == (
        6,
        1,
        True,
    )


def test_what_somebody_changed_is_left_alone():
    tree.ensure_site()
    StandardPage.objects.filter(slug="hulp").update(title="Vraagbaak")
    tree.ensure_site()
    assert StandardPage.objects.get(slug="hulp").title == "Vraagbaak"


def test_a_visitor_reads_the_public_pages(client):
    tree.ensure_site()
    home = client.get("/").text
    assert "<h1>Bekwaam, bereid, beschikbaar</h1>" in home and "/inloggen/" in home
    for page in StandardPage.objects.all():
        assert page.get_url() in home
        assert f"<h1>{page.title}</h1>" in client.get(page.get_url()).text


def test_who_is_logged_in_finds_them_under_me(client, bram):
    client.force_login(bram)
    assert "Goed om te weten" not in client.get("/ik/").text
    tree.ensure_site()
    me = client.get("/ik/").text
    assert [me.count(f'<a href="{page.get_url()}">{page.title}</a>') for page in StandardPage.objects.all()] == [
        1, 1, 1,
    ]  # fmt: skip
    assert client.get("/hulp/").status_code == 200


def test_the_address_of_the_catalogue_is_that_of_the_academy(client, bram):
    catalogue = tree.ensure_site()
    client.force_login(bram)
    assert catalogue.get_url() == "/academie/"
    assert client.get("/academie/").templates[0].name == "academy/courses/catalogue.html"


def test_an_address_that_is_not_there_is_a_404(client, bram):
    tree.ensure_site()
    client.force_login(bram)
    assert client.get("/academie/bestaat-niet/").status_code == 404


def test_nothing_says_that_one_can_learn_without_an_account(db):
    """Every course stands behind the log-in, the short one for outside professionals too."""
    texts = [path.read_text(encoding="utf-8").lower() for path in (settings.ROOT / "data").rglob("*.*")]
    assert [text for text in texts if "zonder account" in text] == []
