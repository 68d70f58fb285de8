"""Which pages does every installation have? `ensure_site` plants those that are missing."""

import tomllib
from pathlib import Path

from django.conf import settings
from django.db import transaction
from wagtail.models import Collection, Locale, Page, Site
from wagtail.rich_text import RichText

from academy.models import CatalogueIndex
from cms.models import HomePage, StandardPage

FIRST_TEXTS = Path(__file__).resolve().parent.parent / "data" / "pages.toml"


@transaction.atomic
def ensure_site() -> CatalogueIndex:
    """Plant root, home page, catalogue and pages of text where they are missing; return the catalogue.

    What stands is left alone, so twice changes nothing.
    """
    texts = tomllib.loads(FIRST_TEXTS.read_text(encoding="utf-8"))
    Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
    if Collection.get_first_root_node() is None:
        Collection.add_root(name="Root")
    home = HomePage.objects.first() or _plant_home(texts["home"])
    for text in texts["pages"]:
        if not StandardPage.objects.child_of(home).filter(slug=text["slug"]).exists():
            _publish(
                home.add_child(
                    instance=StandardPage(title=text["title"], slug=text["slug"], body=_body(text))
                )
            )
    catalogue = CatalogueIndex.objects.first()
    if catalogue is None:
        catalogue = home.add_child(instance=CatalogueIndex(title="Slachtofferhulp Academie", slug="academie"))
        _publish(catalogue)
    return catalogue


def _plant_home(text: dict) -> HomePage:
    root = Page.get_first_root_node() or Page.add_root(instance=Page(title="Root", slug="root"))
    for welcome in root.get_children().filter(slug="home").exact_type(Page):
        welcome.delete()  # the page that Wagtail itself plants
    root = Page.objects.get(pk=root.pk)
    home = root.add_child(
        instance=HomePage(title=text["title"], slug="home", welcome=text["welcome"], body=_body(text))
    )
    _publish(home)
    site = Site.objects.filter(is_default_site=True).first() or Site(
        is_default_site=True, hostname="localhost"
    )
    site.root_page, site.site_name = Page.objects.get(pk=home.pk), settings.WAGTAIL_SITE_NAME
    site.save()
    return home


def _body(text: dict) -> list:
    return [("text", RichText(text["html"]))]


def _publish(page: Page) -> None:
    page.save_revision().publish()
