"""One person on one shift of a proposal: pinned, left out, or asked? Every change of a line is a function here."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from people import days, journal
from people.models import Person
from rostering import agreements, booking, eligibility
from rostering.eligibility import Assessment, Reason
from rostering.matching import asking
from rostering.models import Booking, Proposal, ProposalLine
from rostering.proposals import fingerprint, states
from rostering.proposals.states import NotPossible

State, Change = ProposalLine.State, ProposalLine.Change
REVIEWED = "reviewed"  # beside the parts of the fingerprint: the world in which it was last looked at
MOST_AT_ONCE = 400  # within a request: about ten seconds

MOVES = {
    State.PROPOSED: frozenset({State.PINNED, State.REJECTED, State.SENT, State.PASSED}),
    State.PINNED: frozenset({State.PROPOSED, State.REJECTED, State.SENT, State.PASSED}),
    State.REJECTED: frozenset({State.PROPOSED}),
    State.SENT: frozenset(),
    State.PASSED: frozenset(),
}


@dataclass
class Sent:
    """What became of the lines that were sent."""

    asked: list[ProposalLine] = field(default_factory=list)
    stood: list[ProposalLine] = field(default_factory=list)  # who was asked, or signed up, before
    taken_back: list[ProposalLine] = field(default_factory=list)
    passed: list[ProposalLine] = field(default_factory=list)  # who no longer fits, with the reason
    number: int = 0  # of lines that were looked at
    left: int = 0  # more than can be asked at a time

    @property
    def is_empty(self) -> bool:
        return not (self.asked or self.stood or self.taken_back or self.passed)


@transaction.atomic
def pin(line: ProposalLine, *, by: Person, now: datetime) -> ProposalLine:
    """Hold on to this person when the proposal is made again. Twice changes nothing."""
    return _mark(line, State.PINNED, by=by, now=now)


@transaction.atomic
def unpin(line: ProposalLine, *, by: Person, now: datetime) -> ProposalLine:
    """Let the next calculation be free again about this person. Twice changes nothing."""
    return _mark(line, State.PROPOSED, by=by, now=now)


@transaction.atomic
def leave_out(line: ProposalLine, *, by: Person, now: datetime) -> ProposalLine:
    """Do not ask this person for this shift, now or when it is made again. Twice changes nothing."""
    return _mark(line, State.REJECTED, by=by, now=now)


@transaction.atomic
def keep(line: ProposalLine, *, by: Person, now: datetime) -> ProposalLine:
    """Take back that a person was left out. Twice changes nothing."""
    return _mark(line, State.PROPOSED, by=by, now=now)


@transaction.atomic
def review(proposal: Proposal, *, now: datetime) -> Proposal:
    """Look at a draft again: one that is too old ends; in one whose world changed only some lines pass.

    Who no longer fits is passed over, with the reason; the rest can still be sent, and sending judges afresh. When
    nobody is left the draft is over. Each change is judged once.
    """
    proposal = states.expire(proposal, now=now)
    because = states.over(proposal, now=now) if proposal.state == Proposal.State.DRAFT else ""
    if not because:
        return proposal
    seen = fingerprint.mark(proposal)
    if because != Proposal.Over.BEGAN and proposal.fingerprint.get(REVIEWED) == seen:
        return proposal
    passed = _pass_over(proposal, now=now)
    proposal.fingerprint[REVIEWED] = seen
    proposal.save(update_fields=["fingerprint"])
    if passed:
        journal.record("proposal.reviewed", proposal, by=None, now=now, number=passed)
    if proposal.lines.filter(state__in=ProposalLine.TO_SEND).exists():
        return proposal
    if proposal.lines.filter(state=State.SENT).exists():
        return states.close(proposal, by=None, now=now)
    return states.expire(proposal, now=now, because=because) if passed else proposal


def _pass_over(proposal: Proposal, *, now: datetime) -> int:
    """Pass who no longer fits, and return how many that are. Who was asked or signed up meanwhile is fine."""
    by_shift = defaultdict(list)
    rows = proposal.lines.filter(state__in=ProposalLine.TO_SEND).select_related("person__home", "shift")
    for line in rows.select_for_update(no_key=True, of=("self",)):  # one that is being sent comes first
        by_shift[line.shift].append(line)
    running = Booking.objects.filter(
        shift__in=by_shift, state__in=[Booking.State.OFFERED, *Booking.SEATED]
    ).values_list("person", "shift")
    running, passed = set(running), 0
    for shift, found in by_shift.items():
        judged = {
            one.person.pk: one
            for one in eligibility.assess_people([line.person for line in found], shift, now=now)
        }
        for line in found:
            reasons = _no_longer(line, judged[line.person_id], now=now)
            if reasons and (line.person_id, shift.pk) not in running:
                line.passed_because = " ".join(eligibility.for_others(reasons))[:300]
                _move(line, State.PASSED)
                passed += 1
    return passed


def _no_longer(line: ProposalLine, judged: Assessment, *, now: datetime) -> list[Reason]:
    """Return why a line no longer holds. A newcomer goes with a colleague of the proposal; an offer can go."""
    if line.change == Change.GOES:
        return judged.reasons if line.shift.starts_at <= now else []
    return [*judged.reasons, *(one for one in judged.warnings if one.code != "newcomer")]


def send(proposal: Proposal, *, by: Person, now: datetime, only: list[int] | None = None) -> Sent:
    """Ask the people of a draft, or `only` those of these line ids; nobody is asked twice.

    Each person is a transaction of their own, so that all their questions go in one mail: whoever no longer fits at
    that moment is passed over. The draft is sent once nothing is left in it. Raises NotPossible when it is no draft
    any more.
    """
    proposal = Proposal.objects.get(pk=proposal.pk)
    if proposal.state == Proposal.State.SENT:
        return Sent()
    if proposal.state != Proposal.State.DRAFT:
        raise NotPossible(_("This proposal can no longer be sent. Make it again."))
    lines = proposal.lines.filter(state__in=ProposalLine.TO_SEND)
    if only is not None:
        lines = lines.filter(pk__in=only)
    sent = Sent()
    parts = _by_person(lines)
    for part in parts:
        if sent.number and sent.number + len(part) > MOST_AT_ONCE:
            break
        _send_all(part, sent, by=by, now=now)
        sent.number += len(part)
    sent.left = sum(map(len, parts)) - sent.number
    states.close(proposal, by=by, now=now)
    return sent


def _by_person(lines: QuerySet[ProposalLine]) -> list[list[int]]:
    """Return the ids of what is taken back, then of what is asked, each person apart, as the shifts begin.

    What is taken back may stand in the way of what is asked.
    """
    parts: dict[tuple, list[int]] = {}
    rows = lines.order_by("shift__starts_at", "pk").values_list("pk", "person", "change")
    for pk, person, change in sorted(rows, key=lambda row: row[2] != Change.GOES):
        parts.setdefault((change == Change.GOES, person), []).append(pk)
    return list(parts.values())


@transaction.atomic
def _send_all(part: list[int], sent: Sent, *, by: Person, now: datetime) -> None:
    for pk in part:
        _send(pk, sent, by=by, now=now)


@transaction.atomic
def _send(pk: int, sent: Sent, *, by: Person, now: datetime) -> None:
    line = _lock(pk)
    if line.state not in ProposalLine.TO_SEND:
        return
    if line.change == Change.GOES:
        _take_back(line, by=by, now=now)
        sent.taken_back.append(_move(line, State.SENT))
        return
    standing = Booking.objects.filter(person=line.person, shift=line.shift)
    if standing.filter(state__in=[Booking.State.OFFERED, *Booking.SEATED]).exists():
        sent.stood.append(_move(line, State.SENT))
        return
    try:
        _offer(line, by=by, now=now)
    except booking.NotBookable as refusal:
        line.passed_because = " ".join(eligibility.for_others(refusal.reasons))[:300]
        sent.passed.append(_move(line, State.PASSED))
    else:
        sent.asked.append(_move(line, State.SENT))


def _offer(line: ProposalLine, *, by: Person, now: datetime) -> None:
    """Make the offer. We ask less than a volunteer may take: warnings count too."""
    found = eligibility.assess_people([line.person], line.shift, now=now)[0]
    if found.reasons or found.warnings:
        raise booking.NotBookable([*found.reasons, *found.warnings])
    if _is_asked_enough(line, now=now):
        raise booking.NotBookable([Reason("asked_enough")])
    booking.offer(line.person, line.shift, by=by, now=now)


def _is_asked_enough(line: ProposalLine, *, now: datetime) -> bool:
    around, day = timedelta(days=asking.AROUND), line.shift.day
    near = (line.shift.starts_at - around, line.shift.starts_at + around)
    out = Booking.objects.questions(now).filter(person=line.person, starts_at__range=near)
    asked_about = [days.day_of(moment).toordinal() for moment in out.values_list("starts_at", flat=True)]
    return asking.is_enough(asked_about, day.toordinal(), agreements.now_held())


def _take_back(line: ProposalLine, *, by: Person, now: datetime) -> None:
    offers = Booking.objects.filter(person=line.person, shift=line.shift, state=Booking.State.OFFERED)
    for offer in offers.select_related("shift"):
        booking.cancel(offer, by=by, now=now, because=_("We ask you for another shift instead."))


def _mark(line: ProposalLine, to: str, *, by: Person, now: datetime) -> ProposalLine:
    line = _lock(line.pk)
    if line.proposal.state != Proposal.State.DRAFT:
        raise NotPossible(_("This proposal can no longer be changed. Make it again."))
    if line.state == to:
        return line
    was = line.state
    _move(line, to)
    journal.record("proposal.line_changed", line, by=by, now=now, was=was, state=to)
    return line


def _lock(pk: int) -> ProposalLine:
    rows = ProposalLine.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("proposal", "person__home", "shift__task_kind").get(pk=pk)


def _move(line: ProposalLine, to: str) -> ProposalLine:
    """The one place where the state of a line changes. The caller holds the lock."""
    if to not in MOVES[line.state]:
        raise NotPossible(
            _("This person is %(state)s; that cannot be changed any more.")
            % {"state": State(line.state).label}
        )
    line.state = to
    line.save(update_fields=["state", "passed_because"])
    return line
