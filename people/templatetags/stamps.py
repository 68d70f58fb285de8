"""The hidden fields that tell one sending of a form from another, and what a button was shown with."""

from django import template
from django.utils.html import format_html

from people import stamps

register = template.Library()


@register.simple_tag
def stamp():
    """Write the key for one time, beside the token against forms of other sites."""
    return format_html('<input type="hidden" name="{}" value="{}">', stamps.FIELD, stamps.fresh())


@register.simple_tag
def shown(version):
    """Write which version of a thing a button is shown with; nothing when the page does not say."""
    if version in ("", None):
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', stamps.VERSION, version)
