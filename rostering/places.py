"""Which part of the country is meant? The places a coordinator can choose from."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from people.access import Scope
from people.models import District, Location
from rostering.models import Shift

EVERYTHING, OWN, NATIONAL = "", "eigen", "landelijk"
PLACES = {EVERYTHING: _("Everything"), OWN: _("Own locations"), NATIONAL: _("National pool")}


@dataclass(frozen=True)
class Choice:
    """What the coordinator wants to see. `place` is a key of PLACES; `kind` the code of a kind of task."""

    place: str = EVERYTHING
    kind: str = ""

    def of(self, rows: QuerySet, scope: Scope) -> QuerySet:
        """Return the shifts of `scope` that are chosen, drafts and cancelled ones left out."""
        rows = rows.live().in_scope(scope)
        national = Q(location=None, district=None)
        if self.place == OWN:
            rows = rows.exclude(national)
        elif self.place == NATIONAL:
            rows = rows.filter(national)
        return rows.filter(task_kind__code=self.kind) if self.kind else rows


def choice_from(query: QueryDict) -> Choice:
    """Return what is chosen on the board; what makes no sense is left out."""
    place, kind = query.get("waar", ""), query.get("taak", "")
    return Choice(place if place in PLACES else "", kind[:12] if kind.isprintable() else "")


def places_of(scope: Scope) -> dict[str, Location | District]:
    """Return the locations and districts a coordinator makes shifts for, by the value of the choice."""
    locations, districts = (
        Location.objects.filter(is_open=True).select_related("district"),
        District.objects.all(),
    )
    return {
        f"{kind}-{place.pk}": place
        for kind, places in (
            ("locatie", [row for row in locations if _covers(scope, row)]),
            ("district", [row for row in districts if scope.everywhere or row.pk in scope.districts]),
        )
        for place in places
    }


def value_of(shift: Shift) -> str:
    """Return the choice that stands for the place of `shift`."""
    if shift.location_id:
        return f"locatie-{shift.location_id}"
    return f"district-{shift.district_id}" if shift.district_id else NATIONAL


def _covers(scope: Scope, location: Location) -> bool:
    return scope.everywhere or location.pk in scope.locations or location.district_id in scope.districts
