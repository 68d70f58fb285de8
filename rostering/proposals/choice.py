"""What did the planner choose, and what was chosen before?"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from people import days
from rostering.models import Proposal, ProposalLine

State, Change = ProposalLine.State, ProposalLine.Change


Pair = tuple[int, int]  # person id and shift id


@dataclass(frozen=True)
class Choice:
    """What a coordinator asks a proposal for. Amsterdam days, both included; places by id."""

    from_on: date
    until_on: date
    locations: frozenset[int] = frozenset()
    districts: frozenset[int] = frozenset()
    is_national: bool = False
    may_move: bool = False
    asks_reluctant: bool = False

    @property
    def is_one_location(self) -> bool:
        return len(self.locations) == 1 and not self.districts and not self.is_national


def choice_of(proposal: Proposal) -> Choice:
    return Choice(
        proposal.from_on,
        proposal.until_on,
        frozenset(place.pk for place in proposal.locations.all()),
        frozenset(place.pk for place in proposal.districts.all()),
        proposal.is_national,
        proposal.may_move,
        proposal.asks_reluctant,
    )


def again(proposal: Proposal, *, now: datetime, **changed: Any) -> Choice:
    """Return the same question, for what is left of its days."""
    choice = choice_of(proposal)
    return replace(choice, from_on=max(choice.from_on, days.day_of(now)), **changed)
