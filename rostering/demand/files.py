"""What does a file ask for? Kinds of task and weekly demand from CSV: all of it, or nothing.

Reading checks the whole file and changes nothing; what is wrong is said per line. Taking over is one
transaction.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from people import codes, freetext, journal, text
from people.files import sheets
from people.files.sheets import Problem, Row, Unreadable
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
YES, YES_OR_NO = ("yes", "ja"), ("yes", "no", "ja", "nee")
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
DUTCH_SCOPES = {
    "landelijk": WeeklyDemand.Scope.NATIONAL.value,
    "elk district": WeeklyDemand.Scope.DISTRICT.value,
    "elke locatie": WeeklyDemand.Scope.LOCATION.value,
    "locatie": WeeklyDemand.Scope.LOCATION.value,
}
COLUMNS_SAID = {"seats": gettext_lazy("seats"), "scope": gettext_lazy("scope")}
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


def read_demand(source, *, scope: str | None = None) -> list[Block]:
    """Return the blocks of a demand file (a path or an open file); `scope` is used instead of that column.

    Raises sheets.Unreadable with all that is wrong.
    """
    columns = [column for column in DEMAND_COLUMNS if not (scope and column == "scope")]
    kinds = _kinds_by_word()
    together = dict(TaskKind.objects.values_list("code", "minimum_people"))

    def block(cell: "_Cells") -> Block:
        row = Block(
            task_kind=cell.read("task_kind", partial(_kind, kinds=kinds)),
            weekday=cell.read("weekday", _weekday),
            start=cell.read("start", _time),
            end=cell.read("end", _time),
            seats=cell.number("seats", 1, MOST_SEATS),
            scope=scope
            or DUTCH_SCOPES.get(cell["scope"].lower())
            or cell.one_of("scope", WeeklyDemand.Scope.values),
        )
        if row.start is not None and row.start == row.end:
            cell.wrong(_("the end is equal to the start."))
        if row.task_kind and row.seats and row.seats < together[row.task_kind]:
            words = {"kind": row.task_kind, "n": together[row.task_kind]}
            cell.wrong(
                _("%(kind)s is done by at least %(n)s people together. Ask for that many seats.") % words
            )
        return row

    rows = sheets.read(source, required=columns, also=DUTCH_COLUMNS)
    return _check(rows, block, lambda row: row.key)


def propose_demand(source, *, by: Person) -> list[Block]:
    """Return the blocks of a demand file that `by` may take over. Raises Unreadable otherwise."""
    blocks = read_demand(source)
    refuse_what_is_not_yours(compare(blocks), by)
    return blocks


def read_task_kinds(source) -> list[Kind]:
    """Return the kinds of task of a file (a path or an open file). Raises sheets.Unreadable."""
    in_use = dict(Qualification.objects.values_list("code", "is_active"))
    asked = set(TaskKind.requires.through.objects.values_list("taskkind__code", "qualification__code"))

    def kind(cell: "_Cells") -> Kind:
        required = tuple(cell["requires"].split())
        for code in required:
            if code not in in_use:
                cell.wrong(_("'%(said)s' is not a known qualification.") % {"said": code})
            elif not in_use[code] and (cell["code"], code) not in asked:
                cell.wrong(_("the qualification '%(said)s' is no longer in use.") % {"said": code})
        return Kind(
            cell.code("code"),
            required,
            {
                "name": cell.free_text(cell.text("name", 120)),
                "minimum_months": cell.number("minimum_months_experience", *EDGES["minimum_months"]),
                "minutes": cell.number("minutes", *EDGES["minutes"]),
                "load": LOADS.get(cell.one_of("load", LOADS)),
                "mode": cell.one_of("mode", TaskKind.Mode.values),
                "minimum_people": cell.number("minimum_people", *EDGES["minimum_people"]),
                "ladder": cell.one_of("ladder", TaskKind.Ladder.values),
                **{
                    name: cell.one_of(name, YES_OR_NO) in YES
                    for name in ("on_holidays", "needs_approval")
                    if name in cell
                },
                **(
                    {"channel": cell.one_of("channel", ("", *TaskKind.Channel.values))}
                    if "channel" in cell
                    else {}
                ),
                **(
                    {"description": cell.free_text(text.lines(cell["description"]))}
                    if "description" in cell
                    else {}
                ),
            },
        )

    return _check(sheets.read(source, required=KIND_COLUMNS), kind, lambda row: row.code)


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
            [Problem(None, _("There is no kind of task '%(said)s'.") % {"said": code}) for code in gone]
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


def _shifts_of(rows) -> list[int]:
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


def _demand_of(block: Block, kinds: dict[str, TaskKind]):
    return WeeklyDemand.objects.filter(
        task_kind=kinds[block.task_kind],
        weekday=block.weekday,
        start=block.start,
        end=block.end,
        scope=block.scope,
    )


def _check(rows: list[Row], make: Callable, key: Callable) -> list:
    """Make each row, and collect what is wrong; the same key twice is wrong too."""
    made, wrong, first_seen = [], [], {}
    for row in rows:
        cells = _Cells(row.cells)
        found = make(cells)
        if not cells.complaints and (before := first_seen.setdefault(key(found), row.line)) != row.line:
            cells.wrong(_("this is the same as line %(line)s.") % {"line": before})
        wrong += [row.problem(sentence) for sentence in cells.complaints]
        made.append(found)
    if wrong:
        raise Unreadable(wrong)
    return made


class _Cells(dict):
    """The cells of one row, and what is wrong with them."""

    def __init__(self, values: dict[str, str]):
        super().__init__(values)
        self.complaints = []

    def wrong(self, sentence: str) -> None:
        self.complaints.append(sentence)

    def read(self, name: str, reader: Callable):
        try:
            return reader(self[name])
        except ValueError as error:
            self.wrong(str(error))
            return None

    def code(self, name: str) -> str:
        try:
            codes.refuse(self[name])
        except ValidationError as refused:
            self.wrong(" ".join(refused.messages))
        return self[name]

    def free_text(self, said: str) -> str:
        """Return `said`, which others read; it holds nothing about a client."""
        if objection := freetext.objection(said):
            self.wrong(objection)
        return said

    def text(self, name: str, longest: int) -> str:
        said = text.line(self[name])
        if not 1 <= len(said) <= longest:
            self.wrong(
                ngettext(
                    "%(column)s takes 1 to %(n)s character.",
                    "%(column)s takes 1 to %(n)s characters.",
                    longest,
                )
                % {"column": name, "n": longest}
            )
        return said

    def number(self, name: str, least: int, most: int) -> int | None:
        said = self[name]
        if said.isascii() and said.isdigit() and len(said) < 7 and least <= int(said) <= most:
            return int(said)
        return self.wrong(
            _("%(column)s is a number from %(least)s to %(most)s, not '%(said)s'.")
            % {"column": COLUMNS_SAID.get(name, name), "least": least, "most": most, "said": said[:40]}
        )

    def one_of(self, name: str, choices: Iterable[str]) -> str | None:
        said = self[name].lower()
        if said in choices:
            return said
        return self.wrong(
            _("%(column)s is one of %(choices)s, not '%(said)s'.")
            % {
                "column": COLUMNS_SAID.get(name, name),
                "choices": ", ".join(choices),
                "said": said[:40],
            }
        )


def _kinds_by_word() -> dict[str, str]:
    """Return the code of each kind of task in use by its code and by its name, where only one has that name."""
    rows = list(TaskKind.objects.filter(is_active=True).values_list("code", "name"))
    often = Counter(name.lower() for _code, name in rows)
    names = {name.lower(): code for code, name in rows if often[name.lower()] == 1}
    return names | {code: code for code, _name in rows}


def _kind(said: str, *, kinds: dict[str, str]) -> str:
    if found := kinds.get(said) or kinds.get(said.lower()):
        return found
    raise ValueError(_("There is no kind of task '%(said)s'.") % {"said": said[:40]})


def _weekday(said: str) -> int:
    if said.lower() in DAY_NUMBERS:
        return DAY_NUMBERS[said.lower()]
    raise ValueError(
        _("'%(said)s' is not a weekday. Choose from %(choices)s.")
        % {"said": said[:40], "choices": ", ".join(WEEKDAYS)}
    )


def _time(said: str) -> time:
    if found := re.fullmatch(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])", said):
        return time(int(found[1]), int(found[2]))
    raise ValueError(_("'%(said)s' is not a time. Write it as 17:00.") % {"said": said[:40]})
