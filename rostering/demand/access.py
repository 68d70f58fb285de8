"""Who may change the weekly demand, and plan it for which places?"""

from django.shortcuts import get_object_or_404

from people.access import Scope, scope_of
from people.models import District, Location, Person
from rostering.models import Planning, TakeOver


def may_change_demand(person: Person) -> bool:
    """Return whether `person` may change weekly demand.

    Each row is for the national pool, for every district or for every location: it is never of one place alone,
    so only who coordinates the whole country changes it.
    """
    return scope_of(person).everywhere


def may_plan(scope: Scope, place: District | Location | None) -> bool:
    """Return whether shifts of this place may be planned by who has `scope`; None is the national pool."""
    if scope.everywhere:
        return True
    if isinstance(place, Location):
        return place.pk in scope.locations or place.district_id in scope.districts
    return place is not None and place.pk in scope.districts


def planning_or_404(person: Person, pk: int) -> Planning:
    """Return a planning that `person` made, or anybody's for who coordinates the whole country, or 404."""
    rows = Planning.objects.all()
    return get_object_or_404(rows if scope_of(person).everywhere else rows.filter(made_by=person), pk=pk)


def take_over_or_404(person: Person, pk: int) -> TakeOver:
    """Return demand taken over from a file, for who may change demand, or 404."""
    rows = TakeOver.objects.all()
    return get_object_or_404(rows if may_change_demand(person) else rows.none(), pk=pk)
