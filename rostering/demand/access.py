"""Who may change the weekly demand?"""

from people.access import scope_of
from people.models import Person
from rostering.models import WeeklyDemand


def may_change_demand(person: Person, scope: str) -> bool:
    """Return whether `person` may change demand of this scope: one district does not decide for another."""
    return scope == WeeklyDemand.Scope.NATIONAL or scope_of(person).everywhere
