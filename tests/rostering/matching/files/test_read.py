import gzip
import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.roster_instances import check
from rostering.matching.files import read as instance

SMALL = Path(check.__file__).parent / "S-1.json.gz"
GOOD = json.loads(gzip.decompress(SMALL.read_bytes()))


@pytest.fixture
def refused(tmp_path):
    """What is said about a file with this text."""

    def said(text: str | bytes, name: str = "x.json") -> str:
        file = tmp_path / name
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        with pytest.raises(instance.Malformed) as found:
            instance.read(file)
        return str(found.value)

    return said


def changed(*steps, to=None, drop=False) -> str:
    """The small problem with one thing changed."""
    file = deepcopy(GOOD)
    at = file
    for step in steps[:-1]:
        at = at[step]
    if drop:
        del at[steps[-1]]
    else:
        at[steps[-1]] = to
    return json.dumps(file)


def test_reads_a_problem_packed_or_not(tmp_path):
    plain = tmp_path / "small.json"
    plain.write_bytes(gzip.decompress(SMALL.read_bytes()))
    read = [instance.read(SMALL), instance.read(plain)]
    assert [(r.name, r.world.n, r.world.m, r.world.weeks) for r in read] == [("S-1", 60, 150, 1)] * 2
    assert read[0].world.people.ids[:2] == ["p0", "p1"]


def test_a_file_that_is_no_file(tmp_path, refused):
    for path, said in ((tmp_path / "none", "No such file or directory"), (tmp_path, "Is a directory")):
        with pytest.raises(instance.Malformed, match=f"This file cannot be read: {said}."):
            instance.read(path)
    assert refused("{}", "x.gz") == "This file is called .gz and is not packed with gzip."
    packed = SMALL.read_bytes()
    damaged = "This gzip file is damaged or cut off."
    assert refused(packed[:3000], "x.gz") == damaged
    assert refused(packed[:50] + b"zzzz" + packed[54:], "x.gz") == damaged


def test_a_file_that_unpacks_to_too_much(refused, monkeypatch):
    monkeypatch.setattr(instance, "BIGGEST", 2_000_000)
    assert refused(gzip.compress(b" " * 3_000_000), "x.gz") == "This file is larger than 2 MB when unpacked."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This is not JSON: EOF while parsing a value at line 1 column 0."),
        ("{'a': 1}", "This is not JSON: key must be a string at line 1 column 2."),
        (b"\xff\xfe", "This is not JSON: expected value at line 1 column 1."),
        ("[" * 10_000, "This is not JSON: recursion limit exceeded at line 1 column 202."),
        ("[]", "the whole file: must be an object."),
        ("3", "the whole file: must be an object, not 3."),
        ("{}", "format: is missing."),
    ],
)
def test_what_is_no_planning_problem_at_all(refused, text, said):
    assert refused(text) == said


WRONG = [
    (("format",), "roster-2", "format: must be 'paraat-roster-1', not \"roster-2\"."),
    (("grid",), 10, "grid: must be 15."),
    (("weeks",), 0, "weeks: must be at least 1."),
    (("weeks",), 10**9, "weeks: must be at most 104."),
    (("weeks",), 10**30, "weeks: must be at most 104."),
    (("locations", 1), [1.0], "locations[1][1]: is missing."),
    (
        ("locations", 1),
        [1.0, float("nan")],
        "locations[1][1]: must be a number that is not infinite and not NaN",
    ),
    (("locations", 1), [1.0, 1e300], "locations[1][1]: must be at most 100,000"),
    (("cover_reward",), [1, 2], "cover_reward[2]: is missing."),
    (("kinds", 1, "code"), "phone", "kinds[1].code: 'phone' is already that of kinds[0]."),
    (("kinds", 1, "requires"), "Q1", 'kinds[1].requires: must be a list, not "Q1".'),
    (("kinds", 1, "requires"), [1], "kinds[1].requires[0]: must be a text."),
    (("kinds", 1, "on_call"), 0, "kinds[1].on_call: must be true or false."),
    (("people", 7), None, "people[7]: must be an object."),
    (("people", 7, "id"), "p3", "people[7].id: 'p3' is already that of people[3]."),
    (("people", 7, "id"), "", "people[7].id: must not be empty"),
    (("people", 7, "acceptance"), -0.1, "people[7].acceptance: must be at least 0"),
    (("people", 7, "acceptance"), "0.5", 'people[7].acceptance: must be a number, not "0.5".'),
    (("people", 7, "max_tasks_week"), -1, "people[7].max_tasks_week: must be at least 0."),
    (("people", 7, "max_tasks_week"), True, "people[7].max_tasks_week: must be a whole number, not true."),
    (("people", 7, "max_travel_km"), -1.5, "people[7].max_travel_km: must be at least 0, not -1.5."),
    (("people", 7, "qualified_until", "Q1"), "x", "people[7].qualified_until.Q1: must be a whole number"),
    (("people", 7, "willingness", "chat"), 3, "people[7].willingness.chat: must be at most 2."),
    (("people", 7, "willingness", "golf"), 1, "people[7].willingness: there is no kind 'golf'."),
    (("people", 7, "on_call_days"), [7], "people[7].on_call_days[0]: must be at most 6."),
    (
        ("people", 7, "windows"),
        [[60, 30]],
        "people[7].windows[0]: must lie in one week (0 to 10080) and not end",
    ),
    (("people", 7, "windows"), [[0, 10095]], "people[7].windows[0]: must lie in one week (0 to 10080)"),
    (("people", 7, "windows"), [[0, 1, 2]], "people[7].windows[0]: must have at most 2 items."),
    (("people", 7, "busy"), [[0, 10], [60, 30]], "people[7].busy[1]: ends before it starts."),
    (("tasks",), {}, "tasks: must be a list."),
    (("tasks", 3, "id"), "t0", "tasks[3].id: 't0' is already that of tasks[0]."),
    (("tasks", 3, "kind"), "golf", "tasks[3].kind: there is no kind 'golf'."),
    (("tasks", 3, "location"), 3, "tasks[3].location: there is no location 3; the last is 2."),
    (("tasks", 3, "location"), -1, "tasks[3].location: must be at least 0."),
    (("tasks", 3, "start"), -15, "tasks[3].start: must be at least 0."),
    (("tasks", 3, "start"), 10080, "tasks[3].start: lies after the last week, which ends at 10080."),
    (("tasks", 3, "start"), 60.5, "tasks[3].start: must be a whole number, not 60.5."),
    (("tasks", 3, "end"), 5, "tasks[3].end: must be later than the start, "),
    (("tasks", 3, "end"), 10**15, "tasks[3].end: must be at most 10080000."),
    (("tasks", 3, "need"), 10**9, "tasks[3].need: must be at most 1000000."),
    (("tasks", 3, "priority"), 3, "tasks[3].priority: must be at most 2."),
]


@pytest.mark.parametrize(("steps", "to", "said"), WRONG, ids=lambda it: None)
def test_what_is_wrong_is_said_with_its_place(refused, steps, to, said):
    sentence = refused(changed(*steps, to=to))
    assert sentence.startswith(said.removesuffix("."))
    assert sentence.endswith(".")


def test_a_kind_about_which_somebody_says_nothing(refused):
    said = "people[2].willingness: says nothing about the kind 'chat'."
    assert refused(changed("people", 2, "willingness", "chat", drop=True)) == said


def test_more_distances_than_can_be_planned(refused, monkeypatch):
    monkeypatch.setattr(instance, "MOST_DISTANCES", 100)
    said = "people, locations: more than 100 distances is more than this can plan."
    assert refused(json.dumps(GOOD)) == said


def paths(at, so_far=()):
    """Every place in a file, of lists only the first."""
    steps = at.keys() if isinstance(at, dict) else range(min(len(at), 1)) if isinstance(at, list) else ()
    for step in steps:
        yield (*so_far, step)
        yield from paths(at[step], (*so_far, step))


ANYTHING = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.integers())


@pytest.mark.parametrize("field", [path for path in paths(GOOD) if isinstance(path[-1], str)], ids=str)
def test_no_field_of_the_format_may_be_missing(refused, field):
    sentence = refused(changed(*field, drop=True)) if field[-2:-1] != ("qualified_until",) else "may lack."
    assert sentence.endswith(("is missing.", "says nothing about the kind '" + field[-1] + "'.", "may lack."))


@given(st.sampled_from(list(paths(GOOD))), ANYTHING)
def test_whatever_stands_in_a_file_it_is_read_or_a_sentence_says_why(tmp_path_factory, field, to):
    file = tmp_path_factory.mktemp("any") / "x.json"
    file.write_text(changed(*field, to=to))
    try:
        instance.read(file)
    except instance.Malformed as found:
        assert str(found).endswith(".")
