"""What do the rules know about many people and many shifts at once? The database in, a World for the matcher out.

Moments become UTC minutes, so that the change of the clock moves nothing; days and weeks stay those of Amsterdam.
What eligibility.py says about one person and one shift, matching/pairs.py says about these arrays, reason for
reason: tests/rostering/test_arrays.py holds both together.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
from django.db.models import QuerySet

from people import roles
from people.models import Person
from rostering import volunteers
from rostering.eligibility import facts
from rostering.eligibility.facts import Demands
from rostering.matching.load import Load
from rostering.matching.world import FINE, NEVER, RATHER_NOT, People, Tasks, World
from rostering.models import Shift
from rostering.snapshot import people as array_people
from rostering.snapshot import tasks as array_tasks
from rostering.snapshot.source import Source, column

COVER_REWARD = (1500, 4000, 10000)  # points for a seat: low, middle, high; the weights of the benchmark
FAIRNESS = 100  # points that the next shift costs somebody who did a full share already


def load(
    shifts: Iterable[int] | QuerySet[Shift],
    *,
    now: datetime,
    people: Iterable[Person] | None = None,
    reluctant: bool = False,
    wishes: bool = True,
    demands: Demands | None = None,
) -> World:
    """Return the world of these shifts and people, in thirteen queries whatever their number; `now` is aware.

    Without `people`: everybody who may take tasks and is active. People that are given as rows have their `home`
    at hand. Who would rather not is barred ("reluctant"), unless `reluctant`. Without `wishes`, for what a
    coordinator reads of single people: how gladly somebody does something counts for nothing, only "never" does.
    """
    if people is None:
        people = volunteers.who_may(roles.TAKE_MICROTASKS, now=now)
    if isinstance(people, QuerySet):
        people = people.select_related("home").order_by("pk")
    asked = demands or facts.demands()
    rows = Shift.objects.filter(pk__in=shifts).with_place().order_by("starts_at", "pk")
    source = Source(list(rows), list(facts.of_people(people, now=now).values()), asked, now)
    source.read_who_stands()
    source.read_history()
    made = world(source, reluctant=reluctant or not wishes)
    return made if wishes else without_wishes(made)


def without_wishes(world: World) -> World:
    """Return the same world with everybody as willing as everybody else; "never" stays what it is."""
    level = np.where(world.people.willingness == NEVER, NEVER, FINE).astype(np.int8)
    barred = {code: pairs for code, pairs in world.barred.items() if code != "reluctant"}
    return replace(world, people=replace(world.people, willingness=level), barred=barred)


def world(source: Source, *, reluctant: bool = False) -> World:
    """Lay out what was read. No queries."""
    people, tasks = array_people.people(source), array_tasks.tasks(source)
    requires, requirements = array_people.requirements(source)
    barred = {"declined": _declined(source)}
    if not reluctant:
        barred["reluctant"] = _reluctant(people, tasks)
    return World(
        people=people,
        tasks=tasks,
        kinds=list(source.kinds),
        requires=requires,
        requirements=requirements,
        cover_reward=np.array(COVER_REWARD),
        fairness=FAIRNESS,
        weeks=source.weeks,
        blocks=array_people.blocks(source),
        barred=barred,
        load=_load(source),
    )


def _load(source: Source) -> Load:
    agreed = source.demands.agreements
    blocks = [
        block for one in source.known for block in one.booked
    ]  # as array_people.blocks goes through them
    task = [facts.work(shift, shift.task_kind.load) for shift in source.shifts]
    return Load(
        agreed,
        task=np.array(task, np.int64).reshape(-1, 3),
        block=np.array([block.work for block in blocks], np.int64).reshape(-1, 3),
        task_size=column(agreed.size(shift.minutes) for shift in source.shifts),
        block_size=column(agreed.size((b.ends_at - b.starts_at) // timedelta(minutes=1)) for b in blocks),
    )


def _declined(source: Source) -> tuple[np.ndarray, np.ndarray]:
    pairs = [(source.person[p], source.task[s]) for p, s in source.declined if p in source.person]
    person, task = np.array(pairs, np.int32).reshape(-1, 2).T
    return person, task


def _reluctant(people: People, tasks: Tasks) -> tuple[np.ndarray, np.ndarray]:
    person, task = np.nonzero(people.willingness[:, tasks.kind] == RATHER_NOT)
    return person.astype(np.int32), task.astype(np.int32)
