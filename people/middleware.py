"""Two rules for every request: personal pages are not kept by browsers, and administration asks a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

GUARDED = ("/admin/", "/beheer/")


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
        ):
            return redirect("mfa_activate_totp" if not is_mfa_enabled(request.user) else "account_login")
        return get_response(request)

    return middleware


def _passed_second_factor(request):
    methods = request.session.get("account_authentication_methods", [])
    return any(method.get("method") == "mfa" for method in methods)
