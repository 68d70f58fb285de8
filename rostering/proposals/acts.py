"""What a coordinator does with a proposal: one verb, one quiet sentence, and back to where it was asked."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from people import access, back, roles
from rostering.proposals import lines, states
from rostering.proposals.access import line_for_coordinator, proposal_for_coordinator
from rostering.proposals.forms import numbers
from rostering.proposals.lines import Sent

MOST_NAMED = 8


def act(getter: Callable) -> Callable:
    """A POST of who fills the roster, on what `getter` finds; a refusal of a verb becomes a sentence."""

    def wrap(view):
        @require_POST
        @access.needs(roles.FILL_ROSTER)
        @wraps(view)
        def done(request, pk):
            row, address = getter(request.user, pk), None
            try:
                address = view(request, row, timezone.now())
            except states.NotPossible as refusal:
                messages.error(request, str(refusal))
            return redirect(address or _back(request, getattr(row, "proposal_id", row.pk)))

        return done

    return wrap


@act(proposal_for_coordinator)
def stop(request, proposal, now):
    if states.stop(proposal, by=request.user, now=now).state == states.State.DISCARDED:
        messages.success(request, _("The proposal has been put aside before it began."))
        return reverse("rostering:proposals")
    messages.success(request, _("Stopping: the best so far becomes the proposal."))
    return None


@act(proposal_for_coordinator)
def discard(request, proposal, now):
    states.discard(proposal, by=request.user, now=now)
    messages.success(request, _("The proposal has been put aside. Nobody was asked."))
    return reverse("rostering:proposals")


@act(proposal_for_coordinator)
def run_again(request, proposal, now):
    made = states.run_again(proposal, by=request.user, now=now)
    return reverse("rostering:proposal", args=[made.pk])


@act(proposal_for_coordinator)
def replan(request, proposal, now):
    made = states.replan(proposal, by=request.user, now=now)
    return reverse("rostering:proposal", args=[made.pk])


@act(proposal_for_coordinator)
def send(request, proposal, now):
    only = numbers(request.POST.getlist("regel")) if "regel" in request.POST else None
    _tell(request, lines.send(proposal, by=request.user, now=now, only=only))


@act(line_for_coordinator)
def pin(request, line, now):
    lines.pin(line, by=request.user, now=now)
    messages.success(
        request, _("%(name)s is pinned: making it again leaves this as it is.") % {"name": line.person}
    )


@act(line_for_coordinator)
def unpin(request, line, now):
    lines.unpin(line, by=request.user, now=now)
    messages.success(request, _("%(name)s is no longer pinned.") % {"name": line.person})


@act(line_for_coordinator)
def leave_out(request, line, now):
    lines.leave_out(line, by=request.user, now=now)
    undo = reverse("rostering:proposal_keep", args=[line.pk])
    messages.success(request, _("%(name)s is left out.") % {"name": line.person}, extra_tags=undo)


@act(line_for_coordinator)
def keep(request, line, now):
    lines.keep(line, by=request.user, now=now)
    messages.success(request, _("%(name)s is in the proposal again.") % {"name": line.person})


def _tell(request, sent: Sent) -> None:
    """Say what became of it; who no longer fits by name and reason."""
    if sent.is_empty:
        messages.info(request, _("These people have been asked already."))
    if sent.asked:
        n = len({line.person_id for line in sent.asked})
        said = ngettext("%(n)s person has been asked.", "%(n)s people have been asked.", n) % {"n": n}
        if len(sent.asked) > n:
            said += " " + _("Together they got %(n)s questions.") % {"n": len(sent.asked)}
        messages.success(request, said)
    if sent.taken_back:
        n = len(sent.taken_back)
        said = ngettext("%(n)s offer has been taken back.", "%(n)s offers have been taken back.", n)
        messages.success(request, said % {"n": n})
    if sent.stood and not (sent.asked or sent.taken_back):
        messages.info(request, _("These people have been asked already."))
    if sent.left:
        said = ngettext(
            "%(n)s person is left: send it once more.", "%(n)s are left: send it once more.", sent.left
        )
        messages.info(request, said % {"n": sent.left})
    for line in sent.passed[:MOST_NAMED]:
        words = {"name": line.person, "because": line.passed_because}
        messages.info(request, _("%(name)s has not been asked: %(because)s") % words)
    if others := len(sent.passed[MOST_NAMED:]):
        said = ngettext("%(n)s other person no longer fits.", "%(n)s others no longer fit.", others)
        messages.info(request, said % {"n": others})


def _back(request, pk: int) -> str:
    """Where it was asked, if that is a page of ours; else the proposal."""
    return back.address(request, reverse("rostering:proposal", args=[pk]))
