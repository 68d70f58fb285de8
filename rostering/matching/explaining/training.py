"""Which qualification opens most of what stays empty, and whom do we train in it? Confirmed in whole people.

People are ranked by what they add to the seats that the plan leaves open, one after the other, each next to those
before. The best answers are then planned again with these people trained: that is what is said on the screen.
"""

from collections.abc import Container
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush

import numpy as np

from rostering.matching import plan
from rostering.matching.explaining.why import clashing, part
from rostering.matching.plan import Outcome
from rostering.matching.possible import pairs
from rostering.matching.possible.pairs import Pairs
from rostering.matching.problem import Problem
from rostering.matching.score import covered
from rostering.matching.world import World

LEARNED = "qualification"  # the reason code of what somebody can learn
CONFIRMED = 3  # answers that are planned again
A_WEEK = 2  # tasks that one trained person is counted for at most; house rule, as for who gave no limit


@dataclass(frozen=True)
class Advice:
    """Train these people in this requirement. The arrays speak of the tasks that ask for it."""

    requirement: int  # index into World.requirements
    people: list[int]  # indexes; who adds most comes first
    tasks: np.ndarray  # int64, indexes
    wanted: np.ndarray  # int64, seats
    before: np.ndarray  # int64, seats the people of now can cover, the rest of the plan standing
    after: np.ndarray  # int64, with these people trained

    @property
    def gain(self) -> int:
        """Seats more."""
        return int(self.after.sum() - self.before.sum())


@dataclass(frozen=True)
class Team:
    """Who to train in what, and the pairs that this opens."""

    requirement: int
    people: list[int]
    gain: int  # reward of the open seats they cover, one after the other
    opened: Pairs


def what_to_train(
    world: World,
    problem: Problem,
    outcome: Outcome,
    most: int = 6,
    *,
    advices: int = CONFIRMED,
    seconds: float = 2,
    learned: Container[int] | None = None,
    people: np.ndarray | None = None,
) -> list[Advice]:
    """Return at most `advices` answers of at most `most` people each, the most seats first.

    Only who is stopped by one missing qualification alone is trained: willing, near, free and with room in the
    week, where nobody is counted for more than A_WEEK tasks, those that stand included. `learned` leaves out
    other requirement indexes, `people` (bool [n]) other people. Each answer is confirmed by two plans of at most
    `seconds`. What adds nothing is left out. Raises plan.NoPlan.
    """
    found = teams(world, problem, outcome, most, learned=learned, people=people)
    confirmed = [_confirmed(world, problem, outcome, team, seconds) for team in found[:advices]]
    return sorted((advice for advice in confirmed if advice.gain > 0), key=lambda advice: -advice.gain)


def teams(
    world: World,
    problem: Problem,
    outcome: Outcome,
    most: int = 6,
    *,
    learned: Container[int] | None = None,
    people: np.ndarray | None = None,
) -> list[Team]:
    """Return whom to train in each qualification, by what they would cover of the open seats; the most first."""
    covered = np.bincount(problem.task[outcome.chosen], minlength=problem.m)
    left = np.maximum(problem.need - covered, 0)
    away = one_away(world, learned=learned, people=people)
    shared = replace(problem, most_tasks=_share(world, problem))
    found = [_team(shared, outcome.chosen, left, which, opened, most) for which, opened in away.items()]
    return sorted((team for team in found if team.people), key=lambda team: -team.gain)


def one_away(
    world: World, *, learned: Container[int] | None = None, people: np.ndarray | None = None
) -> dict[int, Pairs]:
    """Return, per requirement index, the pairs that are possible but for that one missing qualification."""
    tasks = np.arange(world.m)
    alone = pairs.reasons(world, tasks) == pairs.BIT[LEARNED]  # n x m
    missing = np.zeros((world.n, world.m), np.int8)
    lacks = {}
    for which, requirement in enumerate(world.requirements):
        asked = np.array([which in kind for kind in world.requires], bool)
        if requirement.code == LEARNED and asked.any():
            here = np.flatnonzero(asked[world.tasks.kind])
            lacks[which] = here, ~_held(world, which, here)
            missing[:, here] += lacks[which][1]
    alone &= missing == 1
    if people is not None:
        alone &= people[:, None]
    found = {}
    for which, (here, without) in lacks.items():
        if learned is None or which in learned:
            task, person = np.nonzero((alone[:, here] & without).T)  # sorted by task, then person
            found[which] = Pairs(person.astype(np.int32), here[task].astype(np.int32))
    return found


def _share(world: World, problem: Problem) -> np.ndarray:
    """Return how many tasks each person may take beside what stands, if trained; int32 [n, weeks]."""
    stands = world.people.most_tasks - problem.most_tasks
    return np.clip(A_WEEK - stands, 0, problem.most_tasks)


def _held(world: World, which: int, tasks: np.ndarray) -> np.ndarray:
    """Return who meets a requirement when each of these tasks is judged; bool [n, t]."""
    held = world.requirements[which].held
    moments, at = np.unique(world.tasks.judged_on[tasks], return_inverse=True)
    counts = (held.start[:, None] <= moments) & (moments <= held.end[:, None])
    has = np.zeros((world.n, len(moments)), bool)
    span, moment = np.nonzero(counts)
    has[held.person[span], moment] = True
    return has[:, at]


def _team(
    problem: Problem, chosen: np.ndarray, left: np.ndarray, requirement: int, opened: Pairs, most: int
) -> Team:
    """Take the person who adds most to what the others leave, again and again."""
    diary, left = Diary(problem, chosen), left.copy()
    mine = _by_person(problem, opened, left)
    # nobody adds more than if all seats were there: look again only at who may be the best
    heap = [(-int(problem.reward[tasks].sum()), who) for who, tasks in mine.items()]
    heapify(heap)
    team: list = []
    fresh: dict[int, int] = {}
    total = 0
    while heap and len(team) < most:
        bound, who = heappop(heap)
        taken = diary.takes(who, mine[who], left)
        if fresh.get(who) != len(team):
            fresh[who] = len(team)
            heappush(heap, (-int(problem.reward[taken].sum()), who))
        elif taken:
            left[taken] -= 1
            team.append(who)
            total -= bound
        else:
            break
    inside = np.isin(opened.person, team)
    return Team(requirement, team, total, Pairs(opened.person[inside], opened.task[inside]))


def _by_person(problem: Problem, opened: Pairs, left: np.ndarray) -> dict[int, np.ndarray]:
    """Return the open tasks of each person: the highest reward first, then the first to start."""
    wanted = left[opened.task] > 0
    person, task = opened.person[wanted], opened.task[wanted]
    order = np.lexsort((problem.start[task], -problem.reward[task], person))
    people, first = np.unique(person[order], return_index=True)
    ends = [*first[1:], len(order)]
    return {who: task[order[a:b]] for who, a, b in zip(people.tolist(), first, ends, strict=False)}


class Diary:
    """What people do already, and what they could do beside it."""

    def __init__(self, problem: Problem, chosen: np.ndarray):
        self.problem = problem
        self.spans: dict[int, list[tuple[int, int]]] = {}
        self.used: dict[tuple[int, int], list[int]] = {}
        for who, task in zip(problem.person[chosen].tolist(), problem.task[chosen].tolist(), strict=True):
            self.spans.setdefault(who, []).append((int(problem.start[task]), int(problem.until[task])))
            use = self.used.setdefault((who, int(problem.week[task])), [0, 0, 0])
            _add(use, problem, task)

    def takes(self, who: int, tasks: np.ndarray, left: np.ndarray) -> list[int]:
        """Return which of these tasks, in this order, fit beside what stands and beside each other."""
        problem, spans = self.problem, list(self.spans.get(who, ()))
        used: dict[int, list[int]] = {}
        taken: list[int] = []
        for task in tasks[left[tasks] > 0].tolist():
            start, until, week = int(problem.start[task]), int(problem.until[task]), int(problem.week[task])
            use = used.setdefault(week, list(self.used.get((who, week), (0, 0, 0))))
            room = (
                problem.most_tasks[who, week],
                problem.most_minutes[who, week],
                problem.most_heavy[who, week],
            )
            after = list(use)
            _add(after, problem, task)
            if any(now > most for now, most in zip(after, room, strict=True)):
                continue
            if any(start < end and begin < until for begin, end in spans):
                continue
            used[week] = after
            spans.append((start, until))
            taken.append(task)
        return taken


def _add(use: list[int], problem: Problem, task: int) -> None:
    use[0] += 1
    use[1] += int(problem.minutes[task])
    use[2] += bool(problem.heavy[task])


def _confirmed(world: World, problem: Problem, outcome: Outcome, team: Team, seconds: float) -> Advice:
    """Plan the tasks that ask for this again, as it is and with the team trained; the rest stands."""
    asked = np.array([team.requirement in kind for kind in world.requires], bool)[world.tasks.kind]
    here = np.flatnonzero(asked)
    trained = np.isin(np.arange(world.n), team.people)[:, None]
    fair = replace(problem, most_tasks=np.where(trained, _share(world, problem), problem.most_tasks))
    wider, chosen = _with(fair, outcome.chosen, team.opened)
    known = _known(problem, wider)
    rows = np.flatnonzero(asked[wider.task])
    rows = rows[~clashing(wider, chosen, rows)]
    then = part(wider, chosen, rows).seats_only()
    now = part(wider, chosen, rows[known[rows]]).seats_only()
    before = _best(now, chosen[rows[known[rows]]], seconds)
    stood = np.zeros(len(rows), bool)
    stood[np.flatnonzero(known[rows])[before]] = True
    after = _best(then, stood, seconds)
    return Advice(
        requirement=team.requirement,
        people=team.people,
        tasks=here,
        wanted=problem.need[here].astype(np.int64),
        before=covered(now, before)[here],
        after=covered(then, after)[here],
    )


def _with(problem: Problem, chosen: np.ndarray, opened: Pairs) -> tuple[Problem, np.ndarray]:
    """Return the problem with these pairs added in their places, and what was chosen."""
    person = np.concatenate([problem.person, opened.person])
    task = np.concatenate([problem.task, opened.task])
    order = np.lexsort((person, task))
    extra = np.zeros(len(opened.person), np.int64)
    wider = replace(
        problem,
        person=person[order],
        task=task[order],
        value=np.concatenate([problem.value, extra])[order],
        keep=np.concatenate([problem.keep, extra])[order],
        fixed=np.concatenate([problem.fixed, extra > 0])[order],
    )
    return wider, np.concatenate([chosen, extra > 0])[order]


def _known(problem: Problem, wider: Problem) -> np.ndarray:
    """Return which pairs of the wider problem were there before."""
    key = problem.task.astype(np.int64) * problem.n + problem.person
    return np.isin(wider.task.astype(np.int64) * wider.n + wider.person, key)


def _best(problem: Problem, stood: np.ndarray, seconds: float) -> np.ndarray:
    """Return the plan with the most seats; what stood when nothing better was found in time."""
    if not problem.e:
        return stood
    found = plan.plan(problem, seconds=seconds).chosen
    return found if covered(problem, found).sum() > covered(problem, stood).sum() else stood
