"""How do invitations stand, and what can still be done about each? The rows of the list."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from people import invitations, roles
from people.invitations import ACCEPTED, EXPIRED, OPEN, WITHDRAWN
from people.models import Invitation
from people.words import Chip, long_day


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation with its state at a moment."""

    invitation: Invitation
    state: str

    @property
    def role(self) -> str:
        return str(roles.ROLES[self.invitation.role].name)

    @property
    def chip(self) -> Chip:
        if self.state == OPEN:
            return Chip(_("until %(day)s") % {"day": long_day(self.invitation.expires_at)})
        return STATES[self.state]()

    @property
    def may_again(self) -> bool:
        return self.state in (OPEN, EXPIRED)

    @property
    def may_withdraw(self) -> bool:
        return self.state == OPEN


STATES = {
    ACCEPTED: lambda: Chip(_("accepted"), "good"),
    WITHDRAWN: lambda: Chip(_("withdrawn")),
    EXPIRED: lambda: Chip(_("expired"), "warn"),
}


def listed(rows, *, now: datetime) -> list[Invited]:
    """Return how each of the invitations `rows` stands; `now` is aware."""
    return [Invited(row, invitations.state(row, now)) for row in rows]
