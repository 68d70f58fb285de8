"""Which plan comes of what a coordinator chose? Reads the world, has it planned, and says what it would change.

Writes nothing. People who have a seat keep it. Offers without an answer stay as they are, as far as they go
together; when the coordinator lets them move they stay where that costs no seat.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from math import floor, isfinite

import numpy as np

from people import days
from rostering import arrays, dayparts, reasons_why
from rostering.gaps import LATE_PARTS, SATURDAY
from rostering.matching import fit, pairs, plan, problem, score, why
from rostering.matching.pairs import Pairs
from rostering.matching.plan import Heard, Outcome
from rostering.matching.problem import Problem
from rostering.matching.world import World
from rostering.models import Booking, Proposal, ProposalLine, Shift
from rostering.proposal_world import shifts_of

PRIORITIES = ("low", "middle", "high")  # as the world numbers them
MOST_TOLD = 60
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


@dataclass
class Made:
    """A plan as rows to keep."""

    lines: list[ProposalLine]
    cover: dict
    seconds: float = 0
    score: int = 0
    bound: float | None = 0  # None: not known
    is_stopped: bool = False


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


def again(proposal: Proposal, *, now: datetime, **changed) -> Choice:
    """Return the same question, for what is left of its days."""
    choice = choice_of(proposal)
    return replace(choice, from_on=max(choice.from_on, days.day_of(now)), **changed)


def prepare(proposal: Proposal, *, now: datetime) -> Prepared:
    """Load the world of a proposal, in a fixed number of queries."""
    shifts = list(shifts_of(proposal, now=now).with_taken())
    numbers = [shift.pk for shift in shifts]
    world = arrays.load(numbers, now=now, reluctant=proposal.asks_reluctant)
    pinned, rejected = wishes(proposal)
    pending, wants = standing(numbers, now=now)
    rows = _Rows(world)
    found = _without(pairs.find(world), rows.of([*rejected, *wants]), world.n)
    asked = rows.of(pending)
    loose = problem.of(world, found, pending=asked)
    must = _together(loose, [*rows.of(sorted(pinned)), *([] if proposal.may_move else asked)])
    return Prepared(
        world=world,
        problem=problem.of(world, found, fixed=must, pending=asked, drafted=rows.of(drafted(proposal))),
        shifts=shifts,
        pinned=frozenset(pinned),
        rejected=frozenset(rejected),
        pending=frozenset(pending),
        may_move=proposal.may_move,
    )


def standing(shifts: list[int], *, now: datetime) -> tuple[list[Pair], list[Pair]]:
    """Return who was asked and may still answer, the first asked first, and who wants a seat and waits."""
    rows = Booking.objects.filter(shift__in=shifts).order_by("made_at", "pk")
    asked = rows.filter(state=Booking.State.OFFERED, answer_by__gt=now)
    wants = rows.filter(state__in=[Booking.State.REQUESTED, Booking.State.WAITING])
    return list(asked.values_list("person_id", "shift_id")), list(wants.values_list("person_id", "shift_id"))


@dataclass(frozen=True)
class Drawn:
    """A draft as a plan of its world."""

    world: World
    problem: Problem
    outcome: Outcome

    def row(self, line: ProposalLine) -> int | None:
        """Return the index of the chosen pair of this line; None when it is no longer possible."""
        rows = _Rows(self.world).of([(line.person_id, line.shift_id)])
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
    world = arrays.load(numbers, now=now, reluctant=proposal.asks_reluctant)
    rows, by_state = _Rows(world), {state: [] for state in State}
    lines = proposal.lines.exclude(change=Change.GOES)
    for person, shift, state in lines.values_list("person_id", "shift_id", "state"):
        by_state[state].append((person, shift))
    pending, wants = standing(numbers, now=now)
    found = _without(pairs.find(world), rows.of([*by_state[State.REJECTED], *wants]), world.n)
    asked = rows.of(pending)
    loose = problem.of(world, found, pending=asked)
    in_it = rows.of([pair for state in (*ProposalLine.TO_SEND, State.SENT) for pair in by_state[state]])
    chosen = _among(loose, in_it)
    stays = _among(loose, [*rows.of(by_state[State.PINNED]), *([] if proposal.may_move else asked)])
    whole = replace(loose, fixed=chosen & stays)
    worth = score.total(whole, chosen)
    is_best = worth == proposal.score and is_proved(proposal.score, proposal.bound)
    bound = float(worth) if is_best else float("inf")
    return Drawn(world, whole, Outcome(chosen, worth, bound, [], 0, 0, False))


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


def make(
    prepared: Prepared, *, seconds: float, heard: Callable[[Heard], None], stop: Callable[[], bool]
) -> Made:
    """Plan within `seconds`, and return what comes of it. Raises plan.NoPlan."""
    if not prepared.problem.e:  # nobody can be asked: that is an answer too
        return Made(_left_out(prepared), cover(prepared, np.zeros(0, bool), more=0))
    outcome = plan.plan(prepared.problem, seconds=seconds, levels=True, heard=heard, stop=stop)
    return Made(
        lines=[*_chosen(prepared, outcome.chosen), *_goes(prepared, outcome.chosen), *_left_out(prepared)],
        cover=cover(prepared, outcome.chosen, more=seats_more(prepared.problem, outcome), gap=outcome.gap),
        seconds=outcome.seconds,
        score=outcome.score,
        bound=outcome.bound if isfinite(outcome.bound) else None,
        is_stopped=outcome.stopped,
    )


def seats_more(problem: Problem, outcome: Outcome) -> int:
    """Return how many more seats the best possible plan could fill at most.

    What was proved level by level; else no more than there are people for, shift by shift. A level of which
    nothing is known (an infinite bound) proves nothing.
    """
    filled = np.bincount(problem.task[outcome.chosen], minlength=problem.m)
    possible = np.minimum(np.bincount(problem.task, minlength=problem.m), problem.need)
    most = int(np.maximum(possible - filled, 0).sum())
    levels = [level for level in outcome.levels if level.name.startswith("cover_")]
    if levels and all(isfinite(level.bound) for level in levels):
        return min(most, sum(max(0, floor(level.bound - level.value + 1e-6)) for level in levels))
    return 0 if is_proved(outcome.score, outcome.bound) else most


def is_proved(points: int | None, bound: float | None) -> bool:
    """Return whether no plan can be worth more: points are whole, and a bound that is not known proves nothing."""
    return points is not None and bound is not None and isfinite(bound) and floor(bound + 1e-6) <= points


def cover(prepared: Prepared, chosen: np.ndarray, *, more: int, gap: float = 0) -> dict:
    """Return seats, how many are taken now and how many with the plan: by priority, late and on Saturday.

    `more` is how many seats could be filled more at most, `gap` how far the plan is from the best possible; None
    when that is not known.
    """
    by_task = Counter(prepared.problem.task[chosen].tolist())
    index = {pk: task for task, pk in enumerate(prepared.world.tasks.ids)}
    counted = {name: [0, 0, 0] for name in (*PRIORITIES, "late", "saturday")}
    for shift in prepared.shifts:
        task = index[shift.pk]
        taken = min(shift.taken, shift.seats)
        numbers = (shift.seats, taken, min(shift.seats, taken + by_task[task]))
        for name in _groups(shift, PRIORITIES[prepared.world.tasks.priority[task]]):
            counted[name] = [sum(pair) for pair in zip(counted[name], numbers, strict=True)]
    known = round(gap, 6) if isfinite(gap) else None  # JSON knows no infinity
    return {**counted, "more": more, "gap": known, "why": open_because(prepared, by_task)}


def open_because(prepared: Prepared, by_task: Counter) -> dict[str, list]:
    """Return why seats stay open, for the shifts that matter most: a funnel, and who is needed elsewhere.

    By shift id, as text: [[code, paper, people], ...] and how many fit and are not chosen.
    """
    world = prepared.world
    left = [task for task in range(world.m) if world.tasks.need[task] > by_task[task]]
    left.sort(key=lambda task: (-int(world.tasks.priority[task]), int(world.tasks.start[task])))
    able = np.bincount(prepared.problem.task, minlength=world.m)
    told = {}
    for task in left[:MOST_TOLD]:
        found = why.funnel(world, task)
        elsewhere = int(able[task]) - by_task[task]
        told[str(world.tasks.ids[task])] = [reasons_why.counted(world, found.stops), elsewhere]
    return told


def _groups(shift: Shift, priority: str) -> Iterable[str]:
    yield priority
    if dayparts.of(shift.starts_at) in LATE_PARTS:
        yield "late"
    if shift.day.weekday() == SATURDAY:
        yield "saturday"


class _Rows:
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


def _together(problem: Problem, wanted: Iterable[Pair]) -> list[Pair]:
    """Return those of `wanted` that go together, the first first: what a plan can be made to hold.

    Four people may be asked for one seat, and one person for two shifts at the same time.
    """
    possible = set(zip(problem.person.tolist(), problem.task.tolist(), strict=True))
    kept, seats, new = [], Counter(), Counter()
    tasks, minutes, heavy, mine = Counter(), Counter(), Counter(), {}
    for person, task in dict.fromkeys(wanted):
        week, others = (person, int(problem.week[task])), mine.setdefault(person, [])
        is_new = bool(problem.newcomer[person] and not problem.alone[task])
        fits = (
            (person, task) in possible
            and seats[task] < problem.most[task]
            and not any(_clash(problem, task, other) for other in others)
            and tasks[week] < problem.most_tasks[week]
            and minutes[week] + problem.minutes[task] <= problem.most_minutes[week]
            and heavy[week] + problem.heavy[task] <= problem.most_heavy[week]
            and not (is_new and _leaves_alone(problem, task, seats[task] - new[task], new[task]))
        )
        if fits:
            kept.append((person, task))
            others.append(task)
            seats[task] += 1
            new[task] += is_new
            tasks[week] += 1
            minutes[week] += int(problem.minutes[task])
            heavy[week] += int(problem.heavy[task])
    return kept


def _clash(problem: Problem, one: int, other: int) -> bool:
    return problem.start[one] < problem.until[other] and problem.start[other] < problem.until[one]


def _leaves_alone(problem: Problem, task: int, experienced: int, new: int) -> bool:
    newcomers = int(problem.newcomers_on[task]) + new + 1
    return newcomers > 1 or newcomers > int(problem.experienced_on[task]) + experienced


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
    problem, rows = prepared.problem, _Rows(prepared.world)
    wanted = {}
    for person, task in zip(problem.person[chosen].tolist(), problem.task[chosen].tolist(), strict=True):
        wanted.setdefault(person, []).append(task)
    return [
        _line((prepared.world.people.ids[person], prepared.world.tasks.ids[task]), change=Change.GOES)
        for person, task in rows.of(sorted(prepared.pending - prepared.rejected))
        if task not in wanted.get(person, ())
        if any(_clash(problem, task, other) for other in wanted.get(person, ()))
    ]


def _left_out(prepared: Prepared) -> list[ProposalLine]:
    return [_line(pair, state=State.REJECTED) for pair in sorted(prepared.rejected)]


def _line(pair: Pair, **fields) -> ProposalLine:
    person, shift = pair
    return ProposalLine(person_id=person, shift_id=shift, **fields)
