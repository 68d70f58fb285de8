"""What makes a person fit for a task? The components that list, mail, board and proposal all count with."""

import numpy as np

from rostering.matching.world import World

GLADNESS = np.array([-80, 0, 60], np.int64)  # points for rather not, fine, gladly
YES = np.array([0.55, 0.85, 1.0])  # how willingness bends the chance of a yes
SURE = 100  # points for somebody who always says yes


def values(world: World, person: np.ndarray, task: np.ndarray) -> np.ndarray:
    """Return the preference of each (person, task): points, rounded half to even; int64."""
    raise NotImplementedError
