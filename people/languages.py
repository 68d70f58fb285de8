"""In which language does this browser read? A cookie tells Django; the person carries it between devices."""

from django.conf import settings
from django.http import HttpResponse

YEAR = 365 * 24 * 60 * 60  # seconds


def keep(response: HttpResponse, language: str) -> HttpResponse:
    """Return `response` with the choice in a cookie that lasts a year."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        path="/",
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
