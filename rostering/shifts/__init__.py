"""Which shifts are there? Making, changing and cancelling them."""

from rostering.shifts.making import AlreadyMade, NotPossible, cancel, change, make, publish

__all__ = ["AlreadyMade", "NotPossible", "cancel", "change", "make", "publish"]
