"""What is given to the planner? The problem with what is fixed and wished."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import numpy as np

from people import days
from rostering.matching import asking, problem, score
from rostering.matching.asking import Asked
from rostering.matching.plan import Outcome
from rostering.matching.possible import pairs
from rostering.matching.possible.pairs import Pairs
from rostering.matching.problem import Problem
from rostering.matching.proof import is_proved
from rostering.matching.together import together
from rostering.matching.world import World
from rostering.models import Booking, Proposal, ProposalLine, Shift
from rostering.proposals.choice import Change, Pair, State
from rostering.proposals.fingerprint import shifts_of
from rostering.snapshot import load


@dataclass(frozen=True)
class Prepared:
    """A world and its problem, with what a plan must and would rather keep."""

    world: World
    problem: Problem
    shifts: list[Shift]  # with `taken`; all of the period, full ones too
    pinned: frozenset[Pair]
    rejected: frozenset[Pair]
    pending: frozenset[Pair]
    may_move: bool
    elsewhere: list[Asked] = field(default_factory=list)  # who may still answer about shifts outside it


def prepare(proposal: Proposal, *, now: datetime) -> Prepared:
    """Load the world of a proposal, in a fixed number of queries."""
    shifts = list(shifts_of(proposal, now=now).with_taken())
    numbers = [shift.pk for shift in shifts]
    world = load.load(numbers, now=now, reluctant=proposal.asks_reluctant)
    pinned, rejected = wishes(proposal)
    pending, wants = standing(numbers, now=now)
    rows = Rows(world)
    found = _without(pairs.find(world), rows.of([*rejected, *wants]), world.n)
    asked = rows.of(pending)
    elsewhere = _elsewhere(world, shifts, now=now)
    loose = asking.within(problem.of(world, found, pending=asked), world, elsewhere, asked)
    must = together(loose, [*rows.of(sorted(pinned)), *([] if proposal.may_move else asked)])
    whole = problem.of(world, found, fixed=must, pending=asked, drafted=rows.of(drafted(proposal)))
    return Prepared(
        world=world,
        problem=asking.within(whole, world, elsewhere, asked),
        elsewhere=elsewhere,
        shifts=shifts,
        pinned=frozenset(pinned),
        rejected=frozenset(rejected),
        pending=frozenset(pending),
        may_move=proposal.may_move,
    )


def standing(shifts: list[int], *, now: datetime) -> tuple[list[Pair], list[Pair]]:
    """Return who was asked and may still answer, the first asked first, and who wants a seat and waits."""
    rows = Booking.objects.filter(shift__in=shifts).order_by("made_at", "pk")
    asked = rows.questions(now)
    wants = rows.filter(state__in=[Booking.State.REQUESTED, Booking.State.WAITING])
    return list(asked.values_list("person_id", "shift_id")), list(wants.values_list("person_id", "shift_id"))


def _elsewhere(world: World, shifts: list[Shift], *, now: datetime) -> list[Asked]:
    """Return the questions that are out about other shifts around these days: (index of the person, day)."""
    if not shifts:
        return []
    row = {pk: index for index, pk in enumerate(world.people.ids)}
    starts, around = [shift.starts_at for shift in shifts], timedelta(days=asking.AROUND)
    near = (min(starts) - around, max(starts) + around)
    out = Booking.objects.questions(now).filter(starts_at__range=near)
    out = out.exclude(shift__in=[shift.pk for shift in shifts]).order_by()
    return [
        (row[who], days.day_of(starts_at).toordinal())
        for who, starts_at in out.values_list("person_id", "starts_at")
        if who in row
    ]


@dataclass(frozen=True)
class Drawn:
    """A draft as a plan of its world."""

    world: World
    problem: Problem
    outcome: Outcome
    asked: list[Pair]  # indexes: who may still answer
    gone: list[Pair]  # who is left out, or wants a seat and waits

    def without_wishes(self) -> tuple[World, Problem]:
        """Return the same without how gladly people come: the place among others would tell it."""
        world = load.without_wishes(self.world)
        return world, problem.of(world, _without(pairs.find(world), self.gone, world.n), pending=self.asked)

    def row(self, line: ProposalLine) -> int | None:
        """Return the index of the chosen pair of this line; None when it is no longer possible."""
        rows = Rows(self.world).of([(line.person_id, line.shift_id)])
        for person, task in rows:
            found = self.outcome.chosen & (self.problem.person == person) & (self.problem.task == task)
            return int(np.flatnonzero(found)[0]) if found.any() else None
        return None


def drawn(proposal: Proposal) -> Drawn:
    """Return a draft as a plan of the world it was made for, in a fixed number of queries.

    Who was left out since is in it no more. It counts as proved best while it is worth what was proved.
    """
    now = proposal.begun_at
    numbers = list(shifts_of(proposal, now=now).values_list("pk", flat=True))
    world = load.load(numbers, now=now, reluctant=proposal.asks_reluctant)
    rows, by_state = Rows(world), {state: [] for state in State}
    lines = proposal.lines.exclude(change=Change.GOES)
    for person, shift, state in lines.values_list("person_id", "shift_id", "state"):
        by_state[state].append((person, shift))
    pending, wants = standing(numbers, now=now)
    gone, asked = rows.of([*by_state[State.REJECTED], *wants]), rows.of(pending)
    found = _without(pairs.find(world), gone, world.n)
    loose = problem.of(world, found, pending=asked)
    in_it = rows.of([pair for state in (*ProposalLine.TO_SEND, State.SENT) for pair in by_state[state]])
    loose = asking.within(loose, world, (), [*asked, *in_it])
    chosen = _among(loose, in_it)
    stays = _among(loose, [*rows.of(by_state[State.PINNED]), *([] if proposal.may_move else asked)])
    whole = replace(loose, fixed=chosen & stays)
    worth = score.total(whole, chosen)
    is_best = worth == proposal.score and is_proved(proposal.score, proposal.bound)
    bound = float(worth) if is_best else float("inf")
    return Drawn(world, whole, Outcome(chosen, worth, bound, [], 0, 0, False), asked, gone)


def _among(problem: Problem, some: list[Pair]) -> np.ndarray:
    """Return which pairs of the problem are in `some` (indexes): bool [e]."""
    key = problem.task.astype(np.int64) * problem.n + problem.person
    return np.isin(key, [task * problem.n + person for person, task in some])


def wishes(proposal: Proposal) -> tuple[set[Pair], set[Pair]]:
    """Return what was pinned and what was left out in the proposal that this one follows."""
    kept = {State.PINNED: set(), State.REJECTED: set()}
    if proposal.follows_id:
        lines = ProposalLine.objects.filter(proposal=proposal.follows_id, state__in=kept)
        for person, shift, state in lines.values_list("person_id", "shift_id", "state"):
            kept[state].add((person, shift))
    return kept[State.PINNED], kept[State.REJECTED]


def drafted(proposal: Proposal) -> list[Pair]:
    """Return who stood in the proposal that this one follows: made again, it changes no more than it must."""
    lines = ProposalLine.objects.filter(proposal=proposal.follows_id, state__in=ProposalLine.TO_SEND)
    return list(lines.exclude(change=Change.GOES).values_list("person_id", "shift_id"))


class Rows:
    """From ids to indexes of a world; what is not in it is left out."""

    def __init__(self, world: World):
        self.people = {pk: row for row, pk in enumerate(world.people.ids)}
        self.tasks = {pk: row for row, pk in enumerate(world.tasks.ids)}

    def of(self, some: Iterable[Pair]) -> list[Pair]:
        return [
            (self.people[person], self.tasks[shift])
            for person, shift in some
            if person in self.people and shift in self.tasks
        ]


def _without(found: Pairs, some: list[Pair], n: int) -> Pairs:
    if not some:
        return found
    barred = [task * n + person for person, task in some]
    stays = ~np.isin(found.task.astype(np.int64) * n + found.person, barred)
    return Pairs(found.person[stays], found.task[stays])
