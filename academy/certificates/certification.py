"""Is the certificate earned now? Pure, over facts; academy.certificates finds the facts and acts.

The renewal rules (a renewal needs everything again, counted from the window; no day is lost) follow
what learning platforms got wrong: one chapter passed again renewed a certificate, or a retake never did.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import validity

Award = validity.Validity  # a grant as the rule sees it


@dataclass(frozen=True)
class Facts:
    """`tests` are all tests of the course, `passed_on` the last day each was passed, `missing` names."""

    today: date
    lessons_left: int
    tests: frozenset[int]
    passed_on: Mapping[int, date]
    missing: tuple[str, ...] = ()
    awards: tuple[Award, ...] = ()


def counts_from(awards: Iterable[Award]) -> date:
    """Return the first day on which a passed test counts for the next certificate."""
    first = date.min
    for award in awards:
        if award.revoked_on is not None:
            first = max(first, award.revoked_on)
        elif award.valid_until is not None:
            window = validity.soon_from(award.valid_until)
            first = max(first, window, award.valid_from + timedelta(days=1))
    return first


def standing(awards: Iterable[Award], *, on: date) -> Award | None:
    """Return the award valid on `on` that lasts longest."""
    valid = [award for award in awards if award.is_valid(on)]
    return max(valid, key=lambda award: award.valid_until or date.max, default=None)


def renewable_from(award: Award) -> date | None:
    """Return the first day on which `award` may be renewed; None: it does not expire."""
    return validity.soon_from(award.valid_until) if award.valid_until else None


def passed(facts: Facts) -> frozenset[int]:
    """Return the tests whose pass counts for the next certificate."""
    first = counts_from(facts.awards)
    return frozenset(test for test, day in facts.passed_on.items() if test in facts.tests and day >= first)


def reasons_against(facts: Facts) -> list[str]:
    """Return why no certificate is awarded now; empty means that it is earned."""
    award = standing(facts.awards, on=facts.today)
    if award and award.valid_until is None:
        return [_("You have this certificate already. It does not expire.")]
    if award and facts.today < renewable_from(award):
        return [
            _("Your certificate is valid until %(until)s. You can renew it from %(day)s.")
            % {"until": _said(award.valid_until), "day": _said(renewable_from(award))}
        ]
    found = []
    if not facts.tests:
        found.append(_("This course has no online test. A trainer signs off this certificate."))
    if facts.lessons_left:
        found.append(
            ngettext(
                "You still have %(n)s lesson to read.",
                "You still have %(n)s lessons to read.",
                facts.lessons_left,
            )
            % {"n": facts.lessons_left}
        )
    if facts.tests - passed(facts):
        found.append(_("You have not passed the test yet."))
    found += [_("You do not hold %(name)s yet.") % {"name": name} for name in facts.missing]
    return found


def _said(day: date) -> str:
    return formats.date_format(day, "j F Y")


HELD, RENEWABLE, EXPIRED, REVOKED = "held", "renewable", "expired", "revoked"


def state_of(awards: Iterable[Award], *, on: date) -> str | None:
    """Return how a certificate stands on day `on`; None: never had."""
    awards = tuple(awards)
    award = standing(awards, on=on)
    if award:
        window = renewable_from(award)
        return RENEWABLE if window and on >= window else HELD
    if not awards:
        return None
    last = max(awards, key=lambda one: one.valid_from)
    return REVOKED if last.revoked_on else EXPIRED
