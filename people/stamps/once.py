"""What if a form that makes something new is sent twice? The second press shows what the first one made.

`{% stamp %}` beside the `{% csrf_token %}` puts a key for one time into the form; `@stamps.once` on the view keeps
the key with where the first answer led. Both are kept in the transaction of the verb, so that a second press at
the same moment waits for the first. A form that was refused uses up nothing.
"""

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from people.stamps import sent

FIELD = "stempel"
LONGEST = 64  # of a key: more is not ours
NOT_OURS = {FIELD, "csrfmiddlewaretoken"}


class Key(forms.CharField):
    """The key as a field, for a form of which the page is not ours."""

    widget = forms.HiddenInput({"id": False})

    def __init__(self) -> None:
        super().__init__(required=False, initial=fresh)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def fresh() -> str:
    """Return a key for one form."""
    return secrets.token_urlsafe(16)


def once(view: Callable) -> Callable:
    """Let a form be sent to `view` once; sent again it leads to where the first time led.

    Goes below the guard of the view, so that who sends it is known. Success is a redirect, as everywhere.
    """

    @wraps(view)
    def pressed(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            stamp, is_first = _claim(request)
            if is_first:
                response = view(request, *args, **kwargs)
                if isinstance(response, HttpResponseRedirect):
                    stamp.leads_to = response.url
                    stamp.save(update_fields=["leads_to"])
                else:
                    stamp.delete()
                return response
        messages.info(request, _("You had sent this already. Here you see what came of it."))
        return HttpResponseRedirect(stamp.leads_to)

    pressed.stamped_once = True  # the test that walks every form reads it
    return pressed


def _claim(request: HttpRequest) -> Any:
    who, now = f"{request.user.pk or 'visitor'}", timezone.now()
    key = request.POST.get(FIELD, "")[:LONGEST]
    if key:
        return sent.claim(who, f"{request.path}\n{key}", now=now)
    # A program, or a page from before there were stamps: the same again within a minute is the same.
    said = sorted((name, values) for name, values in request.POST.lists() if name not in NOT_OURS)
    files = sorted((name, file.name, file.size) for name, file in request.FILES.items())
    said = f"{request.path}\n{urlencode(said, doseq=True)}\n{files}"
    return sent.claim(who, said, now=now, only=sent.AT_ONCE)
