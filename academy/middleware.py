"""What may the editing environment load? Wagtail's page editor has inline scripts; the site has none."""

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings


def admin_policy(get_response):
    def middleware(request):
        response = get_response(request)
        if request.path.startswith("/admin/") and HEADER not in response:
            response[HEADER] = build_policy(config=settings.ADMIN_CONTENT_SECURITY_POLICY)
        return response

    return middleware
