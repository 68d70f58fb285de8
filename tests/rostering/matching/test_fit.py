from dataclasses import fields

import numpy as np
import pytest

from rostering.matching import fit, world

ONE = np.array([0])


def make(willingness=world.FINE, acceptance=0.8, km=(10.0,), place=0, history=0, capacity=4):
    """One person and one task; the rest of the world is left at nothing."""
    none, no_spans = np.zeros(1, np.int32), world.Spans.of([])
    person = world.People(
        ids=["p"],
        newcomer=np.array([False]),
        willingness=np.array([[willingness]], np.int8),
        acceptance=np.array([acceptance]),
        travel_km=np.array([np.inf]),
        km=np.array([km]),
        most_tasks=none[None],
        most_minutes=none[None],
        most_heavy=none[None],
        capacity=np.array([capacity], np.int32),
        history=np.array([history], np.int32),
        free=no_spans,
        unasked=np.array([True]),
        day_status=np.zeros((1, 1), np.int8),
        busy=no_spans,
        on_call_days=np.zeros((1, 7), bool),
    )
    rest = [field.name for field in fields(world.Tasks) if field.name not in ("ids", "place", "bars")]
    task = world.Tasks(ids=["t"], place=np.array([place], np.int32), **dict.fromkeys(rest, none))
    return world.World(person, task, ["k"], [[]], [], np.array([1, 2, 3]), fairness=100, weeks=1)


def value(**given):
    return fit.values(make(**given), ONE, ONE).tolist()


@pytest.mark.parametrize(
    ("willingness", "points"), [(world.RATHER_NOT, -80 + 44 - 10), (world.FINE, 68 - 10), (world.GLADLY, 130)]
)
def test_value_is_gladness_and_the_chance_of_a_yes_less_the_km(willingness, points):
    assert value(willingness=willingness) == [points]


@pytest.mark.parametrize(("km", "points"), [(0.5, 80), (1.5, 78), (2.5, 78)])
def test_half_a_point_is_rounded_to_even(km, points):
    assert value(willingness=world.GLADLY, acceptance=0.2, km=(km,)) == [points]


def test_an_unknown_home_and_work_from_home_travel_nothing():
    assert value(km=(np.nan,)) == value(place=-1) == [68]


def test_components_add_up_to_the_value():
    for km in np.arange(0, 30, 0.37):
        made = make(km=(km,), history=3)
        parts = {part.code: part.points for part in fit.components(made, 0, 0)}
        assert parts.pop("load") == -75
        assert sum(parts.values()) == fit.values(made, ONE, ONE)[0]


def test_somebody_without_room_has_a_load_all_the_same():
    assert fit.load(make(history=2, capacity=0), ONE).tolist() == [200]
