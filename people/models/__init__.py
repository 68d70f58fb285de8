"""Who someone is and what they may do. Rows change through the verbs beside this file, never here."""

from people.models.clock import Tick, Trouble
from people.models.house_rules import HouseRule
from people.models.journal import JournalEntry, Notice, NoticeQuerySet
from people.models.people import (
    Invitation,
    Person,
    PersonAccounts,
    PersonQuerySet,
    RoleAssignment,
    RoleAssignmentQuerySet,
)
from people.models.places import District, Location, Room
from people.models.qualifications import Grant, GrantQuerySet, LearningStep, Qualification
from people.models.stamps import Stamp

__all__ = [
    "District",
    "Grant",
    "GrantQuerySet",
    "HouseRule",
    "Invitation",
    "JournalEntry",
    "LearningStep",
    "Location",
    "Notice",
    "NoticeQuerySet",
    "Person",
    "PersonAccounts",
    "PersonQuerySet",
    "Qualification",
    "RoleAssignment",
    "RoleAssignmentQuerySet",
    "Room",
    "Stamp",
    "Tick",
    "Trouble",
]
