"""What can stand between a person and a task, and what follows from each? The one table of reasons.

A row for each code, in the order in which people are counted at the first thing that stops them: first what the
task itself bars, then what somebody is not or does not hold, then what they do not want, then place and time,
then how much they do. The words are in rostering/eligibility/reasons.py; every other list of codes is made of
this table. A code without a row cannot be used: Reason and the bits of the matcher both look here.
"""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Code:
    """One reason, and what follows from it. All that is not said is not so."""

    code: str
    is_private: bool = False  # of the person alone: somebody else reads one neutral sentence
    is_passing: bool = False  # goes by itself, and says nothing about whether somebody could ever come
    is_learnable: bool = False  # learning or time takes it away
    is_askable: bool = False  # may not suit, and a coordinator may ask all the same
    is_kept: bool = False  # who has a seat keeps it in spite of this
    is_own_limit: bool = False  # the person set it, and can change it
    is_shown_apart: bool = False  # the page of a shift shows it in a way of its own
    is_matched: bool = True  # the matcher looks at it; else only a verb says it


TABLE = {
    row.code: row
    for row in (
        Code("cancelled", is_passing=True, is_shown_apart=True),
        Code("unpublished", is_passing=True),
        Code("started", is_passing=True, is_shown_apart=True),
        Code("full", is_passing=True, is_kept=True, is_shown_apart=True),
        Code("left"),
        Code("already", is_passing=True, is_kept=True),
        Code("role"),
        Code("qualification", is_learnable=True, is_shown_apart=True),
        Code("experience", is_learnable=True),
        Code("never", is_private=True, is_kept=True),
        Code("reluctant", is_private=True, is_askable=True),
        Code("declined", is_passing=True),
        Code("far", is_private=True, is_askable=True),
        Code("unavailable", is_private=True, is_askable=True),
        Code("busy", is_private=True),
        Code("overlap", is_private=True, is_passing=True),
        Code("rest", is_private=True, is_passing=True),
        Code("week_shifts", is_private=True, is_own_limit=True),
        Code("week_hours", is_private=True, is_own_limit=True),
        Code("week_heavy", is_private=True),
        Code("points", is_private=True),
        Code("nights", is_private=True),
        Code("load_near", is_private=True),
        Code("newcomer"),
        # said by the verbs of booking alone
        Code("company", is_passing=True, is_matched=False),
        Code("not_full", is_matched=False),
        Code("known", is_matched=False),
        Code("offer_over", is_matched=False),
        Code("no_reason", is_matched=False),
        # said when a proposal is sent
        Code("asked_enough", is_matched=False),
    )
}

MATCHED = tuple(code for code, row in TABLE.items() if row.is_matched)


def those(which: Callable[[Code], bool]) -> frozenset[str]:
    """Return the codes of which this is so: those(lambda row: row.is_private)."""
    return frozenset(code for code, row in TABLE.items() if which(row))


PRIVATE = those(lambda row: row.is_private)
PASSING = those(lambda row: row.is_passing)
LEARNABLE = those(lambda row: row.is_learnable)
ASKABLE = those(lambda row: row.is_askable)
KEPT = those(lambda row: row.is_kept)
SHOWN_APART = those(lambda row: row.is_shown_apart)
