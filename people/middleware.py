"""Rules for every request: no NUL, no personal page kept by a browser, a second factor for administration."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode

from people import roles

GUARDED = ("/admin/", "/beheer/")


def no_nul(get_response):
    """Refuse addresses with a NUL, which no person types and PostgreSQL cannot look up."""

    def middleware(request):
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest
        return get_response(request)

    return middleware


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
        if (
            request.path.startswith("/admin/")
            and request.user.is_authenticated
            and not _has_business_here(request.user)
            and not request.path.startswith("/admin/login/")
        ):
            raise Http404
        return get_response(request)

    return middleware


def _has_business_here(person):
    """Somebody who may do nothing here gets the 404 of the view and need not set up a second factor."""
    return any(roles.ROLES[post.role].needs_second_factor for post in person.posts) or person.has_perm(
        "wagtailadmin.access_admin"
    )
