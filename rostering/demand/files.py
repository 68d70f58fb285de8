"""What does a file ask for? Kinds of task and weekly demand from CSV: all of it, or nothing.

Reading checks the whole file and changes nothing; what is wrong is said per line. Taking over is one
transaction.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import journal
from people.files import sheets
from people.files.cells import Cells, stop_if
from people.files.sheets import Problem, Unreadable
from people.models import Person, Qualification
from rostering.demand.access import may_change_demand
from rostering.models import Shift, TakeOver, TaskKind, WeeklyDemand

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPELLINGS = [  # of the days of the week, in every way that we meet
    WEEKDAYS,
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    ("ma", "di", "wo", "do", "vr", "za", "zo"),
    ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
]
DAY_NUMBERS = {name: number for names in SPELLINGS for number, name in enumerate(names)}
LOADS = {"licht": TaskKind.Load.LIGHT, "middel": TaskKind.Load.MEDIUM, "zwaar": TaskKind.Load.HEAVY}
MOST_SEATS = 500
LONGEST = 24 * 60  # minutes: a shift ends before the same time of the next day
EDGES = {  # of a kind of task, on screen and in a file
    "minutes": (5, LONGEST),
    "minimum_people": (1, MOST_SEATS),
    "minimum_months": (0, 600),
}

DEMAND_COLUMNS = ("task_kind", "weekday", "start", "end", "seats", "scope")
DUTCH_COLUMNS = {
    "taak": "task_kind", "soort taak": "task_kind", "dag": "weekday", "weekdag": "weekday", "begin": "start",
    "van": "start", "eind": "end", "einde": "end", "tot": "end", "plekken": "seats", "plaatsen": "seats",
    "voor": "scope", "bereik": "scope",
}  # fmt: skip
SCOPES = {scope: scope for scope in WeeklyDemand.Scope.values} | {
    "landelijk": WeeklyDemand.Scope.NATIONAL.value,
    "elk district": WeeklyDemand.Scope.DISTRICT.value,
    "elke locatie": WeeklyDemand.Scope.LOCATION.value,
    "locatie": WeeklyDemand.Scope.LOCATION.value,
}
KIND_COLUMNS = (
    "code", "name", "requires", "minimum_months_experience", "minutes", "load", "mode", "minimum_people",
    "ladder",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """Seats wanted in a weekly block, as a file says it. Weekday 0 is Monday; Amsterdam wall-clock times."""

    task_kind: str
    weekday: int
    start: time
    end: time
    seats: int
    scope: str
    name: str = field(default="", compare=False)  # of the kind of task; a comparison fills it in

    @property
    def key(self) -> tuple:
        return self.task_kind, self.weekday, self.start, self.end, self.scope

    @property
    def scope_label(self) -> str:
        return WeeklyDemand.Scope(self.scope).label


@dataclass(frozen=True)
class Kind:
    """One row of a file of task kinds."""

    code: str
    requires: tuple[str, ...]
    fields: dict


@dataclass(frozen=True)
class Comparison:
    """A demand file beside what is wanted now."""

    new: list[Block]
    changed: list[tuple[Block, int]]  # the block, and the seats it has now
    unchanged: list[Block]
    absent: list[Block]  # wanted now, not in the file

    @property
    def touched(self) -> list[Block]:
        """What taking the file over would make or change."""
        return self.new + [block for block, _seats in self.changed]

    @property
    def mark(self) -> str:
        """Tell this apart from every other outcome, so that what was shown is what is done."""
        said = [f"{part} {block}" for part in (self.new, self.changed, self.absent) for block in part]
        return salted_hmac("rostering.demand", "\n".join(said)).hexdigest()[:16]


def read_demand(source: Any, *, scope: str | None = None) -> list[Block]:
    """Return the blocks of a demand file (a path or an open file); `scope` is used instead of that column.

    Raises sheets.Unreadable with all that is wrong.
    """
    columns = [column for column in DEMAND_COLUMNS if not (scope and column == "scope")]
    kinds, found, problems, seen = _kinds_by_word(), [], [], {}
    together = dict(TaskKind.objects.values_list("code", "minimum_people"))
    for row in sheets.read(source, required=columns, also=DUTCH_COLUMNS):
        cells = Cells(row, problems)
        block = Block(
            task_kind=cells.known("task_kind", kinds),
            weekday=cells.one_of("weekday", DAY_NUMBERS, told=WEEKDAYS),
            start=cells.time("start"),
            end=cells.time("end"),
            seats=cells.number("seats", 1, MOST_SEATS),
            scope=scope or cells.one_of("scope", SCOPES, told=WeeklyDemand.Scope.values),
        )
        if block.start is not None and block.start == block.end:
            cells.wrong(_("the end is equal to the start."))
        if block.task_kind and block.seats and block.seats < together[block.task_kind]:
            words = {"kind": block.task_kind, "n": together[block.task_kind]}
            cells.wrong(
                _("%(kind)s is done by at least %(n)s people together. Ask for that many seats.") % words
            )
        if cells.is_right:
            called = ", ".join(row[column] for column in columns if column != "seats")
            cells.once(block.key, called, seen)
        found.append(block)
    stop_if(problems)
    return found


def propose_demand(source: Any, *, by: Person) -> list[Block]:
    """Return the blocks of a demand file that `by` may take over. Raises Unreadable otherwise."""
    blocks = read_demand(source)
    refuse_what_is_not_yours(compare(blocks), by)
    return blocks


def read_task_kinds(source: Any) -> list[Kind]:
    """Return the kinds of task of a file (a path or an open file). Raises sheets.Unreadable."""
    in_use = dict(Qualification.objects.values_list("code", "is_active"))
    asked = set(TaskKind.requires.through.objects.values_list("taskkind__code", "qualification__code"))
    found, problems, seen = [], [], {}
    for row in sheets.read(source, required=KIND_COLUMNS):
        cells = Cells(row, problems)
        kind = Kind(cells.code("code"), cells.codes("requires", in_use), _fields(cells))
        for code in kind.requires:
            if not in_use.get(code, True) and (kind.code, code) not in asked:
                cells.wrong(_("the qualification “%(said)s” is no longer in use.") % {"said": code})
        cells.once(kind.code, kind.code, seen)
        found.append(kind)
    stop_if(problems)
    return found


def _fields(cells: Cells) -> dict:
    """Return the fields of a kind of task; a column that may be left out is then left as it is."""
    fields = {
        "name": cells.free_text("name", 120, required=True),
        "minimum_months": cells.number("minimum_months_experience", *EDGES["minimum_months"]),
        "minutes": cells.number("minutes", *EDGES["minutes"]),
        "load": cells.one_of("load", LOADS),
        "mode": cells.one_of("mode", TaskKind.Mode.values),
        "minimum_people": cells.number("minimum_people", *EDGES["minimum_people"]),
        "ladder": cells.one_of("ladder", TaskKind.Ladder.values),
    }
    given = cells.row.cells
    fields |= {name: cells.yes(name) for name in ("on_holidays", "needs_approval") if name in given}
    if "channel" in given:
        fields["channel"] = cells.one_of("channel", TaskKind.Channel.values) if given["channel"] else ""
    return fields | ({"description": cells.lines("description")} if "description" in given else {})


def compare(blocks: Iterable[Block]) -> Comparison:
    """Say per block, with the name of its kind of task, what taking it over would change."""
    now_wanted = {row.key: row for row in map(as_block, WeeklyDemand.objects.select_related("task_kind"))}
    names = dict(TaskKind.objects.values_list("code", "name"))
    found = Comparison([], [], [], [])
    for block in (replace(block, name=names.get(block.task_kind, block.task_kind)) for block in blocks):
        standing = now_wanted.pop(block.key, None)
        if standing is None:
            found.new.append(block)
        elif standing.seats != block.seats:
            found.changed.append((block, standing.seats))
        else:
            found.unchanged.append(block)
    found.absent.extend(now_wanted.values())
    return found


def as_block(row: WeeklyDemand) -> Block:
    """Return a row of the weekly demand as a file would say it."""
    kind = row.task_kind
    return Block(kind.code, row.weekday, row.start, row.end, row.seats, row.scope, kind.name)


def refuse_what_is_not_yours(found: Comparison, by: Person | None, *, remove_absent: bool = False) -> None:
    """Raise Unreadable when `by` would change demand of others too; None is the command line."""
    touched = found.touched + (found.absent if remove_absent else [])
    if touched and by and not may_change_demand(by):
        said = ngettext(
            "%(n)s block is for the whole country. A national coordinator changes those.",
            "%(n)s blocks are for the whole country. A national coordinator changes those.",
            len(touched),
        )
        raise Unreadable([Problem(None, said % {"n": len(touched)})])


@transaction.atomic
def take_over_demand(
    blocks: list[Block], *, by: Person | None, now: datetime, remove_absent: bool = False,
    seen: str | None = None,
) -> Comparison:  # fmt: skip
    """Make the weekly demand as `blocks` say, and return what that changed. A second time changes nothing.

    Shifts planned already stay as they are. Demand that is not in the file stays, unless `remove_absent`.
    Raises Unreadable for who may not change it, and when `seen`, the mark of a comparison, is not of this one.
    """
    # the lock: two people taking over at the same time do it one after the other
    kinds = {row.code: row for row in TaskKind.objects.select_for_update(no_key=True).order_by("pk")}
    if gone := sorted({block.task_kind for block in blocks} - kinds.keys()):
        raise Unreadable(
            [Problem(None, _("There is no kind of task “%(said)s”.") % {"said": code}) for code in gone]
        )
    found = compare(blocks)
    refuse_what_is_not_yours(found, by, remove_absent=remove_absent)
    if seen is not None and seen != found.mark:
        said = _("In the meantime the weekly need was changed. Look again at what this file changes now.")
        raise Unreadable([Problem(None, said)])
    removed = found.absent if remove_absent else []
    kept = _as_it_was(found, removed, kinds)
    WeeklyDemand.objects.bulk_create(
        WeeklyDemand(
            task_kind=kinds[block.task_kind], weekday=block.weekday, start=block.start, end=block.end,
            seats=block.seats, scope=block.scope,
        )
        for block in found.new
    )  # fmt: skip
    for block, _seats in found.changed:
        _demand_of(block, kinds).update(seats=block.seats)
    for block in removed:
        _demand_of(block, kinds).delete()
    if kept:
        counts = {"new": len(found.new), "changed": len(found.changed), "removed": len(removed)}
        taken = TakeOver.objects.create(made_by=by, made_at=now, blocks=kept, **counts)
        journal.record("demand.taken_over", taken, by=by, now=now, **counts)
    return found


def _as_it_was(found: Comparison, removed: list[Block], kinds: dict[str, TaskKind]) -> list[list]:
    """Return what each touched block is now and becomes, and the shifts that lose a removed one; for undo."""
    made = [[*_written(block), None, block.seats, []] for block in found.new]
    changed = [[*_written(block), before, block.seats, []] for block, before in found.changed]
    return made + changed + [
        [*_written(block), block.seats, None, _shifts_of(_demand_of(block, kinds))] for block in removed
    ]  # fmt: skip


def _shifts_of(rows: QuerySet) -> list[int]:
    return list(Shift.objects.filter(demand__in=rows).values_list("pk", flat=True))


def _written(block: Block) -> list:
    return [block.task_kind, block.weekday, f"{block.start:%H:%M}", f"{block.end:%H:%M}", block.scope]


@transaction.atomic
def take_over_task_kinds(rows: list[Kind], *, by: Person | None, now: datetime) -> tuple[int, int]:
    """Make or change the kinds of task of a file, and return how many are new and how many have changed."""
    qualifications = {row.code: row for row in Qualification.objects.all()}
    new = changed = 0
    for row in rows:
        kind, made = TaskKind.objects.get_or_create(code=row.code, defaults=row.fields)
        wanted = {qualifications[code] for code in row.requires}
        differs = not made and (
            any(getattr(kind, name) != value for name, value in row.fields.items())
            or set(kind.requires.all()) != wanted
        )
        if differs:
            TaskKind.objects.filter(pk=kind.pk).update(**row.fields)
        kind.requires.set(wanted)
        if made or differs:
            journal.record(f"task_kind.{'made' if made else 'changed'}", kind, by=by, now=now, code=row.code)
        new, changed = new + made, changed + differs
    return new, changed


def _demand_of(block: Block, kinds: dict[str, TaskKind]) -> QuerySet:
    return WeeklyDemand.objects.filter(
        task_kind=kinds[block.task_kind],
        weekday=block.weekday,
        start=block.start,
        end=block.end,
        scope=block.scope,
    )


def _kinds_by_word() -> dict[str, str]:
    """Return the code of each kind of task in use by its code and by its name, where only one has that name."""
    rows = list(TaskKind.objects.filter(is_active=True).values_list("code", "name"))
    often = Counter(name.lower() for _code, name in rows)
    names = {name.lower(): code for code, name in rows if often[name.lower()] == 1}
    return names | {code: code for code, _name in rows}
