"""Roles, their scope and what follows from them."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from academy.editing import groups
from people import access, days, roles
from people import clock as people_clock
from people.models import JournalEntry, Person, RoleAssignment
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


@pytest.mark.parametrize("role", ["trainer", "administrator"])
def test_a_role_from_a_later_day_opens_nothing_today(client, bram, frank, role, time_machine):
    time_machine.move_to(datetime(2026, 11, 23, 12, 0, tzinfo=days.AMSTERDAM))
    begins = date(2027, 1, 4)
    roles.assign(bram, role, by=frank, now=timezone.now(), since_on=begins)
    client.force_login(bram)
    assert client.get("/admin/").status_code == 404
    assert (bram.groups.count(), Person.objects.get(pk=bram.pk).has_perm("wagtailadmin.access_admin")) == (
        0,
        False,
    )
    time_machine.move_to(datetime(2027, 1, 4, 0, 1, tzinfo=days.AMSTERDAM))
    assert [person.pk for person in roles.out_of_step(begins)] == [bram.pk]
    people_clock.follow_roles(timezone.now())
    assert list(bram.groups.values_list("name", flat=True)) == [roles.ROLES[role].wagtail_group]
    assert list(roles.out_of_step(begins)) == []


def test_a_role_that_ended_last_night_opens_nothing_before_the_clock_came_round(
    eva, frank, now, time_machine
):
    groups.ensure_groups()
    time_machine.move_to(now)
    roles.end(eva.role_assignments.get(), by=frank, now=now, until_on=date(2026, 11, 24))
    assert Person.objects.get(pk=eva.pk).has_perm("wagtailadmin.access_admin")
    time_machine.move_to(datetime(2026, 11, 24, 0, 0, tzinfo=days.AMSTERDAM))
    assert eva.groups.count() == 1  # the clock comes round within a minute; the rights are gone already
    assert not Person.objects.get(pk=eva.pk).has_perm("wagtailadmin.access_admin")


def test_a_role_that_has_ended_keeps_its_last_day(eva, frank, now):
    """From a window that was left open for a month, or by a second press."""
    role = eva.role_assignments.get()
    for day in (date(2026, 11, 24), date(2026, 12, 24)):
        roles.end(role, by=frank, now=now, until_on=day)
    role.refresh_from_db()
    assert role.until_on == date(2026, 11, 24)
    assert JournalEntry.objects.filter(verb="role.ended").count() == 1
