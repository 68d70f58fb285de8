"""The pages that nobody can pass or fail: what the site says to everybody."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from academy.blocks import PageBody


class HomePage(Page):
    """The public face, for who is not signed in. Who is signed in sees their own start page here."""

    welcome = models.TextField(_("welcome"), max_length=300, blank=True)
    body = StreamField(PageBody(), blank=True, verbose_name=_("content"))

    subpage_types = ["cms.StandardPage"]
    max_count = 1
    template = "cms/pages/home.html"
    content_panels = [*Page.content_panels, FieldPanel("welcome"), FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        pages = StandardPage.objects.child_of(self).live().order_by("path")
        return super().get_context(request, *args, **kwargs) | {"pages": pages, "section": "home"}


class StandardPage(Page):
    """A page of text: help, about this site, accessibility."""

    body = StreamField(PageBody(), blank=True, verbose_name=_("content"))

    parent_page_types = ["cms.HomePage"]
    subpage_types = []
    template = "cms/pages/standard.html"
    content_panels = [*Page.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")
