"""The screens of the administrator: people, roles, qualifications, invitations, messages and the journal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import days, directory, invitations, leaving, notices, qualifications, roles, story, upkeep
from people import manage_forms as forms
from people.access import needs
from people.models import District, Grant, Invitation, Location, Notice, Person, Qualification, RoleAssignment

MANAGE = {"section": "manage"}


def query_of(request) -> str:
    """Return the rest of the address, for links to other pages of the same list."""
    asked = request.GET.copy()
    asked.pop("page", None)
    return f"{asked.urlencode()}&" if asked else ""


@needs(roles.MANAGE_PEOPLE)
def manage(request):
    now = timezone.now()
    counts = {
        "people": Person.objects.active().count(),
        "invitations": Invitation.objects.filter(
            accepted_at=None, withdrawn_at=None, expires_at__gt=now
        ).count(),
        "troubled": troubled().count(),
    }
    return render(request, "people/manage.html", MANAGE | counts)


@needs(roles.MANAGE_PEOPLE)
def people(request):
    form = forms.FindPeople(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = directory.found(
        words=asked.get("q", ""),
        role=asked.get("role", ""),
        location=asked.get("location"),
        engagement=asked.get("engagement", ""),
        gone=asked.get("gone", False),
        on=days.today(),
    )
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    for person in page:
        person.role_names = directory.names(person.roles_now)
    context = {"form": form, "page": page, "query": query_of(request)}
    return render(request, "people/manage_people.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
def person(request, public_id):
    person = get_object_or_404(Person.objects.select_related("home"), public_id=public_id)
    assignments = person.role_assignments.select_related("location", "district").order_by("-until_on", "pk")
    context = {
        "person": person,
        "assignments": [(roles.ROLES[post.role], post) for post in assignments],
        "held": directory.held(person, on=days.today()),
        "today": days.today(),
        "may_grant": roles.may(request.user, roles.MANAGE_QUALIFICATIONS),
        "may_read_journal": roles.may(request.user, roles.READ_JOURNAL),
    }
    return render(request, "people/manage_person.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
def person_edit(request, public_id):
    person = get_object_or_404(Person, public_id=public_id)
    name = str(person)
    form = forms.PersonDetails(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        upkeep.save(form, by=request.user, now=timezone.now())
        messages.success(request, _("The details of %(name)s have been saved.") % {"name": person})
        return redirect("people:manage_person", public_id)
    context = {"person": person, "name": name, "form": form}
    return render(request, "people/manage_person_edit.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
def assign_role(request, public_id):
    person = get_object_or_404(Person.objects.active(), public_id=public_id)
    form = forms.AssignRole(request.POST or None, initial={"since_on": days.today()})
    if request.method == "POST" and form.is_valid():
        roles.assign(person, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s has the role.") % {"name": person})
        return redirect("people:manage_person", public_id)
    context = {"person": person, "form": form, "roles": roles.ROLES.values()}
    return render(request, "people/manage_assign_role.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
@require_POST
def end_role(request, pk):
    assignment = get_object_or_404(RoleAssignment.objects.select_related("person"), pk=pk)
    person = assignment.person
    if person == request.user and roles.MANAGE_PEOPLE in roles.ROLES[assignment.role].may:
        messages.error(request, _("You cannot end your own administration. Ask another administrator."))
    else:
        roles.end(assignment, by=request.user, now=timezone.now(), until_on=days.today())
        messages.success(request, _("The role has ended."))
    return redirect("people:manage_person", person.public_id)


@needs(roles.MANAGE_QUALIFICATIONS)
def grant(request, public_id):
    person = get_object_or_404(Person.objects.active(), public_id=public_id)
    form = forms.GiveQualification(request.POST or None, initial={"valid_from": days.today()})
    if request.method == "POST" and form.is_valid():
        try:
            award = qualifications.grant(person, by=request.user, now=timezone.now(), **form.cleaned_data)
        except qualifications.NotGrantable as refused:
            form.add_error(None, str(refused))
        else:
            words = {"name": person, "qualification": award.qualification}
            messages.success(request, _("%(name)s has %(qualification)s.") % words)
            return redirect("people:manage_person", public_id)
    return render(request, "people/manage_grant.html", MANAGE | {"person": person, "form": form})


@needs(roles.MANAGE_QUALIFICATIONS)
def revoke(request, pk):
    award = get_object_or_404(Grant.objects.select_related("person", "qualification"), pk=pk, revoked_on=None)
    form = forms.SayWhy(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            qualifications.revoke(award, by=request.user, now=timezone.now(), **form.cleaned_data)
        except qualifications.NotGrantable as refused:
            form.add_error("because", str(refused))
        else:
            messages.success(request, _("%(what)s is revoked.") % {"what": award.qualification})
            return redirect("people:manage_person", award.person.public_id)
    return render(request, "people/manage_revoke.html", MANAGE | {"award": award, "form": form})


@needs(roles.MANAGE_PEOPLE)
def leave(request, public_id):
    person = get_object_or_404(Person.objects.active(), public_id=public_id)
    if request.method == "POST":
        try:
            leaving.leave(person, by=request.user, now=timezone.now())
        except leaving.NotLeaving as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The account of %(name)s is closed.") % {"name": person})
        return redirect("people:manage_person", public_id)
    return render(request, "people/manage_leave.html", MANAGE | {"person": person})


@needs(roles.MANAGE_PEOPLE)
@require_POST
def invite_person(request, public_id):
    """For somebody who was taken over from another system and has no password yet."""
    person = get_object_or_404(Person.objects.active(), public_id=public_id)
    first = person.posts[0] if person.posts else None
    try:
        invitations.invite(
            person.email,
            first_name=person.first_name,
            infix=person.infix,
            last_name=person.last_name,
            engagement=person.engagement,
            role=first.role if first else roles.Volunteer.code,
            location=first.location if first else person.home,
            district=first.district if first else None,
            by=request.user,
            now=timezone.now(),
        )
    except invitations.NotInvitable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": person.email})
    return redirect("people:manage_person", public_id)


@needs(roles.MANAGE_PEOPLE)
def invitation_list(request):
    now = timezone.now()
    found = Invitation.objects.select_related("location", "district", "invited_by")
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    for row in page:
        row.state = invitations.state(row, now)
        row.role_name = roles.ROLES[row.role].name
    return render(request, "people/manage_invitations.html", MANAGE | {"page": page, "query": ""})


@needs(roles.MANAGE_PEOPLE)
def invite(request):
    form = forms.Invite(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitations.invite(by=request.user, now=timezone.now(), **form.cleaned_data)
        except invitations.NotInvitable as refused:
            form.add_error("email", str(refused))
        else:
            email = form.cleaned_data["email"]
            messages.success(request, _("The invitation is on its way to %(email)s.") % {"email": email})
            return redirect("people:invitations")
    return render(request, "people/manage_invite.html", MANAGE | {"form": form})


@needs(roles.MANAGE_PEOPLE)
@require_POST
def invite_again(request, pk):
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        invitations.invite_again(invitation, by=request.user, now=timezone.now())
    except invitations.NotInvitable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
        )
    return redirect("people:invitations")


@needs(roles.MANAGE_PEOPLE)
@require_POST
def withdraw(request, pk):
    invitations.withdraw(get_object_or_404(Invitation, pk=pk), by=request.user, now=timezone.now())
    messages.success(request, _("The invitation is withdrawn. Its link no longer works."))
    return redirect("people:invitations")


@needs(roles.MANAGE_PEOPLE)
def locations(request):
    working = Count("people", filter=Q(people__is_active=True))
    found = Location.objects.select_related("district").annotate(working=working).order_by("-is_open", "name")
    context = {"locations": found, "districts": District.objects.annotate(Count("locations"))}
    return render(request, "people/manage_locations.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
def location(request, pk=None):
    return _upkeep(request, forms.Place, Location, pk, "people/manage_location.html")


@needs(roles.MANAGE_PEOPLE)
def district(request, pk=None):
    return _upkeep(request, forms.Area, District, pk, "people/manage_district.html")


def _upkeep(request, form_class, model, pk, template):
    row = get_object_or_404(model, pk=pk) if pk else model()
    title = str(row)
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = upkeep.save(form, by=request.user, now=timezone.now())
        messages.success(request, _("%(what)s has been saved.") % {"what": saved})
        return redirect("people:locations")
    return render(request, template, MANAGE | {"row": row, "title": title, "form": form})


@needs(roles.MANAGE_QUALIFICATIONS)
def qualification_list(request):
    today = days.today()
    holders = Grant.objects.valid_on(today).filter(person__is_active=True)
    counted = dict(
        holders.values_list("qualification").annotate(people=Count("person", distinct=True)).order_by()
    )
    found = list(Qualification.objects.prefetch_related("includes"))
    for row in found:
        row.holders = counted.get(row.pk, 0)
    return render(request, "people/manage_qualifications.html", MANAGE | {"qualifications": found})


@needs(roles.MANAGE_QUALIFICATIONS)
def qualification(request, code):
    row = get_object_or_404(Qualification, code=code)
    title = str(row)
    form = forms.QualificationDetails(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        upkeep.save(form, by=request.user, now=timezone.now())
        messages.success(request, _("%(what)s has been saved.") % {"what": row})
        return redirect("people:qualifications")
    context = {"row": row, "title": title, "form": form}
    return render(request, "people/manage_qualification.html", MANAGE | context)


def troubled():
    """Return the messages to people who are still here that did not get through."""
    return Notice.objects.filter(sent_at=None, person__is_active=True).exclude(trouble="")


@needs(roles.MANAGE_PEOPLE)
def failed_notices(request):
    page = Paginator(troubled().select_related("person"), 25).get_page(request.GET.get("page"))
    return render(request, "people/manage_notices.html", MANAGE | {"page": page, "query": ""})


@needs(roles.MANAGE_PEOPLE)
@require_POST
def retry_notice(request, pk):
    try:
        notices.retry(get_object_or_404(troubled(), pk=pk), by=request.user, now=timezone.now())
    except notices.NotRetryable as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("We try to send the message again."))
    return redirect("people:failed_notices")


@needs(roles.READ_JOURNAL)
def journal(request):
    form = forms.FindLines(request.GET, verbs=story.verbs())
    page = Paginator(story.lines(**form.cleaned_data) if form.is_valid() else story.lines(), 50).get_page(
        request.GET.get("page")
    )
    context = {"form": form, "page": page, "lines": story.tell(page), "query": query_of(request)}
    return render(request, "people/journal.html", MANAGE | context)
