"""Which shifts are there? Making, moving and cancelling them."""

from rostering.shifts.cancelling import Ended, cancel, ended_with, may_undo, undo_cancel
from rostering.shifts.making import NotPossible, Spot, make, publish
from rostering.shifts.moving import OutsideTheirDays, change, refuse_what_is_over
from rostering.shifts.too_few import coming_short, short_of, warn

__all__ = [
    "Ended",
    "NotPossible",
    "OutsideTheirDays",
    "Spot",
    "cancel",
    "change",
    "coming_short",
    "ended_with",
    "make",
    "may_undo",
    "publish",
    "refuse_what_is_over",
    "short_of",
    "undo_cancel",
    "warn",
]
