"""The pages of text, for a list of links on a page of another room."""

from django import template
from django.db.models import QuerySet

from cms.models import StandardPage

register = template.Library()


@register.simple_tag
def pages_of_text() -> QuerySet[StandardPage]:
    """Return what is published, in the order in which the editors put it."""
    return StandardPage.objects.live().order_by("path")
