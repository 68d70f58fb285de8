"""What a browser says about itself, in two words."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# the order matters: Edge also says Chrome, Chrome also says Safari
BROWSERS = [("Edg", "Edge"), ("OPR|Opera", "Opera"), ("Firefox|FxiOS", "Firefox"), ("Chrom|CriOS", "Chrome"),
            ("Safari", "Safari")]  # fmt: skip
SYSTEMS = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
           ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux")]  # fmt: skip


@register.filter
def device(user_agent):
    """Firefox, Windows"""
    found = [
        next((name for pattern, name in table if re.search(pattern, user_agent)), "")
        for table in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(filter(None, found)) or _("unknown device")
