"""May this person see this? Getters give the thing or a 404; what is not yours looks as if it is not there."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from people import roles
from people.models import Person


@dataclass(frozen=True)
class Scope:
    """The part of the country a person fills the roster of. Everybody in it may also fill the national pool."""

    everywhere: bool
    locations: frozenset[int]
    districts: frozenset[int]


def scope_of(person: Person) -> Scope:
    """Return the locations and districts for which `person` may fill the roster."""
    posts = [post for post in person.posts if roles.FILL_ROSTER in roles.ROLES[post.role].may]
    return Scope(
        everywhere=any(post.location_id is None and post.district_id is None for post in posts),
        locations=frozenset(post.location_id for post in posts if post.location_id),
        districts=frozenset(post.district_id for post in posts if post.district_id),
    )


def needs(permission: str) -> Callable:
    """Guard a view: the log-in for a visitor, 404 for somebody whose roles do not list `permission`."""

    def guard(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not roles.may(request.user, permission):
                raise Http404
            return view(request, *args, **kwargs)

        guarded.needs = permission  # the stranger test reads it
        return guarded

    return guard
