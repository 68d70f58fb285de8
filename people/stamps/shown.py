"""Does a button still mean what its page showed? Beside a button stands which version of the thing was shown.

For a thing that can move: a press from a window that showed it before is told so, and does nothing. A button without
a version, such as one of a program or of a page from before there were versions, means the thing as it is.
"""

from django.http import HttpRequest

VERSION = "versie"


def is_stale(request: HttpRequest, version: int) -> bool:
    """Return whether the form of this request showed another version than `version`."""
    return request.POST.get(VERSION, f"{version}") != f"{version}"
