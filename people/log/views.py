"""What does somebody see when something broke on our side? A page that needs nothing, and the number to name."""

from django.http import HttpResponseServerError
from django.template.loader import render_to_string


def server_error(request):
    """Render without the request: what every other page knows of it asks the database."""
    asked = getattr(request, "asked", None)
    return HttpResponseServerError(render_to_string("500.html", {"number": asked.number if asked else ""}))
