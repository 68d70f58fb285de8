"""Which house rules are there, what do they say now, and why? Each room registers its own when it starts.

A house rule is an agreement, no law: it has a default with a reason, and bounds. `values` is asked once for a
request or a snapshot and handed to the rules as facts, so that they stay pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people import journal
from people.models import HouseRule, Person


@dataclass(frozen=True)
class Rule:
    """One agreement: a whole number with its unit, what it is without a choice of our own, and why."""

    key: str
    name: Promise
    unit: Promise
    default: int
    least: int
    most: int
    because: Promise
    at_least: str = ""  # the key of a rule whose number this one may not be under


@dataclass(frozen=True)
class Agreed:
    """A rule with the number that holds now."""

    rule: Rule
    value: int

    @property
    def is_changed(self) -> bool:
        return self.value != self.rule.default


class NotAllowed(Exception):
    """Carries, for each key that is wrong, the sentence that says why."""

    def __init__(self, said: dict[str, str]):
        super().__init__(" ".join(said.values()))
        self.said = said


RULES: dict[str, Rule] = {}


def register(rules: Iterable[Rule]) -> None:
    """Add the house rules of a room."""
    RULES.update({rule.key: rule for rule in rules})


def values() -> dict[str, int]:
    """Return the number of every house rule by its key. One query."""
    own = dict(HouseRule.objects.values_list("key", "value").order_by())
    return {key: own.get(key, rule.default) for key, rule in RULES.items()}


def agreed() -> list[Agreed]:
    """Return every house rule with the number that holds now, in the order in which they were registered."""
    now_held = values()
    return [Agreed(rule, now_held[key]) for key, rule in RULES.items()]


@transaction.atomic
def change(wanted: dict[str, int], *, by: Person, now: datetime) -> list[str]:
    """Give house rules other numbers and return the keys that changed; the same number changes nothing.

    Raises NotAllowed for a number outside its bounds, and for a limit under the one that should come before it.
    """
    list(HouseRule.objects.select_for_update(no_key=True).order_by("pk"))
    was = values()
    will = was | {key: value for key, value in wanted.items() if key in RULES}
    if said := _against(will):
        raise NotAllowed(said)
    changed = [key for key in RULES if will[key] != was[key]]
    for key in changed:
        row, _made = HouseRule.objects.update_or_create(key=key, defaults={"value": will[key]})
        journal.record("house_rule.changed", row, by=by, now=now, key=key, was=was[key], value=will[key])
    return changed


def _against(will: dict[str, int]) -> dict[str, str]:
    said = {}
    for key, rule in RULES.items():
        if not rule.least <= will[key] <= rule.most:
            bounds = {"least": rule.least, "most": rule.most}
            said[key] = _("Choose a number from %(least)s to %(most)s.") % bounds
        elif rule.at_least and will[key] < will[rule.at_least]:
            name = {"name": RULES[rule.at_least].name}
            said[key] = _("This cannot be less than “%(name)s”.") % name
    return said
