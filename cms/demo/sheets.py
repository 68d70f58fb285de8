"""Which files does the demo import? The same kind of CSV that an organisation would bring along. Pure."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from cms.demo.world import Inhabitant, Post, World
from people import roles

MADE_FOR = 700  # people for whom data/weekly_demand.csv is the right amount of work
MOST_TIMES = 3  # a larger world gets at most three times as much
ROWS = 4000  # in one file; the import refuses more than 5,000
PEOPLE = ["email", "first_name", "infix", "last_name", "engagement", "home", "travel_km", "joined_on", "language", "roles"]  # fmt: skip  # noqa: E501
DEMAND = ["task_kind", "weekday", "start", "end", "seats", "scope"]
GRANTS = ["email", "qualification", "valid_from", "valid_until", "source", "evidence"]


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, name: str, columns: list[str], rows: Iterable[dict]) -> list[Path]:
    """Write `rows` to name.csv, or to name-1.csv, name-2.csv ... when there are too many for one file."""
    rows = list(rows)
    parts = [rows[first : first + ROWS] for first in range(0, len(rows), ROWS)] or [[]]
    paths = []
    for number, part in enumerate(parts, start=1):
        path = folder / (f"{name}.csv" if len(parts) == 1 else f"{name}-{number}.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(part)
        paths.append(path)
    return paths


def people(world: World) -> Iterator[dict]:
    for person in world.people:
        yield {
            "email": person.email,
            "first_name": person.first_name,
            "infix": person.infix,
            "last_name": person.last_name,
            "engagement": person.engagement,
            "home": person.home,
            "travel_km": person.travel_km,
            "joined_on": person.joined_on,
            "language": person.language,
            "roles": _roles(person),
        }


def _roles(person: Inhabitant) -> str:
    return "; ".join(_post(post) for post in person.posts)


def _post(post: Post) -> str:
    """Say a post as the import reads it; a location and a district may have the same name."""
    if post.district:
        return f"{post.role}: district {post.district}"
    if post.location:
        return f"{post.role}: locatie {post.location}"
    whole_country = (
        roles.FILL_ROSTER in roles.ROLES[post.role].may
    )  # has to be said, so that no slip gives it
    return f"{post.role}: landelijk" if whole_country else post.role


def grants(world: World) -> Iterator[dict]:
    for person in world.people:
        for paper in person.papers:
            yield {
                "email": person.email,
                "qualification": paper.code,
                "valid_from": paper.valid_from,
                "valid_until": paper.valid_until or "",
                "source": paper.source,
                "evidence": paper.evidence,
            }


def least(kinds: Iterable[dict[str, str]]) -> dict[str, int]:
    """Return with how many people each kind of task is done together, by its code, from the rows of its file."""
    return {kind["code"]: int(kind["minimum_people"]) for kind in kinds}


def demand(rows: Iterable[dict[str, str]], people: int, least: dict[str, int]) -> list[dict]:
    """Return the weekly demand for so many people: seats in proportion, blocks left out when few are left.

    What is rounded away in one block counts in the next of the same kind, so that each kind keeps its share.
    A block has `least` seats of its kind, or is left out; a national kind keeps one block a week at least.
    """
    rows, times, scaled = list(rows), min(MOST_TIMES, people / MADE_FOR), []
    carried = defaultdict(float)
    for row in rows:
        exact = int(row["seats"]) * times + carried[row["task_kind"]]
        seats = round(exact)
        if seats < least[row["task_kind"]]:
            seats = least[row["task_kind"]] if exact >= least[row["task_kind"]] / 2 else 0
        carried[row["task_kind"]] = exact - seats
        if seats:
            scaled.append({**row, "seats": seats})
    kept = {row["task_kind"] for row in scaled}
    for row in rows:
        if row["scope"] == "national" and row["task_kind"] not in kept:
            kept.add(row["task_kind"])
            scaled.append({**row, "seats": least[row["task_kind"]]})
    return scaled
