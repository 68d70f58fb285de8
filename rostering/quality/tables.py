"""How is the quality of a roster told? Tables of words and percentages, for the page, its pictures and the CSV file.

A group of fewer than ten people is not shown: it would tell about one person. What a table holds about people is
counts, or shares of a whole group, never a name.
"""

import csv
import io
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from rostering import dayparts, priority
from rostering.quality.measures import FEWEST, Cover, Report
from rostering.quality.report import Beside, Period

WIDTH = 84  # of a hundred, of a full bar: the rest of the line is for the number
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate a text that begins so


@dataclass(frozen=True)
class Row:
    """One line: a text for each period, and a share (0 to 1) where there is one to draw."""

    label: str
    this: str
    last: str
    share: float | None = None
    share_before: float | None = None
    seats: str = ""  # of the seats that are wanted: "21 of 30"
    seats_before: str = ""
    change: str = ""  # with its sign; of shares in points of a hundred

    @property
    def width(self) -> str:
        return f"{WIDTH * (self.share or 0):.1f}%"

    @property
    def width_before(self) -> str:
        return f"{WIDTH * (self.share_before or 0):.1f}%"


@dataclass(frozen=True)
class Table:
    code: str
    title: str
    rows: list[Row] = field(default_factory=list)
    note: str = ""
    is_hidden: bool = False  # too few people to show anything

    @property
    def bars(self) -> list[Row]:
        """The rows that can be drawn."""
        return [row for row in self.rows if row.share is not None or row.share_before is not None]

    @property
    def said(self) -> str:
        """The picture in a sentence."""
        drawn = [row for row in self.rows if row.share is not None]
        if len(drawn) < 2:
            return "; ".join(f"{row.label} {row.this}" for row in drawn)
        most, least = max(drawn, key=lambda row: row.share), min(drawn, key=lambda row: row.share)
        return _("Most: %(most)s, %(high)s. Least: %(least)s, %(low)s.") % {
            "most": most.label, "high": most.this, "least": least.label, "low": least.this,
        }  # fmt: skip


def cover(found: Beside) -> list[Table]:
    """Return what is filled, by how much it matters, by part of the day and by place."""
    priorities = {level: str(name) for level, name in priority.LABELS.items()}
    parts = {part: str(name) for part, name in dayparts.LABELS.items()}
    return [
        _cover("priority", _("By what matters most"), "by_priority", priorities, found),
        _cover("daypart", _("By part of the day"), "by_daypart", parts, found),
        _cover("place", _("By place"), "by_place", found.places, found),
    ]


def hours(found: Beside) -> Table:
    """Return which part of all seats lies in the evening and on Saturday."""
    this, last = found.this, found.last
    return Table(
        "hours",
        _("Evening and Saturday, of all seats"),
        [
            _share(_("Evening, of what is needed"), this.evening.wanted, last.evening.wanted),
            _share(_("Evening, of what is filled"), this.evening.filled, last.evening.filled),
            _share(_("Saturday, of what is needed"), this.saturday.wanted, last.saturday.wanted),
            _share(_("Saturday, of what is filled"), this.saturday.filled, last.saturday.filled),
        ],
    )


def wishes(found: Beside) -> Table:
    """Return how gladly the work is done; in shares only, so that nobody's wish can be counted out."""
    this, last = found.this.wishes, found.last.wishes
    labels = {
        "gladly": _("Gladly"),
        "fine": _("Fine"),
        "rather_not": _("Rather not"),
        "within": _("Inside the availability that was given"),
    }
    return Table(
        "wishes",
        _("Wishes met"),
        [_share(label, _of(this, name), _of(last, name)) for name, label in labels.items()],
        is_hidden=this.people < FEWEST,
    )


def load(found: Beside) -> Table:
    """Return how the load lies over the people of the group."""
    this, last = found.this.spread, found.last.spread
    rows = [
        Row(label, _number(_of(this, name)), _number(_of(last, name)))
        for name, label in (
            ("people", _("People who worked or could have")),
            ("median", _("Half of them carry at most (points)")),
            ("ninetieth", _("Nine out of ten carry at most (points)")),
        )
    ]
    rows.append(_share(_("The busier half carries"), _of(this, "busiest_half"), _of(last, "busiest_half")))
    return Table("load", _("How the load is spread"), rows, evenness(found.this), this.people < FEWEST)


def people(found: Beside) -> Table:
    """Return how many people do too much, and how many were forgotten."""
    labels = {
        "over_own_limit": _("Over the own limit"),
        "over_house_rule": _("Over our agreement on load"),
        "many_nights": _("More than two nights in four weeks"),
        "forgotten": _("No shift, though able, willing and free"),
        "long_forgotten": _("Of these: none in the period before either"),
    }
    return Table(
        "people",
        _("Too much and nothing at all"),
        [_count(label, name, found) for name, label in labels.items()],
        is_hidden=found.this.group < FEWEST,
    )


@dataclass(frozen=True)
class Told:
    """A whole report in words, of the one beside the other: two periods, or with and without a proposal."""

    days: str
    days_before: str
    now: str  # over the columns and beside the bars
    before: str
    is_empty: bool  # nothing is planned in these days
    figures: list[Row]
    cover: list[Table]
    hours: Table
    wishes: Table
    load: Table
    people: Table

    @property
    def tables(self) -> list[Table]:
        return [*self.cover, self.hours, self.wishes, self.load, self.people]


def tell(found: Beside, period: Period) -> Told:
    """Return the report of `period`, beside the one before, in the active language."""
    return _tell(found, _days(period), _days(period.before), _("These days"), _("Before"))


def tell_proposal(found: Beside) -> Told:
    """Return the report of a proposal, beside how the roster stands now."""
    with_it, without = _("With the proposal"), _("As it stands")
    return _tell(found, with_it, without, _("Proposal"), pgettext("without the proposal", "Now"))


def _tell(found: Beside, days: str, days_before: str, now: str, before: str) -> Told:
    this, last = found.this, found.last
    none = Cover()
    filled = [
        _filled(label, one, other)
        for label, one, other in (
            (_("of all seats filled"), this.all, last.all),
            (
                _("of the evening seats filled"),
                this.by_daypart.get(dayparts.EVENING, none),
                last.by_daypart.get(dayparts.EVENING, none),
            ),
            (_("of the Saturday seats filled"), this.on_saturday, last.on_saturday),
        )
    ]
    return Told(
        days=days,
        days_before=days_before,
        now=now,
        before=before,
        is_empty=not this.all.wanted,
        figures=filled,
        cover=cover(found),
        hours=hours(found),
        wishes=wishes(found),
        load=load(found),
        people=people(found),
    )


def _days(period: Period) -> str:
    if period.days == 1:
        return formats.date_format(period.first, "j F Y")
    return _("%(first)s to %(last)s") % {
        "first": formats.date_format(period.first, "j F Y"),
        "last": formats.date_format(period.last, "j F Y"),
    }


def evenness(report: Report) -> str:
    """Say in a sentence how evenly the load lies; nothing when there is none."""
    uneven, half = report.spread.unevenness, report.spread.busiest_half
    if half is None:
        return ""
    if uneven < 0.25:
        said = _("The load lies evenly: of every 100 points the busier half of the people carries %(n)s.")
    elif uneven < 0.5:
        said = _("The load lies unevenly: of every 100 points the busier half of the people carries %(n)s.")
    else:
        said = _("The load rests on few shoulders: of every 100 points the busier half carries %(n)s.")
    return said % {"n": _percent(half)}


def as_csv(told: Told) -> str:
    """Return all tables as one, for a spreadsheet. No names of people."""
    days = told.days, told.days_before
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_("Table"), _("Line"), *days, *(_("Seats, %(days)s") % {"days": said} for said in days)])
    for table in told.tables:
        if table.is_hidden:
            writer.writerow([table.title, too_few()])
        for row in [] if table.is_hidden else table.rows:
            cells = [table.title, row.label, row.this, row.last, row.seats, row.seats_before]
            writer.writerow([_harmless(cell) for cell in cells])
    return file.getvalue()


def too_few() -> str:
    return _("Too few people to show: fewer than %(n)s.") % {"n": FEWEST}


def _cover(code: str, title: str, name: str, labels: dict[Hashable, str], found: Beside) -> Table:
    this, last = getattr(found.this, name), getattr(found.last, name)
    keys = [key for key in labels if key in this or key in last]
    return Table(code, title, [_filled(labels[key], this.get(key), last.get(key)) for key in keys])


def _filled(label: str, this: Cover | None, last: Cover | None) -> Row:
    this, last = this or Cover(), last or Cover()
    return Row(
        label,
        _said(this.share),
        _said(last.share),
        this.share,
        last.share,
        _("%(taken)s of %(seats)s") % {"taken": this.filled, "seats": this.wanted},
        _("%(taken)s of %(seats)s") % {"taken": last.filled, "seats": last.wanted},
        _points(this.share, last.share),
    )


def _share(label: str, this: float | None, last: float | None) -> Row:
    return Row(label, _said(this), _said(last), this, last, change=_points(this, last))


def _count(label: str, name: str, found: Beside) -> Row:
    this, last = len(getattr(found.this, name)), len(getattr(found.last, name))
    group = found.this.group
    return Row(
        label,
        str(this),
        str(last),
        this / group if group else None,
        last / group if group else None,
        change=_signed(this - last),
    )


def _of(part: Any, name: str) -> float | None:
    """Return one number about a group of people, or None when the group is too small."""
    return getattr(part, name) if part.people >= FEWEST else None


def _said(share: float | None) -> str:
    return "–" if share is None else f"{_percent(share)}%"


def _number(value: float | None) -> str:
    return "–" if value is None else formats.number_format(value, 0 if value == int(value) else 1)


def _points(this: float | None, last: float | None) -> str:
    """Return the difference between two shares as they are shown."""
    return "" if this is None or last is None else _signed(_percent(this) - _percent(last))


def _signed(n: int) -> str:
    return f"{n:+d}".replace("-", "−") if n else "0"


def _percent(share: float) -> int:
    """Round down, as on the board: 100 means everything."""
    return int(share * 100 + 1e-9)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
