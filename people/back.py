"""Where did somebody come from? The address to go back to after a button, as the form says it."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def address(request: HttpRequest, otherwise: str, *, field: str = "terug") -> str:
    """Return the path of this site that the form says; `otherwise` when it says none, or another site."""
    said = request.POST.get(field, "")
    if said.startswith("/") and url_has_allowed_host_and_scheme(
        said, {request.get_host()}, require_https=request.is_secure()
    ):
        return said
    return otherwise
