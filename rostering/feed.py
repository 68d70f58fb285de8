"""The calendar of one person, for a calendar program to fetch. No log-in: the secret address is the key."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from rostering import calendar


@require_safe
def feed(request, token):
    now = timezone.now()
    person = calendar.person_of(token)
    if person is None:
        raise Http404
    calendar.note_reading(person, now=now)
    content = calendar.feed(person, now=now)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["ETag"] = calendar.etag(content)
    response["Cache-Control"] = "private, no-cache"
    response["Content-Disposition"] = 'inline; filename="paraat.ics"'
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=response["ETag"], response=response)
