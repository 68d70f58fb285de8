"""Rules for every request: it can be read, no page is kept, a second factor, an end to idle sessions."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from people import days, roles
from people.accounts import second_factor
from people.accounts.adapters import LIFE
from people.forms import MOST_DIGITS

GetResponse = Callable[[HttpRequest], HttpResponse]

LONGEST_NAME = 255  # bytes: what the name of a file takes at most
NOTED_EVERY = 600  # seconds


def readable_requests(get_response: GetResponse) -> GetResponse:
    """Refuse what no browser sends, before anything else reads it: a NUL, or a body that cannot be decoded.

    PostgreSQL takes no NUL in a text. Django's own page for 400 checks the form again and so reads the body
    again, which ends in an answer of 500; therefore the page is made here. It is that of a visitor: who asks is
    in a cookie, and that may be what cannot be read.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_readable(request):
            return get_response(request)
        request.user = AnonymousUser()
        return render(request, "400.html", status=400)

    return middleware


def _is_readable(request: HttpRequest) -> bool:
    try:
        said = [*request.POST, *(value for _name, values in request.POST.lists() for value in values)]
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError, UnicodeError):
        return False
    said += [request.path, *request.COOKIES.values()]
    return "%00" not in request.META.get("QUERY_STRING", "") and not any("\0" in text for text in said)


def addresses_that_can_exist(get_response: GetResponse) -> GetResponse:
    """Answer 404 to an address with a number that no row has, or a name that no file has."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if all(_can_exist(piece) for piece in request.path.split("/")):
            return get_response(request)
        raise Http404

    return middleware


def _can_exist(piece: str) -> bool:
    return len(piece.encode()) <= LONGEST_NAME and not (piece.isdecimal() and len(piece) > MOST_DIGITS)


def private_pages(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware


def second_factor_for_staff(get_response: GetResponse) -> GetResponse:
    """Ask who sees others' details for a second step, before the page that shows them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_view(
        request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if (
            not settings.SECOND_FACTOR_FOR_STAFF
            or not request.user.is_authenticated
            or not second_factor.is_asked(request, view)
            or second_factor.is_proved(request)
        ):
            return None
        name = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
        back = request.get_full_path() if request.method == "GET" else "/"
        to = f"{reverse(name)}?{urlencode({'next': back})}"
        return HttpResponseClientRedirect(to) if request.htmx else HttpResponseRedirect(to)

    middleware.process_view = process_view
    return middleware


def session_life(get_response: GetResponse) -> GetResponse:
    """End a session that lies still: after 12 hours of who sees others' details, after 14 days of others.

    Written at most once in ten minutes; what is written then is how long it lasts from there.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            lasts = settings.STAFF_SESSION_AGE if roles.sees_others(user) else settings.SESSION_COOKIE_AGE
            now = int(timezone.now().timestamp())
            seen, lasted = request.session.get(LIFE, (now, lasts))
            if lasted != lasts or now - seen >= NOTED_EVERY:
                request.session[LIFE] = (now, lasts)
                request.session.set_expiry(lasts)
        return response

    return middleware


def editing_for_editors(get_response: GetResponse) -> GetResponse:
    """To somebody without rights in the editing environment it does not exist; Wagtail would send them round."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            if not second_factor.may_edit(request.user) and not request.path.startswith("/admin/login/"):
                raise Http404
            roles.follow_groups(request.user, day=days.today())
        return get_response(request)

    return middleware
