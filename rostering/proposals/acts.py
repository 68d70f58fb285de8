"""What a coordinator does with a proposal: one verb, one quiet sentence, and back to where it was asked."""

from functools import partial

from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people import access, roles, stamps
from rostering.acts import act, told
from rostering.proposals import lines, states
from rostering.proposals.access import line_for_coordinator, proposal_for_coordinator
from rostering.proposals.forms import numbers
from rostering.proposals.lines import Sent

MOST_NAMED = 8


def page_of(proposal_id: int) -> str:
    return reverse("rostering:proposal", args=[proposal_id])


on = partial(act, guard=access.needs(roles.FILL_ROSTER), refusals={states.NotPossible: told})
on_proposal = on(proposal_for_coordinator, home=lambda proposal: page_of(proposal.pk))
making_another = on(proposal_for_coordinator, home=lambda proposal: page_of(proposal.pk), stamp=stamps.once)
on_line = on(line_for_coordinator, home=lambda line: page_of(line.proposal_id))


@on_proposal
def stop(request, proposal, now):
    if states.stop(proposal, by=request.user, now=now).state == states.State.DISCARDED:
        messages.success(request, _("The proposal has been put aside before it began."))
        return reverse("rostering:proposals")
    messages.success(request, _("Stopping: the best so far becomes the proposal."))
    return None


@on_proposal
def discard(request, proposal, now):
    states.discard(proposal, by=request.user, now=now)
    messages.success(request, _("The proposal has been put aside. Nobody was asked."))
    return reverse("rostering:proposals")


@making_another
def run_again(request, proposal, now):
    made = states.run_again(proposal, by=request.user, now=now)
    return page_of(made.pk)


@making_another
def replan(request, proposal, now):
    made = states.replan(proposal, by=request.user, now=now)
    return page_of(made.pk)


@on_proposal
def send(request, proposal, now):
    only = numbers(request.POST.getlist("regel")) if "regel" in request.POST else None
    _tell(request, lines.send(proposal, by=request.user, now=now, only=only))


@on_line
def pin(request, line, now):
    lines.pin(line, by=request.user, now=now)
    messages.success(
        request, _("%(name)s is pinned: making it again leaves this as it is.") % {"name": line.person}
    )


@on_line
def unpin(request, line, now):
    lines.unpin(line, by=request.user, now=now)
    messages.success(request, _("%(name)s is no longer pinned.") % {"name": line.person})


@on_line
def leave_out(request, line, now):
    lines.leave_out(line, by=request.user, now=now)
    undo = reverse("rostering:proposal_keep", args=[line.pk])
    messages.success(request, _("%(name)s is left out.") % {"name": line.person}, extra_tags=undo)


@on_line
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
