"""What every template knows."""

from django.conf import settings
from django.http import HttpRequest

from people import roles


def site(request: HttpRequest) -> dict:
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    return {
        "is_demo": settings.DEMO,
        "help_number": settings.PARAAT_HELP,
        "may_take_tasks": signed_in and roles.may(person, roles.TAKE_MICROTASKS),
        "may_fill_roster": signed_in and roles.may(person, roles.FILL_ROSTER),
        "may_write_courses": signed_in and roles.may(person, roles.WRITE_COURSES),
        "may_see_learners": signed_in and roles.may(person, roles.SEE_LEARNERS),
        "may_manage_people": signed_in and roles.may(person, roles.MANAGE_PEOPLE),
    }
