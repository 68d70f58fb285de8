"""What may the editing environment load, show and be asked?

Wagtail's page editor has inline scripts; the site has none. And Wagtail's views trust what their own forms send.
"""

import traceback
from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.datastructures import MultiValueDictKeyError

GetResponse = Callable[[HttpRequest], HttpResponse]

ADMIN = "/admin/"
READING_A_FIELD = (  # where Django and Wagtail read a field and take it for what it should be
    "django/db/models/fields/__init__.py",
    "wagtail/admin/panels/inline_panel.py",
    "wagtail/admin/views/generic/chooser.py",
)
REPORTS = "/admin/reports/"  # who did what is read in our own journal, by who may


def admin_policy(get_response: GetResponse) -> GetResponse:
    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith(REPORTS)
            and request.user.is_authenticated
            and not request.user.is_superuser
        ):
            raise Http404
        response = get_response(request)
        if request.path.startswith(ADMIN) and HEADER not in response:
            response[HEADER] = build_policy(config=settings.ADMIN_CONTENT_SECURITY_POLICY)
        return response

    return middleware


class RefuseForgedForms:
    """Answer 400 in Wagtail's pages to what none of its forms sends.

    A field left out, a row's number that is none or too large, a page to go on to that is no address: its views
    take these as they come and would end in an answer of 500.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(ADMIN) and not all(map(_is_path, _next_pages(request))):
            return render(request, "400.html", status=400)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if request.path.startswith(ADMIN) and _is_about_the_form(error):
            return render(request, "400.html", status=400)
        return None


def _next_pages(request: HttpRequest) -> list[str]:
    return request.GET.getlist("next") + request.POST.getlist("next")


def _is_path(said: str) -> bool:
    return not said or said.startswith("/")


def _is_about_the_form(error: Exception) -> bool:
    """Whether reading a field failed, rather than what was done with it."""
    if isinstance(error, MultiValueDictKeyError | ValidationError | OverflowError):
        return True
    if isinstance(
        error, OperationalError
    ):  # Wagtail's search on SQLite, of a backslash between quotation marks
        return "fts5: syntax error" in str(error)
    if not isinstance(error, ValueError | KeyError | AttributeError):
        return False
    last = traceback.extract_tb(error.__traceback__)[-1]
    return last.filename.endswith(READING_A_FIELD)
