"""What can be typed, and does it ask the guard? Every text column of every model stands in one of the tables.

A column that is guarded is a field of people.models.fields that refuses what seems to be of a client, and each of
its doors (screen, file, verb) is tried here. A column that is not, says in one line why.
"""

import io
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from wagtail.fields import StreamField

from academy import importing
from cms import tree
from people import freetext, qualifications
from people.files import people as people_files
from people.files import sheets
from people.models.fields import Guarded
from rostering import booking, shifts
from rostering.demand import files
from rostering.models import Shift, TaskKind
from tests.architecture.house import ROOMS, nothing
from tests.conftest import NOW
from tests.plugins.sessions import signed_in

CLIENT = "Belt cliënt mw. Jansen 06-12345678, zaak 2026/12345"
REFUSED = (shifts.NotPossible, booking.NotBookable, qualifications.NotGrantable, sheets.Unreadable)

NAME = "the name or the address of somebody, registered in people/privacy"
CODE = "a code or a name that our code chooses"
MADE = "made by the program from what is guarded or chosen, never typed"
LESSON = "the text of a course, made up; a second trainer reads it before it is published"
SITE = "the text of a page of the site, published with the numbers and addresses that everybody may know"
PLACE = "a place of the organisation: its name, its address and how to get in, which everybody may know"
SECRET = "a hash or a key"
LIBRARY = "the name of something in the library of the editors, seen by who chooses it for a page"
EDITORS = "what editors write to each other about a page, which holds no client"

EXEMPT = {
    "people.District.name": PLACE,
    "people.HouseRule.key": CODE,
    "people.Invitation.email": NAME,
    "people.Invitation.first_name": NAME,
    "people.Invitation.infix": NAME,
    "people.Invitation.last_name": NAME,
    "people.Invitation.role": CODE,
    "people.Invitation.token_hash": SECRET,
    "people.JournalEntry.actor": MADE,
    "people.JournalEntry.facts": MADE,
    "people.JournalEntry.subject": MADE,
    "people.JournalEntry.verb": MADE,
    "people.LearningStep.next_title": MADE,
    "people.Location.accessibility": PLACE,
    "people.Location.bell": PLACE,
    "people.Location.entrance": PLACE,
    "people.Location.name": PLACE,
    "people.Location.parking": PLACE,
    "people.Location.postcode": PLACE,
    "people.Location.school_region": CODE,
    "people.Location.street": PLACE,
    "people.Location.town": PLACE,
    "people.Notice.about": MADE,
    "people.Notice.facts": MADE,
    "people.Notice.kind": CODE,
    "people.Notice.subject": MADE,
    "people.Notice.trouble": MADE,
    "people.Person.email": NAME,
    "people.Person.first_name": NAME,
    "people.Person.infix": NAME,
    "people.Person.last_name": NAME,
    "people.Person.password": SECRET,
    "people.Person.phone": "the phone number of the person, asked for as such",
    "people.Qualification.code": CODE,
    "people.RoleAssignment.duty_phone": "the work phone of a role, asked for as such",
    "people.RoleAssignment.role": CODE,
    "people.Room.directions": PLACE,
    "people.Room.name": PLACE,
    "people.Stamp.key": SECRET,
    "people.Stamp.leads_to": MADE,
    "people.Tick.of": CODE,
    "people.Trouble.error": MADE,
    "people.Trouble.row": MADE,
    "people.Trouble.step": CODE,
    "academy.Answer.feedback": LESSON,
    "academy.Answer.text": LESSON,
    "academy.Attempt.answers": MADE,
    "academy.Attempt.remark": MADE,
    "academy.CoursePage.code": CODE,
    "academy.CoursePage.form_note": LESSON,
    "academy.CoursePage.goals": LESSON,
    "academy.CoursePage.summary": LESSON,
    "academy.CoursePage.topics": LESSON,
    "academy.LessonPage.body": LESSON,
    "academy.ModulePage.summary": LESSON,
    "academy.ModulePage.test_intro": LESSON,
    "academy.Paper.mark": SECRET,
    "academy.Paper.questions": MADE,
    "academy.Question.explanation": LESSON,
    "academy.Question.prompt": LESSON,
    "cms.HomePage.body": SITE,
    "cms.HomePage.welcome": SITE,
    "cms.StandardPage.body": SITE,
    "rostering.CalendarSubscription.token_hash": SECRET,
    "rostering.Planning.changed": MADE,
    "rostering.Proposal.cover": MADE,
    "rostering.Proposal.fingerprint": MADE,
    "rostering.ProposalLine.passed_because": MADE,
    "rostering.ProposalLine.why": MADE,
    "rostering.TakeOver.blocks": MADE,
    "rostering.TaskKind.code": CODE,
}
OF_OTHERS = {  # models of the libraries, each as a whole
    "account.EmailAddress": NAME,
    "account.EmailConfirmation": SECRET,
    "auth.Group": CODE,
    "auth.Permission": CODE,
    "contenttypes.ContentType": CODE,
    "django_q.OrmQ": MADE,
    "django_q.Schedule": MADE,
    "django_q.Task": MADE,
    "mfa.Authenticator": SECRET,
    "sessions.Session": SECRET,
    "taggit.Tag": LIBRARY,
    "usersessions.UserSession": MADE,
    "wagtailadmin.EditingSession": MADE,
    "wagtailadmin.FormState": EDITORS,
    "wagtailcore.APIToken": CODE,
    "wagtailcore.Collection": LIBRARY,
    "wagtailcore.CollectionViewRestriction": SECRET,
    "wagtailcore.Comment": EDITORS,
    "wagtailcore.CommentReply": EDITORS,
    "wagtailcore.Locale": CODE,
    "wagtailcore.ModelLogEntry": MADE,
    "wagtailcore.Page": SITE,
    "wagtailcore.PageLogEntry": MADE,
    "wagtailcore.PageViewRestriction": SECRET,
    "wagtailcore.ReferenceIndex": MADE,
    "wagtailcore.Revision": SITE,
    "wagtailcore.Site": SITE,
    "wagtailcore.Task": CODE,
    "wagtailcore.TaskState": EDITORS,
    "wagtailcore.Workflow": CODE,
    "wagtailcore.WorkflowState": MADE,
    "wagtaildocs.Document": LIBRARY,
    "wagtailembeds.Embed": MADE,
    "wagtailimages.Image": LIBRARY,
    "wagtailimages.Rendition": MADE,
    "wagtailmedia.Media": LIBRARY,
    "wagtailredirects.Redirect": SITE,
    "wagtailsearch.IndexEntry": MADE,
    "wagtailsearch.SQLiteFTSIndexEntry": MADE,
    "wagtailusers.UserProfile": CODE,
}


def texts() -> dict[str, models.Field]:
    """Return every column of a model that holds text, by the name of model and column."""
    return {
        f"{model._meta.label}.{field.name}": field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField | StreamField)
        and field.editable
        and not field.choices
    }


def test_every_text_that_can_be_typed_is_guarded_or_says_why_not():
    ours = {name for name in texts() if name.split(".")[0] in ROOMS}
    others = {name.rpartition(".")[0] for name in texts().keys() - ours}
    nothing(sorted(ours ^ {*GUARDED, *EXEMPT}))
    nothing(sorted(others - OF_OTHERS.keys()))


def test_what_is_guarded_is_a_guarded_field_and_nothing_else_is():
    assert {name for name, field in texts().items() if isinstance(field, Guarded)} == set(GUARDED)


# The doors: each tries to get `CLIENT` in, and returns what is answered ----------------------------------------


def csv(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def said_by(verb, *args, **kwargs) -> str:
    with pytest.raises(REFUSED) as refused:
        verb(*args, **kwargs)
    reasons = getattr(refused.value, "reasons", ())
    return " ".join([str(refused.value), *(str(getattr(reason, "said", reason)) for reason in reasons)])


def page(client, address, *args, **filled) -> str:
    return client.post(reverse(address, args=args), filled, follow=True).content.decode()


def evidence_on_screen(house):
    return page(
        house.office, "people:grant", house.bram.public_id,
        qualification=house.vog.pk, source="seen", evidence=CLIENT, valid_from="2026-11-20",
    )  # fmt: skip


def evidence_in_a_file(house):
    path = house.folder / "grants.csv"
    path.write_text(
        "email;qualification;valid_from;valid_until;source;evidence\n"
        f"{house.bram.email};VOG;2026-01-05;;seen;{CLIENT}\n"
    )
    return said_by(people_files.take_over_grants, path, by=None, now=NOW)


def evidence_by_the_verb(house):
    return said_by(qualifications.grant, house.bram, house.vog, by=house.frank, now=NOW, evidence=CLIENT)


def revoking_on_screen(house):
    return page(house.office, "people:revoke", house.grant.pk, because=CLIENT)


def revoking_by_the_verb(house):
    return said_by(qualifications.revoke, house.grant, by=house.frank, now=NOW, because=CLIENT)


def qualification_on_screen(house):
    return page(house.office, "people:new_qualification", code="C99", name=CLIENT, kind="check")


def qualification_changed_on_screen(house):
    return page(house.office, "people:qualification", "VOG", name=CLIENT, kind="check", is_active="on")


def qualification_in_a_file(house):
    rows = csv(f'code,name,kind,valid_months\nC99,"{CLIENT}",check,\n')
    return said_by(importing.import_qualifications, rows, by=None, now=NOW)


def qualification_in_a_file_of_courses(house):
    heading = "code,title,topics,form,hours,valid_months,requires"
    rows = csv(f'{heading}\nC99,"{CLIENT}",,e-learning,1,,\n')
    return said_by(importing.import_courses, rows, tree.ensure_site(), by=None, now=NOW)


KIND = {"ladder": "small_role", "minimum_months": "0", "minutes": "60", "load": "2", "mode": "remote"}


def kind_on_screen(house, name="Spreekuur", **filled):
    return page(
        house.office, "rostering:new_task_kind", code="T99", name=name, minimum_people="1", **KIND, **filled
    )


def kind_name_on_screen(house):
    return kind_on_screen(house, name=CLIENT)


def kind_description_on_screen(house):
    return kind_on_screen(house, description=CLIENT)


def kind_description_changed_on_screen(house):
    filled = {**KIND, "name": "Advieslijn", "description": CLIENT, "minimum_people": "1"}
    return page(house.office, "rostering:task_kind", "T01", **filled)


def kind_in_a_file(house, name="Spreekuur", description=""):
    rows = csv(
        f"{','.join(files.KIND_COLUMNS)},description\n"
        f'T99,"{name}",,0,60,middel,remote,1,small_role,"{description}"\n'
    )
    return said_by(files.read_task_kinds, rows)


def kind_name_in_a_file(house):
    return kind_in_a_file(house, name=CLIENT)


def kind_description_in_a_file(house):
    return kind_in_a_file(house, description=CLIENT)


TIMES = {"day": "2026-12-01", "start": "10:00", "end": "12:00", "seats": "2", "note": CLIENT}


def note_of_a_new_shift(house):
    kind = house.shift.task_kind_id
    return page(
        house.board, "rostering:new_shift", task_kind=kind, where="national", published="concept", **TIMES
    )


def note_of_a_changed_shift(house):
    return page(house.board, "rostering:board_change", house.shift.pk, **TIMES)


def note_by_the_verb(house):
    shift = house.shift
    return said_by(
        shifts.make, shift.task_kind, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=1, note=CLIENT,
        by=house.carla, now=NOW,
    )  # fmt: skip


def note_changed_by_the_verb(house):
    shift = house.shift
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "seats": 2}
    return said_by(shifts.change, shift, **times, note=CLIENT, by=house.carla, now=NOW)


WAY = TIMES | {"note": "", "directions": CLIENT}


def way_to_a_new_shift(house):
    kind = house.shift.task_kind_id
    return page(
        house.board, "rostering:new_shift", task_kind=kind, where="national", published="concept", **WAY
    )


def way_to_a_changed_shift(house):
    return page(house.board, "rostering:board_change", house.shift.pk, **WAY)


def way_by_the_verb(house):
    shift, spot = house.shift, shifts.Spot(directions=CLIENT)
    return said_by(
        shifts.make, shift.task_kind, starts_at=shift.starts_at, ends_at=shift.ends_at, seats=1, spot=spot,
        by=house.carla, now=NOW,
    )  # fmt: skip


def way_changed_by_the_verb(house):
    shift, spot = house.shift, shifts.Spot(directions=CLIENT)
    times = {"starts_at": shift.starts_at, "ends_at": shift.ends_at, "seats": 2, "note": ""}
    return said_by(shifts.change, shift, **times, spot=spot, by=house.carla, now=NOW)


def cancelling_a_shift_on_screen(house):
    """The input of the report: the real form on the page of the shift."""
    form = house.board.get(reverse("rostering:board_shift", args=[house.shift.pk])).content.decode()
    assert reverse("rostering:board_cancel", args=[house.shift.pk]) in form
    return page(house.board, "rostering:board_cancel", house.shift.pk, reden=CLIENT)


def cancelling_a_shift_by_the_verb(house):
    return said_by(shifts.cancel, house.shift, by=house.carla, now=NOW, because=CLIENT)


def taking_off_on_screen(house):
    return page(house.board, "rostering:board_take_off", house.seat.pk, reden=CLIENT)


def taking_off_by_the_verb(house):
    return said_by(booking.cancel, house.seat, by=house.carla, now=NOW, because=CLIENT)


def refusing_on_screen(house):
    return page(house.board, "rostering:board_refuse", house.request.pk, reden=CLIENT)


def refusing_by_the_verb(house):
    return said_by(booking.refuse, house.request, by=house.carla, now=NOW, because=CLIENT)


GUARDED = {
    "people.Grant.evidence": [evidence_on_screen, evidence_in_a_file, evidence_by_the_verb],
    "people.Grant.revoked_because": [revoking_on_screen, revoking_by_the_verb],
    "people.Qualification.name": [
        qualification_on_screen, qualification_changed_on_screen, qualification_in_a_file,
        qualification_in_a_file_of_courses,
    ],
    "rostering.Booking.reason": [
        taking_off_on_screen, taking_off_by_the_verb, refusing_on_screen, refusing_by_the_verb,
    ],
    "rostering.Shift.cancelled_because": [cancelling_a_shift_on_screen, cancelling_a_shift_by_the_verb],
    "rostering.Shift.directions": [
        way_to_a_new_shift, way_to_a_changed_shift, way_by_the_verb, way_changed_by_the_verb,
    ],
    "rostering.Shift.note": [
        note_of_a_new_shift, note_of_a_changed_shift, note_by_the_verb, note_changed_by_the_verb,
    ],
    "rostering.TaskKind.description": [
        kind_description_on_screen, kind_description_changed_on_screen, kind_description_in_a_file,
    ],
    "rostering.TaskKind.name": [kind_name_on_screen, kind_name_in_a_file],
}  # fmt: skip


@pytest.fixture
def house(anouk, bram, carla, frank, vog, make_shift, tmp_path, time_machine):
    """Somebody on a shift, somebody who asked for one, and who may write about it."""
    time_machine.move_to(NOW, tick=True)
    shift, asked = make_shift(), make_shift(days_ahead=6)
    TaskKind.objects.update(needs_approval=True)
    request = booking.book(anouk, Shift.objects.get(pk=asked.pk), by=anouk, now=NOW)
    TaskKind.objects.update(needs_approval=False)
    return SimpleNamespace(
        bram=bram, carla=carla, frank=frank, vog=vog, shift=shift, request=request,
        seat=booking.book(anouk, Shift.objects.get(pk=shift.pk), by=anouk, now=NOW),
        grant=anouk.grants.first(), folder=tmp_path,
        board=signed_in(carla, "password", "mfa"), office=signed_in(frank, "password", "mfa"),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "door"),
    [pytest.param(name, door, id=door.__name__) for name, doors in GUARDED.items() for door in doors],
)
def test_no_door_lets_a_client_in(house, column, door):
    found = ", ".join(freetext.traces(CLIENT))
    assert found and found in door(house)
    label, _dot, name = column.rpartition(".")
    assert not apps.get_model(label).objects.filter(**{f"{name}__contains": "Jansen"}).exists()
