"""How does a shift look in a list? Its line of words and its chips, for every list of the roster."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.templatetags.words import clock, length
from rostering import places
from rostering.eligibility import Assessment
from rostering.models import Booking, Shift, TaskKind, Willingness
from rostering.open_shifts import Near

State = Booking.State
PAUSE_MINUTES, PAUSE_EVERY = 15, 120  # house rule: a quarter of an hour in every two hours


@dataclass(frozen=True)
class Chip:
    text: str
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """What components/shift_row.html shows, but for the addresses."""

    shift: Shift
    where: str
    chips: list[Chip]
    near: Near | None = None

    @property
    def act_label(self) -> str:
        return _("Ask for this shift") if self.shift.task_kind.needs_approval else _("Take this shift")

    @property
    def learn(self) -> str:
        """The code of the first thing to learn, if it is known where."""
        ways = [lack.qualification.code for lack in self.near.lacks if lack.has_way] if self.near else []
        return ways[0] if ways else ""


def fitting(found: Assessment) -> Row:
    """A shift that can be taken now."""
    shift = found.shift
    chips = [seats_left(shift)]
    level = found.facts.willingness.get(shift.task_kind_id)
    if level == Willingness.Level.GLADLY:
        chips.append(Chip(_("You like doing this"), "good"))
    elif level == Willingness.Level.RATHER_NOT:
        chips.append(Chip(_("You would rather not"), "warn"))
    chips.append(Chip(load(shift)))
    chips += [Chip(short_warning(reason), "warn") for reason in found.warnings]
    return Row(shift, where(shift), chips)


def nearly(near: Near) -> Row:
    """A shift that only asks something that can still be learned."""
    chips = [Chip(_lacking(lack), "warn") for lack in near.lacks]
    chips += [Chip(sentence, "warn") for sentence in near.sentences]
    return Row(near.shift, where(near.shift), chips, near)


def where(shift: Shift) -> str:
    """17.00 tot 19.00 uur, op afstand"""
    return _("%(start)s to %(end)s, %(place)s") % {
        "start": clock(shift.starts_at),
        "end": clock(shift.ends_at),
        "place": place(shift),
    }


def place(shift: Shift) -> str:
    """The place inside a sentence: a mode of work in small letters, a town as it is written."""
    name, mode = places.name_of(shift), str(TaskKind.Mode(shift.task_kind.mode).label)
    return mode if name == capfirst(mode) else name


def seats_left(shift: Shift) -> Chip:
    left = max(0, shift.seats - shift.taken)
    if not left:
        return Chip(_("Full"))
    return Chip(ngettext("%(n)s seat left", "%(n)s seats left", left) % {"n": left}, "gap")


def load(shift: Shift) -> str:
    return _("Load: %(load)s") % {"load": TaskKind.Load(shift.task_kind.load).label}


def pauses(shift: Shift) -> int:
    """Return how many pauses of a quarter of an hour are built into the shift."""
    return shift.minutes // PAUSE_EVERY


def short_warning(reason) -> str:
    short = {
        "unavailable": _("Outside your availability"),
        "far": _("Further than you like to travel"),
    }
    return short.get(reason.code, reason.sentence)


def _lacking(lack) -> str:
    name = {"name": lack.qualification.name}
    if lack.minutes:
        return _("You lack %(name)s, %(left)s to go") % {**name, "left": length(lack.minutes)}
    return _("You lack %(name)s") % name
