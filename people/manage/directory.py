"""Whom do we know? The list of people as an administrator searches it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from people import roles
from people.models import Grant, Person, RoleAssignment
from people.search import by_words
from people.validity import LATER, OVER, REVOKED, VALID
from people.words import Chip

STATES = {
    VALID: lambda: Chip(_("valid"), "good"),
    REVOKED: lambda: Chip(_("revoked"), "stop"),
    LATER: lambda: Chip(_("not valid yet")),
    OVER: lambda: Chip(_("over")),
}


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody in the list of people, with the roles of today in words."""

    person: Person
    roles: list[str]


@dataclass(frozen=True)
class Held:
    """A grant with its state on one day: valid, later, over or revoked."""

    grant: Grant
    state: str

    @property
    def chip(self) -> Chip:
        return STATES[self.state]()

    @property
    def can_end(self) -> bool:
        return self.state in (VALID, LATER)


def found(
    *, words: str = "", role: str = "", location=None, engagement: str = "", gone: bool = False, on: date
) -> QuerySet[Person]:
    """Return the people that match all that is asked, with their roles on `on`; each word must occur."""
    people = by_words(words).filter(is_active=not gone).select_related("home")
    if role:
        people = people.with_role([role], on)
    if location:
        people = people.filter(home=location)
    if engagement:
        people = people.filter(engagement=engagement)
    now_held = RoleAssignment.objects.in_force(on).select_related("location", "district")
    return people.prefetch_related(Prefetch("role_assignments", now_held, to_attr="roles_now"))


def listed(people) -> list[Listed]:
    """Return the rows of a page of what `found` gave."""
    return [Listed(person, names(person.roles_now)) for person in people]


def names(assignments) -> list[str]:
    """Return roles in words, each once: Coordinator, Utrecht."""
    said = []
    for assignment in assignments:
        place = assignment.location or assignment.district
        name = roles.ROLES[assignment.role].name
        said.append(f"{name}, {place}" if place else str(name))
    return list(dict.fromkeys(said))


def held(person: Person, *, on: date) -> list[Held]:
    """Return every grant a person ever had, newest first, with its state on `on`."""
    grants = person.grants.select_related("qualification", "granted_by", "revoked_by")
    return [Held(grant, grant.validity.state(on)) for grant in grants]
