"""Taking over people and what they hold: all of it or nothing, and the same file twice changes nothing."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command, load_command_class

from people.files import people as people_files
from people.files import sheets
from people.models import (
    District,
    Grant,
    JournalEntry,
    LearningStep,
    Location,
    Notice,
    Person,
    RoleAssignment,
)

pytestmark = pytest.mark.django_db

PEOPLE = "email,first_name,infix,last_name,engagement,home,travel_km,joined_on,language,roles\n"
GRANTS = "email,qualification,valid_from,valid_until,source,evidence\n"
LOCATIONS = "name,district,latitude,longitude,school_region,attested\n"


@pytest.fixture
def take_over(tmp_path, capsys):
    """Write a file, import it, and return what the command says."""

    def take_over(what, text):
        path = tmp_path / f"{what}.csv"
        path.write_text(text, encoding="utf-8")
        call_command(f"import_{what}", path)
        return capsys.readouterr().out.strip()

    return take_over


def refused(take_over, what, text):
    with pytest.raises(CommandError) as refusal:
        take_over(what, text)
    return str(refusal.value).splitlines()


def test_locations_and_their_districts(take_over):
    text = LOCATIONS + 'Utrecht,Midden,52.09,5.12,midden,yes\nZeist,Midden,"52,08",5.23,midden,no\n'
    assert take_over("locations", text) == "locations: 2 new, 0 changed, 0 as before."
    assert take_over("locations", text) == "locations: 0 new, 0 changed, 2 as before."
    assert take_over("locations", text.replace("5.23", "5.25")) == "locations: 0 new, 1 changed, 1 as before."
    assert list(Location.objects.values_list("name", "district__name", "longitude")) == [
        ("Utrecht", "Midden", 5.12),
        ("Zeist", "Midden", 5.25),
    ]


def test_the_address_and_the_rooms_of_locations(take_over):
    heading = LOCATIONS.strip() + ",street,postcode,entrance,rooms\n"
    text = heading + "Utrecht,Midden,52,5,,,Voorbeeldstraat 12,1234ab,De zijdeur,Kamer 1: links; Kamer 2\n"
    assert take_over("locations", text) == "locations: 1 new, 0 changed, 0 as before."
    assert take_over("locations", text) == "locations: 0 new, 0 changed, 1 as before."
    text = text.replace("links", "rechts")
    assert take_over("locations", text) == "locations: 0 new, 1 changed, 0 as before."
    without = LOCATIONS + "Utrecht,Midden,52,5,,\n"
    assert take_over("locations", without) == "locations: 0 new, 0 changed, 1 as before."
    place = Location.objects.get()
    assert (place.address, place.entrance, place.sequence) == (
        "Voorbeeldstraat 12, 1234 AB Utrecht", "De zijdeur", 0,
    )  # fmt: skip
    assert list(place.rooms.values_list("name", "directions")) == [("Kamer 1", "rechts"), ("Kamer 2", "")]
    assert take_over("locations", text.replace("straat 12", "straat 14")).endswith("1 changed, 0 as before.")
    place.refresh_from_db()
    assert (place.sequence, place.changed_at is None) == (1, False)
    assert refused(take_over, "locations", text.replace("1234ab", "12 AB").replace("Kamer 2", ": links")) == [
        "Regel 2: ‘12 AB’ is geen postcode. Schrijf die als 1234 AB.",
        "Regel 2: ‘: links’ is te lang voor een ruimte, of heeft geen naam.",
    ]


def test_locations_that_are_not_right(take_over):
    text = LOCATIONS + ",Midden,52,5,,\nZeist,Midden,north,5,,\nZeist,,nan,200,,\n"
    assert refused(take_over, "locations", text) == [
        "Regel 2: name is leeg.",
        "Regel 3: ‘north’ is geen latitude: schrijf een getal van -90 tot en met 90.",
        "Regel 4: Zeist staat ook op regel 3.",
        "Regel 4: district is leeg.",
        "Regel 4: ‘nan’ is geen latitude: schrijf een getal van -90 tot en met 90.",
        "Regel 4: ‘200’ is geen longitude: schrijf een getal van -180 tot en met 180.",
    ]
    assert Location.objects.count() == 0


def test_people_with_roles(take_over, utrecht):
    text = PEOPLE + (
        "Noor@paraat.example,Noor,van den,Berg,volunteer,Utrecht,30,2024-03-01,nl,volunteer\n"
        "carla@paraat.example,Carla,,Smit,employee,Utrecht,,1-9-2020,en,"
        "coordinator: Midden-Nederland; employee\n"
    )
    assert take_over("people", text) == "people: 2 new, 0 changed, 0 as before."
    assert take_over("people", text) == "people: 0 new, 0 changed, 2 as before."
    noor, carla = Person.objects.order_by("last_name")
    assert (str(noor), noor.email, noor.home, noor.joined_on) == (
        "Noor van den Berg",
        "noor@paraat.example",
        utrecht,
        date(2024, 3, 1),
    )
    assert not noor.has_usable_password()
    assert (carla.travel_km, carla.language) == (25, "en")
    assert list(
        RoleAssignment.objects.order_by("pk").values_list(
            "person", "role", "location", "district__name", "since_on"
        )
    ) == [
        (noor.pk, "volunteer", None, None, date(2024, 3, 1)),
        (carla.pk, "coordinator", None, "Midden-Nederland", date(2020, 9, 1)),
        (carla.pk, "employee", None, None, date(2020, 9, 1)),
    ]


def test_a_district_may_have_the_name_of_a_location(take_over, utrecht):
    district = District.objects.create(name="Utrecht")
    posts = {"district Utrecht": (None, district.pk), "Locatie Utrecht": (utrecht.pk, None)}
    for number, said in enumerate(posts):
        take_over("people", PEOPLE + f"p{number}@paraat.example,P,,P,employee,,,,,coordinator: {said}\n")
    standing = RoleAssignment.objects.order_by("pk").values_list("location", "district")
    assert list(standing) == list(posts.values())
    assert refused(take_over, "people", PEOPLE + "q@paraat.example,Q,,Q,,,,,,coordinator: Utrecht\n") == [
        "Regel 2: ‘Utrecht’ is een locatie en een district. Schrijf ‘coordinator: locatie Utrecht’ of "
        "‘coordinator: district Utrecht’."
    ]


def test_a_name_may_begin_with_the_word_district(take_over):
    district = District.objects.create(name="District Noord")
    take_over("people", PEOPLE + "q@paraat.example,Q,,Q,,,,,,coordinator: District Noord\n")
    assert RoleAssignment.objects.get().district == district


def test_the_command_says_how_to_name_a_place():
    assert "coordinator: district Rotterdam" in load_command_class("people", "import_people").help


def test_a_trainer_also_gets_wagtails_group(take_over, utrecht):
    take_over("people", PEOPLE + "eva@paraat.example,Eva,,Vos,employee,,,,,trainer\n")
    assert list(Person.objects.get().groups.values_list("name", flat=True)) == ["Trainers"]
    assert JournalEntry.objects.get(verb="role.assigned").facts["source"] == "import"


def test_people_that_are_known_change_and_keep_their_password(take_over, anouk):
    line = "ANOUK@paraat.example,Anouk,,de Wit,volunteer,Utrecht,40,2024-01-08,nl,\n"
    assert take_over("people", PEOPLE + line) == "people: 0 new, 1 changed, 0 as before."
    anouk.refresh_from_db()
    assert (anouk.last_name, anouk.travel_km, anouk.check_password("paraat-demo")) == ("de Wit", 40, True)


def test_who_left_stays_away(take_over, anouk):
    Person.objects.update(is_active=False)
    RoleAssignment.objects.all().delete()
    take_over("people", PEOPLE + "anouk@paraat.example,Anouk,,Wit,volunteer,,,,,volunteer\n")
    anouk.refresh_from_db()
    assert (anouk.is_active, anouk.role_assignments.count()) == (False, 0)


def test_people_that_are_not_right(take_over, utrecht):
    text = PEOPLE + (
        "noor,Noor,,Berg,volunteer,Utrecht,30,,nl,volunteer\n"
        "a@x.nl,,,Berg,boss,Delft,301,2024-02-30,fr,chief; coordinator: Delft\n"
        "b@x.nl,B,,B,,,,,,\n"
        "B@x.nl,B,,B,,,,,,\n"
    )
    assert refused(take_over, "people", text) == [
        "Regel 2: ‘noor’ is geen mailadres.",
        "Regel 3: first_name is leeg.",
        "Regel 3: ‘boss’ is geen engagement. Kies uit volunteer, employee, intern, external.",
        "Regel 3: ‘Delft’ is niet bekend als home.",
        "Regel 3: ‘301’ is geen travel_km: schrijf een getal van 0 tot en met 300.",
        "Regel 3: ‘2024-02-30’ is geen dag voor joined_on. Schrijf de dag als 2026-11-24.",
        "Regel 3: ‘fr’ is geen language. Kies uit nl, en.",
        "Regel 3: ‘chief’ is geen rol.",
        "Regel 3: ‘Delft’ is geen locatie en geen district.",
        "Regel 5: b@x.nl staat ook op regel 4.",
    ]
    assert Person.objects.count() == 0


def test_grants(take_over, bram, certificate, vog, now):
    LearningStep.objects.create(
        person=bram, qualification=certificate, minutes_left=5, next_title="x", updated_at=now
    )
    text = GRANTS + (
        "bram@paraat.example,VOG,2026-01-05,,seen,VOG: origineel gezien\n"
        "BRAM@paraat.example,C06,2026-01-05,2027-06-01,,\n"
    )
    assert take_over("grants", text) == "grants: 2 new, 0 changed, 0 as before."
    assert take_over("grants", text) == "grants: 0 new, 0 changed, 2 as before."
    assert list(
        Grant.objects.order_by("pk").values_list("qualification__code", "valid_until", "source", "evidence")
    ) == [
        ("VOG", date(2029, 1, 5), "seen", "VOG: origineel gezien"),
        ("C06", date(2027, 6, 1), "import", ""),
    ]
    assert (LearningStep.objects.count(), Notice.objects.count()) == (0, 0)


def test_grants_that_are_not_right(take_over, bram, vog):
    text = GRANTS + (
        "nobody@x.nl,VOG,2026-01-05,,seen,x\n"
        "bram@paraat.example,C99,,,guessed,BSN 111222333\n"
        "bram@paraat.example,VOG,2026-01-05,2025-01-05,,\n"
    )
    assert refused(take_over, "grants", text) == [
        "Regel 2: niemand heeft het mailadres ‘nobody@x.nl’.",
        "Regel 3: ‘C99’ is niet bekend als qualification.",
        "Regel 3: valid_from is leeg.",
        "Regel 3: ‘guessed’ is geen source. Kies uit test, seen, signed, observed, exemption, import.",
        "Regel 3: in evidence lijkt een BSN te staan.",
        "Regel 4: de laatste geldige dag ligt vóór de eerste.",
    ]
    assert Grant.objects.count() == 0


def test_the_journal_has_one_line_for_a_file(take_over, utrecht):
    take_over("people", PEOPLE + "a@x.nl,A,,A,,,,,,volunteer\nb@x.nl,B,,B,,,,,,volunteer\n")
    entry = JournalEntry.objects.get()
    assert (entry.verb, entry.subject, entry.actor) == ("person.imported", "people.person", "clock")
    assert {key: entry.facts[key] for key in ("file", "added", "changed", "same")} == {
        "file": "people.csv",
        "added": 2,
        "changed": 0,
        "same": 0,
    }
    assert len(entry.facts["sha256"]) == 64


def test_a_file_that_is_not_there(db):
    with pytest.raises(CommandError, match="Er is geen bestand"):
        call_command("import_people", "/nowhere/people.csv")


@pytest.mark.parametrize("count", [1, 1000])
def test_the_number_of_statements_does_not_follow_the_number_of_people(
    take_over, utrecht, vog, django_assert_max_num_queries, count
):
    people = "".join(f"p{n}@x.nl,P,,{n},volunteer,Utrecht,,2024-01-01,nl,volunteer\n" for n in range(count))
    grants = "".join(f"p{n}@x.nl,VOG,2026-01-01,,seen,gezien\n" for n in range(count))
    with django_assert_max_num_queries(80):
        take_over("people", PEOPLE + people)
        take_over("grants", GRANTS + grants)
    assert (Person.objects.count(), Grant.objects.count()) == (count, count)


def test_a_coordinator_of_a_file_has_a_place_as_on_the_screen(tmp_path, utrecht, frank, now):
    path = tmp_path / "people.csv"
    heading = "email;first_name;infix;last_name;engagement;home;travel_km;joined_on;language;roles\n"
    line = "a24@example.org;Jan;;Overal;volunteer;Utrecht;25;1-2-2026;nl;coordinator"
    path.write_text(heading + line + "\n")
    with pytest.raises(sheets.Unreadable) as refused:
        people_files.take_over_people(path, by=frank, now=now)
    assert [problem.line for problem in refused.value.problems] == [2]
    path.write_text(f"{heading}{line}: landelijk\n")
    assert people_files.take_over_people(path, by=frank, now=now).added == 1


def test_a_slip_in_a_year_is_refused_by_line(tmp_path, anouk, certificate, frank, now):
    path = tmp_path / "grants.csv"
    lines = ["2206-01-01;", "0206-01-01;", "2026-01-01;9999-12-31"]
    rows = "".join(f"{anouk.email};C06;{line};test;\n" for line in lines)
    path.write_text("email;qualification;valid_from;valid_until;source;evidence\n" + rows)
    with pytest.raises(sheets.Unreadable) as refused:
        people_files.take_over_grants(path, by=frank, now=now)
    assert [problem.line for problem in refused.value.problems] == [2, 3, 4]
