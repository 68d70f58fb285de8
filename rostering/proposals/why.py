"""Why is this person proposed for this shift, and what would it cost not to ask them?

Counted when somebody asks, in the world that the proposal was made for: when that has changed only the fact that
it has can be told.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

import numpy as np
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from people.models import Person
from rostering.explaining import funnel
from rostering.matching import fit, plan
from rostering.matching.explaining import why
from rostering.matching.explaining.why import Price
from rostering.models import Proposal, ProposalLine, Shift
from rostering.proposals import page, prepared, states
from rostering.proposals.prepared import Drawn

SECONDS = 0.9  # for a calculation; there are two when the draft was not proved best
AT_MOST = 2.5  # seconds for both, with what comes around them


@dataclass(frozen=True)
class Why:
    """What can be told of one line. `trouble` is why there is no more than that."""

    counted: list[str]
    place: str = ""  # among those who can
    without: str = ""  # what it costs to do without
    is_about: bool = False  # there was no time to be sure of that
    fits_better: int = 0  # how many others fit this shift better
    trouble: str = ""
    stays: bool = False  # has been asked already


def of(line: ProposalLine, *, now: datetime) -> Why:
    """Return why `line` stands in its proposal; `now` is aware. Takes a few seconds at most."""
    counted, proposal = page.why(line), line.proposal
    if proposal.state != Proposal.State.DRAFT:
        return Why(
            counted, trouble=_("What it would cost can only be told of a proposal that is ready to send.")
        )
    if because := states.over(proposal, now=now):
        said = _("What it would cost can no longer be told. The proposal can still be sent.")
        return Why(counted, trouble=f"{Proposal.Over(because).label} {said}")
    draft = prepared.drawn(proposal)
    pair = draft.row(line) if line.state in ProposalLine.TO_SEND else None
    if pair is None:
        return Why(counted, trouble=_("This person is not in the proposal now."))
    stays = line.change == ProposalLine.Change.STAYS
    return replace(_priced(draft, pair, counted), stays=stays)


def _priced(draft: Drawn, pair: int, counted: list[str]) -> Why:
    person, task = int(draft.problem.person[pair]), int(draft.problem.task[pair])
    rank = why.rank(*draft.without_wishes(), task, person)
    place, better = funnel.place_in_words(rank), rank.place - 1
    until = monotonic() + AT_MOST
    try:
        price = why.price(
            draft.problem, draft.outcome, pair, seconds=SECONDS, stop=lambda: monotonic() > until
        )
    except plan.NoPlan:
        return Why(counted, place, trouble=_("What it would cost could not be worked out now. Try it later."))
    said = _in_words(draft, price, person=person, task=task)
    return Why(counted, place, capfirst(said), is_about=not price.is_exact, fits_better=better)


def _in_words(draft: Drawn, price: Price, *, person: int, task: int) -> str:
    """Put the names and the moments to a price, in two queries."""
    world = draft.world
    people = Person.objects.in_bulk([world.people.ids[one] for one in price.instead])
    shifts = Shift.objects.select_related("task_kind").in_bulk(
        [world.tasks.ids[t] for t, _n in price.emptier]
    )
    return funnel.price_in_words(
        price,
        names={one: str(people[world.people.ids[one]]) for one in price.instead},
        shifts={t: shifts[world.tasks.ids[t]] for t, _n in price.emptier},
        km=_further(draft, person, price.instead, task),
    )


def _further(draft: Drawn, person: int, instead: list[int], task: int) -> int | None:
    """Return how many km further the one who comes instead lives."""
    if len(instead) != 1:
        return None
    here, there = fit.distance(draft.world, np.array([person, *instead]), np.array([task]))
    return round(there - here)
