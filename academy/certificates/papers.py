"""Which certificates and other papers does somebody have, and how do they stand?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from academy.certificates.awarding import certification
from academy.certificates.certification import EXPIRED, HELD, RENEWABLE, REVOKED, state_of
from people.models import Grant, Person, Qualification
from people.words import Chip


@dataclass(frozen=True)
class Paper:
    """All awards of one qualification, the newest first."""

    qualification: Qualification
    grants: tuple[Grant, ...]
    state: str

    @property
    def current(self) -> Grant:
        """The one that says how it stands: the valid one that lasts longest, else the newest."""
        return self.grants[0]

    @property
    def earlier(self) -> tuple[Grant, ...]:
        return self.grants[1:]

    @property
    def chip(self) -> Chip:
        return STATES[self.state]()

    @property
    def is_held(self) -> bool:
        return self.state == HELD

    @property
    def is_revoked(self) -> bool:
        return self.state == REVOKED

    @property
    def is_over(self) -> bool:
        return self.state in (EXPIRED, REVOKED)

    @property
    def renewable_from(self) -> date | None:
        """From when it can be renewed, as long as that lies ahead."""
        return certification.renewable_from(self.current.validity) if self.is_held else None

    @property
    def renew_at(self) -> str:
        """The code of what can be learned now to renew it."""
        return self.qualification.code if self.qualification.learn_url and not self.is_held else ""

    @property
    def asks_coordinator(self) -> bool:
        """Whether it asks to be renewed, and nothing here teaches it."""
        return not (self.is_held or self.qualification.learn_url)


STATES = {
    HELD: lambda: Chip(pgettext("certificate", "Valid"), "good"),
    RENEWABLE: lambda: Chip(_("Runs out soon"), "warn"),
    EXPIRED: lambda: Chip(pgettext("certificate", "Expired"), "warn"),
    REVOKED: lambda: Chip(pgettext("certificate", "Revoked"), "stop"),
}
ORDER = (RENEWABLE, EXPIRED, REVOKED, HELD)


def of(person: Person, *, on: date) -> list[Paper]:
    """Return the papers of `person` as they stand on day `on`: what asks for attention first."""
    by_qualification = defaultdict(list)
    for grant in person.grants.select_related("qualification"):
        by_qualification[grant.qualification].append(grant)
    papers = [_paper(qualification, grants, on) for qualification, grants in by_qualification.items()]
    return sorted(papers, key=lambda one: (ORDER.index(one.state), one.qualification.name))


def _paper(qualification: Qualification, grants: list[Grant], on: date) -> Paper:
    grants.sort(key=lambda one: (one.validity.is_valid(on), one.valid_until or date.max), reverse=True)
    state = state_of([one.validity for one in grants], on=on)
    return Paper(qualification, tuple(grants), state)
