"""For who fills the roster: why nobody comes to a shift, what to train, and asking people to learn it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from people import access, roles
from people.models import Qualification
from rostering.training import invitations
from rostering.training import needs as training_needs
from rostering.training.needs import WEEKS, Choice


@require_safe
@access.needs(roles.FILL_ROSTER)
def needs(request):
    scope = access.scope_of(request.user)
    places = training_needs.places(scope)
    choice = _choice(request.GET, places)
    return render(
        request,
        "rostering/training/needs.html",
        {
            "section": "board",
            "needs": training_needs.read(scope, choice, now=timezone.now()),
            "choice": choice,
            "places": places.items(),
            "weeks": WEEKS,
            "only": Qualification.objects.filter(code=choice.code).first() if choice.code else None,
        },
    )


@require_POST
@access.needs(roles.FILL_ROSTER)
def invite(request, code):
    scope, now = access.scope_of(request.user), timezone.now()
    qualification = get_object_or_404(Qualification, code=code)
    ours = training_needs.trainable(scope, now=now)
    people = list(ours.filter(public_id__in=_ids(request.POST.getlist("wie"))))
    try:
        asked = invitations.invite(people, qualification, by=request.user, now=now)
    except invitations.NotLearned as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _said(asked))
    choice = _choice(request.POST, training_needs.places(scope))
    return redirect(f"{reverse('rostering:training_needs')}?{_query(choice)}")


def _choice(wanted, places: dict) -> Choice:
    """Read what is chosen; what does not exist is the usual."""
    weeks, where = wanted.get("weken", ""), wanted.get("waar", "")
    return Choice(
        weeks=int(weeks) if weeks in map(str, WEEKS) else Choice.weeks,
        where=where if where in places else Choice.where,
        code=_clean(wanted.get("wat", "")),
    )


def _clean(code: str) -> str:
    return (
        code if code.isprintable() and len(code) <= Qualification._meta.get_field("code").max_length else ""
    )


def _query(choice: Choice) -> str:
    kept = {"weken": choice.weeks, "waar": choice.where, "wat": choice.code}
    return urlencode({name: value for name, value in kept.items() if value})


def _ids(said: list[str]) -> list[UUID]:
    try:
        return [UUID(one) for one in said]
    except ValueError:
        raise Http404 from None


def _said(asked: list) -> str:
    if not asked:
        return _("Everybody had been invited already.")
    return _("Invited: %(names)s. They get a mail.") % {"names": ", ".join(map(str, asked))}
