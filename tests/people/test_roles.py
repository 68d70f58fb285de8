"""Roles, their scope and what follows from them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from people import access, roles
from people.models import Person, RoleAssignment
from tests.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("volunteer", [roles.TAKE_SHIFTS]),
        ("candidate", []),
        ("trainer", [roles.WRITE_COURSES]),
        ("coordinator", [roles.TAKE_SHIFTS, roles.FILL_ROSTER]),
        ("administrator", [roles.WRITE_COURSES, roles.MANAGE_PEOPLE]),
        ("external", []),
    ],
)
def test_what_a_role_may(role, may):
    person = make_person("Iemand", role)
    asked = [roles.TAKE_SHIFTS, roles.WRITE_COURSES, roles.FILL_ROSTER, roles.MANAGE_PEOPLE]
    assert [permission for permission in asked if roles.may(person, permission)] == may


def test_a_visitor_may_nothing():
    assert not roles.may(AnonymousUser(), roles.FOLLOW_COURSES)


def test_a_role_is_given_once_and_ends(bram, frank, now):
    today = now.date()
    first = roles.assign(bram, "volunteer", by=frank, now=now, since_on=today)
    assert roles.assign(bram, "volunteer", by=frank, now=now, since_on=today) == first
    roles.end(first, by=frank, now=now, until_on=today + timedelta(days=1))
    in_force = RoleAssignment.objects.filter(person=bram).in_force
    assert [p.role for p in in_force(today)] == ["candidate", "volunteer"]
    assert [p.role for p in in_force(today + timedelta(days=1))] == ["candidate"]


def test_a_trainer_enters_wagtail_and_leaves_it(eva, frank, now):
    assert list(eva.groups.values_list("name", flat=True)) == ["Trainers"]
    roles.end(eva.role_assignments.get(), by=frank, now=now, until_on=now.date())
    assert eva.groups.count() == 0


def test_the_scope_of_a_coordinator(carla, dirk, utrecht):
    scope = access.scope_of(Person.objects.get(pk=carla.pk))
    assert (scope.everywhere, scope.districts) == (False, frozenset({utrecht.district_id}))
    national = access.scope_of(make_person("Nel", "coordinator"))
    assert national.everywhere


def test_every_role_says_what_it_is_for():
    assert all(str(role.purpose).endswith(".") for role in roles.ROLES.values())
