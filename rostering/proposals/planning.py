"""Which plan comes of what a coordinator chose? Reads the world, has it planned, and says what it would change.

Writes nothing. People who have a seat keep it. Offers without an answer stay as they are, as far as they go
together; when the coordinator lets them move they stay where that costs no seat.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any

import numpy as np

from rostering.matching import asking, fit, load, plan, score
from rostering.matching.plan import Heard, Outcome
from rostering.matching.proof import seats_more
from rostering.matching.together import clash, together
from rostering.models import ProposalLine
from rostering.proposals.choice import Change, Pair, State
from rostering.proposals.cover import cover
from rostering.proposals.prepared import Prepared, Rows


@dataclass
class Made:
    """A plan as rows to keep."""

    lines: list[ProposalLine]
    cover: dict
    seconds: float = 0
    score: int = 0
    bound: float | None = 0  # None: not known
    is_stopped: bool = False


def make(
    prepared: Prepared, *, seconds: float, heard: Callable[[Heard], None], stop: Callable[[], bool]
) -> Made:
    """Plan within `seconds`, and return what comes of it. Raises plan.NoPlan."""
    if not prepared.problem.e:  # nobody can be asked: that is an answer too
        return Made(_left_out(prepared), cover(prepared, np.zeros(0, bool), more=0))
    outcome = plan.plan(prepared.problem, seconds=seconds, levels=True, heard=heard, stop=stop)
    outcome = _within_load(prepared, outcome)
    return Made(
        lines=[*_chosen(prepared, outcome.chosen), *_goes(prepared, outcome.chosen), *_left_out(prepared)],
        cover=cover(prepared, outcome.chosen, more=seats_more(prepared.problem, outcome), gap=outcome.gap),
        seconds=outcome.seconds,
        score=outcome.score,
        bound=outcome.bound if isfinite(outcome.bound) else None,
        is_stopped=outcome.stopped,
    )


def _within_load(prepared: Prepared, outcome: Outcome) -> Outcome:
    """Leave out what, with everything else of the plan, is too much work or too many questions in so many days.

    The planner counts weeks, not every seven days in a row. What stays or was asked comes first, then the seats
    that matter most, then the best fit. The bound still holds: nothing was added.
    """
    problem, chosen = prepared.problem, np.flatnonzero(outcome.chosen)
    worth = problem.value[chosen] + problem.reward[problem.task[chosen]]
    is_new = problem.newcomer[problem.person[chosen]] & ~problem.alone[problem.task[chosen]]
    order = chosen[np.lexsort((-worth, is_new, -problem.keep[chosen], ~problem.fixed[chosen]))]
    wanted = list(zip(problem.person[order].tolist(), problem.task[order].tolist(), strict=True))
    sure = int(problem.fixed[chosen].sum())
    kept = load.kept(prepared.world.load, prepared.world.blocks.person, wanted, sure=sure)
    kept = asking.kept(prepared.world.load, prepared.elsewhere, kept, sure=sure)
    if len(kept) == len(wanted):
        return outcome
    stays = set(together(problem, kept))  # a newcomer whose company is left out is left out too
    left = outcome.chosen.copy()
    left[[row for row, pair in zip(order.tolist(), wanted, strict=True) if pair not in stays]] = False
    return replace(outcome, chosen=left, score=score.total(problem, left), levels=[])


def _chosen(prepared: Prepared, chosen: np.ndarray) -> list[ProposalLine]:
    """The people of the plan, with what counted."""
    lines = []
    world, problem = prepared.world, prepared.problem
    for person, task in zip(problem.person[chosen].tolist(), problem.task[chosen].tolist(), strict=True):
        pair = (world.people.ids[person], world.tasks.ids[task])
        counts = [[part.code, int(part.points)] for part in fit.components(world, person, task)]
        lines.append(
            _line(
                pair,
                change=Change.STAYS if pair in prepared.pending else Change.NEW,
                state=State.PINNED if pair in prepared.pinned else State.PROPOSED,
                points=sum(points for _code, points in counts),
                why=counts,
            )
        )
    return lines


def _goes(prepared: Prepared, chosen: np.ndarray) -> list[ProposalLine]:
    """Offers without an answer of people whom the plan wants elsewhere at that time."""
    if not prepared.may_move:
        return []
    problem, rows = prepared.problem, Rows(prepared.world)
    wanted = {}
    for person, task in zip(problem.person[chosen].tolist(), problem.task[chosen].tolist(), strict=True):
        wanted.setdefault(person, []).append(task)
    return [
        _line((prepared.world.people.ids[person], prepared.world.tasks.ids[task]), change=Change.GOES)
        for person, task in rows.of(sorted(prepared.pending - prepared.rejected))
        if task not in wanted.get(person, ())
        if any(clash(problem, task, other) for other in wanted.get(person, ()))
    ]


def _left_out(prepared: Prepared) -> list[ProposalLine]:
    return [_line(pair, state=State.REJECTED) for pair in sorted(prepared.rejected)]


def _line(pair: Pair, **fields: Any) -> ProposalLine:
    person, shift = pair
    return ProposalLine(person_id=person, shift_id=shift, **fields)
