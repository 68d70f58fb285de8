"""What somebody sees and does about themselves, and the way in for somebody who was invited."""

from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people import back, days, invitations, languages, privacy, roles, stamps, upkeep
from people.forms import AboutMe, ChoosePassword
from people.models import Person


@login_required
def profile(request):
    context = {
        "section": "me",
        "posts": [(roles.ROLES[post.role], post) for post in request.user.posts],
        "may_take_shifts": roles.may(request.user, roles.TAKE_SHIFTS)
        or roles.may(request.user, roles.TAKE_MICROTASKS),
    }
    return render(request, "people/profile.html", context)


@login_required
@stamps.edits(own=True)
def profile_edit(request):
    # A copy: what is filled in wrongly must not show in the menu.
    me = stamps.row_or_404(request, Person.objects, pk=request.user.pk)
    form = AboutMe(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        upkeep.save(form, by=request.user, now=timezone.now())
        with translation.override(me.language):
            messages.success(request, _("Your details have been saved."))
        return languages.keep(redirect("people:profile"), me.language)
    return render(request, "people/profile_edit.html", {"section": "me", "form": form})


@login_required
@require_POST
def export(request):
    pages = privacy.hand_over(request.user, by=request.user, now=timezone.now())
    readable = {"indent": 2, "ensure_ascii": False}
    return JsonResponse(
        pages,
        json_dumps_params=readable,
        headers={
            "Content-Disposition": f'attachment; filename="paraat-{days.today()}.json"',
            "Cache-Control": "no-store",
        },
    )


@require_POST
def language(request):
    chosen = request.POST.get("language", "")
    target = back.address(request, "/", field="next")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseRedirect(target)
    if request.user.is_authenticated:
        Person.objects.filter(pk=request.user.pk).update(language=chosen)
    return languages.keep(HttpResponseRedirect(target), chosen)


@never_cache
def invitation(request, token):
    now = timezone.now()
    found = invitations.find(token)
    if found is None:
        raise Http404
    state = invitations.state(found, now)
    if state != invitations.OPEN:
        closed = {
            "state": state,
            "was_used": state == invitations.ACCEPTED,
            "was_withdrawn": state == invitations.WITHDRAWN,
        }
        return render(request, "people/invitations/invitation_closed.html", closed, status=410)
    form = ChoosePassword(request.POST or None)
    if request.method == "POST" and form.is_valid() and not request.user.is_authenticated:
        try:
            person = invitations.accept(token, form.cleaned_data["password1"], now=now)
        except ValidationError as weak:
            form.add_error("password1", weak)
        except invitations.NotAcceptable as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Welcome to Paraat, %(name)s.") % {"name": person.first_name})
            return perform_login(request, person, email_verification="none")
    context = {"invitation": found, "role": roles.ROLES[found.role], "form": form}
    return render(request, "people/invitations/invitation.html", context)
