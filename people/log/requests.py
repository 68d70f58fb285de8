"""What is this request called? A number for each, which stands in its lines of the log and on an error page."""

import secrets
from collections.abc import Callable

from allauth.core.internal.httpkit import get_client_ip
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from people.log.current import REQUEST, Asked

GetResponse = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-ID"


def numbered(get_response: GetResponse) -> GetResponse:
    """The first of the middleware: what the others do belongs to the request too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.asked = Asked(secrets.token_hex(6), _source(request))
        token = REQUEST.set(request)
        try:
            response = get_response(request)
        finally:
            REQUEST.reset(token)
        response[HEADER] = request.asked.number
        return response

    return middleware


def _source(request: HttpRequest) -> str:
    """Return a code for where it comes from: one sees that tries belong together, not who made them."""
    try:
        address = get_client_ip(request)
    except ImproperlyConfigured:  # a proxy that was not counted; allauth refuses the log-in itself
        return ""
    return salted_hmac("people.log.source", address).hexdigest()[:12] if address else ""
