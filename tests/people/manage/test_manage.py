"""What the administrator does: people, roles, qualifications, places."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from django_q.models import OrmQ

from people import days, invitations, journal, notices, qualifications, roles
from people.models import (
    Grant,
    Invitation,
    JournalEntry,
    Location,
    Notice,
    Person,
    Qualification,
    RoleAssignment,
)
from people.urls import urlpatterns

pytestmark = pytest.mark.django_db

BEHEER = [pattern for pattern in urlpatterns if str(pattern.pattern).startswith("beheer/")]
ARGUMENTS = {"public_id": "00000000-0000-0000-0000-000000000000", "pk": 1, "code": "C06"}


def address(name, **more):
    pattern = next(p for p in BEHEER if p.name == name)
    wanted = pattern.pattern.converters
    return reverse(
        f"people:{name}", kwargs={key: {**ARGUMENTS, **more}[key] for key in wanted if key in ARGUMENTS}
    )


def verbs(*, after=0):
    return list(JournalEntry.objects.filter(pk__gt=after).order_by("pk").values_list("verb", "actor"))


def last():
    return JournalEntry.objects.order_by("pk").last().pk


@pytest.fixture
def office(client, frank):
    """A browser in which the administrator is logged in, second step passed."""
    client.force_login(frank)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa"}]
    session.save()
    return client


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [pattern.name for pattern in BEHEER])
def test_the_stranger_finds_nothing_here(client, dirk, name, method):
    client.force_login(dirk)
    assert getattr(client, method)(address(name)).status_code == 404


@pytest.mark.parametrize("name", [pattern.name for pattern in BEHEER])
def test_a_visitor_is_asked_to_log_in(client, name):
    assert client.get(address(name)).url.startswith("/inloggen/?next=/beheer/")


def test_people_are_found_by_name_and_mail(office, anouk, bram):
    assert "Anouk Voorbeeld" in office.get("/beheer/mensen/?q=anouk").content.decode()
    found = office.get("/beheer/mensen/?q=bram@+voorb").context["page"].object_list
    assert [str(person) for person in found] == ["Bram Voorbeeld"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("role=candidate", ["Bram"]),
        ("engagement=employee", []),
        ("gone=on", ["Dirk"]),
        ("role=coordinator", ["Carla"]),
        ("q=anouk&role=candidate", []),
        ("role=nonsense", ["Anouk", "Bram", "Carla", "Frank"]),
    ],
)
def test_filters(office, anouk, bram, carla, dirk, query, names):
    Person.objects.filter(pk=dirk.pk).update(is_active=False)
    found = office.get(f"/beheer/mensen/?{query}").context["page"].object_list
    assert sorted(person.first_name for person in found) == names


def test_the_filter_by_location(office, anouk, dirk, groningen):
    found = office.get(f"/beheer/mensen/?location={groningen.pk}").context["page"].object_list
    assert [person.first_name for person in found] == ["Dirk"]


def test_the_list_of_people_asks_the_database_no_more_for_more_people(
    office, bram, django_assert_max_num_queries, make_people
):
    with django_assert_max_num_queries(12):
        office.get("/beheer/mensen/")
    make_people(30)
    with django_assert_max_num_queries(12):
        page = office.get("/beheer/mensen/").context["page"]
    assert (len(page), page.paginator.count) == (25, 32)


@pytest.fixture
def make_people(utrecht):
    def make(count):
        for n in range(count):
            person = Person.objects.create_user(
                f"p{n}@paraat.example", first_name="P", last_name=f"{n:03}", home=utrecht
            )
            RoleAssignment.objects.create(
                person=person, role="volunteer", location=utrecht, since_on=date(2026, 1, 1)
            )

    return make


def test_a_person_with_roles_and_grants(office, anouk, vog):
    page = office.get(f"/beheer/mensen/{anouk.public_id}/").content.decode()
    assert page.count('class="chip good">geldig') == 2
    assert "Vrijwilliger" in page


@pytest.mark.parametrize("more", [0, 3])
def test_a_person_costs_the_same_with_more_grants(
    office, anouk, vog, now, django_assert_max_num_queries, more
):
    for n in range(more):
        Grant.objects.create(
            person=anouk, qualification=vog, valid_from=date(2020 + n, 1, 1), source="seen", granted_at=now
        )
    with django_assert_max_num_queries(11):
        office.get(f"/beheer/mensen/{anouk.public_id}/")


def test_changing_details_changes_what_one_logs_in_with(office, anouk, client):
    before = last()
    response = office.post(
        f"/beheer/mensen/{anouk.public_id}/gegevens/",
        {
            "email": "Anouk.New@paraat.example",
            "first_name": "Anouk",
            "last_name": "de Wit",
            "engagement": "volunteer",
            "travel_km": 30,
            "phone": "",
            "infix": "",
            "home": anouk.home_id,
            "joined_on": "2024-01-08",
        },
    )
    assert response.url == f"/beheer/mensen/{anouk.public_id}/"
    entry = JournalEntry.objects.get(pk__gt=before)
    assert (entry.verb, entry.facts) == ("person.changed", {"fields": ["email", "last_name", "travel_km"]})
    office.logout()
    assert (
        office.post("/inloggen/", {"login": "anouk.new@paraat.example", "password": "paraat-demo"}).url == "/"
    )


def test_a_mail_address_belongs_to_one_person(office, anouk, bram):
    response = office.post(f"/beheer/mensen/{anouk.public_id}/gegevens/", {"email": "BRAM@paraat.example"})
    assert response.context["form"].errors["email"] == [
        "Iemand met dit mailadres heeft al een account. Zoek die persoon op bij Mensen."
    ]


def test_giving_and_ending_a_role(office, frank, bram, utrecht):
    before = last()
    office.post(
        f"/beheer/mensen/{bram.public_id}/rol/",
        {"role": "coordinator", "district": utrecht.district_id, "since_on": days.today().isoformat()},
    )
    assignment = bram.role_assignments.get(role="coordinator")
    assert (assignment.district, assignment.location, assignment.until_on) == (utrecht.district, None, None)
    office.post(f"/beheer/rollen/{assignment.pk}/einde/")
    assignment.refresh_from_db()
    assert assignment.until_on == days.today()
    assert verbs(after=before) == [("role.assigned", journal.ref(frank)), ("role.ended", journal.ref(frank))]


def test_a_role_has_one_place(office, bram, utrecht):
    response = office.post(
        f"/beheer/mensen/{bram.public_id}/rol/",
        {
            "role": "coordinator",
            "location": utrecht.pk,
            "district": utrecht.district_id,
            "since_on": "2026-01-01",
        },
    )
    assert list(response.context["form"].errors) == ["district"]


def test_nobody_locks_themselves_out(office, frank):
    office.post(f"/beheer/rollen/{frank.role_assignments.get().pk}/einde/")
    office.post(f"/beheer/mensen/{frank.public_id}/vertrek/")
    frank.refresh_from_db()
    assert (frank.is_active, frank.role_assignments.get().until_on) == (True, None)


def test_a_vog_that_was_seen(office, frank, bram, vog):
    before = last()
    office.post(
        f"/beheer/mensen/{bram.public_id}/kwalificatie/",
        {
            "qualification": vog.pk,
            "source": "seen",
            "evidence": "VOG: origineel gezien door Frank",
            "valid_from": "2026-11-01",
        },
    )
    award = bram.grants.get()
    assert (award.valid_until, award.source, award.granted_by) == (date(2029, 11, 1), "seen", frank)
    assert verbs(after=before) == [("qualification.granted", journal.ref(frank))]
    assert list(Notice.objects.values_list("kind", "person")) == [("qualification_granted", bram.pk)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"evidence": ""}, "evidence"),
        ({"evidence": "gezien, BSN 111222333"}, "evidence"),
        ({"valid_until": "2025-01-01"}, "__all__"),
        ({"qualification": ""}, "qualification"),
    ],
)
def test_a_grant_that_is_not_right_is_not_made(office, bram, vog, change, field):
    filled = {
        "qualification": vog.pk,
        "source": "seen",
        "evidence": "gezien door Frank",
        "valid_from": "2026-11-01",
    }
    response = office.post(f"/beheer/mensen/{bram.public_id}/kwalificatie/", filled | change)
    assert list(response.context["form"].errors) == [field]
    assert bram.grants.count() == 0


def test_nobody_grants_themselves(office, frank, vog):
    filled = {"qualification": vog.pk, "source": "seen", "evidence": "x", "valid_from": "2026-11-01"}
    response = office.post(f"/beheer/mensen/{frank.public_id}/kwalificatie/", filled)
    assert list(response.context["form"].errors) == ["__all__"]


def test_revoking_asks_why(office, anouk, vog):
    award = anouk.grants.get(qualification=vog)
    assert list(
        office.post(f"/beheer/toegekend/{award.pk}/intrekken/", {"because": ""}).context["form"].errors
    ) == ["because"]
    office.post(f"/beheer/toegekend/{award.pk}/intrekken/", {"because": "Niet verlengd"})
    award.refresh_from_db()
    assert (award.revoked_on, award.revoked_because) == (days.today(), "Niet verlengd")
    assert office.get(f"/beheer/toegekend/{award.pk}/intrekken/").status_code == 404


def test_leaving_ends_everything_at_once(office, frank, anouk):
    phone = office.__class__()
    phone.post("/inloggen/", {"login": anouk.email, "password": "paraat-demo"})
    before = last()
    office.post(f"/beheer/mensen/{anouk.public_id}/vertrek/")
    anouk.refresh_from_db()
    assert (anouk.is_active, anouk.left_on) == (False, days.today())
    assert phone.get("/ik/").url == "/inloggen/?next=/ik/"
    assert not roles.may(Person.objects.get(pk=anouk.pk), roles.TAKE_SHIFTS)
    assert verbs(after=before) == [("person.left", journal.ref(frank)), ("role.ended", journal.ref(frank))]


def test_inviting_from_the_screen(office, frank, utrecht):
    before = last()
    response = office.post(
        "/beheer/uitnodigingen/nieuw/",
        {
            "email": "Noor@paraat.example",
            "first_name": "Noor",
            "last_name": "Berg",
            "engagement": "volunteer",
            "role": "candidate",
            "location": utrecht.pk,
        },
    )
    assert response.url == "/beheer/uitnodigingen/"
    assert verbs(after=before) == [("invitation.sent", journal.ref(frank))]
    assert OrmQ.objects.count() == 1
    page = office.get("/beheer/uitnodigingen/").content.decode()
    assert "noor@paraat.example" in page


def test_an_invitation_for_somebody_with_an_account_is_refused_beside_the_field(office, anouk):
    response = office.post(
        "/beheer/uitnodigingen/nieuw/",
        {
            "email": anouk.email,
            "first_name": "A",
            "last_name": "B",
            "engagement": "volunteer",
            "role": "candidate",
        },
    )
    assert response.context["form"].errors == {
        "email": ["Iemand met dit mailadres heeft al een account. Zoek die persoon op bij Mensen."]
    }


def test_a_new_invitation_says_that_it_takes_the_place_of_the_former_one(office, utrecht):
    filled = {
        "email": "noor@paraat.example", "first_name": "Noor", "last_name": "Berg", "engagement": "volunteer",
        "role": "candidate", "location": utrecht.pk,
    }  # fmt: skip
    said = [
        str(next(iter(office.post("/beheer/uitnodigingen/nieuw/", form, follow=True).context["messages"])))
        for form in (filled | {"stempel": "first"}, filled | {"stempel": "second"})
    ]
    assert said == [
        "De uitnodiging is onderweg naar noor@paraat.example.",
        "De uitnodiging is onderweg naar noor@paraat.example. De link van de vorige werkt niet meer.",
    ]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({}, ["location"]),
        ({"location": "nowhere"}, ["location"]),
        ({"role": "volunteer"}, []),
        ({"everywhere": "on"}, []),
        ({"district": True}, []),
        ({"district": True, "everywhere": "on"}, ["everywhere"]),
    ],
)
def test_who_fills_the_roster_does_so_for_a_place_or_knowingly_for_the_country(
    office, bram, utrecht, change, errors
):
    filled = {"role": "coordinator", "since_on": days.today().isoformat()} | change
    if filled.get("district"):
        filled["district"] = utrecht.district_id
    response = office.post(f"/beheer/mensen/{bram.public_id}/rol/", filled)
    assert (list(response.context["form"].errors) if errors else response.status_code) == (errors or 302)
    assert bram.role_assignments.filter(role=filled["role"]).exists() is not bool(errors)


def test_a_coordinator_is_invited_for_a_place_or_knowingly_for_the_country(office):
    filled = {
        "email": "noor@paraat.example", "first_name": "Noor", "last_name": "Berg", "engagement": "employee",
        "role": "coordinator",
    }  # fmt: skip
    response = office.post("/beheer/uitnodigingen/nieuw/", filled)
    assert response.context["form"].errors == {
        "location": ["Voor welke plek? Kies een locatie, een district of het hele land."]
    }
    assert office.post("/beheer/uitnodigingen/nieuw/", {**filled, "everywhere": "on"}).status_code == 302


def test_inviting_again_and_withdrawing(office, frank, now):
    first = invitations.invite(
        "noor@paraat.example", first_name="N", last_name="B", role="candidate", by=frank, now=now
    )
    office.post(f"/beheer/uitnodigingen/{first.pk}/opnieuw/")
    first.refresh_from_db()
    second = Invitation.objects.exclude(pk=first.pk).get()
    office.post(f"/beheer/uitnodigingen/{second.pk}/intrekken/")
    second.refresh_from_db()
    assert None not in (first.withdrawn_at, second.withdrawn_at)


def test_somebody_taken_over_from_elsewhere_is_invited(office, make_people):
    make_people(1)
    person = Person.objects.get(email="p0@paraat.example")
    person.set_unusable_password()
    person.save()
    office.post(f"/beheer/mensen/{person.public_id}/uitnodigen/")
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role) == (person.email, "volunteer")


def test_a_location_is_added_changed_and_closed(office, frank, utrecht):
    before = last()
    place = {
        "name": "Zeist",
        "district": utrecht.district_id,
        "latitude": "52.09",
        "longitude": "5.23",
        "is_open": "on",
    }
    assert office.post("/beheer/locaties/nieuw/", place).url == "/beheer/locaties/"
    zeist = Location.objects.get(name="Zeist")
    place.pop("is_open")
    office.post(f"/beheer/locaties/{zeist.pk}/", place)
    zeist.refresh_from_db()
    assert zeist.is_open is False
    assert [verb for verb, _actor in verbs(after=before)] == ["location.added", "location.changed"]
    assert "gesloten" in office.get("/beheer/locaties/").content.decode()


def test_the_address_of_a_location_counts_its_changes(office, utrecht):
    """The calendar of who comes there follows the count; where to park is in no calendar."""
    path = f"/beheer/locaties/{utrecht.pk}/"
    place = {
        "name": "Utrecht", "district": utrecht.district_id, "latitude": "52.09", "longitude": "5.12",
        "is_open": "on", "street": "Voorbeeldstraat 12", "postcode": "1234ab", "bell": "Bel aan.",
    }  # fmt: skip
    assert office.post(path, place).status_code == 302
    office.post(path, place | {"parking": "Op het plein."})
    utrecht.refresh_from_db()
    assert (utrecht.address, utrecht.bell, utrecht.parking) == (
        "Voorbeeldstraat 12, 1234 AB Utrecht", "Bel aan.", "Op het plein.",
    )  # fmt: skip
    assert (utrecht.sequence, utrecht.changed_at is None) == (1, False)
    errors = office.post(path, place | {"postcode": "12 AB"}).context["form"].errors
    assert errors == {"postcode": ["Schrijf een postcode als 1234 AB."]}
    errors = office.post(path, place | {"street": ""}).context["form"].errors
    assert errors == {"street": ["Schrijf bij de postcode ook de straat."]}


def test_the_rooms_of_a_location(office, utrecht, groningen):
    before, new = last(), f"/beheer/locaties/{utrecht.pk}/ruimtes/nieuw/"
    room = {"name": "Spreekkamer 1", "directions": "Eerste verdieping.", "is_open": "on"}
    assert office.post(new, room).url == f"/beheer/locaties/{utrecht.pk}/"
    assert office.post(f"/beheer/locaties/{groningen.pk}/ruimtes/nieuw/", room).status_code == 302
    again = office.post(new, room | {"name": "spreekkamer 1"}).context["form"].errors
    assert again == {"name": ["Deze locatie heeft al een ruimte met die naam."]}
    row = utrecht.rooms.get()
    assert office.post(f"/beheer/ruimtes/{row.pk}/", room | {"name": "Kamer 1"}).status_code == 302
    utrecht.refresh_from_db()
    assert (utrecht.rooms.get().name, utrecht.sequence) == ("Kamer 1", 1)
    assert [verb for verb, _actor in verbs(after=before)] == ["room.added", "room.added", "room.changed"]
    assert "Kamer 1" in office.get(f"/beheer/locaties/{utrecht.pk}/").content.decode()


def test_whom_to_call_is_somebody_who_fills_a_roster(office, carla, anouk):
    before, post = last(), carla.role_assignments.get()
    page = f"/beheer/rollen/{post.pk}/telefoon/"
    errors = office.post(page, {"duty_phone": "bel maar"}).context["form"].errors
    assert errors == {"duty_phone": ["Schrijf een telefoonnummer, zoals 06 1234 5678."]}
    for phone in ("085 000 00 01", "085 000 00 01", ""):
        assert office.post(page, {"duty_phone": phone}).url == f"/beheer/mensen/{carla.public_id}/"
    assert [verb for verb, _actor in verbs(after=before)] == ["role.on_duty", "role.off_duty"]
    volunteer = f"/beheer/rollen/{anouk.role_assignments.get().pk}/telefoon/"
    assert office.post(volunteer, {"duty_phone": "085 000 00 01"}).context["form"].errors == {
        "duty_phone": ["Alleen wie ergens het rooster vult, wordt gebeld over een dienst daar."]
    }


def test_a_location_off_the_globe_is_refused(office, utrecht):
    place = {
        "name": "X",
        "district": utrecht.district_id,
        "latitude": "152",
        "longitude": "5.23",
        "is_open": "on",
    }
    assert list(office.post("/beheer/locaties/nieuw/", place).context["form"].errors) == ["latitude"]


def test_a_district(office, utrecht):
    office.post("/beheer/districten/nieuw/", {"name": "Zuid"})
    response = office.post(f"/beheer/districten/{utrecht.district_id}/", {"name": "Zuid"})
    assert list(response.context["form"].errors) == ["name"]


def test_a_qualification_includes_another(office, certificate, vog, anouk):
    office.post(
        "/beheer/kwalificaties/C06/",
        {
            "name": "Advieslijn",
            "kind": "certificate",
            "valid_months": "12",
            "includes": [vog.pk],
            "is_active": "on",
        },
    )
    certificate.refresh_from_db()
    assert (certificate.valid_months, [str(q) for q in certificate.includes.all()]) == (12, ["VOG"])
    assert "omvat VOG" in " ".join(office.get("/beheer/kwalificaties/").content.decode().split())


def test_a_new_qualification_is_made_on_screen(office, frank, vog):
    before = last()
    filled = {
        "code": "vog-b",
        "name": "VOG bestuur",
        "kind": "check",
        "valid_months": "36",
        "includes": [vog.pk],
    }
    assert office.post("/beheer/kwalificaties/nieuw/", filled).url == "/beheer/kwalificaties/"
    made = Qualification.objects.get(code="VOG-B")
    assert (made.name, made.kind, made.valid_months, made.is_active) == ("VOG bestuur", "check", 36, True)
    assert list(made.includes.all()) == [vog]
    assert verbs(after=before) == [("qualification.added", journal.ref(frank))]


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"code": "c06"}, "code", "Advieslijn en doorverwijzen heeft deze code."),
        (
            {"code": "C 7/8"},
            "code",
            "Een code bestaat alleen uit hoofdletters, cijfers, streepjes en plustekens, hoogstens 12.",
        ),
        (
            {"valid_months": "0"},
            "valid_months",
            "Zorg ervoor dat deze waarde minstens 1 is.",
        ),
        ({"valid_months": "7000"}, "valid_months", "Zorg ervoor dat deze waarde hoogstens 600 is."),
        ({"name": ""}, "name", "Dit is een verplicht veld."),
    ],
)
def test_what_is_wrong_about_a_new_qualification_is_said_at_its_field(
    office, certificate, wrong, field, said
):
    filled = {"code": "C99", "name": "Nieuw", "kind": "certificate", **wrong}
    errors = office.post("/beheer/kwalificaties/nieuw/", filled).context["form"].errors
    assert {name: list(told) for name, told in errors.items()} == {field: [said]}


def test_two_qualifications_never_include_each_other(office, certificate, vog):
    between = Qualification.objects.create(code="B", name="Basis")
    between.includes.add(certificate)
    vog.includes.add(between)
    filled = {"name": "Advieslijn", "kind": "certificate", "includes": [vog.pk], "is_active": "on"}
    errors = office.post("/beheer/kwalificaties/C06/", filled).context["form"].errors
    assert errors == {"includes": ["VOG omvat deze zelf al. Dan zou de een de ander omvatten, en andersom."]}
    assert not certificate.includes.exists()


def test_what_is_out_of_use_is_kept_and_given_to_nobody(office, anouk, bram, vog, frank, now):
    office.post("/beheer/kwalificaties/VOG/", {"name": "VOG", "kind": "check", "valid_months": "36"})
    vog.refresh_from_db()
    assert not vog.is_active
    assert qualifications.missing(anouk, [vog], on=now.date()) == []
    page = office.get(f"/beheer/mensen/{bram.public_id}/kwalificatie/")
    assert vog not in page.context["form"].fields["qualification"].queryset
    with pytest.raises(qualifications.NotGrantable, match="VOG wordt niet meer gebruikt"):
        qualifications.grant(bram, vog, by=frank, now=now, source="seen")
    assert "Niet meer in gebruik" in office.get("/beheer/kwalificaties/").content.decode()


def test_messages_that_failed_are_tried_again(office, frank, anouk, now):
    notice = Notice.objects.create(
        person=anouk,
        kind="qualification_granted",
        subject="x:1",
        owed_at=now,
        due_at=now,
        dropped_at=now,
        tries=5,
        trouble="ConnectionRefusedError",
    )
    assert "ConnectionRefusedError" in office.get("/beheer/berichten/").content.decode()
    office.post(f"/beheer/berichten/{notice.pk}/opnieuw/")
    notice.refresh_from_db()
    assert (notice.dropped_at, notice.tries) == (None, 0)
    assert office.get("/beheer/").context["troubled"] == 0


def test_the_list_of_invitations_says_how_far_the_mail_is(office, frank, now, mailoutbox):
    """On its way, sent, not yet, and not at all: then it can be sent again."""
    made = invitations.invite(
        "noor@paraat.example", first_name="N", last_name="B", role="candidate", by=frank, now=now
    )
    owed = Notice.objects.filter(kind="invitation")

    def said():
        (row,) = office.get("/beheer/uitnodigingen/").context["rows"]
        return row.mail, row.is_failed

    assert said() == ("Onderweg.", False)
    owed.update(trouble="ConnectionRefusedError: [Errno 111]")
    assert said() == (
        "Nog niet verstuurd. De mailserver geeft geen antwoord. We blijven het proberen.",
        False,
    )
    owed.update(trouble="SMTPRecipientsRefused: {}", dropped_at=now)
    assert said() == ("Niet gelukt. De mailserver weigert dit adres. Klopt het?", True)
    assert "Opnieuw sturen" in office.get("/beheer/uitnodigingen/").content.decode()
    assert "noor@paraat.example" in office.get("/beheer/berichten/").content.decode()
    office.post(f"/beheer/uitnodigingen/{made.pk}/opnieuw/")
    notices.send_due(now=timezone.now())
    assert [mail.to for mail in mailoutbox] == [["N B <noor@paraat.example>"]]


def test_every_screen_opens(office, anouk, bram, certificate, vog, now, frank):
    invitations.invite(
        "noor@paraat.example", first_name="N", last_name="B", role="candidate", by=frank, now=now
    )
    award = anouk.grants.first()
    known = {"public_id": anouk.public_id, "pk": award.pk, "code": "C06"}
    only_post = {"end_role", "invite_person", "invite_again", "withdraw_invitation", "retry_notice"}
    places = {"location": anouk.home_id, "new_room": anouk.home_id, "district": anouk.home.district_id}
    places["duty_phone"] = frank.role_assignments.get().pk
    places["room"] = anouk.home.rooms.create(name="Spreekkamer 1").pk
    for pattern in BEHEER:
        if pattern.name not in only_post:
            response = office.get(address(pattern.name, **known | {"pk": places.get(pattern.name, award.pk)}))
            assert (pattern.name, response.status_code) == (pattern.name, 200)


def test_a_qualification_that_begins_later_can_be_revoked_on_screen(office, bram, vog):
    begins = days.add_months(days.today(), 2)
    award = Grant.objects.create(
        person=bram, qualification=vog, valid_from=begins, source="seen", granted_at=timezone.now()
    )
    page, revoke = address("manage_person", public_id=bram.public_id), address("revoke", pk=award.pk)
    assert f'href="{revoke}"' in office.get(page).content.decode()
    assert "krijgt dit dan niet" in office.get(revoke).content.decode()
    office.post(revoke, {"because": "Verkeerde persoon"})
    text = office.get(page).content.decode()
    assert (f'href="{revoke}"' in text, "Verkeerde persoon" in text) == (False, True)


def test_a_corrected_address_closes_what_was_mailed_to_the_old_one(office, client, frank, now):
    person = Person.objects.create_user("jan.fout@example.org", first_name="Jan", last_name="Jansen")
    office.post(address("invite_person", public_id=person.public_id))
    first = Invitation.objects.get()
    form = {
        "email": "jan.goed@example.org", "first_name": "Jan", "last_name": "Jansen",
        "engagement": "volunteer", "travel_km": 25,
    }  # fmt: skip
    assert office.post(address("manage_person_edit", public_id=person.public_id), form).status_code == 302
    office.post(address("invite_person", public_id=person.public_id), {"stempel": "another"})
    first.refresh_from_db()
    assert invitations.state(first, timezone.now()) == "withdrawn"
    assert client.get(f"/uitnodiging/{invitations.token(first)}/").status_code == 410
    second = Invitation.objects.get(email="jan.goed@example.org")
    assert invitations.state(second, timezone.now()) == invitations.OPEN
