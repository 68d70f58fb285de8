"""The screens of the administrator about one person: details, roles, qualifications, leaving."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import days, invitations, privacy, qualifications, roles, stamps
from people.access import needs
from people.manage import details, directory, forms
from people.models import Grant, Person, RoleAssignment
from people.privacy import leaving

MANAGE = {"section": "manage"}


@needs(roles.MANAGE_PEOPLE)
def person(request, public_id):
    person = get_object_or_404(Person.objects.select_related("home"), public_id=public_id)
    assignments = person.role_assignments.select_related("location", "district").order_by("-until_on", "pk")
    context = {
        "person": person,
        "assignments": [(roles.ROLES[post.role], post) for post in assignments],
        "fills": roles.FILL_ROSTER,
        "held": directory.held(person, on=days.today()),
        "today": days.today(),
        "is_erased": privacy.is_erased(person),
        "may_grant": roles.may(request.user, roles.MANAGE_QUALIFICATIONS),
        "may_read_journal": roles.may(request.user, roles.READ_JOURNAL),
    }
    return render(request, "people/manage/person.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
@stamps.edits
def person_edit(request, public_id):
    person = stamps.row_or_404(request, Person.objects, public_id=public_id)
    name = str(person)
    form = forms.PersonDetails(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        details.correct(form, by=request.user, now=timezone.now())
        messages.success(request, _("The details of %(name)s have been saved.") % {"name": person})
        return redirect("people:manage_person", public_id)
    context = {"person": person, "name": name, "form": form}
    return render(request, "people/manage/person_edit.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
@stamps.once
def assign_role(request, public_id):
    person = get_object_or_404(Person.objects.active(), public_id=public_id)
    form = forms.AssignRole(request.POST or None, initial={"since_on": days.today()})
    if request.method == "POST" and form.is_valid():
        roles.assign(person, by=request.user, now=timezone.now(), **form.cleaned_data)
        messages.success(request, _("%(name)s has the role.") % {"name": person})
        return redirect("people:manage_person", public_id)
    context = {"person": person, "form": form, "roles": roles.ROLES.values()}
    return render(request, "people/manage/assign_role.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
@stamps.edits
def duty_phone(request, pk):
    """Whom to call: the work phone of somebody who fills the roster of a place."""
    rows = RoleAssignment.objects.in_force(days.today()).select_related("person", "location", "district")
    post = stamps.row_or_404(request, rows, pk=pk)
    form = forms.DutyPhone(request.POST or None, instance=post)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["duty_phone"]
        try:
            roles.put_on_duty(post, phone, by=request.user, now=timezone.now())
        except roles.NotOnDuty as refused:
            form.add_error("duty_phone", str(refused))
        else:
            messages.success(request, _("The work phone has been saved."))
            return redirect("people:manage_person", post.person.public_id)
    context = {"post": post, "role": roles.ROLES[post.role], "form": form}
    return render(request, "people/manage/duty_phone.html", MANAGE | context)


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
@stamps.once
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
    return render(request, "people/manage/grant.html", MANAGE | {"person": person, "form": form})


@needs(roles.MANAGE_QUALIFICATIONS)
@stamps.once
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
    return render(
        request, "people/manage/revoke.html", MANAGE | {"award": award, "form": form, "today": days.today()}
    )


@needs(roles.MANAGE_PEOPLE)
@stamps.once
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
    return render(request, "people/manage/leave.html", MANAGE | {"person": person})


@needs(roles.MANAGE_PEOPLE)
@stamps.once
def erase(request, public_id):
    person, now = get_object_or_404(Person, public_id=public_id), timezone.now()
    if request.method == "POST":
        try:
            erased = privacy.erase(person, by=request.user, now=now)
        except privacy.NotErasable:
            return redirect("people:erase", public_id)  # which says why
        messages.success(request, _("The details of this person have been erased."))
        return redirect("people:manage_person", erased.public_id)
    context = {"person": person, "not_yet": privacy.not_yet(person, now=now)}
    return render(request, "people/manage/erase.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
@require_POST
@stamps.once
def invite_person(request, public_id):
    """For somebody who was taken over from another system and has no password yet."""
    person = get_object_or_404(Person.objects.active(), public_id=public_id)
    first = person.posts[0] if person.posts else None
    try:
        made = invitations.invite(
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
        messages.success(request, invitations.sent(made))
    return redirect("people:manage_person", public_id)
