"""Which proposals may this coordinator see?"""

from django.shortcuts import get_object_or_404

from people.access import scope_of
from people.models import Person
from rostering.models import Proposal, ProposalLine


def proposal_for_coordinator(person: Person, pk: int) -> Proposal:
    """Return this proposal if all its places lie in the own part of the country, or 404."""
    rows = Proposal.objects.in_scope(scope_of(person)).select_related("made_by", "follows")
    return get_object_or_404(rows, pk=pk)


def line_for_coordinator(person: Person, pk: int) -> ProposalLine:
    """Return this line of such a proposal with its person and shift, or 404."""
    rows = ProposalLine.objects.filter(proposal__in=Proposal.objects.in_scope(scope_of(person)))
    rows = rows.select_related(
        "person", "proposal", "shift__task_kind", "shift__location", "shift__district", "shift__room"
    )
    return get_object_or_404(rows, pk=pk)
