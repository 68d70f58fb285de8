"""The screens of the administrator: who there is, places, qualifications, messages and the journal."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from people import days, health, notices, roles, stamps, ticking, upkeep
from people import locations as places
from people.access import needs
from people.manage import directory, forms, story
from people.models import District, Grant, Invitation, Location, Notice, Person, Qualification, Room

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
        "ill": [one for one in health.measure(now) if not one.is_well],
        "stuck": ticking.troubles(),
    }
    return render(request, "people/manage/manage.html", MANAGE | counts)


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
    context = {"form": form, "page": page, "people": directory.listed(page), "query": query_of(request)}
    return render(request, "people/manage/people.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
def locations(request):
    working = Count("people", filter=Q(people__is_active=True))
    found = Location.objects.select_related("district").annotate(working=working).order_by("-is_open", "name")
    context = {"locations": found, "districts": District.objects.annotate(Count("locations"))}
    return render(request, "people/manage/locations.html", MANAGE | context)


@needs(roles.MANAGE_PEOPLE)
@stamps.once
@stamps.edits
def location(request, pk=None):
    return _upkeep(request, forms.Place, Location, pk, "people/manage/location.html", verb=places.keep)


@needs(roles.MANAGE_PEOPLE)
@stamps.once
def new_room(request, pk):
    """A room of the location `pk`."""
    row = Room(location=get_object_or_404(Location, pk=pk))
    return _room(request, row, forms.RoomDetails(request.POST or None, instance=row))


@needs(roles.MANAGE_PEOPLE)
@stamps.edits
def room(request, pk):
    row = stamps.row_or_404(request, Room.objects.select_related("location"), pk=pk)
    return _room(request, row, forms.RoomDetails(request.POST or None, instance=row))


def _room(request, row, form):
    title = str(row)
    if request.method == "POST" and form.is_valid():
        saved = places.keep_room(form, by=request.user, now=timezone.now())
        messages.success(request, _("%(what)s has been saved.") % {"what": saved})
        return redirect("people:location", saved.location_id)
    return render(request, "people/manage/room.html", MANAGE | {"row": row, "title": title, "form": form})


@needs(roles.MANAGE_PEOPLE)
@stamps.once
@stamps.edits
def district(request, pk=None):
    return _upkeep(request, forms.Area, District, pk, "people/manage/district.html")


def _upkeep(request, form_class, model, pk, template, *, verb=upkeep.save):
    row = stamps.row_or_404(request, model.objects, pk=pk) if pk else model()
    title = str(row)
    form = form_class(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        saved = verb(form, by=request.user, now=timezone.now())
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
    found = [(row, counted.get(row.pk, 0)) for row in Qualification.objects.prefetch_related("includes")]
    return render(request, "people/manage/qualifications.html", MANAGE | {"qualifications": found})


@needs(roles.MANAGE_QUALIFICATIONS)
@stamps.once
def new_qualification(request):
    form = forms.QualificationDetails(request.POST or None, instance=Qualification())
    if request.method == "POST" and form.is_valid():
        row = upkeep.save(form, by=request.user, now=timezone.now())
        messages.success(request, _("%(what)s has been saved.") % {"what": row})
        return redirect("people:qualifications")
    return render(request, "people/manage/qualification.html", MANAGE | {"form": form})


@needs(roles.MANAGE_QUALIFICATIONS)
@stamps.edits
def qualification(request, code):
    row = stamps.row_or_404(request, Qualification.objects, code=code)
    title = str(row)
    form = forms.QualificationDetails(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        upkeep.save(form, by=request.user, now=timezone.now())
        messages.success(request, _("%(what)s has been saved.") % {"what": row})
        return redirect("people:qualifications")
    context = {"row": row, "title": title, "form": form}
    return render(request, "people/manage/qualification.html", MANAGE | context)


def troubled():
    """Return the messages that did not get through, to people who are still here or have no account."""
    here = Q(person=None) | Q(person__is_active=True)
    return Notice.objects.filter(here, sent_at=None).exclude(trouble="")


@needs(roles.MANAGE_PEOPLE)
def failed_notices(request):
    page = Paginator(troubled().select_related("person"), 25).get_page(request.GET.get("page"))
    rows = [(notice, notices.reader_of(notice), notices.delivery(notice)) for notice in page]
    return render(request, "people/manage/notices.html", MANAGE | {"page": page, "rows": rows, "query": ""})


@needs(roles.MANAGE_PEOPLE)
@require_POST
@stamps.once
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
    return render(request, "people/manage/journal.html", MANAGE | context)
