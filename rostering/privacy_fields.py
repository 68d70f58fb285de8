"""What do the tables of the roster hold about people? See people.privacy."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import privacy
from people.models import Person
from people.privacy import EMPTY, Use, impersonal
from people.privacy.fields import AFTER_LEAVING, AGREEMENT, CODES, JOURNAL, TECHNICAL
from rostering.models import (
    AvailabilityException,
    Booking,
    CalendarSubscription,
    Planning,
    Proposal,
    ProposalLine,
    Shift,
    TakeOver,
    TaskKind,
    WeeklyDemand,
    WeeklyWindow,
    Willingness,
)

WORKED = Use(
    gettext_lazy("Shifts and hours"),
    gettext_lazy("Filling the roster, and accounting for the hours"),
    AGREEMENT,
    gettext_lazy("Stays as history; without a name after erasure"),
)
AVAILABLE = Use(
    gettext_lazy("Availability and willingness"),
    gettext_lazy("Asking people only for what fits them; no reason is asked"),
    AGREEMENT,
    AFTER_LEAVING,
)
CALENDAR = Use(
    gettext_lazy("Calendar subscription"),
    gettext_lazy("Showing somebody's own shifts in their own calendar"),
    AGREEMENT,
    gettext_lazy("Until it is stopped, or the details are erased"),
)
PROPOSED = Use(
    gettext_lazy("Proposals for the roster"),
    gettext_lazy("Looking beforehand whom a coordinator could ask for what, and why them"),
    AGREEMENT,
    gettext_lazy("Four weeks after the proposal ended, or until the details are erased"),
)
WORK = gettext_lazy("Describes the work, not who does it")


def register() -> None:
    privacy.declare(
        TaskKind,
        impersonal(
            WORK, "code name description minimum_months minutes load mode channel minimum_people ladder"
        ),
        impersonal(WORK, "needs_approval on_holidays is_active"),
    )
    privacy.declare(TaskKind.requires.through, impersonal(WORK, "taskkind qualification"))
    privacy.declare(WeeklyDemand, impersonal(WORK, "task_kind weekday start end seats scope"))
    privacy.declare(
        Planning,
        JOURNAL.holds("made_by"),
        impersonal(WORK, "made_at first_on last_on number changed undone_at"),
    )
    privacy.declare(
        TakeOver,
        JOURNAL.holds("made_by"),
        impersonal(WORK, "made_at new changed removed blocks undone_at"),
    )
    privacy.declare(
        Shift,
        impersonal(WORK, "task_kind starts_at ends_at seats location district room directions note demand"),
        impersonal(WORK, "published_at cancelled_at cancelled_because sequence changed_at"),
        impersonal(WORK, "planned_from planned_until planned_seats planning"),
    )
    privacy.declare(
        Booking,
        WORKED.holds("person shift starts_at ends_at made_at moved_at was_moved_at answer_by unfit_since"),
        WORKED.holds("state was", names_nobody=CODES),
        WORKED.holds("reason", wiped=EMPTY),
        JOURNAL.holds("offered_by"),
        impersonal(TECHNICAL, "seat sequence"),
        whose="person",
        not_yet=_shifts_ahead,
    )
    privacy.declare(
        Proposal,
        JOURNAL.holds("made_by"),
        impersonal(WORK, "made_at follows from_on until_on is_national may_move asks_reluctant state cover"),
        impersonal(TECHNICAL, "begun_at heard_at limit seconds score bound stop_asked_at is_stopped"),
        impersonal(TECHNICAL, "finished_at failed_because expired_at expired_because fingerprint"),
    )
    for model, place in ((Proposal.locations.through, "location"), (Proposal.districts.through, "district")):
        privacy.declare(model, impersonal(WORK, f"proposal {place}"))
    privacy.declare(
        ProposalLine,
        PROPOSED.holds("person shift change state points why passed_because"),
        impersonal(TECHNICAL, "proposal"),
        whose="person",
        is_removed=True,
    )
    for model, names in (
        (Willingness, "person task_kind level"),
        (WeeklyWindow, "person weekday start end"),
        (AvailabilityException, "person from_on until_on is_available"),
    ):
        privacy.declare(model, AVAILABLE.holds(names), whose="person", is_removed=True)
    privacy.declare(
        CalendarSubscription,
        CALENDAR.holds("person made_at read_at"),
        CALENDAR.holds("token_hash", is_exported=False),
        whose="person",
        is_removed=True,
    )


def _shifts_ahead(person: Person, now: datetime) -> str:
    """The clock frees the shifts of who left, and tells who must know; the name is needed until then."""
    if not person.bookings.live().ahead(now).exists():
        return ""
    return _("The shifts ahead of this person are not free yet. That takes about a minute; try again then.")
