"""One course alone opens nothing yet: what comes after it, whom can somebody talk to, and where does it lead?

Of all tasks that only ask what can be learned, the nearest is taken: the fewest things to learn, then the least
time. The next step is the shortest course on the way to it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Qualification
from people.words import duration
from rostering.eligibility import Assessment
from rostering.matching.codes import LEARNABLE
from rostering.models import TaskKind
from rostering.open_shifts.listed import UNKNOWN, Lack, Overview

LEARNED = LEARNABLE | {"role"}  # what courses and time take away; a role comes with the first


@dataclass(frozen=True)
class Step:
    """The next course, how many more things come after it, and the task to which that leads."""

    lack: Lack
    more: int
    task: TaskKind
    shifts: int  # of that task, ahead

    @property
    def sentence(self) -> str:
        """De volgende stap is AVG, ongeveer 1 uur."""
        words = {"name": self.lack.qualification.name}
        if not self.lack.minutes:
            return _("Your next step is %(name)s.") % words
        return _("Your next step is %(name)s, about %(length)s.") % (
            words | {"length": duration(self.lack.minutes)}
        )

    @property
    def leads_to(self) -> str:
        words = {"task": self.task.name, "shifts": self.shifts, "n": self.more}
        if not self.more:
            said = ngettext(
                "That leads to %(task)s: now %(shifts)s shift.",
                "That leads to %(task)s: now %(shifts)s shifts.",
                self.shifts,
            )
            return said % words
        return (
            ngettext(
                "With %(n)s more thing to learn or arrange it leads to %(task)s.",
                "With %(n)s more things to learn or arrange it leads to %(task)s.",
                self.more,
            )
            % words
        )


def of(overview: Overview, after: Qualification) -> Step | None:
    """Return what comes after `after`, which is being looked at or was just earned; None when nothing can."""
    ways = [(found, _lacks(overview, found, after)) for found in overview.all if _is_learned(found)]
    ways = [(found, lacks) for found, lacks in ways if any(lack.has_way for lack in lacks)]
    if not ways:
        return None
    nearest, lacks = min(ways, key=lambda way: _distance(way[1]))
    first = min((lack for lack in lacks if lack.has_way), key=lambda lack: lack.minutes or UNKNOWN)
    kind = nearest.shift.task_kind
    same = sum(found.shift.task_kind_id == kind.pk for found, _lacks_of in ways)
    return Step(first, len(lacks) - 1, kind, same)


def _is_learned(found: Assessment) -> bool:
    codes = {reason.code for reason in found.reasons}
    return "qualification" in codes and codes <= LEARNED and not found.shift.standing


def _lacks(overview: Overview, found: Assessment, after: Qualification) -> list[Lack]:
    """Return what is missing for a shift besides `after` and what comes with it."""
    wider = overview.demands.wider
    missing = [reason.qualification for reason in found.reasons if reason.qualification]
    return [overview.lack(one) for one in missing if after.pk not in wider.get(one.pk, {one.pk})]


def _distance(lacks: list[Lack]) -> tuple[int, int]:
    return len(lacks), sum(lack.minutes or UNKNOWN for lack in lacks)
