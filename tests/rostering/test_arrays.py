"""One rule in two forms: what eligibility says of a person and a shift, the arrays say of all of them at once."""

import random
from collections import Counter

import numpy as np
import pytest
from django.db import transaction

from people.models import Person
from rostering import arrays, eligibility, facts
from rostering.matching import pairs
from rostering.models import Shift
from tests.rostering.worlds import Roster

pytestmark = pytest.mark.django_db

WORLDS = 120  # in four parts, for the workers of the suite
NO_COUNTERPART = {"busy", "declined", "reluctant", "week_heavy"}  # said by the arrays alone


@pytest.mark.parametrize("part", range(4))
def test_rules_and_arrays_agree_in_random_worlds(part):
    said = Counter()
    for seed in range(part, WORLDS, 4):
        with transaction.atomic():
            said += agree(Roster(random.Random(seed)), seed)
            transaction.set_rollback(True)
    assert set(said) == set(pairs.CODES) - NO_COUNTERPART


def agree(roster, seed):
    chosen = [shift.pk for shift in roster.shifts[:-2]]  # two are known by their bookings only
    made = arrays.load(chosen, now=roster.now, people=Person.objects.all())
    bits = pairs.reasons(made, np.arange(made.m))
    possible = pairs.find(made)
    free = {
        (person, task) for person, task in zip(possible.person.tolist(), possible.task.tolist(), strict=True)
    }
    known = facts.of_people(Person.objects.select_related("home"), now=roster.now)
    demands = facts.demands()
    shifts = Shift.objects.with_taken().with_place().in_bulk(chosen)
    said = Counter()
    for i, who in enumerate(made.people.ids):
        for j, what in enumerate(made.tasks.ids):
            found = eligibility.judge(known[who], shifts[what], demands, roster.now)
            codes = {reason.code for reason in [*found.reasons, *found.warnings]}
            listed = {code for code in pairs.CODES if bits[i, j] & pairs.BIT[code]}
            assert listed - NO_COUNTERPART == codes, (seed, who, what)
            assert ((i, j) in free) == (not listed), (seed, who, what)
            assert lacking(made, i, j) == {r.qualification.pk for r in found.reasons if r.qualification}
            said.update(codes)
    return said


def lacking(made, person, task):
    """The ids of the qualifications that the arrays know to be missing."""
    asked = [made.requirements[index] for index in made.requires[made.tasks.kind[task]]]
    return {
        one.key
        for one in asked
        if one.code == "qualification" and not holds(one, person, made.tasks.judged_on[task])
    }


def holds(requirement, person, day):
    held = requirement.held
    return bool(((held.person == person) & (held.start <= day) & (day <= held.end)).any())
