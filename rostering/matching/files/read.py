"""What is in a planning problem that came as a file? Its format and rules: benchmarks/roster_instances/FORMAT.md.

Whoever made the file reads one sentence that says where it is wrong: `tasks[3].end: ...`.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from rostering.matching.files import world as instance_world
from rostering.matching.files.shape import WEEK, FileShape, PersonShape, TaskShape
from rostering.matching.world import World

BIGGEST = 300_000_000  # bytes, unpacked: a hundred times the largest problem that we know
MOST_DISTANCES = 5_000_000  # people times locations


class Malformed(Exception):
    """The file is not a planning problem. Carries one English sentence, with the place in the file."""


@dataclass(frozen=True)
class Instance:
    name: str
    world: World  # people and tasks carry the ids of the file


def read(path: Path) -> Instance:
    """Return the problem in a JSON file, packed with gzip or not. Raises Malformed."""
    try:
        file = FileShape.model_validate_json(_unpacked(Path(path)))
    except ValidationError as found:
        raise Malformed(_sentence(found)) from None
    for sentence in _meaningless(file):
        raise Malformed(sentence)
    return Instance(file.name, instance_world.of(file))


def _unpacked(path: Path) -> bytes:
    try:
        with path.open("rb") as raw:
            packed = raw.read(2) == b"\x1f\x8b"
            raw.seek(0)
            if path.suffix == ".gz" and not packed:
                raise Malformed("This file is called .gz and is not packed with gzip.")
            text = (gzip.GzipFile(fileobj=raw) if packed else raw).read(BIGGEST + 1)
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Malformed("This gzip file is damaged or cut off.") from None
    except (OSError, ValueError) as refusal:
        said = getattr(refusal, "strerror", None) or refusal
        raise Malformed(f"This file cannot be read: {said}.") from None
    if len(text) > BIGGEST:
        raise Malformed(f"This file is larger than {BIGGEST // 1_000_000} MB when unpacked.")
    return text


# What is wrong with the shape, in our words; anything else in those of pydantic.
SAYINGS = {
    "missing": "is missing",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing_size": "must be a smaller number",
    "float_type": "must be a number",
    "finite_number": "must be a number that is not infinite and not NaN",
    "bool_type": "must be true or false",
    "string_type": "must be a text",
    "string_too_short": "must not be empty",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "too_long": "must have at most {max_length} items",
}


def _sentence(found: ValidationError) -> str:
    """Say the first thing that is wrong with the shape."""
    error = found.errors(include_url=False)[0]
    if error["type"] == "json_invalid":
        return f"This is not JSON: {error['ctx']['error']}."
    bounds = {
        name: f"{bound:,g}" if isinstance(bound, float) else bound
        for name, bound in error.get("ctx", {}).items()
    }
    said = SAYINGS.get(error["type"], error["msg"]).format(**bounds)
    return f"{_place(error['loc'])}: {said}{_shown(error['input'])}."


def _shown(given: Any) -> str:
    """Repeat what was given, as JSON writes it, when it can be seen at once."""
    simple = (
        given is None or isinstance(given, str | float) or (isinstance(given, int) and abs(given) < 10**12)
    )
    return f", not {json.dumps(given)}" if simple and len(str(given)) < 40 else ""


def _place(steps: tuple) -> str:
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return text.removeprefix(".") or "the whole file"


def _meaningless(file: FileShape) -> Iterator[str]:
    """Say what has the right shape and makes no sense."""
    if len(file.people) * len(file.locations) > MOST_DISTANCES:
        yield f"people, locations: more than {MOST_DISTANCES:,} distances is more than this can plan."
    yield from _twice("kinds", "code", [kind.code for kind in file.kinds])
    yield from _twice("people", "id", [person.id for person in file.people])
    yield from _twice("tasks", "id", [task.id for task in file.tasks])
    kinds = {kind.code for kind in file.kinds}
    for i, person in enumerate(file.people):
        yield from _wrong_person(f"people[{i}]", person, kinds)
    for i, task in enumerate(file.tasks):
        yield from _wrong_task(f"tasks[{i}]", task, kinds, file)


def _twice(where: str, field: str, names: list[str]) -> Iterator[str]:
    first: dict[str, int] = {}
    for i, name in enumerate(names):
        if first.setdefault(name, i) != i:
            yield f"{where}[{i}].{field}: {name!r} is already that of {where}[{first[name]}]."


def _wrong_person(where: str, person: PersonShape, kinds: set[str]) -> Iterator[str]:
    if person.willingness.keys() != kinds:
        for kind in sorted(person.willingness.keys() - kinds):
            yield f"{where}.willingness: there is no kind {kind!r}."
        for kind in sorted(kinds - person.willingness.keys()):
            yield f"{where}.willingness: says nothing about the kind {kind!r}."
    for i, (start, end) in enumerate(person.windows):
        if not 0 <= start <= end <= WEEK:
            yield f"{where}.windows[{i}]: must lie in one week (0 to {WEEK}) and not end before it starts."
    for i, (start, end) in enumerate(person.busy):
        if end < start:
            yield f"{where}.busy[{i}]: ends before it starts."


def _wrong_task(where: str, task: TaskShape, kinds: set[str], file: FileShape) -> Iterator[str]:
    if task.kind not in kinds:
        yield f"{where}.kind: there is no kind {task.kind!r}."
    if task.location >= len(file.locations):
        yield f"{where}.location: there is no location {task.location}; the last is {len(file.locations) - 1}."
    if task.start >= file.weeks * WEEK:
        yield f"{where}.start: lies after the last week, which ends at {file.weeks * WEEK}."
    if task.end <= task.start:
        yield f"{where}.end: must be later than the start, {task.start}."
