"""Which shifts are there? Making, moving and cancelling them."""

from rostering.shifts.making import AlreadyMade, NotPossible, Spot, cancel, make, publish
from rostering.shifts.moving import OutsideTheirDays, change, refuse_what_is_over

__all__ = [
    "AlreadyMade",
    "NotPossible",
    "OutsideTheirDays",
    "Spot",
    "cancel",
    "change",
    "make",
    "publish",
    "refuse_what_is_over",
]
