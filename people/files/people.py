"""What does a file of an earlier system say? Locations, people and grants from CSV: all of it, or nothing.

Reading checks every line and changes nothing. Taking over is one transaction with one line in the journal,
which keeps the name and the SHA-256 of the file; the rows themselves say the rest. Nobody is mailed. The same
file a second time changes nothing.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from people import days, journal, locations, roles, text
from people.files import sheets
from people.files.cells import Cells, stop_if
from people.files.sheets import Problem, Row, Unreadable
from people.models import (
    District,
    Grant,
    LearningStep,
    Location,
    Person,
    Qualification,
    RoleAssignment,
    Room,
)
from people.qualifications import grants

MOST_ROWS = 200_000
BATCH = 500  # rows in one statement: SQLite takes a limited number of values

LOCATIONS = ("name", "district", "latitude", "longitude", "school_region")
GETTING_IN = {  # columns that a file of locations may have, and how long they may be
    "street": 80, "town": 60, "entrance": 200, "bell": 200, "parking": 200, "accessibility": 200,
}  # fmt: skip
ROOM_NAME, ROOM_DIRECTIONS = 60, 200
PEOPLE = (
    "email", "first_name", "infix", "last_name", "engagement", "home", "travel_km", "joined_on", "language",
    "roles",
)  # fmt: skip
GRANTS = ("email", "qualification", "valid_from", "valid_until", "source", "evidence")


@dataclass
class TakenOver:
    """How many rows were new, were changed, and were as they are."""

    added: int = 0
    changed: int = 0
    same: int = 0


def _rows(path: Path, required: Iterable[str]) -> list[Row]:
    if not path.is_file():
        raise Unreadable([Problem(None, _("There is no file %(path)s.") % {"path": path})])
    return sheets.parse(sheets.decode(path.read_bytes()), required=required, max_rows=MOST_ROWS)


def _note(
    verb: str, model: type[Model], path: Path, taken: TakenOver, *, by: Person | None, now: datetime
) -> None:
    facts = {"added": taken.added, "changed": taken.changed, "same": taken.same}
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    journal.record(verb, model, by=by, now=now, file=path.name, sha256=fingerprint, **facts)


@transaction.atomic
def take_over_locations(path: Path, *, by: Person | None, now: datetime) -> TakenOver:
    """Make or change the locations of a file, and the districts it names. Raises sheets.Unreadable.

    Address, entrance and rooms ("Spreekkamer 1: first floor; Spreekkamer 2") are columns that may be left out;
    then they stay as they are. A room that is not in the file stays.
    """
    rows, problems, wanted, seen = _rows(path, LOCATIONS), [], {}, {}
    for row in rows:
        cells = Cells(row, problems)
        name = cells.text("name", 60)
        cells.once(name, name, seen)
        fields = {
            "district": cells.text("district", 60),
            "latitude": cells.number("latitude", -90, 90, float),
            "longitude": cells.number("longitude", -180, 180, float),
            "school_region": cells.text("school_region", 10, required=False),
        }
        for column, longest in GETTING_IN.items():
            if column in row.cells:
                fields[column] = cells.text(column, longest, required=False)
        if "postcode" in row.cells:
            fields["postcode"] = _postcode(cells)
            if fields["postcode"] and not fields.get("street", "without that column it stays"):
                cells.wrong(_("Write the street too, with the postcode."))
        wanted[name] = fields, _rooms(cells)
    stop_if(problems)
    districts = {
        name: District.objects.get_or_create(name=name)[0]
        for name in dict.fromkeys(fields["district"] for fields, _rooms_of in wanted.values())
    }
    standing, taken = {row.name: row for row in Location.objects.select_related("district")}, TakenOver()
    rooms = {(room.location_id, room.name): room for room in Room.objects.all()}
    for name, (fields, rooms_of) in wanted.items():
        row = standing.get(name) or Location(name=name)
        is_new = row.pk is None
        differs = _take_over(row, fields | {"district": districts[fields["district"]]}, now=now)
        differs |= _take_over_rooms(row, rooms_of, rooms)
        taken.added += is_new
        taken.changed += differs and not is_new
        taken.same += not (differs or is_new)
    _note("location.imported", Location, path, taken, by=by, now=now)
    return taken


def _postcode(cells: Cells) -> str:
    said = locations.postcode(cells.text("postcode", 7, required=False))
    if said and not locations.POSTCODE.fullmatch(said):
        cells.wrong(_("“%(said)s” is no postcode. Write it as 1234 AB.") % {"said": said})
    return said


def _rooms(cells: Cells) -> dict[str, str]:
    """Return how to find each room that a line names."""
    found = {}
    for said in filter(None, map(str.strip, cells.row.get("rooms").split(";"))):
        name, _colon, directions = (part.strip() for part in said.partition(":"))
        if not 1 <= len(name) <= ROOM_NAME or len(directions) > ROOM_DIRECTIONS:
            cells.wrong(_("“%(said)s” is too long for a room, or has no name.") % {"said": said[:40]})
        found[text.line(name)] = text.line(directions)
    return found


def _take_over(row: Location, fields: dict, *, now: datetime) -> bool:
    """Give a location what a file says; return whether that was something else."""
    changed = {name for name, value in fields.items() if getattr(row, name) != value} if row.pk else set()
    if row.pk and not changed:
        return False
    if changed & locations.IN_CALENDARS:
        locations.note_change(row, now=now)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return True


def _take_over_rooms(location: Location, wanted: dict[str, str], standing: dict) -> bool:
    differs = False
    for name, directions in wanted.items():
        room = standing.get((location.pk, name)) or Room(location=location, name=name)
        if room.pk is None or room.directions != directions:
            room.directions, differs = directions, True
            room.save()
    return differs


Post = tuple[str, int | None, int | None]  # role, location id, district id
EVERYWHERE = ("landelijk", "national")
LOCATION, DISTRICT = ("locatie", "location"), ("district",)  # what may stand before the name of a place
FIELDS = (
    "first_name", "infix", "last_name", "engagement", "home_id", "travel_km", "joined_on", "language",
)  # fmt: skip
KEYS = ("searched_as", "sorted_as")


@transaction.atomic
def take_over_people(path: Path, *, by: Person | None, now: datetime) -> TakenOver:
    """Make or change the people of a file, without a password: an invitation lets them in.

    Roles of the file are added (`coordinator: district Rotterdam; volunteer`), never taken away, and somebody
    who has left stays away. Raises sheets.Unreadable.
    """
    wanted, posts = _read_people(_rows(path, PEOPLE))
    standing = {person.email: person for person in Person.objects.all()}
    new, changed, taken = [], [], TakenOver()
    for email, fields in wanted.items():
        person = standing.get(email)
        if person is None:
            new.append(Person(email=email, password=make_password(None), **fields))
        elif any(getattr(person, key) != value for key, value in fields.items()):
            for key, value in fields.items():
                setattr(person, key, value)
            changed.append(person)
        else:
            taken.same += 1
    for person in (*new, *changed):
        person.key_names()
    Person.objects.bulk_create(new, batch_size=BATCH)
    Person.objects.bulk_update(changed, FIELDS + KEYS, batch_size=BATCH)
    taken.added, taken.changed = len(new), len(changed)
    _give_roles({**standing, **{person.email: person for person in new}}, posts, by=by, now=now)
    _note("person.imported", Person, path, taken, by=by, now=now)
    return taken


def _read_people(rows: list[Row]) -> tuple[dict, dict]:
    """Return the fields and the posts (role, location id, district id) of each mail address."""
    homes = dict(Location.objects.values_list("name", "pk"))
    districts = dict(District.objects.values_list("name", "pk"))
    problems, wanted, posts, seen = [], {}, {}, {}
    for row in rows:
        cells = Cells(row, problems)
        email = cells.email()
        cells.once(email, email, seen)
        wanted[email] = {
            "first_name": cells.text("first_name", 150),
            "infix": cells.text("infix", 20, required=False),
            "last_name": cells.text("last_name", 150),
            "engagement": cells.one_of("engagement", Person.Engagement.values, Person.Engagement.VOLUNTEER),
            "home_id": cells.known("home", {"": None, **homes}),
            "travel_km": cells.number("travel_km", 0, 300, otherwise="25"),
            "joined_on": cells.day("joined_on", required=False),
            "language": cells.one_of("language", ("nl", "en"), "nl"),
        }
        posts[email] = [
            post
            for said in row["roles"].split(";")
            if said.strip() and (post := _post(cells, said, homes, districts))
        ]
    stop_if(problems)
    return wanted, posts


def _post(cells: Cells, said: str, homes: dict, districts: dict) -> Post | None:
    role, _colon, place = (part.strip() for part in said.partition(":"))
    if role not in roles.ROLES:
        cells.wrong(_("“%(said)s” is not a role.") % {"said": role})
        return None
    if place.lower() in EVERYWHERE:
        return role, None, None
    if not place and roles.FILL_ROSTER in roles.ROLES[role].may:
        cells.wrong(
            _("for which place is “%(said)s”? Write it after a colon, or “landelijk”.") % {"said": role}
        )
        return None
    found = {(homes.get(name), None) for name in _named(place, *LOCATION) if name in homes}
    found |= {(None, districts.get(name)) for name in _named(place, *DISTRICT) if name in districts}
    if not place:
        return role, None, None
    if len(found) == 1:
        return role, *found.pop()
    if found:
        words = {"said": place, "role": role}
        cells.wrong(
            _(
                "“%(said)s” is a location and a district. Write “%(role)s: locatie %(said)s” or "
                "“%(role)s: district %(said)s”."
            )
            % words
        )
    else:
        cells.wrong(_("“%(said)s” is no location and no district.") % {"said": place})
    return None


def _named(place: str, *kinds: str) -> list[str]:
    """Return the names that `place` may stand for: as it is written, and without the word for its kind."""
    kind, _space, rest = place.partition(" ")
    return [place, rest.strip()] if kind.lower() in kinds else [place]


def _give_roles(people: dict[str, Person], posts: dict, *, by: Person | None, now: datetime) -> None:
    open_posts = RoleAssignment.objects.filter(until_on=None)
    standing = set(open_posts.values_list("person", "role", "location", "district"))
    bulk = []
    for email, wanted in posts.items():
        person = people[email]
        for role, location, district in dict.fromkeys(wanted):
            if not person.is_active or (person.pk, role, location, district) in standing:
                continue
            since_on = person.joined_on or days.day_of(now)
            if roles.ROLES[role].wagtail_group:  # the few that also open Wagtail's admin
                roles.assign(person, role, by=by, now=now, since_on=since_on, source="import")
            else:
                post = {"role": role, "location_id": location, "district_id": district}
                bulk.append(RoleAssignment(person=person, since_on=since_on, **post))
    RoleAssignment.objects.bulk_create(bulk, batch_size=BATCH)


@transaction.atomic
def take_over_grants(path: Path, *, by: Person | None, now: datetime) -> TakenOver:
    """Add the grants of a file. What somebody holds already is not changed. Raises sheets.Unreadable."""
    wanted = _read_grants(_rows(path, GRANTS), today=days.day_of(now))
    key = ("person", "qualification", "valid_from", "valid_until")
    standing = set(Grant.objects.values_list(*key))
    new = [
        Grant(
            person_id=person,
            qualification_id=qualification,
            valid_from=start,
            valid_until=end,
            source=source,
            evidence=evidence,
            granted_by=by,
            granted_at=now,
        )
        for (person, qualification, start, end), (source, evidence) in wanted.items()
        if (person, qualification, start, end) not in standing
    ]
    Grant.objects.bulk_create(new, batch_size=BATCH)
    for qualification, count in Counter(grant.qualification_id for grant in new).items():
        if count:  # who holds it is no longer on the way to it
            holders = Grant.objects.filter(qualification=qualification).valid_on(days.day_of(now))
            LearningStep.objects.filter(
                qualification=qualification, person__in=holders.values("person")
            ).delete()
    taken = TakenOver(added=len(new), same=len(wanted) - len(new))
    _note("grant.imported", Grant, path, taken, by=by, now=now)
    return taken


def _read_grants(rows: list[Row], *, today: date) -> dict[tuple, tuple[str, str]]:
    """Return source and evidence of each (person id, qualification id, first day, last day)."""
    people = dict(Person.objects.values_list("email", "pk"))
    terms = {row.code: row for row in Qualification.objects.all()}
    problems, wanted = [], {}
    for row in rows:
        cells = Cells(row, problems)
        person = people.get(text.address_or_as_it_is(row["email"]))
        if person is None:
            cells.wrong(_("nobody has the mail address “%(said)s”.") % {"said": row["email"]})
        qualification = cells.known("qualification", terms)
        start = cells.day("valid_from")
        end = cells.day("valid_until", required=False)
        source = cells.one_of("source", Grant.Source.values, Grant.Source.IMPORT)
        evidence = cells.free_text("evidence", 200)
        if not (person and qualification and start):
            continue
        try:
            grants.refuse_odd_years(start, end, today)
        except grants.NotGrantable as odd:
            cells.wrong(str(odd))
            continue
        if not row["valid_until"] and qualification.valid_months:
            end = days.add_months(start, qualification.valid_months)
        if end and end < start:
            cells.wrong(_("the last valid day lies before the first."))
        wanted[person, qualification.pk, start, end] = source, evidence
    stop_if(problems)
    return wanted
