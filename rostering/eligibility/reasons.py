"""In which words do we say what stands between a person and a shift, and who may read them?

What follows from each code is in the table of rostering/matching/codes.py; here are its words.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from people.models import Qualification
from rostering.matching import codes

_CANNOT = ngettext_lazy("%(n)s person cannot come then", "%(n)s people cannot come then", "n")


@dataclass(frozen=True)
class Words:
    """The words for one code. A rule that knows more of this person says so in a sentence of its own."""

    sentence: str | Promise
    counted: str | Promise = _CANNOT
    short: str | Promise = ""  # on a chip; nothing: the sentence


_NOT_THEN = ngettext_lazy("%(n)s person is not available then", "%(n)s people are not available then", "n")
_OTHER_SHIFT = ngettext_lazy(
    "%(n)s person has another shift around that time", "%(n)s people have another shift around that time", "n"
)
_ENOUGH = ngettext_lazy("%(n)s person does enough that week", "%(n)s people do enough that week", "n")
_MUCH = ngettext_lazy(
    "%(n)s person would do much in a short time", "%(n)s people would do much in a short time", "n"
)

WORDS = {
    "cancelled": Words(_("This shift has been cancelled.")),
    "unpublished": Words(_("This shift has not been published yet.")),
    "started": Words(_("This shift has already started.")),
    "full": Words(_("All seats of this shift are taken.")),
    "left": Words(_("This account is no longer in use.")),
    "already": Words(
        _("You are already signed up for this shift."),
        ngettext_lazy("%(n)s person stands on it already", "%(n)s people stand on it already", "n"),
    ),
    "role": Words(
        _("This task comes after the first training."),
        ngettext_lazy(
            "%(n)s person is still in the first training", "%(n)s people are still in the first training", "n"
        ),
    ),
    "qualification": Words(_("A paper is missing on the day of this shift.")),
    "experience": Words(
        _("This shift asks for more experience."),
        ngettext_lazy("%(n)s person is here too short", "%(n)s people are here too short", "n"),
    ),
    "never": Words(
        _("Your choice for this kind of task is: never."),
        ngettext_lazy("%(n)s person never does this task", "%(n)s people never do this task", "n"),
    ),
    "reluctant": Words(
        _("Your choice for this kind of task is: rather not."),
        ngettext_lazy(
            "%(n)s person would rather not do this task", "%(n)s people would rather not do this task", "n"
        ),
    ),
    "declined": Words(
        _("The answer to this shift was no."),
        ngettext_lazy("%(n)s person said no to this shift", "%(n)s people said no to this shift", "n"),
    ),
    "far": Words(
        _("This is further away than the distance that was given."),
        ngettext_lazy("%(n)s person lives too far away", "%(n)s people live too far away", "n"),
        _("Further than you like to travel"),
    ),
    "unavailable": Words(
        _("This falls outside the availability that was given."), _NOT_THEN, _("Outside your availability")
    ),
    "busy": Words(_("This falls outside the availability that was given."), _NOT_THEN),
    "overlap": Words(_("There is already another shift at that time."), _OTHER_SHIFT),
    "rest": Words(_("After a night shift you rest first."), _OTHER_SHIFT),
    "week_shifts": Words(_("This goes over the maximum number of shifts in that week."), _ENOUGH),
    "week_hours": Words(_("This goes over the maximum number of hours in that week."), _ENOUGH),
    "week_heavy": Words(_("This goes over the maximum of heavy shifts in that week."), _ENOUGH),
    "points": Words(_("With this, the load goes over what we agreed."), _MUCH),
    "nights": Words(_("With this, the nights are more than we agreed."), _MUCH),
    "load_near": Words(
        _("With this you do much in a short time. Look after yourself."), _MUCH, _("Much in a short time")
    ),
    "newcomer": Words(
        _("The first time is better with two: this shift has one seat."),
        ngettext_lazy(
            "%(n)s person is new and should not be there alone",
            "%(n)s people are new and should not be there alone",
            "n",
        ),
        _("Your first time, on your own"),
    ),
    "company": Words(
        _(
            "The first time is beside somebody who has done this before. Nobody like that is on this shift yet."
        )
    ),
    "not_full": Words(_("There is still a seat: you can take this shift at once.")),
    "known": Words(_("This person already stands on this shift.")),
    "offer_over": Words(_("This offer is over.")),
    "no_reason": Words(_("Say why, so that the person understands.")),
    "asked_enough": Words(_("Has been asked enough for those days already.")),
}


@dataclass(frozen=True)
class Reason:
    """Why not, as a code for programs and a sentence for people.

    What is said may be lazy: a list judges a thousand shifts and shows the sentences of five. A code that has no
    row in the table is refused.
    """

    code: str
    said: str | Promise | None = None  # None: the words of the table
    qualification: Qualification | None = None

    def __post_init__(self) -> None:
        if self.code not in codes.TABLE:
            raise KeyError(f"{self.code} has no row in the table of reasons")

    @property
    def row(self) -> codes.Code:
        return codes.TABLE[self.code]

    @property
    def sentence(self) -> str:
        return str(WORDS[self.code].sentence if self.said is None else self.said)

    @property
    def short(self) -> str:
        return str(WORDS[self.code].short) or self.sentence


def counted(code: str, n: int) -> str:
    """Say how many people one thing stops, without saying who."""
    return WORDS[code].counted % {"n": n}


def for_others(reasons: Iterable[Reason]) -> list[str]:
    """Return what somebody else may read of these reasons; what is private becomes one neutral sentence."""
    sentences = [
        str(_("Cannot come at that time.")) if reason.row.is_private else reason.sentence
        for reason in reasons
    ]
    return list(dict.fromkeys(sentences))


def _say_lacking(name: str, kind: str, lapsed_on: date | None) -> str:
    if lapsed_on:
        sentence = _("%(name)s is valid until %(day)s, before the day of this shift.")
        return sentence % {"name": name, "day": formats.date_format(lapsed_on)}
    match kind:
        case Qualification.Kind.CERTIFICATE:
            sentence = _("The certificate %(name)s is missing on the day of this shift.")
        case Qualification.Kind.STATEMENT:
            sentence = _("%(name)s has not been signed yet.")
        case Qualification.Kind.PRACTICE:
            sentence = _("%(name)s has not been signed off yet.")
        case _kind:
            sentence = _("%(name)s has not been checked yet.")
    return sentence % {"name": name}


lacking = lazy(_say_lacking, str)
