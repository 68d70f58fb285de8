"""What does a coordinator read of a proposal? Its figures, its people per day and shift, and the seats left open."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import days
from people.access import Scope
from people.models import Qualification
from rostering import dayparts, week_grid
from rostering.explaining.funnel import funnel_in_words
from rostering.matching.fit import Component
from rostering.models import Booking, Proposal, ProposalLine
from rostering.proposals import groups
from rostering.proposals.figures import figures_of, share
from rostering.proposals.fingerprint import shifts_of
from rostering.proposals.rows import Cell, Changed, Day, Listed, Page, Person, Row
from rostering.snapshot import counted
from rostering.words import Chip

MOST_LISTED = 40
MOST_OPEN = 8
MOST_REASONS = 4
WEEK = timedelta(days=7)
State, Change = ProposalLine.State, ProposalLine.Change
ANSWERS = {
    Booking.State.OFFERED: "",
    Booking.State.BOOKED: "good",
    Booking.State.ATTENDED: "good",
    Booking.State.ABSENT: "good",
    Booking.State.DECLINED: "stop",
    Booking.State.CANCELLED: "stop",
}


def listed(scope: Scope) -> list[Listed]:
    """Return the proposals of `scope`, newest first, with what their rows say."""
    rows = Proposal.objects.in_scope(scope).select_related("made_by")
    rows = rows.prefetch_related("locations", "districts")
    people = Count("lines", filter=Q(lines__state__in=[*ProposalLine.TO_SEND, State.SENT]))
    return [
        Listed(one, where(one), share(one.cover) if one.cover else None)
        for one in rows.annotate(people=people)[:MOST_LISTED]
    ]


def where(proposal: Proposal) -> str:
    """Midden-Nederland, Utrecht en de landelijke pool"""
    names = [str(place) for place in (*proposal.districts.all(), *proposal.locations.all())]
    if proposal.is_national:
        names.append(_("the national pool"))
    *first, last = names or ["–"]
    return _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last


def read(proposal: Proposal, *, week: int | None = None, day: date | None = None) -> Page:
    """Return week number `week` of a proposal, in a fixed number of queries; `day` is shown.

    1 is the first; without a number it is the first in which somebody is asked.
    """
    shifts = list(shifts_of(proposal, now=proposal.begun_at).with_taken().with_place())
    lines = list(
        proposal.lines.select_related(
            "person", "shift__task_kind", "shift__location", "shift__district", "shift__room"
        )
    )
    answers = _answers(lines)
    rows = {shift.pk: Row(shift, shift.taken) for shift in shifts}
    by_state = defaultdict(list)
    stands = (*ProposalLine.TO_SEND, State.SENT)
    over = {pair for pair, answer in answers.items() if ANSWERS.get(answer) == "stop"}
    near = groups.beside(
        one
        for one in lines
        if one.state in stands and one.change != Change.GOES and (one.person_id, one.shift_id) not in over
    )
    for line in lines:
        person = _person(line, answers.get((line.person_id, line.shift_id), ""), near.get(line.pk, []))
        by_state[line.state if line.change != Change.GOES else Change.GOES].append(person)
        if line.shift_id in rows and line.state == State.REJECTED:
            rows[line.shift_id].left_out.append(person)
        if (
            line.shift_id in rows
            and line.change != Change.GOES
            and line.state not in (State.REJECTED, State.PASSED)
        ):
            _put_on(rows[line.shift_id], person, answers.get((line.person_id, line.shift_id), ""))
    weeks = _weeks(proposal)
    if week is None:
        asked_on = [row.shift.day for row in rows.values() if row.people or row.left_out]
        busy = (n for n, (a, b) in enumerate(weeks, 1) if any(a <= on <= b for on in asked_on))
        week = next(busy, 1)
    week = min(max(week, 1), len(weeks))
    first, last = weeks[week - 1]
    here = [row for row in rows.values() if first <= row.shift.day <= last]
    missing = sorted((row for row in rows.values() if row.open), key=_hardness)
    _say_why(missing[:MOST_OPEN], proposal.cover.get("why", {}))
    return Page(
        proposal=proposal,
        figures=figures_of(proposal, rows.values(), as_made=not _edited(lines, answers)),
        weeks=weeks,
        number=week,
        first=first,
        days=_days(row for row in here if row.people or row.left_out),
        grid=_grid(first, last, here),
        open=missing[:MOST_OPEN],
        more_open=sum(row.open for row in missing[MOST_OPEN:]),
        left_out=by_state[State.REJECTED],
        passed=by_state[State.PASSED],
        goes=by_state[Change.GOES],
        people=sum(len(row.people) for row in rows.values()),
        to_ask=sum(row.to_ask for row in rows.values()),
        asked=len(by_state[State.SENT]),
        said_no=sum(answer == Booking.State.DECLINED for answer in answers.values()),
        changed=_changed(proposal, lines),
        newer=list(proposal.followers.filter(state=Proposal.State.DRAFT)[:1]),
        wanted=day,
    )


def _edited(lines: list[ProposalLine], answers: dict) -> bool:
    """Return whether somebody fell out since the plan was made: what was said of it is then no longer so."""
    out = any(line.state in (State.REJECTED, State.PASSED) and line.why for line in lines)
    return out or any(
        answer in (Booking.State.DECLINED, Booking.State.CANCELLED) for answer in answers.values()
    )


def _answers(lines: list[ProposalLine]) -> dict[tuple[int, int], str]:
    """Return what became of the offers of the lines that were sent, by person and shift."""
    sent = [line for line in lines if line.state == State.SENT]
    if not sent:
        return {}
    rows = Booking.objects.filter(
        shift__in={line.shift_id for line in sent}, person__in={line.person_id for line in sent}
    )
    pairs = {(line.person_id, line.shift_id) for line in sent}
    found = rows.order_by("made_at", "pk").values_list("person_id", "shift_id", "state")
    return {(person, shift): state for person, shift, state in found if (person, shift) in pairs}


def _put_on(row: Row, person: Person, answer: str) -> None:
    row.people.append(person)
    if answer in Booking.SEATED:
        row.taken -= 1  # it came of the proposal
    row.added += answer not in (Booking.State.DECLINED, Booking.State.CANCELLED)
    row.to_ask += person.line.state in ProposalLine.TO_SEND and person.line.change == Change.NEW


def _person(line: ProposalLine, answer: str, near: list[Chip]) -> Person:
    chips = []
    if line.state == State.PINNED:
        chips.append(Chip(_("Pinned"), "good"))
    if line.change == Change.STAYS and line.state != State.SENT:
        chips.append(Chip(_("Asked already, stays")))
    if line.state == State.SENT and answer:
        chips.append(Chip(str(Booking.State(answer).label).capitalize(), ANSWERS.get(answer, "")))
    return Person(line, why(line), [*chips, *near])


def why(line: ProposalLine) -> list[str]:
    """Say what counted for somebody when the proposal was made."""
    components = (Component(code, points) for code, points in line.why)
    return list(counted.in_words(components, person=line.person, shift=line.shift).values())


def week_of(proposal: Proposal, day: date) -> int:
    """Return the number of the week of the page in which a day of the proposal stands."""
    return next(n for n, (_first, last) in enumerate(_weeks(proposal), 1) if day <= last)


def _weeks(proposal: Proposal) -> list[tuple[date, date]]:
    """Cut the period into calendar weeks."""
    weeks, first = [], proposal.from_on
    while first <= proposal.until_on:
        last = min(days.week_of(first)[1] - timedelta(days=1), proposal.until_on)
        weeks.append((first, last))
        first = last + timedelta(days=1)
    return weeks


def _days(rows: Any) -> list[Day]:
    by_day = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.shift.starts_at, row.shift.pk)):
        by_day[row.shift.day].append(row)
    return [Day(day, found) for day, found in by_day.items()]


def _grid(first: date, last: date, rows: list[Row]) -> list[week_grid.Day]:
    cells = {}
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        cells[day] = {part: Cell(day, part) for part in dayparts.LABELS}
    for row in rows:
        cell = cells[row.shift.day][dayparts.of(row.shift.starts_at)]
        cell.seats += row.shift.seats
        cell.taken += min(row.taken, row.shift.seats)
        cell.after += row.after
    return [week_grid.Day(day, list(parts.values())) for day, parts in cells.items()]


def _hardness(row: Row) -> tuple:
    """The worst sorts first: nobody, then late or on Saturday, then soon."""
    return bool(row.after), not dayparts.is_hard_to_fill(row.shift), row.shift.starts_at, row.shift.pk


def _say_why(rows: list[Row], told: dict) -> None:
    """Put on the rows what stands in the way, the most people first."""
    known = {row.shift.pk: told[str(row.shift.pk)] for row in rows if str(row.shift.pk) in told}
    papers = Qualification.objects.in_bulk(
        {paper for stops, _elsewhere in known.values() for _code, paper, _n in stops if paper}
    )
    for row in rows:
        if row.shift.pk in known:
            stops, elsewhere = known[row.shift.pk]
            bars = sorted(funnel_in_words(stops, papers), key=lambda bar: -bar.length)[:MOST_REASONS]
            row.because = [bar.said[:1].lower() + bar.said[1:] for bar in bars]  # in one sentence
            if elsewhere:
                said = ngettext(
                    "%(n)s person fits, but is needed elsewhere",
                    "%(n)s people fit, but are needed elsewhere",
                    elsewhere,
                )
                row.because.append(said % {"n": elsewhere})


def _changed(proposal: Proposal, lines: list[ProposalLine]) -> Changed | None:
    """Compare with the proposal before, if there is one."""
    if not proposal.follows_id:
        return None
    stands = (State.PROPOSED, State.PINNED, State.SENT)
    earlier = ProposalLine.objects.filter(proposal=proposal.follows_id, state__in=stands)
    earlier = earlier.exclude(change=Change.GOES).select_related("person", "shift__task_kind")
    before = {(line.person_id, line.shift_id): line for line in earlier}
    after = {
        (line.person_id, line.shift_id)
        for line in lines
        if line.state in stands and line.change != Change.GOES
    }
    gone = [line for pair, line in before.items() if pair not in after]
    return Changed(len(after - before.keys()), len(after & before.keys()), gone)
