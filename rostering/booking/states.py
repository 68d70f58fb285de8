"""The life of a booking: who may go from which state to which? Every change of state is a function in this file.

Each verb locks the people first (lowest id first) and then the shift, asks eligibility, changes, journals, owes a
notice. On SQLite the transaction itself is the lock (BEGIN IMMEDIATE).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from people import freetext, journal, notices
from people.models import Person
from rostering import access, eligibility
from rostering.eligibility import Reason
from rostering.models import Booking, Shift, TaskKind

State = Booking.State

FIRST = frozenset({State.OFFERED, State.REQUESTED, State.WAITING, State.BOOKED})
BEFORE = frozenset(
    {State.OFFERED, State.REQUESTED, State.WAITING}
)  # undo puts these back in the place of a seat
MOVES = {
    State.OFFERED: frozenset({State.BOOKED, State.REQUESTED, State.DECLINED, State.CANCELLED}),
    State.REQUESTED: frozenset({State.BOOKED, State.DECLINED, State.CANCELLED}),
    State.WAITING: frozenset({State.BOOKED, State.CANCELLED}),
    State.BOOKED: frozenset({State.CANCELLED, State.ATTENDED, State.ABSENT, *BEFORE}),
    State.ATTENDED: frozenset({State.ABSENT}),
    State.ABSENT: frozenset({State.ATTENDED}),
    State.DECLINED: frozenset({State.OFFERED}),  # by undo only
    State.CANCELLED: frozenset(),
}
BACK = {
    State.CANCELLED: frozenset({State.BOOKED, *BEFORE})
}  # only when the cancelling of its shift is undone
ANSWER_WITHIN = timedelta(hours=48)
REMINDERS = ("reminder_48h", "reminder_today")
JUST_NOW = timedelta(minutes=10)  # as long as a "no" can be taken back
NEXT_HOURS = timedelta(hours=12)  # of ten in the evening: what begins before ten in the morning
OF_THE_SHIFT = frozenset({"shift_cancelled", "shift_stands_again"})  # kinds of notice
NOTHING = "nothing"  # a move that nobody needs to be told
LATE = timedelta(hours=48)  # who drops out later than this, is missed: the coordinator is told


class NotBookable(Exception):
    """Carries the reasons against, as sentences for the screen."""

    def __init__(self, reasons: list[Reason]):
        super().__init__(" ".join(reason.sentence for reason in reasons))
        self.reasons = reasons


class AlreadyBooked(NotBookable):
    """Not a fault: the person has this seat. Carries the booking."""

    def __init__(self, booking: Booking):
        super().__init__([Reason("already")])
        self.booking = booking


class ImpossibleMove(Exception):
    """Carries the sentence that says what state the booking is in."""


@transaction.atomic
def book(person: Person, shift: Shift, *, by: Person, now: datetime) -> Booking:
    """Give `person` a seat; a kind of task that needs approval turns the own wish into a request.

    So does a newcomer's wish for what is done together: it gets the seat as soon as somebody experienced is there.
    Raises AlreadyBooked, or NotBookable with every reason against. `now` is aware.
    """
    person, shift = _lock_one(person, shift)
    standing = _standing(person, shift)
    if standing and standing.state in Booking.SEATED:
        raise AlreadyBooked(standing)
    found = eligibility.assess(person, [shift.pk], now=now)[0]
    _refuse_if(found.reasons)
    lacks_company = eligibility.lacks_company(person, shift, found.demands.agreements)
    if lacks_company and by.pk != person.pk:
        raise NotBookable([Reason("company")])
    if lacks_company and standing and standing.state == State.OFFERED:
        return _move(standing, State.REQUESTED, by=by, now=now)
    asks = lacks_company or (shift.task_kind.needs_approval and by.pk == person.pk)
    if asks and not (standing and standing.state == State.OFFERED):
        return standing or _enter(person, shift, State.REQUESTED, by=by, now=now)
    if standing:
        return _move(standing, State.BOOKED, by=by, now=now)
    return _enter(person, shift, State.BOOKED, by=by, now=now)


@transaction.atomic
def wait(person: Person, shift: Shift, *, by: Person, now: datetime) -> Booking:
    """Put `person` on the waiting list of a full shift. Raises NotBookable; a second time changes nothing."""
    person, shift = _lock_one(person, shift)
    standing = _standing(person, shift)
    if standing and standing.state in Booking.SEATED:
        raise AlreadyBooked(standing)
    if standing:
        return standing
    reasons = eligibility.reasons_against(person, shift, now=now)
    if not any(reason.code == "full" for reason in reasons):
        reasons.append(Reason("not_full"))
    _refuse_if([reason for reason in reasons if reason.code != "full"])
    return _enter(person, shift, State.WAITING, by=by, now=now)


@transaction.atomic
def offer(
    person: Person, shift: Shift, *, by: Person | None, now: datetime, answer_by: datetime | None = None
) -> Booking:
    """Ask `person` to take a seat; nothing is held for them. Raises NotBookable.

    The answer is wanted before `answer_by`: 48 hours from now, or the start of the shift if that is sooner.
    """
    person, shift = _lock_one(person, shift)
    standing = _standing(person, shift)
    if standing and standing.state == State.OFFERED:
        return standing
    if standing:
        raise NotBookable([Reason("known")])
    _refuse_if(eligibility.reasons_against(person, shift, now=now))
    deadline = min(answer_by or now + ANSWER_WITHIN, shift.starts_at)
    return _enter(person, shift, State.OFFERED, by=by, now=now, offered_by=by, answer_by=deadline)


@transaction.atomic
def accept(booking: Booking, *, by: Person, now: datetime) -> Booking:
    """Say yes to an offer. Saying it twice changes nothing; raises NotBookable when it can no longer be.

    The yes of a newcomer to what is done together is a request until somebody experienced is there.
    """
    booking = _lock_booking(booking)
    if booking.state in Booking.SEATED or (booking.state == State.REQUESTED and booking.was == State.OFFERED):
        return booking
    if booking.state != State.OFFERED or booking.answer_by <= now:
        raise NotBookable([Reason("offer_over")])
    _refuse_if(eligibility.reasons_against(booking.person, booking.shift, now=now))
    lacks_company = eligibility.lacks_company(booking.person, booking.shift)
    return _move(booking, State.REQUESTED if lacks_company else State.BOOKED, by=by, now=now)


@transaction.atomic
def decline(booking: Booking, *, by: Person, now: datetime) -> Booking:
    """Say no to an offer. Saying it twice changes nothing."""
    booking = _lock_booking(booking)
    if booking.state == State.DECLINED:
        return booking
    return _move(booking, State.DECLINED, by=by, now=now)


@transaction.atomic
def confirm(booking: Booking, *, by: Person, now: datetime) -> Booking:
    """Grant a request. Raises NotBookable when the rules no longer allow it."""
    booking = _lock_booking(booking)
    if booking.state in Booking.SEATED:
        return booking
    _refuse_if(eligibility.reasons_against(booking.person, booking.shift, now=now))
    if eligibility.lacks_company(booking.person, booking.shift):
        raise NotBookable([Reason("company")])
    return _move(booking, State.BOOKED, by=by, now=now)


@transaction.atomic
def refuse(booking: Booking, *, by: Person, now: datetime, because: str) -> Booking:
    """Turn a request down, with the reason that the person will read."""
    booking = _lock_booking(booking)
    booking.reason = _said(because)
    return _move(booking, State.DECLINED, by=by, now=now)


@transaction.atomic
def cancel(booking: Booking, *, by: Person | None, now: datetime, because: str = "") -> Booking:
    """Take a person off: themselves, or somebody else, who then says why. A freed seat goes to who waits.

    Cancelling twice changes nothing. Raises NotBookable once the shift has started.
    """
    booking = _lock_booking(booking, waiting_too=True)
    if booking.state == State.CANCELLED:
        return booking
    if booking.shift.starts_at <= now and by is not None and booking.state != State.OFFERED:
        raise NotBookable([Reason("started", _("The shift has started. Call your coordinator."))])
    if by is not None and by.pk != booking.person_id:
        booking.reason = _said(because)
    freed = booking.state == State.BOOKED
    _move(booking, State.CANCELLED, by=by, now=now)
    if freed:
        _fill(booking.shift, now=now)
        _tell_who_is_alone(booking.shift, now=now)
    return booking


@transaction.atomic
def undo(booking: Booking, *, by: Person, now: datetime) -> Booking:
    """Take back the last change: what stood before stands again, with its deadline and its place in the queue.

    A seat that somebody gave by mistake (nothing stood before: it is cancelled), and the own "no" of minutes ago
    while there is a seat. Raises NotBookable or ImpossibleMove when it can no longer be.
    """
    booking = _lock_booking(booking, waiting_too=True)
    before, since, is_no = booking.was, booking.was_moved_at, booking.state == State.DECLINED
    if booking.state == State.BOOKED and not before:
        return cancel(booking, by=by, now=now, because=_("This was a mistake."))
    if booking.shift.cancelled_at or booking.shift.starts_at <= now:
        raise NotBookable([Reason("started")])
    if before == State.OFFERED and booking.answer_by <= now:
        raise NotBookable([Reason("offer_over")])
    if is_no and not _free_seats(booking.shift):
        raise NotBookable([Reason("full")])
    if not before or (is_no and (by.pk != booking.person_id or now - booking.moved_at >= JUST_NOW)):
        raise ImpossibleMove(_("This can no longer be undone."))
    _move(booking, before, by=by, now=now, kind=NOTHING if is_no else "booking_undone")
    booking.moved_at, booking.was, booking.was_moved_at = since, "", None
    booking.save(update_fields=["moved_at", "was", "was_moved_at"])
    if not is_no:
        _fill(booking.shift, now=now)
        _tell_who_is_alone(booking.shift, now=now)
    return booking


@transaction.atomic
def mark_attended(booking: Booking, *, by: Person, now: datetime) -> Booking:
    """Write that the person was there. Possible from the start of the shift; twice changes nothing."""
    return _mark(booking, State.ATTENDED, by=by, now=now)


@transaction.atomic
def mark_absent(booking: Booking, *, by: Person, now: datetime) -> Booking:
    """Write that the person was not there. Possible from the start of the shift; twice changes nothing."""
    return _mark(booking, State.ABSENT, by=by, now=now)


def mark_all_attended(shift: Shift, *, by: Person, now: datetime) -> int:
    """Write that everybody who is still only booked was there, from the start on; return how many.

    Each person is a transaction of their own: locks are taken per person.
    """
    booked = list(shift.bookings.booked().select_related("shift"))
    for row in booked:
        mark_attended(row, by=by, now=now)
    return len(booked)


@transaction.atomic
def fill_from_waiting(shift: Shift, *, now: datetime) -> list[Booking]:
    """Give free seats to those who wait, first come first served. For a shift that grew, and for the clock."""
    states = (State.WAITING, State.REQUESTED)
    waiting = shift.bookings.filter(state__in=states).values_list("person_id", flat=True)
    _people, shift = lock(waiting, shift)
    return _fill(shift, now=now)


@transaction.atomic
def lapse(booking: Booking, *, now: datetime) -> Booking:
    """End what nobody answered: an offer past its time, a request or a place in the queue of a begun shift."""
    booking = _lock_booking(booking)
    is_silent = booking.state == State.OFFERED and booking.answer_by is not None and booking.answer_by <= now
    over = booking.shift.starts_at <= now or is_silent
    if booking.state in (State.OFFERED, State.REQUESTED, State.WAITING) and over:
        _move(booking, State.CANCELLED, by=None, now=now, kind=NOTHING)
    return booking


def end_with_shift(booking: Booking, shift: Shift, *, by: Person, now: datetime) -> Booking:
    """Cancel a booking because its shift is cancelled. Called by shifts.cancel, which holds the locks."""
    booking.shift, booking.reason = shift, shift.cancelled_because
    return _move(booking, State.CANCELLED, by=by, now=now, kind="shift_cancelled")


def stand_again(booking: Booking, shift: Shift, *, by: Person, now: datetime) -> bool:
    """Give back what the cancelling of its shift ended: the seat, the question with its deadline, the place in the
    queue. Called by shifts.undo_cancel, which holds the locks.

    Who has another shift at that time by now stays off it: then the answer is False. Who was told that the shift
    is off is told that it is on; who was not, hears nothing.
    """
    booking.shift, before, since = shift, booking.was, booking.was_moved_at
    reasons = eligibility.reasons_against(booking.person, shift, now=now) if before == State.BOOKED else []
    if any(reason.code == "overlap" for reason in reasons):
        return False
    booking.reason = ""
    was_told = not notices.withdraw(("shift_cancelled",), booking, now=now)
    _move(
        booking, before, by=by, now=now, kind="shift_stands_again" if was_told else NOTHING, moves=BACK
    )  # fmt: skip
    booking.moved_at, booking.was, booking.was_moved_at = since, "", None
    booking.save(update_fields=["moved_at", "was", "was_moved_at"])
    return True


def new_times(
    booking: Booking, shift: Shift, *, by: Person, now: datetime, was: datetime, is_outside: bool
) -> Booking:
    """Give one person the new times of a moved shift. Called by shifts.change, which holds the locks.

    Who is booked keeps the seat, and is reminded anew. Nobody else said yes to the new time: an offer is made
    again with a deadline of its own, a request or a place on the waiting list ends and can be renewed. `was` is
    the start before; `is_outside` says that the new time is not in the days that the person gave.
    """
    booking.shift = shift
    facts = {"was": was.isoformat()}
    match booking.state:
        case State.OFFERED:
            return _offer_again(booking, by=by, now=now, facts=facts)
        case State.REQUESTED | State.WAITING:
            facts["stood"] = booking.state
            return _move(booking, State.CANCELLED, by=by, now=now, kind="booking_new_times", facts=facts)
    notices.withdraw(REMINDERS, booking, now=now)
    if is_outside:
        facts["outside"] = True
    _owe(booking, "booking_changed", by=by, now=now, facts=facts)
    return booking


def new_place(booking: Booking, *, by: Person, now: datetime) -> None:
    """Tell who is booked that the shift is elsewhere now. Called by shifts.change, which holds the locks."""
    _owe(booking, "booking_new_place", by=by, now=now, facts={})


def _offer_again(booking: Booking, *, by: Person, now: datetime, facts: dict) -> Booking:
    """Take back the offer of the old time, and ask again when the rules allow it at the new time."""
    person, shift, over = booking.person, booking.shift, booking.answer_by <= now
    facts["stood"] = booking.state
    is_barred = not over and bool(eligibility.reasons_against(person, shift, now=now))
    kind = "booking_new_times" if is_barred else NOTHING
    _move(booking, State.CANCELLED, by=by, now=now, kind=kind, facts=facts)
    if over or is_barred:
        return booking
    return _enter(
        person, shift, State.OFFERED, by=by, now=now, kind="booking_offered", facts=facts,
        offered_by=booking.offered_by, answer_by=min(now + ANSWER_WITHIN, shift.starts_at),
    )  # fmt: skip


def reasons_to_leave(booking: Booking, shift: Shift, *, now: datetime) -> list[Reason]:
    """Return why a booked person could not keep the seat of a changed shift; the seat itself is theirs."""
    reasons = eligibility.reasons_against(booking.person, shift, now=now)
    return [reason for reason in reasons if not reason.row.is_kept]


def _mark(booking: Booking, state: str, *, by: Person | None, now: datetime) -> Booking:
    booking = _lock_booking(booking)
    if booking.state == state:
        return booking
    if booking.shift.starts_at > now:
        raise ImpossibleMove(_("The shift has not started yet."))
    return _move(booking, state, by=by, now=now)


def _fill(shift: Shift, *, now: datetime) -> list[Booking]:
    """Seat waiting people whom the rules allow, in order; the shift is locked by the caller.

    People whom another transaction holds at this moment are passed over: waiting for them here could deadlock.
    The clock comes back for them within a minute.
    """
    seated = []
    for booking in shift.bookings.filter(state=State.WAITING).order_by("moved_at", "pk"):
        if not _take_along(booking, shift):
            continue
        if eligibility.reasons_against(booking.person, shift, now=now):
            if not _free_seats(shift):
                break
            continue
        if not eligibility.lacks_company(booking.person, shift):
            seated.append(_move(booking, State.BOOKED, by=None, now=now, kind="booking_moved_up"))
    return seated + _let_in(shift, now=now)


def _let_in(shift: Shift, *, now: datetime) -> list[Booking]:
    """Seat the newcomers whose wish waited for somebody experienced, now that there is one; see _fill."""
    if shift.task_kind.needs_approval or shift.task_kind.ladder != TaskKind.Ladder.SMALL_ROLE:
        return []
    held = list(shift.bookings.filter(state=State.REQUESTED).order_by("moved_at", "pk"))
    if not (held and eligibility.has_company(shift)):
        return []
    return [
        _move(booking, State.BOOKED, by=None, now=now)
        for booking in held
        if _take_along(booking, shift)
        and eligibility.asks_company(booking.person, shift)
        and not eligibility.reasons_against(booking.person, shift, now=now)
    ]


def _take_along(booking: Booking, shift: Shift) -> bool:
    """Lock the person of a booking whose shift is locked; False when another transaction holds them."""
    person = Person.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    found = person.select_related("home").filter(pk=booking.person_id).first()
    if found is None:
        return False
    booking.person, booking.shift = found, shift
    return True


def _tell_who_is_alone(shift: Shift, *, now: datetime) -> None:
    """Tell who fills it that a newcomer is left on a shift without anybody experienced; the seat stays theirs."""
    if shift.task_kind.ladder != TaskKind.Ladder.SMALL_ROLE or eligibility.has_company(shift):
        return
    for row in shift.bookings.booked().select_related("person"):
        if eligibility.asks_company(row.person, shift):
            for coordinator in access.who_fills(shift, now=now):
                notices.owe(coordinator, "coordinator_left_alone", row, now=now)


def lock(people: Iterable[int], shift: Shift) -> tuple[dict[int, Person], Shift]:
    """Lock people (lowest id first) and then the shift, and return them as they are now."""
    rows = Person.objects.select_for_update(no_key=True, of=("self",)).select_related("home")
    locked = {person.pk: person for person in rows.filter(pk__in=list(people)).order_by("pk")}
    rows = Shift.objects.select_for_update(no_key=True, of=("self",)).select_related("task_kind")
    return locked, rows.get(pk=shift.pk)


def _lock_one(person: Person, shift: Shift) -> tuple[Person, Shift]:
    people, shift = lock([person.pk], shift)
    return people[person.pk], shift


def _lock_booking(booking: Booking, *, waiting_too: bool = False) -> Booking:
    people = {booking.person_id}
    if waiting_too:
        waiting = Booking.objects.filter(shift=booking.shift_id, state=State.WAITING)
        people |= set(waiting.values_list("person_id", flat=True))
    locked, shift = lock(people, booking.shift)
    fresh = Booking.objects.get(pk=booking.pk)
    fresh.person, fresh.shift = locked[fresh.person_id], shift
    return fresh


def _standing(person: Person, shift: Shift) -> Booking | None:
    booking = Booking.objects.live().filter(person=person, shift=shift).first()
    if booking:
        booking.person, booking.shift = person, shift
    return booking


def _refuse_if(reasons: list[Reason]) -> None:
    if reasons:
        raise NotBookable(reasons)


def _said(because: str) -> str:
    if not because.strip():
        raise NotBookable([Reason("no_reason")])
    if objection := freetext.objection_to_reason(because):
        raise NotBookable([Reason("no_reason", objection)])
    return because.strip()


def _free_seats(shift: Shift) -> list[int]:
    taken = set(shift.bookings.holding_a_seat().values_list("seat", flat=True))
    return [seat for seat in range(1, shift.seats + 1) if seat not in taken]


def _enter(
    person: Person, shift: Shift, state: str, *, by: Person | None, now: datetime, kind: str | None = None,
    facts: dict | None = None, **fields: Any,
) -> Booking:  # fmt: skip
    assert state in FIRST
    booking = Booking(
        person=person, shift=shift, state=state, starts_at=shift.starts_at, ends_at=shift.ends_at,
        made_at=now, moved_at=now, **fields,
    )  # fmt: skip
    if state in Booking.SEATED:
        booking.seat = _free_seats(shift)[0]
    booking.save()
    _tell(booking, by=by, now=now, kind=kind, facts=facts)
    if state == State.BOOKED:
        _let_in(shift, now=now)
    return booking


def _move(
    booking: Booking, to: str, *, by: Person | None, now: datetime, kind: str | None = None,
    facts: dict | None = None, moves: dict = MOVES,
) -> Booking:  # fmt: skip
    """The one place where a state changes. The caller holds the locks."""
    if to not in moves.get(booking.state, ()):
        raise ImpossibleMove(
            _("This booking is %(state)s; that cannot be changed any more.")
            % {"state": State(booking.state).label}
        )
    booking.was, booking.was_moved_at = booking.state, booking.moved_at
    was, booking.state, booking.moved_at = booking.state, to, now
    if to in Booking.SEATED:
        booking.seat = booking.seat or _free_seats(booking.shift)[0]
    else:
        booking.seat, booking.unfit_since = None, None
    if State.BOOKED in (was, to):
        booking.sequence += 1
    booking.save()
    _tell(booking, by=by, now=now, was=was, kind=kind, facts=facts)
    if to == State.BOOKED and not (was == State.REQUESTED and by is None):  # that was a newcomer let in
        _let_in(booking.shift, now=now)
    return booking


def _tell(
    booking: Booking,
    *,
    by: Person | None,
    now: datetime,
    was: str = "",
    kind: str | None = None,
    facts: dict | None = None,
) -> None:
    journal.record(f"booking.{booking.state}", booking, by=by, now=now, **({"was": was} if was else {}))
    own_act = by is not None and by.pk == booking.person_id
    kind = kind or _notice_kind(booking.state, was, own_act)
    if kind != NOTHING:
        because = {"because": booking.reason} if booking.reason else {}
        _owe(booking, kind, by=by, now=now, facts=because | (facts or {}))
    drops_out = booking.state == State.CANCELLED and was == State.BOOKED
    if drops_out and (own_act or not booking.person.is_active) and booking.starts_at - now < LATE:
        for coordinator in access.coordinators_of(booking.shift, now=now):
            notices.owe(
                coordinator, "coordinator_dropout", booking, now=now, about=[booking.shift, booking.person],
                urgent=_wakes(booking, {}, by=by, now=now, reader=coordinator.pk),
            )  # fmt: skip


def _owe(booking: Booking, kind: str, *, by: Person | None, now: datetime, facts: dict) -> None:
    """Owe one message for each shift and person: the last word replaces what was not sent yet.

    Of the shift itself, cancelled or on again, nothing is replaced: undo takes that back by itself.
    """
    notices.owe(
        booking.person, kind, booking, now=now, about=[] if kind in OF_THE_SHIFT else [booking.shift],
        urgent=_wakes(booking, facts, by=by, now=now, reader=booking.person_id), **facts,
    )  # fmt: skip


def _wakes(booking: Booking, facts: dict, *, by: Person | None, now: datetime, reader: int) -> bool:
    """Return whether this is told at night too: it is about the next hours, and somebody else did it."""
    starts = [booking.starts_at, *([datetime.fromisoformat(facts["was"])] if "was" in facts else [])]
    return (by is None or by.pk != reader) and min(starts) - now < NEXT_HOURS


def _notice_kind(state: str, was: str, own_act: bool) -> str:
    match state:
        case State.BOOKED | State.OFFERED | State.WAITING | State.REQUESTED:
            return f"booking_{state}"
        case State.DECLINED if not own_act:
            return "booking_refused"
        case State.CANCELLED if was == State.BOOKED or not own_act:
            return "booking_cancelled"
    return NOTHING
