"""Who may do what? Each role says in one sentence what it is for, and lists what it may do."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people import days, journal
from people.models import Person, RoleAssignment

FOLLOW_COURSES = "follow courses"
TAKE_SHIFTS = "take shifts"
TAKE_MICROTASKS = "take tasks without client contact"
WRITE_COURSES = "write courses"
SEE_LEARNERS = "see how learners get on"
FILL_ROSTER = "fill the roster"
SIGN_PRACTICE = "sign off practice"
MANAGE_PEOPLE = "manage people"
MANAGE_QUALIFICATIONS = "grant and revoke qualifications"
READ_JOURNAL = "read the journal"
ABOUT_OTHERS = frozenset({  # who may do one of these, sees what is of others and proves more than a password
    WRITE_COURSES, SEE_LEARNERS, FILL_ROSTER, SIGN_PRACTICE, MANAGE_PEOPLE, MANAGE_QUALIFICATIONS, READ_JOURNAL,
})  # fmt: skip


class Role:
    code: str
    name: Promise
    purpose: Promise
    may: frozenset[str]
    wagtail_group: str = ""  # the group that opens the matching part of Wagtail's admin


class Volunteer(Role):
    code = "volunteer"
    name = _("Volunteer")
    purpose = _("Takes small roles on the roster and keeps learning.")
    may = frozenset({FOLLOW_COURSES, TAKE_SHIFTS, TAKE_MICROTASKS})


class Candidate(Role):
    code = "candidate"
    name = _("Candidate volunteer")
    purpose = _("Is on the way to the first certificate and already does small tasks without client contact.")
    may = frozenset({FOLLOW_COURSES, TAKE_MICROTASKS})


class Employee(Role):
    code = "employee"
    name = _("Employee")
    purpose = _("Follows the same courses as the volunteers and may take shifts.")
    may = frozenset({FOLLOW_COURSES, TAKE_SHIFTS, TAKE_MICROTASKS})


class Trainer(Role):
    code = "trainer"
    name = _("Trainer")
    purpose = _("Writes and publishes courses and sees how learners get on.")
    may = frozenset({FOLLOW_COURSES, WRITE_COURSES, SEE_LEARNERS})
    wagtail_group = "Trainers"


class Coordinator(Role):
    code = "coordinator"
    name = _("Coordinator")
    purpose = _("Fills the roster of the own locations and of the national pool.")
    may = frozenset({FOLLOW_COURSES, TAKE_SHIFTS, TAKE_MICROTASKS, FILL_ROSTER})


class Supervisor(Role):
    code = "supervisor"
    name = _("Practice supervisor")
    purpose = _("Looks after a group of people and signs off their practice.")
    may = frozenset({FOLLOW_COURSES, TAKE_SHIFTS, TAKE_MICROTASKS, SIGN_PRACTICE})


class Administrator(Role):
    code = "administrator"
    name = _("Administrator")
    purpose = _("Keeps people, roles, locations and qualifications in order and reads the journal.")
    may = frozenset(
        {FOLLOW_COURSES, WRITE_COURSES, SEE_LEARNERS, MANAGE_PEOPLE, MANAGE_QUALIFICATIONS, READ_JOURNAL}
    )
    wagtail_group = "Administrators"


class External(Role):
    code = "external"
    name = _("Outside professional")
    purpose = _("Follows the courses for professionals and earns a certificate.")
    may = frozenset({FOLLOW_COURSES})


ROLES = {
    role.code: role
    for role in (Volunteer, Candidate, Employee, Trainer, Coordinator, Supervisor, Administrator, External)
}
CHOICES = [(role.code, role.name) for role in ROLES.values()]


def may(person: Person | AnonymousUser, permission: str) -> bool:
    """Return whether one of the roles that `person` holds today lists `permission`."""
    return person.is_authenticated and any(permission in ROLES[post.role].may for post in person.posts)


def sees_others(person: Person | AnonymousUser) -> bool:
    """Return whether a role that `person` holds today lists something about others."""
    return any(ABOUT_OTHERS & ROLES[post.role].may for post in person.posts)


class NotOnDuty(Exception):
    """Carries the sentence that says why."""


@transaction.atomic
def assign(
    person: Person,
    role: str,
    *,
    by: Person | None,
    now: datetime,
    since_on: date,
    location: Any = None,
    district: Any = None,
    source: str = "",
) -> RoleAssignment:
    """Give `person` a role from the day `since_on`; the same role with the same scope is given once.

    `source` is "import" for what a file says; the journal then tells it so.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    same = person.role_assignments.filter(
        role=role, location=location, district=district, until_on=None
    ).first()
    if same:
        return same
    assignment = RoleAssignment.objects.create(
        person=person, role=role, location=location, district=district, since_on=since_on
    )
    journal.record(
        "role.assigned",
        assignment,
        by=by,
        now=now,
        role=role,
        person=journal.ref(person),
        scope=str(location or district or ""),
        **({"source": source} if source else {}),
    )
    if ROLES[role].wagtail_group:
        follow_groups(person, day=days.day_of(now))
    return assignment


@transaction.atomic
def put_on_duty(
    assignment: RoleAssignment, phone: str, *, by: Person | None, now: datetime
) -> RoleAssignment:
    """Note the work phone on which who is booked at the place of a role can call; an empty one ends that.

    Raises NotOnDuty for a role that fills no roster.
    """
    assignment = RoleAssignment.objects.select_for_update(no_key=True, of=("self",)).get(pk=assignment.pk)
    if phone and FILL_ROSTER not in ROLES[assignment.role].may:
        raise NotOnDuty(_("Only who fills the roster of a place is called about a shift there."))
    if assignment.duty_phone != phone:
        RoleAssignment.objects.filter(pk=assignment.pk).update(duty_phone=phone)
        assignment.refresh_from_db(fields=["duty_phone"])
        verb = "role.on_duty" if phone else "role.off_duty"
        journal.record(verb, assignment, by=by, now=now, role=assignment.role)
    return assignment


@transaction.atomic
def end(assignment: RoleAssignment, *, by: Person | None, now: datetime, until_on: date) -> None:
    """End a role; `until_on` is the first day without it. One that ends by then already keeps its end."""
    assignment = RoleAssignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    ends_on = max(until_on, assignment.since_on)
    if assignment.until_on and assignment.until_on <= ends_on:
        return
    assignment.until_on = ends_on
    assignment.save(update_fields=["until_on"])
    journal.record("role.ended", assignment, by=by, now=now, role=assignment.role)
    follow_groups(assignment.person, day=days.day_of(now))


def groups_on(person: Person, day: date) -> set[str]:
    """Return the names of the Django groups that the roles of `person` open on `day`."""
    return {ROLES[post.role].wagtail_group for post in person.posts_on(day)} - {""}


def out_of_step(day: date) -> QuerySet[Person]:
    """Return the people whose Django groups are not those of their roles on `day`."""
    opening = {role.code: role.wagtail_group for role in ROLES.values() if role.wagtail_group}
    posts = RoleAssignment.objects.in_force(day).filter(role__in=opening)
    wanted = {(person, opening[role]) for person, role in posts.values_list("person", "role")}
    members = Person.groups.through.objects.filter(group__name__in=set(opening.values()))
    standing = set(members.values_list("person", "group__name"))
    return Person.objects.filter(pk__in={person for person, _group in wanted ^ standing}).order_by("pk")


@transaction.atomic
def follow_groups(person: Person, *, day: date) -> None:
    """Put `person` in the groups that the roles of `day` open, for what Wagtail asks of the database.

    What somebody may do is computed from the roles themselves (people.accounts.backends). The pages and media
    that a group may touch are found in SQL by Wagtail, so the groups follow: with each change of a role, at
    midnight by the clock, and at the door of the editing environment.
    """
    person = Person.objects.get(pk=person.pk)
    wanted = groups_on(person, day)
    if wanted != set(person.groups.values_list("name", flat=True)):
        person.groups.set([Group.objects.get_or_create(name=name)[0] for name in sorted(wanted)])
