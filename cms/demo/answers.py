"""How do people in the demo answer when they are asked for a shift? Some nearly always say yes, some rarely.

Pure. What somebody answered counts in the fit of the next offer, so that a demo without it would have no fit.
"""

import random
from collections.abc import Sequence
from datetime import timedelta

from cms.demo.roster import Agenda, Slot, may
from cms.demo.world import Inhabitant, World

TEMPERS = {0.96: 38, 0.82: 36, 0.6: 17, 0.35: 9}  # how often somebody says yes, and for how many in a hundred
ASKED = 0.3  # of those who were there, how many had been asked; the others signed up themselves
SILENT = 4  # of those who do not come each fourth never answers
NO_PER_THOUSAND, MOST_NO = 700, 500  # offers that came to nothing, for a thousand people; and at most
LOOK_AT = 50  # people who are thought of, drawn by lot
AT_ONCE = 0.6  # who answers within the hour; the others sleep on it


class Answers:
    """What each person of a world is like when asked."""

    def __init__(self, world: World):
        self.rng = random.Random(f"{world.seed}:answers:{world.today}")  # noqa: S311 - a demo, not a secret
        self.crowd = [p for p in world.people if not p.is_named and p.engagement != "external"]
        tempers = self.rng.choices(list(TEMPERS), list(TEMPERS.values()), k=len(self.crowd))
        self.turned_down = 0
        self.temper = dict(zip((p.email for p in self.crowd), tempers, strict=True))

    def was_asked(self, person: Inhabitant) -> bool:
        """Return whether somebody who came had been asked: the more so, the likelier a yes."""
        return self.rng.random() < ASKED * self.temper.get(person.email, 0)

    def who_says_no(self, slot: Slot, agenda: Agenda) -> Inhabitant | None:
        """Return somebody who could come and does not: often one of those who often say no."""
        lot: Sequence[Inhabitant] = self.rng.sample(self.crowd, min(LOOK_AT, len(self.crowd)))
        able = [p for p in lot if may(p, slot) and agenda.has_room(p, slot)]
        if not able:
            return None
        return self.rng.choices(able, [1 - self.temper[p.email] for p in able])[0]

    def is_silent(self) -> bool:
        self.turned_down += 1
        return self.turned_down % SILENT == 0

    def thinks(self, most: timedelta) -> timedelta:
        """Return how long somebody thinks about an offer: minutes, or a night; before `most` is over."""
        at_once = self.rng.random() < AT_ONCE
        wanted = timedelta(minutes=self.rng.randint(4, 60) if at_once else self.rng.randint(1000, 1500))
        return min(wanted, most * 0.8)
