"""What may the editing environment load and show? Wagtail's page editor has inline scripts; the site has none."""

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import Http404

REPORTS = "/admin/reports/"  # who did what is read in our own journal, by who may


def admin_policy(get_response):
    def middleware(request):
        if (
            request.path.startswith(REPORTS)
            and request.user.is_authenticated
            and not request.user.is_superuser
        ):
            raise Http404
        response = get_response(request)
        if request.path.startswith("/admin/") and HEADER not in response:
            response[HEADER] = build_policy(config=settings.ADMIN_CONTENT_SECURITY_POLICY)
        return response

    return middleware
