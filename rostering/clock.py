"""What has time changed on the roster? Run every minute; running it twice is harmless."""

from datetime import datetime, time, timedelta
from functools import partial

from django.db.models import Q
from django.utils import timezone

from people import days, journal, log, notices, ticking
from people.models import Notice
from rostering import access, booking, proposals, shifts
from rostering.eligibility import facts
from rostering.models import Booking, Shift

AHEAD = timedelta(hours=48)
REMIND_AT = time(7)
EARLY = time(8, 30)  # who starts before this is reminded the evening before
EVENING = time(20)


@log.task
def run() -> None:
    """What the scheduler calls."""
    tick(timezone.now())


def tick(now: datetime) -> None:
    steps = (
        lapse, free_leavers, fill_waiting, remind, warn_of_too_few, find_unfit, expire_drafts, look_after,
    )  # fmt: skip
    ticking.run(steps, now=now)


def lapse(now: datetime) -> None:
    """End offers, requests and waits that time has overtaken."""
    open_states = [Booking.State.OFFERED, Booking.State.REQUESTED, Booking.State.WAITING]
    asked = Booking.objects.filter(state__in=open_states).select_related("shift")
    silent = asked.filter(state=Booking.State.OFFERED, answer_by__lte=now)
    over = asked.filter(shift__starts_at__lte=now) | silent
    ticking.each(lapse, over, partial(booking.lapse, now=now), now=now)


def free_leavers(now: datetime) -> None:
    """Take people whose account was closed off the shifts ahead; who waits moves up."""
    held = Booking.objects.live().ahead(now).filter(person__is_active=False).select_related("shift")
    ticking.each(free_leavers, held, partial(booking.cancel, by=None, now=now), now=now)


def fill_waiting(now: datetime) -> None:
    """Fill seats that came free while their waiting person was busy in another transaction.

    A request that no coordinator has to confirm waits too: of a newcomer, for somebody experienced.
    """
    held = Q(state=Booking.State.REQUESTED, shift__task_kind__needs_approval=False)
    waited_for = Booking.objects.filter(Q(state=Booking.State.WAITING) | held).values("shift")
    open_ones = Shift.objects.open(now).filter(pk__in=waited_for)
    ticking.each(fill_waiting, open_ones, partial(booking.fill_from_waiting, now=now), now=now)


def remind(now: datetime) -> None:
    """Owe a reminder 48 hours ahead and one on the morning of the day, each once."""
    ahead = Booking.objects.booked().filter(starts_at__gt=now, starts_at__lte=now + AHEAD)
    ticking.each(remind, ahead.select_related("person", "shift"), partial(_remind, now=now), now=now)


def _remind(row: Booking, now: datetime) -> None:
    since = max(row.moved_at, row.shift.changed_at or row.moved_at)  # of a moved shift: of the new time
    for kind, due_at in (
        ("reminder_48h", row.starts_at - AHEAD),
        ("reminder_today", morning_of(row.starts_at)),
    ):
        if since < due_at <= now and not _owed(row, kind, since):
            notices.owe(row.person, kind, row, now=now, due_at=due_at)


def warn_of_too_few(now: datetime) -> None:
    """Tell who fills it that a shift has fewer people than its kind of task asks."""
    ticking.each(warn_of_too_few, shifts.coming_short(now), partial(shifts.warn, now=now), now=now)


def morning_of(starts_at: datetime) -> datetime:
    """Return when the last reminder goes out: seven in the morning, or the evening before an early start."""
    day = days.day_of(starts_at)
    if starts_at < days.moment(day, EARLY):
        return days.moment(day - timedelta(days=1), EVENING)
    return days.moment(day, REMIND_AT)


def _owed(row: Booking, kind: str, since: datetime) -> bool:
    return Notice.objects.filter(kind=kind, subject=journal.ref(row), owed_at__gt=since).exists()


def find_unfit(now: datetime) -> None:
    """Flag bookings whose holder will not be qualified on the day, and take the flag off when that is mended."""
    ahead = list(
        Booking.objects.booked().filter(starts_at__gt=now).select_related("person", "shift__task_kind")
    )
    held = facts.periods_of({row.person_id for row in ahead})
    asked = facts.demands()

    def judge(row: Booking) -> None:
        lacking = any(
            not facts.covered(held[row.person_id], counts, row.shift.day)
            for _q, counts in asked.of(row.shift)
        )
        if lacking and row.unfit_since is None:
            _flag(row, now)
        elif not lacking and row.unfit_since is not None:
            Booking.objects.filter(pk=row.pk).update(unfit_since=None)
            journal.record("booking.fit_again", row, by=None, now=now)

    ticking.each(find_unfit, ahead, judge, now=now)


def expire_drafts(now: datetime) -> None:
    """End the drafts of a roster that are too old; in the others pass over who no longer fits."""
    ticking.each(expire_drafts, proposals.drafts(), partial(proposals.review, now=now), now=now)


def look_after(now: datetime) -> None:
    """Give up calculations that nobody hears of; forget the names of what is over."""
    ticking.each(look_after, proposals.silent(now), partial(proposals.give_up, now=now), now=now)
    proposals.forget(now)


def _flag(row: Booking, now: datetime) -> None:
    Booking.objects.filter(pk=row.pk).update(unfit_since=now)
    journal.record("booking.unfit", row, by=None, now=now)
    notices.owe(row.person, "booking_unfit", row, now=now)
    for coordinator in access.coordinators_of(row.shift, now=now):
        notices.owe(coordinator, "coordinator_unfit", row, now=now)
