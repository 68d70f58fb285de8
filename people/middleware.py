"""Rules for every request: it can be read, no page is kept by a browser, a second factor for administration."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404, HttpResponseRedirect, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from people import days, roles
from people.forms import MOST_DIGITS

GUARDED = ("/admin/", "/beheer/")
LONGEST_NAME = 255  # bytes: what the name of a file takes at most


def readable_requests(get_response):
    """Refuse what no browser sends, before anything else reads it: a NUL, or a body that cannot be decoded.

    PostgreSQL takes no NUL in a text. Django's own page for 400 checks the form again and so reads the body
    again, which ends in an answer of 500; therefore the page is made here. It is that of a visitor: who asks is
    in a cookie, and that may be what cannot be read.
    """

    def middleware(request):
        if _is_readable(request):
            return get_response(request)
        request.user = AnonymousUser()
        return render(request, "400.html", status=400)

    return middleware


def _is_readable(request) -> bool:
    try:
        said = [*request.POST, *(value for _name, values in request.POST.lists() for value in values)]
    except (BadRequest, MultiPartParserError, SuspiciousOperation, UnreadablePostError, UnicodeError):
        return False
    said += [request.path, *request.COOKIES.values()]
    return "%00" not in request.META.get("QUERY_STRING", "") and not any("\0" in text for text in said)


def addresses_that_can_exist(get_response):
    """Answer 404 to an address with a number that no row has, or a name that no file has."""

    def middleware(request):
        if all(_can_exist(piece) for piece in request.path.split("/")):
            return get_response(request)
        raise Http404

    return middleware


def _can_exist(piece: str) -> bool:
    return len(piece.encode()) <= LONGEST_NAME and not (piece.isdecimal() and len(piece) > MOST_DIGITS)


def private_pages(get_response):
    def middleware(request):
        response = get_response(request)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware


def second_factor_for_admin(get_response):
    def middleware(request):
        if (
            settings.SECOND_FACTOR_FOR_ADMIN
            and request.path.startswith(GUARDED)
            and request.user.is_authenticated
            and not _passed_second_factor(request)
            and _has_business_here(request.user)
        ):
            name = "mfa_reauthenticate" if is_mfa_enabled(request.user) else "mfa_activate_totp"
            return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.get_full_path()})}")
        return get_response(request)

    return middleware


def _passed_second_factor(request):
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)


def editing_for_editors(get_response):
    """To somebody without rights in the editing environment it does not exist; Wagtail would send them round."""

    def middleware(request):
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            if not _has_business_here(request.user) and not request.path.startswith("/admin/login/"):
                raise Http404
            roles.follow_groups(request.user, day=days.today())
        return get_response(request)

    return middleware


def _has_business_here(person):
    """Somebody who may do nothing here gets the 404 of the view and need not set up a second factor."""
    return any(roles.ROLES[post.role].needs_second_factor for post in person.posts) or person.has_perm(
        "wagtailadmin.access_admin"
    )
