"""The hidden field that tells one sending of a form from another."""

from django import template
from django.utils.html import format_html

from people import stamps

register = template.Library()


@register.simple_tag
def stamp():
    """Write the key for one time, beside the token against forms of other sites."""
    return format_html('<input type="hidden" name="{}" value="{}">', stamps.FIELD, stamps.fresh())
