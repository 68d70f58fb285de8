"""The screens of the administrator about the way in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import invitations, roles, stamps
from people.access import needs
from people.manage import forms, invited
from people.models import Invitation

MANAGE = {"section": "manage"}


@needs(roles.MANAGE_PEOPLE)
def invitation_list(request):
    now = timezone.now()
    found = Invitation.objects.select_related("location", "district", "invited_by")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page": page, "rows": invited.listed(page, now=now), "query": ""}
    return render(request, "people/manage/invitations.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
@stamps.once
def invite(request):
    form = forms.Invite(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = invitations.invite(by=request.user, now=timezone.now(), **form.cleaned_data)
        except invitations.NotInvitable as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, invitations.sent(made))
            return redirect("people:invitations")
    return render(request, "people/manage/invite.html", MANAGE | {"form": form})


@needs(roles.MANAGE_PEOPLE)
@require_POST
@stamps.once
def invite_again(request, pk):
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        made = invitations.invite_again(invitation, by=request.user, now=timezone.now())
    except invitations.NotInvitable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, invitations.sent(made))
    return redirect("people:invitations")


@needs(roles.MANAGE_PEOPLE)
@require_POST
def withdraw(request, pk):
    invitations.withdraw(get_object_or_404(Invitation, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("people:invitations")
