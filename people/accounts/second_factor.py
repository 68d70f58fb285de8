"""Has somebody who sees others' details proved more than a password, in this session?

Which page asks it follows from the permission that guards it (people.access.needs), not from its address; the
editing environment of Wagtail, whose pages bear no permission of ours, asks it as a whole. The proof is a
factor that the person still has: who takes the last one away has to set one up again.
"""

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator

from people import roles

EDITING = "/admin/"


def is_asked(request, view) -> bool:
    """Return whether the page shows or changes what is of others, to somebody who may.

    Somebody who may not gets the 404 of the page, and need not set anything up for it.
    """
    permission = getattr(view, "needs", None)
    if permission is not None:
        return permission in roles.ABOUT_OTHERS and roles.may(request.user, permission)
    return request.path.startswith(EDITING) and may_edit(request.user)


def is_proved(request) -> bool:
    """Return whether this session proved a factor that the person has at this moment."""
    steps = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    used = [step["id"] for step in steps if step.get("method") == "mfa" and "id" in step]
    return bool(used) and Authenticator.objects.filter(user=request.user, pk__in=used).exists()


def may_edit(person) -> bool:
    """Return whether the editing environment exists for this person."""
    return person.has_perm("wagtailadmin.access_admin") or any(
        roles.ROLES[post.role].wagtail_group for post in person.posts
    )
