"""Is what comes in made clean through every door, and found and sorted as Dutch people expect?"""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import models
from django.utils import timezone

from people import invitations, notices, search, text
from people.files import people as people_files
from people.files import sheets
from people.forms import AboutMe
from people.manage.forms import Invite, PersonDetails
from people.models import District, Invitation, Location, Person
from people.models.fields import Address, Line

DIRTY, CLEAN = " Jan\r\n\u200bPie\u0308ter\u202e\x07 ", "Jan Piëter"
NOT_NAMES = {
    "password",
    "searched_as",
    "sorted_as",
    "role",
    "token_hash",
}  # nobody types them, or they are hashed
HEADING = "email;first_name;infix;last_name;engagement;home;travel_km;joined_on;language;roles\n"


def test_every_name_and_address_is_in_a_field_that_cleans():
    loose = {
        f"{model.__name__}.{field.name}"
        for model in (Person, Invitation, Location, District)
        for field in model._meta.fields
        if isinstance(field, models.CharField | models.TextField)
        and not (isinstance(field, Line | Address) or field.choices or field.name in NOT_NAMES)
    }
    assert loose == set()


@pytest.mark.parametrize(("said", "clean"), [
    (DIRTY, CLEAN), ("  van   der ", "van der"), ("e\u0301", "é"), ("a\u00a0b", "a b"), ("\ufeffJan", "Jan"),
    ("\u2066Jan\u2069", "Jan"), ("Jan\u2028Piet", "Jan Piet"), ("\u200b", ""), ("O’Neill", "O’Neill"),
])  # fmt: skip
def test_a_line_is_clean(said, clean):
    assert text.line(said) == clean


@pytest.mark.parametrize(("said", "sent"), [
    ("Jan@Example.org", "jan@example.org"), (" jan@example.org ", "jan@example.org"),
    ("jan@bücher.example", "jan@xn--bcher-kva.example"), ("jan@BÜCHER.example", "jan@xn--bcher-kva.example"),
    ("jan@bu\u0308cher.example", "jan@xn--bcher-kva.example"), ("j.d'arc+x@example.org", "j.d'arc+x@example.org"),
])  # fmt: skip
def test_an_address_is_kept_as_it_can_be_sent_to(said, sent):
    assert text.address(said) == sent


@pytest.mark.parametrize("said", [
    "vrijwılliger@paraat.example", "naam@example.org\u200b", "na\u200bam@example.org", "jan", "jan@", "@x.nl",
    "jan@exa mple.org", "jan@example", "jan\n@example.org", "jöb@example.org", "jan@-bücher-.example", "",
    "jan@\u202eexample.org", "jan@" + "ü" * 70 + ".example", "jan\0@example.org",
])  # fmt: skip
def test_an_address_that_cannot_be_sent_to_is_refused_with_a_sentence(said):
    with pytest.raises(ValidationError) as refused:
        text.address(said)
    assert " ".join(refused.value.messages)


def by_verb(frank, now, tmp_path):
    made = invitations.invite(
        "jan@bücher.example", first_name=DIRTY, last_name=DIRTY, role="volunteer", by=frank, now=now
    )
    return Invitation.objects.get(pk=made.pk)


def by_command(frank, now, tmp_path):
    call_command("invite", "jan@bücher.example", first_name=DIRTY, last_name=DIRTY, verbosity=0)
    return Invitation.objects.get()


def by_invite_form(frank, now, tmp_path):
    said = {"first_name": DIRTY, "last_name": DIRTY, "engagement": "volunteer", "role": "volunteer"}
    form = Invite({**said, "email": "jan@bücher.example"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["first_name"] == CLEAN
    return form.save(commit=False)


def by_details(frank, now, tmp_path):
    said = {"first_name": DIRTY, "last_name": DIRTY, "engagement": "volunteer", "travel_km": 25}
    form = PersonDetails({**said, "email": "jan@bücher.example"}, instance=frank)
    assert form.is_valid(), form.errors
    return form.save()


def by_profile(frank, now, tmp_path):
    said = {"first_name": DIRTY, "last_name": DIRTY, "travel_km": 25, "language": "nl"}
    frank.email = "jan@bücher.example"
    form = AboutMe(said, instance=frank)
    assert form.is_valid(), form.errors
    return form.save()


def by_import(frank, now, tmp_path):
    path = tmp_path / "people.csv"
    path.write_text(f'{HEADING}jan@bücher.example;"{DIRTY}";;"{DIRTY}";;;;;;volunteer\n', newline="")
    people_files.take_over_people(path, by=frank, now=now)
    return Person.objects.get(email="jan@xn--bcher-kva.example")


def by_manager(frank, now, tmp_path):
    return Person.objects.create_user("jan@bücher.example", first_name=DIRTY, last_name=DIRTY)


@pytest.mark.parametrize(
    "door", [by_verb, by_command, by_invite_form, by_details, by_profile, by_import, by_manager]
)
def test_a_name_and_an_address_are_clean_through_every_door(door, frank, now, tmp_path):
    row = door(frank, now, tmp_path)
    assert (row.first_name, row.last_name, row.email) == (CLEAN, CLEAN, "jan@xn--bcher-kva.example")


@pytest.mark.parametrize("said", ["vrijwılliger@paraat.example", "naam@example.org\u200b"])
def test_no_door_takes_an_address_that_cannot_be_sent_to(said, frank, now, tmp_path):
    with pytest.raises(invitations.NotInvitable):
        invitations.invite(said, first_name="A", last_name="B", role="volunteer", by=frank, now=now)
    path = tmp_path / "people.csv"
    path.write_text(f"{HEADING}{said};A;;B;;;;;;volunteer\n")
    with pytest.raises(sheets.Unreadable):
        people_files.take_over_people(path, by=frank, now=now)
    details = {"first_name": "A", "last_name": "B", "engagement": "volunteer", "travel_km": 25, "email": said}
    assert [*PersonDetails(details, instance=frank).errors] == ["email"]
    assert "email" in Invite({**details, "role": "volunteer"}).errors


@pytest.mark.parametrize("said", [
    "jan@bücher.example", "vrijwılliger@paraat.example", "naam@example.org\u200b", "frank@paraat.example",
    "niemand@example.org",
])  # fmt: skip
def test_a_new_password_is_answered_in_the_same_way_for_every_address(client, frank, mailoutbox, said):
    answer = client.post("/wachtwoord/", {"email": said})
    assert (answer.status_code, answer.url) == (302, "/wachtwoord/verstuurd/")


def test_who_was_taken_over_and_never_invited_does_not_come_in_by_a_new_password(client, db, mailoutbox):
    Person.objects.create_user("oud@example.org", first_name="Oud", last_name="Bestand")
    assert client.post("/wachtwoord/", {"email": "oud@example.org"}).status_code == 302
    notices.send_due(now=timezone.now())
    assert [mail.body.count("/wachtwoord/") for mail in mailoutbox] == [0]


@pytest.mark.parametrize("word", [
    "özgür", "Özgür", "ozgur", "ŞAHİN", "sahin", "émile", "Émile", "o'neill", "O’Neill", "oneill", "Mu\u0308ller",
    "müller", "muller", "strasse", "straße", "van der", "coeur", "søren", "MÜLLER",
])  # fmt: skip
def test_a_name_is_found_however_it_is_typed(db, word):
    Person.objects.create_user(
        "iemand@example.org", first_name="Özgür Émile Søren", infix="van der",
        last_name="Şahin-O’Neill Mu\u0308ller Straße Cœur",
    )  # fmt: skip
    Person.objects.create_user("ander@example.org", first_name="Anna", last_name="Bos")
    assert [person.email for person in search.by_words(word)] == ["iemand@example.org"]
    assert [person.email for person in search.by_name(Person.objects.all(), word)] == ["iemand@example.org"]


def test_names_are_sorted_without_prefix_and_accents(db):
    for first, infix, last in [
        ("Zoë", "van den", "Akker"), ("Eva", "", "Ébert"), ("Anna", "", "Éland"), ("Piet", "", "de Boer"),
        ("Jan", "", "Zwart"), ("Ali", "", "Bakker"), ("An", "", "Van Dam"), ("Wim", "'t", "Hart"),
    ]:  # fmt: skip
        Person.objects.create_user(
            f"{first}@example.org".replace("ë", "e"), first_name=first, infix=infix, last_name=last
        )
    assert [person.first_name for person in Person.objects.all()] == [
        "Zoë", "Ali", "Piet", "Eva", "Anna", "Wim", "An", "Jan",
    ]  # fmt: skip


def test_a_changed_name_is_found_by_its_new_words(anouk):
    anouk.last_name = "Çelik"
    anouk.save()
    assert [*search.by_words("celik")] == [anouk]
