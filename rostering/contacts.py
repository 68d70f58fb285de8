"""Whom does somebody call who is on a shift? A person with a role nearby, on the work phone noted for it.

The number belongs to the role and not to the person: a private number is never shown. Only who is booked and who
fills the roster may ask; of several places the nearest counts: the location, else its district, else the country.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from people import roles
from people.models import RoleAssignment
from rostering.models import Shift

FILLS = [role.code for role in roles.ROLES.values() if roles.FILL_ROSTER in role.may]


@dataclass(frozen=True)
class Contact:
    name: str
    phone: str

    @property
    def dialled(self) -> str:
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    def __str__(self):
        return f"{self.name}, {self.phone}"


def of(shift: Shift) -> list[Contact]:
    """Return whom to call on the day of this shift; one query."""
    return of_all([shift])[shift.pk]


def of_all(shifts: Iterable[Shift]) -> dict[int, list[Contact]]:
    """Return whom to call by the id of the shift; one query for all, with their places read along."""
    rows = RoleAssignment.objects.exclude(duty_phone="").filter(role__in=FILLS, person__is_active=True)
    shifts = list(shifts)
    districts = {_district(shift) for shift in shifts}
    near = Q(location__in={shift.location_id for shift in shifts}) | Q(district__in=districts)
    near |= Q(location=None, district=None)
    posts = list(rows.filter(near).select_related("person").order_by("person__sorted_as", "pk"))
    return {shift.pk: _nearest(shift, posts) for shift in shifts}


def _nearest(shift: Shift, posts: list[RoleAssignment]) -> list[Contact]:
    district = _district(shift)
    for covers in (
        lambda post: post.location_id and post.location_id == shift.location_id,
        lambda post: post.district_id and post.district_id == district,
        lambda post: not post.location_id and not post.district_id,
    ):
        here = [post for post in posts if covers(post) and post.is_in_force(shift.day)]
        if here:
            return [Contact(str(post.person), post.duty_phone) for post in here]
    return []


def _district(shift: Shift) -> int | None:
    return shift.location.district_id if shift.location_id else shift.district_id
