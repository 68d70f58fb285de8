"""Somebody's own calendar: its secret address, what a calendar program reads there, and one shift as a file."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from people.notices import mail
from rostering.calendar import events as calendar
from rostering.models import CalendarSubscription


@never_cache
@login_required
def subscription(request):
    """The secret address of the calendar. It is on the answer that makes it, and nowhere after."""
    address = ""
    if request.method == "POST":
        token = calendar.subscribe(request.user, now=timezone.now())
        address = mail.absolute(reverse("rostering:feed", args=[token]))
    return render(
        request,
        "rostering/calendar/subscription.html",
        {
            "section": "roster",
            "subscription": CalendarSubscription.objects.filter(person=request.user).first(),
            "address": address,
            "webcal": "webcal:" + address.partition(":")[2] if address else "",
        },
    )


@login_required
def end_subscription(request):
    if request.method == "POST":
        calendar.unsubscribe(request.user, now=timezone.now())
        messages.success(request, _("The address of your calendar no longer works."))
    return redirect("rostering:subscription")


@require_safe
def feed(request, token):
    """For a calendar program to fetch. No log-in: the secret address is the key."""
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


@login_required
def event_file(request, pk):
    """One booked shift, for a calendar that somebody fills by hand."""
    row = get_object_or_404(request.user.bookings.booked().with_shift(), shift=pk)
    response = HttpResponse(calendar.file(row), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="paraat.ics"'
    return response
