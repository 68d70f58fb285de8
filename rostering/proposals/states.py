"""The life of a proposal for the roster: what may become of it, and who or what makes it so?

It is made in the worker, or at once when it is about one location. Until it is sent nobody is asked, and it is
only a draft: it expires when it is too old. When the world changed, only who no longer fits is passed over
(lines.review), and the rest can still be sent.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from people import days, journal, log
from people.models import Person
from rostering.matching import plan
from rostering.models import Proposal, ProposalLine
from rostering.proposals import fingerprint, planning
from rostering.proposals.choice import Choice, again, choice_of
from rostering.proposals.planning import Made
from rostering.proposals.prepared import prepare

State, Failure, Over = Proposal.State, Proposal.Failure, Proposal.Over

FIRST = frozenset({State.ASKED})
MOVES = {
    State.ASKED: frozenset({State.RUNNING, State.FAILED, State.DISCARDED}),
    State.RUNNING: frozenset({State.ASKED, State.DRAFT, State.FAILED, State.DISCARDED}),
    State.DRAFT: frozenset({State.SENT, State.EXPIRED, State.DISCARDED}),
    State.FAILED: frozenset({State.DISCARDED}),
    State.EXPIRED: frozenset({State.DISCARDED}),
    State.SENT: frozenset(),
    State.DISCARDED: frozenset(),
}
MOST_WEEKS_PROPOSED = 8
AT_ONCE = 2  # seconds within a request
AT_ONCE_PAIRS = 3_000
LIMIT, LARGE_LIMIT = 60, 150  # seconds in the worker; it stops sooner when nothing better can be
LARGE_PAIRS = 60_000
TASK_LIMIT = LARGE_LIMIT + 50  # seconds; the worker's own end to a task, below Q_CLUSTER["retry"]
VALID_FOR = timedelta(hours=48)
BEATS_EVERY = 5  # seconds, while a plan is being made
SILENT_FOR = timedelta(seconds=30)  # several beats missed: then its process is gone
WAITS_FOR = timedelta(minutes=20)
KEPT_FOR = timedelta(days=28)  # names in a proposal that is over


class NotPossible(Exception):
    """Carries a sentence for the screen."""


def ask(
    choice: Choice,
    *,
    by: Person,
    now: datetime,
    follows: Proposal | None = None,
    seconds: int | None = None,
) -> Proposal:
    """Have a proposal made, and return it: finished when it is about one location, else on its way.

    With `seconds` it is made here and now, whatever its size. What is on its way for the same question is
    returned as it is. `follows` is the proposal whose pins and left out lines count. Raises NotPossible.
    """
    here = seconds or (AT_ONCE if choice.is_one_location else 0)
    proposal, is_new = _enter(choice, by=by, now=now, follows=follows, is_queued=not here)
    if is_new and here:
        _make(proposal.pk, now=now, limit=here, may_wait=not seconds)
        proposal.refresh_from_db()
    return proposal


@log.task
def run(pk: int) -> None:
    """Make the proposal `pk`: what the worker calls. A second call, or one that comes too late, does nothing."""
    _make(pk, now=timezone.now(), limit=LARGE_LIMIT)


def run_again(proposal: Proposal, *, by: Person, now: datetime) -> Proposal:
    """Make a proposal for the same question: what is pinned stays, what was left out stays out.

    The one before is put aside when the new one is there, and stays as it is when that fails.
    """
    return ask(again(proposal, now=now), by=by, now=now, follows=_last_made(proposal))


def replan(proposal: Proposal, *, by: Person, now: datetime) -> Proposal:
    """Make a proposal for the same period after people dropped out or said no.

    Who said yes stays. Offers without an answer stay where that costs no seat; else they are taken back.
    """
    choice = again(proposal, now=now, may_move=True)
    return ask(choice, by=by, now=now, follows=_last_made(proposal))


@transaction.atomic
def stop(proposal: Proposal, *, by: Person, now: datetime) -> Proposal:
    """Stop the calculation; the best plan so far becomes the draft. What had not begun is put aside."""
    proposal = _lock(proposal)
    if proposal.state == State.ASKED:
        return _move(proposal, State.DISCARDED, by=by, now=now)
    if proposal.state == State.RUNNING and proposal.stop_asked_at is None:
        proposal.stop_asked_at = now
        proposal.save(update_fields=["stop_asked_at"])
        journal.record("proposal.stopped", proposal, by=by, now=now)
    return proposal


@transaction.atomic
def discard(proposal: Proposal, *, by: Person, now: datetime) -> Proposal:
    """Put a proposal aside; twice changes nothing. Raises NotPossible for one that was sent."""
    proposal = _lock(proposal)
    if proposal.state == State.DISCARDED:
        return proposal
    return _move(proposal, State.DISCARDED, by=by, now=now)


@transaction.atomic
def close(proposal: Proposal, *, by: Person, now: datetime) -> Proposal:
    """Call a draft sent once nothing is left in it to send."""
    proposal = _lock(proposal)
    if proposal.state == State.DRAFT and not proposal.lines.filter(state__in=ProposalLine.TO_SEND).exists():
        _move(proposal, State.SENT, by=by, now=now)
    return proposal


def drafts() -> QuerySet[Proposal]:
    """Return the proposals that may come to hold no longer."""
    return Proposal.objects.filter(state=State.DRAFT)


def silent(now: datetime) -> QuerySet[Proposal]:
    """Return the calculations that nobody hears of, and those that no worker takes in hand."""
    running = Proposal.objects.filter(state=State.RUNNING, heard_at__lt=now - SILENT_FOR)
    return running | Proposal.objects.filter(state=State.ASKED, made_at__lt=now - WAITS_FOR)


@transaction.atomic
def give_up(proposal: Proposal, *, now: datetime) -> Proposal:
    """Say that nothing came of a calculation that is silent still; else return it as it is."""
    proposal = _lock(proposal)
    if silent(now).filter(pk=proposal.pk).exists():
        return _fail(proposal, Failure.NO_WORD, now=now)
    return proposal


def forget(now: datetime) -> None:
    """Remove what is over, with its names, after four weeks."""
    over = Proposal.objects.exclude(state__in=[*Proposal.UNDERWAY, State.DRAFT])
    over.filter(made_at__lt=now - KEPT_FOR).delete()


@transaction.atomic
def expire(proposal: Proposal, *, now: datetime, because: str = "") -> Proposal:
    """End a draft that is too old, or for another reason (a Proposal.Over); else return it as it is, locked."""
    proposal = _lock(proposal)
    if proposal.state != State.DRAFT:
        return proposal
    if because := because or (Over.AGE if proposal.finished_at + VALID_FOR <= now else ""):
        proposal.expired_at, proposal.expired_because = now, because
        _move(proposal, State.EXPIRED, by=None, now=now, because=because)
    return proposal


def over(proposal: Proposal, *, now: datetime) -> str:
    """Return why a draft no longer is what was calculated (a Proposal.Over); nothing when it is."""
    if proposal.finished_at + VALID_FOR <= now:
        return Over.AGE
    if proposal.lines.filter(state__in=ProposalLine.TO_SEND, shift__starts_at__lte=now).exists():
        return Over.BEGAN
    return fingerprint.changed(proposal)


@transaction.atomic
def _enter(
    choice: Choice, *, by: Person, now: datetime, follows: Proposal | None, is_queued: bool
) -> tuple[Proposal, bool]:
    """Write down what is asked, and hand it to the worker; what is asked already is not asked twice."""
    by = Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    _refuse_if_impossible(choice, now)
    for standing in Proposal.objects.underway().filter(made_by=by, follows=follows):
        if choice_of(standing) == choice:
            return standing, False
    proposal = Proposal.objects.create(
        made_by=by, made_at=now, follows=follows, from_on=choice.from_on, until_on=choice.until_on,
        is_national=choice.is_national, may_move=choice.may_move, asks_reluctant=choice.asks_reluctant,
    )  # fmt: skip
    proposal.locations.set(choice.locations)
    proposal.districts.set(choice.districts)
    if not fingerprint.shifts_of(proposal, now=now).exists():
        raise NotPossible(_("There are no shifts ahead there in these days."))
    journal.record(
        "proposal.asked", proposal, by=by, now=now, first=str(choice.from_on), last=str(choice.until_on)
    )
    if is_queued:
        _queue(proposal)
    return proposal, True


def _refuse_if_impossible(choice: Choice, now: datetime) -> None:
    if choice.until_on < choice.from_on:
        raise NotPossible(_("The last day lies before the first."))
    if choice.until_on < days.day_of(now):
        raise NotPossible(_("This period is over."))
    if (choice.until_on - choice.from_on).days >= MOST_WEEKS_PROPOSED * 7:
        raise NotPossible(_("Choose eight weeks at most."))
    if not (choice.locations or choice.districts or choice.is_national):
        raise NotPossible(_("Choose at least one place, or the national pool."))


def _queue(proposal: Proposal) -> None:
    """Hand it to the worker: a row in this transaction, so it is made only if that commits."""
    async_task("rostering.proposals.run", proposal.pk, timeout=TASK_LIMIT)


def _make(pk: int, *, now: datetime, limit: int, may_wait: bool = False) -> None:
    """Have a proposal made and keep what came of it. The calculation itself holds no transaction.

    With `may_wait` one that turns out too large for a request is handed to the worker.
    """
    proposal, clock = _begin(pk, now=now, limit=limit), _Clock(now)
    if proposal is None:
        return
    try:
        prepared = prepare(proposal, now=now)
        if may_wait and prepared.problem.e > AT_ONCE_PAIRS:
            _hand_over(proposal, now=now)
            return
        seconds = limit if prepared.problem.e > LARGE_PAIRS else min(limit, LIMIT)
        Proposal.objects.filter(pk=pk).update(limit=seconds, heard_at=clock.now())  # for who watches
        made = planning.make(prepared, seconds=seconds, heard=_heard(pk), stop=_stop(pk, clock))
        _finish(proposal, made, now=now + timedelta(seconds=made.seconds))
    except plan.NoPlan as none:
        _fail(proposal, Failure.FAULT if none.code == "invalid" else Failure.NO_PLAN, now=now)
    except BaseException:  # the worker ends a task that overstays with one that is no Exception
        _fail(proposal, Failure.FAULT, now=now)
        raise


class _Clock:
    """What time it is, in seconds that passed since the moment the calculation was begun."""

    def __init__(self, begun_at: datetime):
        self.begun_at, self.started = begun_at, monotonic()

    def now(self) -> datetime:
        return self.begun_at + timedelta(seconds=monotonic() - self.started)


def _heard(pk: int) -> Callable[[plan.Heard], None]:
    """Return what keeps the words of the calculation, for who watches."""

    def heard(word: plan.Heard) -> None:
        Proposal.objects.filter(pk=pk, state=State.RUNNING).update(
            seconds=word.seconds, score=word.score, bound=word.bound
        )

    return heard


def _stop(pk: int, clock: _Clock) -> Callable[[], bool]:
    """Return the question whether it should stop: somebody asked for that, or put it aside.

    It is asked several times a second as long as the process lives, and so it is what keeps `heard_at` fresh.
    """
    running = Proposal.objects.filter(pk=pk, state=State.RUNNING)
    wanted = running.filter(stop_asked_at=None)
    beaten_at = clock.now()

    def stop() -> bool:
        nonlocal beaten_at
        if (at := clock.now()) - beaten_at >= timedelta(seconds=BEATS_EVERY):
            running.update(heard_at=at)
            beaten_at = at
        return not wanted.exists()

    return stop


@transaction.atomic
def _begin(pk: int, *, now: datetime, limit: int) -> Proposal | None:
    """Take it in hand; None when somebody else did, or when it is no longer wanted."""
    proposal = Proposal.objects.select_for_update(no_key=True).filter(pk=pk).first()
    if proposal is None or proposal.state != State.ASKED:
        return None
    proposal.begun_at, proposal.heard_at, proposal.limit = now, now, limit
    return _move(proposal, State.RUNNING, by=None, now=now)


@transaction.atomic
def _hand_over(proposal: Proposal, *, now: datetime) -> None:
    """It is larger than a request can wait for: let the worker make it."""
    _move(_lock(proposal), State.ASKED, by=None, now=now)
    _queue(proposal)


@transaction.atomic
def _finish(proposal: Proposal, made: Made, *, now: datetime) -> None:
    """Keep the plan as a draft, unless nobody waits for it any more."""
    proposal = _lock(proposal)
    if proposal.state != State.RUNNING:
        return
    for line in made.lines:
        line.proposal = proposal
    ProposalLine.objects.bulk_create(made.lines)
    proposal.seconds, proposal.score, proposal.bound = made.seconds, made.score, made.bound
    proposal.is_stopped, proposal.cover = made.is_stopped, made.cover
    proposal.fingerprint = fingerprint.fingerprint(proposal, as_of=proposal.begun_at)
    proposal.finished_at = now
    _move(proposal, State.DRAFT, by=None, now=now)
    if proposal.follows and proposal.follows.state == State.DRAFT:
        _move(_lock(proposal.follows), State.DISCARDED, by=None, now=now)


@transaction.atomic
def _fail(proposal: Proposal, because: str, *, now: datetime) -> Proposal:
    """Say that nothing came of it. A draft of before stays as it was."""
    proposal = _lock(proposal)
    if proposal.state in Proposal.UNDERWAY:
        proposal.failed_because, proposal.finished_at = because, now
        _move(proposal, State.FAILED, by=None, now=now, because=because)
    return proposal


def _last_made(proposal: Proposal) -> Proposal | None:
    """Return the proposal whose pins count: of one that failed, the one it followed."""
    if proposal.state in Proposal.UNDERWAY:
        raise NotPossible(_("This proposal is still being made."))
    return proposal.follows if proposal.state == State.FAILED else proposal


def _lock(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)


def _move(proposal: Proposal, to: str, *, by: Person | None, now: datetime, **facts: Any) -> Proposal:
    """The one place where a state changes. The caller holds the lock."""
    if to not in MOVES[proposal.state]:
        raise NotPossible(
            _("This proposal is %(state)s; that cannot be changed any more.")
            % {"state": State(proposal.state).label}
        )
    was, proposal.state = proposal.state, to
    proposal.save()
    if to not in Proposal.UNDERWAY:
        journal.record(f"proposal.{to}", proposal, by=by, now=now, was=was, **facts)
    return proposal
