"""A roster drawn up for some places and days, sent when a coordinator says so."""

from rostering.proposals.lines import review
from rostering.proposals.states import (
    AT_ONCE,
    LARGE_LIMIT,
    MOVES,
    VALID_FOR,
    NotPossible,
    ask,
    discard,
    drafts,
    expire,
    forget,
    give_up,
    replan,
    run,
    run_again,
    silent,
    stop,
)

__all__ = [
    "AT_ONCE",
    "LARGE_LIMIT",
    "MOVES",
    "VALID_FOR",
    "NotPossible",
    "ask",
    "discard",
    "drafts",
    "expire",
    "forget",
    "give_up",
    "replan",
    "review",
    "run",
    "run_again",
    "silent",
    "stop",
]
