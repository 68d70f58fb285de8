"""Is everything that is kept about people declared, given on request, and gone after erasure?"""

import json
from datetime import UTC, date, datetime, time
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, models
from django_q.models import Task
from wagtail.models import COMMENTS_RELATION_NAME, ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from academy.models import Attempt
from people import invitations, journal, privacy, qualifications
from people.models import Grant, Invitation, JournalEntry, Person
from people.privacy import leaving
from rostering import booking, clock
from rostering.models import Booking
from tests.architecture.conftest import in_the_academy, on_the_roster
from tests.architecture.house import ROOMS, nothing
from tests.conftest import NOW
from tests.plugins.sessions import signed_in

pytestmark = pytest.mark.django_db

CANARY = "kanarie"
PLANTED = {"ip": "203.0.113.77", "email": f"{CANARY}@paraat.example"}
SPECIAL = (Person, Session, Task)  # made by hand in `flown`
WANTS = {Grant: {"revoked_on": date(2026, 12, 1), "revoked_because": CANARY}}  # refused one by one
SIMPLE = {
    models.DateTimeField: NOW,
    models.DateField: NOW.date(),
    models.TimeField: time(17),
    models.IntegerField: 1,
    models.BooleanField: False,
    models.UUIDField: uuid4(),
    models.JSONField: {},
    models.GenericIPAddressField: "203.0.113.1",
}


def test_every_column_of_every_table_is_declared():
    nothing(privacy.gaps())


def test_our_own_tables_name_each_column():
    """Only a table of somebody else's software may be declared in one word."""
    nothing(
        declared.model._meta.label
        for declared in privacy.declarations()
        if declared.model._meta.app_label in ROOMS
        if any(part.names == (privacy.ALL,) for part in declared.parts)
    )


def test_no_table_of_the_database_is_overlooked():
    known = {declared.model._meta.db_table for declared in privacy.declarations()}
    known |= {model._meta.db_table for model in bare()} | {"django_migrations", "paraat_cache"}
    search = "wagtailsearch_indexentry_fts"  # SQLite keeps its index in tables of its own
    nothing(name for name in set(tables()) - known if not name.startswith(search))


def bare():
    return [model for model in apps.get_models() if not privacy.columns_of(model)]


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([privacy.impersonal("x", "kind")], "people.Notice.person is not declared"),
        ([privacy.impersonal("x", "old"), privacy.impersonal("x")], "people.Notice.old no longer exists"),
        ([privacy.impersonal("x", "kind kind")], "people.Notice.kind is declared twice"),
        ([privacy.impersonal("x")], "people.Notice.person points at a person, so it is personal"),
        (
            [privacy.Use("c", "p", "b", "r").holds("trouble")],
            "people.Notice.trouble stays after erasure: say why it names nobody",
        ),
    ],
)
def test_a_gap_is_seen(monkeypatch, parts, said):
    notice = Person.notices.rel.related_model
    monkeypatch.setitem(privacy.TABLES, notice, privacy.Declared(notice, tuple(parts)))
    assert said in privacy.gaps()


def test_a_table_that_nobody_declared_is_seen(monkeypatch):
    monkeypatch.delitem(privacy.TABLES, Grant)
    assert privacy.gaps() == ["people.Grant is not declared"]


def test_the_register_on_paper_is_that_of_the_code(tmp_path, settings):
    call_command("privacy_register", check=True)
    settings.ROOT = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("privacy_register", check=True)


# What somebody gets


@pytest.fixture
def busy(anouk, carla, make_shift, utrecht, certificate):
    """Anouk, with something in both halves of the house."""
    on_the_roster(anouk, make_shift, utrecht, carla)
    in_the_academy(anouk, certificate)
    return anouk


def rows(pages, table):
    return next((page["rows"] for page in pages["tables"] if page["table"] == table), [])


def test_the_download_holds_what_is_hers(busy):
    pages = privacy.export(busy)
    assert rows(pages, "people.person")[0]["email"] == "anouk@paraat.example"
    assert {row["state"] for row in rows(pages, "rostering.booking")} == {"ingeschreven", "gevraagd"}
    assert [row["score"] for row in rows(pages, "academy.attempt")] == [50]


def test_the_download_says_why(busy):
    page = next(page for page in privacy.export(busy)["tables"] if page["table"] == "people.grant")
    assert page["why"][0]["category"] == "Certificaten en controles"
    assert all(all(why.values()) for why in page["why"])


def test_the_download_names_nobody_else(busy, carla, dirk, vog):
    qualifications.grant(busy, vog, by=carla, now=NOW, source="seen", evidence="origineel")
    said = json.dumps(privacy.export(busy), ensure_ascii=False)
    nothing(word for word in ("Carla", "carla@", "Dirk", "dirk@") if word in said)


def test_the_download_of_one_holds_no_row_of_another(busy, carla):
    mine = privacy.export(carla)
    tables = {page["table"]: len(page["rows"]) for page in mine["tables"]}
    assert tables["people.person"] == 1
    assert "rostering.booking" not in tables  # she offered one to Anouk
    assert "Anouk" not in json.dumps(mine)


def test_the_download_tells_what_she_did_and_what_was_done_to_her(anouk, bram, frank):
    JournalEntry.objects.all().delete()
    for by, about, verb in (
        (anouk, anouk, "limits.set"),
        (frank, anouk, "person.changed"),
        (frank, bram, "x"),
    ):
        journal.record(verb, about, by=by, now=NOW)
    told = {row["verb"] for row in rows(privacy.export(anouk), "people.journalentry")}
    assert told == {"limits.set", "person.changed"}


def test_the_download_holds_no_secret(busy):
    said = json.dumps(privacy.export(busy))
    secrets = [busy.password, busy.calendar_subscription.token_hash]
    nothing(secret for secret in secrets if secret in said)


@pytest.mark.parametrize("more", [0, 4])
def test_the_download_costs_the_same_with_more_shifts(busy, make_shift, more, django_assert_max_num_queries):
    for n in range(more):
        booking.book(busy, make_shift(days_ahead=20 + 2 * n), by=busy, now=NOW)
    with django_assert_max_num_queries(50):
        privacy.export(busy)


def test_the_button_gives_a_file_and_notes_it(anouk):
    response = signed_in(anouk, "password").post("/ik/gegevens/download/")
    assert response["Content-Disposition"].startswith('attachment; filename="paraat-')
    assert response.json()["name"] == "Anouk Voorbeeld"
    entry = JournalEntry.objects.get(verb="person.exported")
    assert (entry.actor, entry.subject) == (f"people.person:{anouk.pk}",) * 2


def test_the_file_comes_by_a_button_only(anouk):
    browser = signed_in(anouk, "password")
    assert browser.get("/ik/gegevens/download/").status_code == 405
    assert 'action="/ik/gegevens/download/"' in browser.get("/ik/").content.decode()


def test_the_command_gives_the_same(anouk):
    printed = StringIO()
    call_command("export_person", "Anouk@paraat.example", stdout=printed)
    assert json.loads(printed.getvalue())["name"] == "Anouk Voorbeeld"
    with pytest.raises(CommandError):
        call_command("export_person", "nobody@paraat.example")


# What goes


@pytest.fixture
def flown(anouk, carla, frank, make_shift, utrecht, certificate):
    """Somebody who left, called a canary, with a canary in every text about her that erasure must reach."""
    names = {"first_name": "Kanarie", "last_name": "Kanarie", "email": PLANTED["email"]}
    Person.objects.filter(pk=anouk.pk).update(**names)
    anouk.refresh_from_db()
    on_the_roster(anouk, make_shift, utrecht, carla)
    in_the_academy(anouk, certificate)
    leaving.leave(anouk, by=frank, now=NOW)
    clock.tick(NOW)
    anouk.refresh_from_db()
    for declared in privacy.declarations():
        if declared.whose and declared.model not in SPECIAL:
            plant(declared, anouk)
    plant_texts(privacy.TABLES[Person], anouk)
    quoted_elsewhere(anouk, frank)
    return anouk


def plant(declared, person):
    """Make sure that a table has a row of `person`, and write the canary in every text of it."""
    if not declared.rows(person).exists():
        make(declared.model, person)
    plant_texts(declared, person)


def plant_texts(declared, person):
    row = declared.model._base_manager.filter(pk=declared.rows(person).order_by("pk").last().pk)
    row.update(**WANTS.get(declared.model, {}) | {name: canary(declared, name) for name in texts(declared)})


def texts(declared):
    """Return the columns of a table in which a name could stand."""
    return [
        name
        for part in declared.personal()
        if not part.names_nobody
        for name in declared.columns(part)
        if privacy.is_text(declared.model._meta.get_field(name))
    ]


def canary(declared, name):
    is_json = isinstance(declared.model._meta.get_field(name), models.JSONField)
    return {"said": CANARY} if is_json else PLANTED.get(name, CANARY)


def make(model, person):
    """Make a row in which everything that points at a person points at `person`."""
    given = {c.name: value(c, person) for c in privacy.columns_of(model) if needs_value(c)}
    return model._base_manager.bulk_create([model(**given)])[0]


def needs_value(column):
    if column.null:
        return column.related_model is Person
    return not (column.has_default() or column.blank)


def value(column, person):
    if column.related_model is Person:
        return person
    if column.related_model:
        return column.related_model._base_manager.first() or make(column.related_model, person)
    if column.choices:
        return column.choices[0][0]
    kinds = [made for kind, made in SIMPLE.items() if isinstance(column, kind)]
    return kinds[0] if kinds else PLANTED.get(column.name, "x")


def quoted_elsewhere(person, frank):
    """What others did that mentions her: a log-in, a failed mail, a line of the log, a remark on a page."""
    store = SessionStore()
    store["_auth_user_id"] = str(person.pk)
    store.create()
    moments = {"started": NOW, "stopped": NOW}
    Task.objects.create(id="1", func="x", result=f"550 {PLANTED['email']} refused", success=False, **moments)
    about = {"content_type": ContentType.objects.get_for_model(Person), "object_id": str(person.pk)}
    ModelLogEntry.objects.create(label="Kanarie", action="wagtail.edit", user=frank, timestamp=NOW, **about)
    page = Page.objects.last()
    remark = {"pk": 1, "user": person.pk, "text": CANARY, "replies": []}
    reply = {"pk": 2, "user": person.pk, "text": CANARY}
    other = {"pk": 3, "user": frank.pk, "text": "goed zo", "replies": [reply]}
    version = page.save_revision(user=frank)
    version.content[COMMENTS_RELATION_NAME] = [remark, other]
    version.save()
    line = {"page": page, "content_type": page.content_type, "timestamp": NOW, "label": "x"}
    quote = {"comment": {"id": 77, "text": CANARY}}
    for who, act in ((person, "create"), (frank, "resolve")):
        PageLogEntry.objects.create(user=who, action=f"wagtail.comments.{act}", data=quote, **line)


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)


def found_in_the_database(*words):
    """Return the tables in which one of the words stands, in whatever column."""
    found = []
    for name in tables():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{name}"')
            dumped = " ".join(text(cell) for row in cursor.fetchall() for cell in row).lower()
        found += [name] if any(word.lower() in dumped for word in words) else []
    return sorted(found)


def text(cell):
    return cell.decode("latin-1") if isinstance(cell, bytes) else str(cell)


def can_hold_a_name():
    return sorted(
        declared.model._meta.db_table
        for declared in privacy.declarations()
        if declared.whose and declared.model not in (Session, Task)  # sealed; pickled
        if texts(declared)
    )


@pytest.mark.both
def test_no_canary_is_left_in_any_table(flown, frank):
    before = found_in_the_database(CANARY, PLANTED["ip"])
    assert sorted({*before} - {"wagtailcore_revision"}) == can_hold_a_name()
    privacy.erase(flown, by=frank, now=NOW)
    assert found_in_the_database(CANARY, PLANTED["ip"]) == []


@pytest.mark.both
def test_what_is_sealed_goes_too(flown, frank):
    mine = privacy.TABLES[Session].rows(flown)
    assert mine.count() == 1
    privacy.erase(flown, by=frank, now=NOW)
    assert privacy.TABLES[Session].rows(flown).count() == 0
    assert Task.objects.get().result is None


def test_the_remarks_of_others_stay(flown, frank):
    privacy.erase(flown, by=frank, now=NOW)
    version = Revision.objects.filter(content__has_key=COMMENTS_RELATION_NAME).latest("pk")
    assert [remark["text"] for remark in version.content[COMMENTS_RELATION_NAME]] == ["goed zo"]


def test_history_stays_without_a_name(flown, frank):
    kept = [Booking, Grant, Attempt, JournalEntry]
    before = [model.objects.count() for model in kept]
    erased = privacy.erase(flown, by=frank, now=NOW)
    assert (str(erased), erased.email) == ("Gewiste persoon", f"weg-{flown.pk}@verwijderd.invalid")
    assert not erased.has_usable_password()
    assert erased.public_id != flown.public_id
    assert [model.objects.count() for model in kept] == [*before[:-1], before[-1] + 1]
    entry = JournalEntry.objects.latest("pk")
    assert (entry.verb, entry.actor) == ("person.erased", f"people.person:{frank.pk}")


def test_an_open_account_is_not_erased(anouk, frank):
    with pytest.raises(privacy.NotErasable, match="Dit account is nog open"):
        privacy.erase(anouk, by=frank, now=NOW)
    anouk.refresh_from_db()
    assert anouk.email == "anouk@paraat.example"


def test_shifts_ahead_are_freed_first(anouk, frank, shift):
    booking.book(anouk, shift, by=anouk, now=NOW)
    leaving.leave(anouk, by=frank, now=NOW)
    with pytest.raises(privacy.NotErasable, match="nog niet vrij"):
        privacy.erase(anouk, by=frank, now=NOW)
    clock.tick(NOW)
    assert privacy.is_erased(privacy.erase(anouk, by=frank, now=NOW))


def test_erasing_twice_is_no_harm(anouk, frank):
    leaving.leave(anouk, by=frank, now=NOW)
    for _n in range(2):
        privacy.erase(anouk, by=frank, now=NOW)
    assert JournalEntry.objects.filter(verb="person.erased").count() == 1


def test_what_belongs_to_others_stays(flown, bram, frank):
    before = privacy.export(bram)
    privacy.erase(flown, by=frank, now=NOW)
    bram.refresh_from_db()
    assert privacy.export(bram) == before


def test_an_invitation_at_an_earlier_address_goes_too(frank, db):
    names = {"first_name": "Jan", "last_name": "Jansen", "role": "volunteer"}
    invitation = invitations.invite("oud@paraat.example", by=frank, now=NOW, **names)
    person = invitations.accept(invitations.token(invitation), "een lang wachtwoord", now=NOW)
    Person.objects.filter(pk=person.pk).update(email="nieuw@paraat.example")
    person.refresh_from_db()
    leaving.leave(person, by=frank, now=NOW)
    privacy.erase(person, by=frank, now=NOW)
    assert Invitation.objects.count() == 0


def test_a_picture_goes_from_the_disk(anouk, frank, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    profile = UserProfile.get_for_user(anouk)
    profile.avatar.save("kanarie.png", ContentFile(b"x"))
    leaving.leave(anouk, by=frank, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(anouk, by=frank, now=NOW)
    assert not default_storage.exists(profile.avatar.name)


@pytest.fixture
def office(frank, settings):
    settings.SECOND_FACTOR_FOR_STAFF = False
    return signed_in(frank, "password")


def test_the_administrator_erases_after_a_question(office, anouk, frank):
    leaving.leave(anouk, by=frank, now=datetime.now(UTC))
    page = f"/beheer/mensen/{anouk.public_id}/"
    assert f'href="{page}wissen/"' in office.get(page).content.decode()
    assert "Wis de gegevens van Anouk Voorbeeld" in office.get(f"{page}wissen/").content.decode()
    shown = office.post(f"{page}wissen/", follow=True).content.decode()
    anouk.refresh_from_db()
    assert privacy.is_erased(anouk)
    assert "De gegevens van deze persoon zijn gewist." in shown
    assert "wissen/" not in shown


def test_the_page_says_why_not_yet(anouk, frank, shift, settings):
    settings.SECOND_FACTOR_FOR_STAFF = False
    with time_machine.travel(NOW, tick=True):
        booking.book(anouk, shift, by=anouk, now=NOW)
        leaving.leave(anouk, by=frank, now=NOW)
        office = signed_in(frank, "password")
        shown = office.post(f"/beheer/mensen/{anouk.public_id}/wissen/", follow=True).content.decode()
    assert "nog niet vrij" in shown


def test_the_page_of_who_has_not_left_offers_no_button(office, anouk):
    page = office.post(f"/beheer/mensen/{anouk.public_id}/wissen/", follow=True).content.decode()
    assert ("Dit account is nog open" in page, "Wis de gegevens voorgoed" in page) == (True, False)


def test_the_screens(page, look, sign_in, anouk, bram, frank):
    leaving.leave(anouk, by=frank, now=NOW)
    sign_in(page, bram)
    page.goto("/ik/")
    look(page, "people-profile-download")
    with page.expect_download() as file:
        page.get_by_role("button", name="Download mijn gegevens").click()
    assert json.loads(file.value.path().read_text())["name"] == "Bram Voorbeeld"
    page.context.clear_cookies()
    sign_in(page, frank, second_factor=True)
    for name, person in (("erase", anouk), ("erase-not-yet", bram)):
        page.goto(f"/beheer/mensen/{person.public_id}/wissen/")
        look(page, f"people-{name}")
    page.goto(f"/beheer/mensen/{anouk.public_id}/")
    page.get_by_role("link", name="Wis de gegevens").click()
    page.get_by_role("button", name="Wis de gegevens voorgoed").click()
    assert page.get_by_role("heading", level=1).text_content() == "Gewiste persoon"
    look(page, "people-erased")
