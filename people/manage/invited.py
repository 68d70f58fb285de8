"""How do invitations stand, and what can still be done about each? The rows of the list."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from people import invitations, journal, notices, roles
from people.invitations import ACCEPTED, EXPIRED, OPEN, WITHDRAWN
from people.models import Invitation, Notice
from people.notices import Delivery
from people.words import Chip, long_day


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation with its state at a moment, and how far its mail is (None: mailed before that was kept)."""

    invitation: Invitation
    state: str
    delivery: Delivery | None

    @property
    def role(self) -> str:
        return str(roles.ROLES[self.invitation.role].name)

    @property
    def is_failed(self) -> bool:
        """Whether its mail did not go out, and will not by itself."""
        return self.state == OPEN and self.delivery is not None and self.delivery.is_failed

    @property
    def mail(self) -> str:
        """How far the mail is, while it matters."""
        return self.delivery.sentence if self.delivery and self.state == OPEN else ""

    @property
    def again(self) -> str:
        return _("Send again") if self.is_failed else _("Invite again")

    @property
    def chip(self) -> Chip:
        if self.is_failed:
            return Chip(pgettext("mail", "not sent"), "stop")
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
    """Return how each of the invitations `rows` stands; `now` is aware. One query."""
    rows = list(rows)
    owed = Notice.objects.filter(kind=invitations.NOTICE, subject__in=[journal.ref(row) for row in rows])
    said = {notice.subject: notices.delivery(notice) for notice in owed}
    return [Invited(row, invitations.state(row, now), said.get(journal.ref(row))) for row in rows]
