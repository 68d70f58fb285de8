"""What makes a person fit for a task? The components that list, mail, board and proposal all count with."""

from dataclasses import dataclass

import numpy as np

from rostering.matching.world import RATHER_NOT, World

GLADNESS = np.array([-80, 0, 60], np.int64)  # points for rather not, fine, gladly
YES = np.array([0.55, 0.85, 1.0])  # how willingness bends the chance of a yes
SURE = 100  # points for somebody who always says yes


@dataclass(frozen=True)
class Component:
    """One thing that counted, in whole points: "willing", "likely", "travel" or "load"."""

    code: str
    points: int


def values(world: World, person: np.ndarray, task: np.ndarray) -> np.ndarray:
    """Return the preference of each (person, task): points, rounded half to even; int64. Indexes broadcast."""
    acceptance, km = world.people.acceptance[person], distance(world, person, task)
    return points(world.people.willingness[person, world.tasks.kind[task]], acceptance, km)


def points(level: np.ndarray, acceptance: np.ndarray, km: np.ndarray) -> np.ndarray:
    """Return the preference for a willingness, a chance of a yes (0 to 1) and a journey in km.

    Never counts as rather not: such a pair is barred, not worth less.
    """
    level = np.maximum(level, RATHER_NOT)
    return np.rint(GLADNESS[level] + SURE * acceptance * YES[level] - km).astype(np.int64)


def components(world: World, person: int, task: int) -> list[Component]:
    """Return what makes up the fit of one pair. All but "load" add up to `values`, to the point.

    "load" is what one more task of this person costs the spread, as it stands before the plan.
    """
    pair = np.array([person]), np.array([task])
    level = max(world.people.willingness[person, world.tasks.kind[task]], RATHER_NOT)
    willing = int(GLADNESS[level])
    likely = round(SURE * float(world.people.acceptance[person]) * float(YES[level]))
    travel = int(values(world, *pair)[0]) - willing - likely
    return [
        Component("willing", willing),
        Component("likely", likely),
        Component("travel", travel),
        Component("load", -int(load(world, pair[0])[0])),
    ]


def load(world: World, person: np.ndarray) -> np.ndarray:
    """Return what the next task of each person costs the spread; points, int64."""
    people = world.people
    capacity = np.maximum(people.capacity[person], 1).astype(np.int64)
    return world.fairness * people.history[person].astype(np.int64) // capacity


def distance(world: World, person: np.ndarray, task: np.ndarray) -> np.ndarray:
    """Return the km from home to each task; 0 where travel does not count or is not known."""
    person, place = np.broadcast_arrays(person, world.tasks.place[task])
    km = np.zeros(place.shape)
    counts = place >= 0
    km[counts] = world.people.km[person[counts], place[counts]]
    return np.nan_to_num(km, nan=0.0, posinf=np.inf)
