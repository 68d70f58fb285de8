"""Where does this person stand with this shift? What the page of one shift says, and the acts it offers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from people.models import LearningStep, Person
from rostering import eligibility
from rostering.booking import JUST_NOW, LATE
from rostering.eligibility import Assessment, Reason, facts
from rostering.eligibility.facts import Demands
from rostering.models import Booking, Shift
from rostering.open_shifts.listed import Lack

State = Booking.State


@dataclass(frozen=True)
class Requirement:
    """One qualification that the shift asks for, with the way to it when it is missing."""

    way: Lack
    sentence: str  # why it is missing; nothing when it is met

    @property
    def is_met(self) -> bool:
        return not self.sentence


@dataclass(frozen=True)
class Standing:
    """One person and one shift: what is asked, what is there, what can be done."""

    found: Assessment
    booking: Booking | None  # of booking_of
    requirements: list[Requirement]
    colleagues: list[str]
    now: datetime
    lacks_company: bool = False  # a newcomer, and nobody experienced is on it yet

    @property
    def shift(self) -> Shift:
        return self.found.shift

    @property
    def state(self) -> str:
        """The state of the live booking, or nothing."""
        return self.booking.state if self.booking and self.booking.state in Booking.LIVE else ""

    @property
    def position(self) -> int | None:
        """The place on the waiting list, 1 is first; None for who does not wait."""
        return self.booking.position if self.state == State.WAITING else None

    @property
    def act(self) -> str:
        """The one act that comes first: answer, cancel, leave, book, ask, wait, or nothing."""
        if not self._is_ahead:
            return ""
        if self.state == State.OFFERED and self.booking.answer_by > self.now:
            return "answer"
        if self.state:
            return "cancel" if self.state == State.BOOKED else "leave"
        codes = {reason.code for reason in self.found.reasons}
        if not codes:
            return "ask" if self.shift.task_kind.needs_approval or self.lacks_company else "book"
        return "wait" if codes == {"full"} else ""

    @property
    def is_running(self) -> bool:
        return self.shift.starts_at <= self.now < self.shift.ends_at

    @property
    def is_over(self) -> bool:
        return self.shift.ends_at <= self.now

    @property
    def is_late(self) -> bool:
        """Whether cancelling now leaves so little time that the coordinator hears it at once."""
        return self.shift.starts_at - self.now < LATE

    @property
    def is_fresh(self) -> bool:
        """Whether the last change is minutes old: then it is a slip, and the way back is called undo."""
        return self.booking is not None and self.now - self.booking.moved_at < JUST_NOW

    @property
    def was_cancelled_by_me(self) -> bool:
        return bool(self.booking) and self.booking.state == State.CANCELLED and not self.booking.reason

    @property
    def bars(self) -> list[Reason]:
        """What else stops this person: all reasons but the missing qualifications and a full shift."""
        return [reason for reason in self.found.reasons if not reason.row.is_shown_apart]

    @property
    def lacks_something(self) -> bool:
        return any(not requirement.is_met for requirement in self.requirements)

    @property
    def _is_ahead(self) -> bool:
        return self.shift.cancelled_at is None and self.shift.starts_at > self.now


def of(person: Person, shift: int, *, now: datetime) -> Standing:
    """Return where `person` stands with the shift of this id; `now` is aware. Raises Shift.DoesNotExist."""
    rows = Shift.objects.filter(published_at__isnull=False).with_taken()
    row = rows.with_place().get(pk=shift)
    demands = facts.demands()
    found = eligibility.judge(facts.of_person(person, now=now), row, demands, now)
    lacks = any(reason.qualification for reason in found.reasons)
    steps = person.learning_steps.all() if lacks else ()  # the ways are for what is missing
    booking = booking_of(person, shift)
    state = booking.state if booking else ""
    return Standing(
        found=found,
        booking=booking,
        requirements=requirements(found, demands, steps),
        colleagues=colleagues(person, shift) if state in Booking.SEATED else [],
        now=now,
        lacks_company=_lacks_company(found),
    )


def _lacks_company(found: Assessment) -> bool:
    kind, agreed = found.shift.task_kind, found.demands.agreements
    is_new = not found.facts.is_experienced and eligibility.is_done_together(kind, agreed)
    return is_new and not eligibility.has_company(found.shift)


def booking_of(person: Person, shift: int) -> Booking | None:
    """Return the live booking of this shift, with `position` on the waiting list, or else the last that ended."""
    rows = person.bookings.filter(shift=shift).with_shift().with_position().order_by("-moved_at", "-pk")
    mine = list(rows)
    return next((row for row in mine if row.state in Booking.LIVE), mine[0] if mine else None)


def requirements(found: Assessment, demands: Demands, steps: Iterable[LearningStep]) -> list[Requirement]:
    """Return what the shift asks for, in the order of the codes."""
    lacking = {r.qualification.pk: r.sentence for r in found.reasons if r.qualification}
    begun = {step.qualification_id: step for step in steps}
    return [
        Requirement(Lack.of(qualification, begun), lacking.get(qualification.pk, ""))
        for qualification, _counts in demands.of(found.shift)
    ]


def colleagues(person: Person, shift: int) -> list[str]:
    """Return the first names of the others who have a seat. Only for who has one too."""
    rows = Booking.objects.holding_a_seat().filter(shift=shift).exclude(person=person)
    return list(rows.order_by("seat").values_list("person__first_name", flat=True))
