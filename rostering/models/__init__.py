"""What must be done and who does it. Rows with a life change only through the verbs beside this file."""

from rostering.models.proposals import Proposal, ProposalLine, ProposalQuerySet
from rostering.models.shifts import Booking, BookingQuerySet, Shift, ShiftQuerySet
from rostering.models.tasks import Planning, TakeOver, TaskKind, WeeklyDemand
from rostering.models.wishes import AvailabilityException, CalendarSubscription, WeeklyWindow, Willingness

__all__ = [
    "AvailabilityException",
    "Booking",
    "BookingQuerySet",
    "CalendarSubscription",
    "Planning",
    "Proposal",
    "ProposalLine",
    "ProposalQuerySet",
    "Shift",
    "ShiftQuerySet",
    "TakeOver",
    "TaskKind",
    "WeeklyDemand",
    "WeeklyWindow",
    "Willingness",
]
