"""Does a file ask what the screen asks? Where both exist, each slip that the form refuses is tried in the file too.

The slips follow from the fields of the form: too long, too large, another choice, a year that cannot be meant.
"""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from academy import importing
from academy.models import CoursePage
from cms import tree
from people.files import people as people_files
from people.files import sheets
from people.manage.forms import AssignRole, GiveQualification, PersonDetails, Place, QualificationDetails
from people.models import Location, Person, Qualification
from rostering.demand import files
from rostering.models import TaskKind, WeeklyDemand
from rostering.task_kinds.forms import KindDetails
from tests.architecture.house import nothing
from tests.architecture.test_free_text import CLIENT
from tests.conftest import NOW

COURSE = forms.modelform_factory(
    CoursePage, fields=["code", "title", "topics", "summary", "form", "audience", "hours"]
)
DEMAND = forms.modelform_factory(
    WeeklyDemand, fields=["task_kind", "weekday", "start", "end", "seats", "scope"]
)


@dataclass(frozen=True)
class Pair:
    """A form, the reader of the file, and what both take: `typed` in the form, `line` in the file."""

    form: Callable
    read: Callable
    typed: dict
    line: dict
    called: dict = field(default_factory=dict)  # columns with another name than the field
    only_here: str = ""  # fields of the form that the file has not, or means otherwise
    also: dict = field(default_factory=dict)  # slips that the fields do not tell, by field
    by_default: str = ""  # fields that a file may leave empty: then the usual is meant


def path_of(tmp_path, line):
    path = tmp_path / "rows.csv"
    path.write_text(text_of(line))
    return path


def text_of(line: dict) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, line)
    writer.writeheader()
    writer.writerow(line)
    return out.getvalue()


def of_people(take_over):
    return lambda tmp_path, line: take_over(path_of(tmp_path, line), by=None, now=NOW)


def of_courses(tmp_path, line):
    return importing.import_courses(path_of(tmp_path, line), tree.ensure_site(), by=None, now=NOW)


def opened(read):
    return lambda tmp_path, line: read(io.BytesIO(text_of(line).encode()))


def pairs() -> dict[str, Pair]:
    jan = {
        "email": "jan@paraat.example", "first_name": "Jan", "infix": "", "last_name": "Vos",
        "engagement": "volunteer", "travel_km": "25", "joined_on": "2024-02-01",
    }  # fmt: skip
    place = {
        "name": "Zeist", "latitude": "52.1", "longitude": "5.2", "school_region": "midden", "street": "Laan 1",
        "postcode": "3701 AB", "town": "Zeist", "entrance": "", "bell": "", "parking": "", "accessibility": "",
    }  # fmt: skip
    kind = {
        "code": "T99", "name": "Spreekuur", "minutes": "60", "minimum_people": "1", "mode": "remote",
        "ladder": "small_role", "description": "Bellen.",
    }  # fmt: skip
    given = {"source": "seen", "evidence": "Gezien.", "valid_from": "2026-01-05", "valid_until": ""}
    course = {"code": "C99", "title": "Luisteren", "topics": "stilte", "hours": "1.5"}
    home, vog = Location.objects.get(), Qualification.objects.get(code="VOG")
    person, telephone = Person.objects.get(), TaskKind.objects.get()
    return {
        "people": Pair(
            PersonDetails,
            of_people(people_files.take_over_people),
            {**jan, "phone": "", "home": home.pk},
            {**jan, "home": home.name, "language": "nl", "roles": ""},
            only_here="phone",
            by_default="engagement travel_km",
        ),
        "roles": Pair(
            AssignRole,
            of_people(people_files.take_over_people),
            {"role": "volunteer", "since_on": "2024-02-01"},
            {**jan, "home": home.name, "language": "nl", "roles": "volunteer"},
            called={"role": "roles"},
            only_here="location district everywhere since_on",
            also={"role": ["coordinator"]},
            by_default="role",
        ),
        "grants": Pair(
            GiveQualification,
            of_people(people_files.take_over_grants),
            {**given, "qualification": vog.pk},
            {**given, "qualification": "VOG", "email": person.email},
            also={"evidence": [CLIENT]},
            by_default="source evidence",
        ),
        "locations": Pair(
            Place,
            of_people(people_files.take_over_locations),
            {**place, "district": home.district.pk},
            {**place, "district": home.district.name},
            only_here="is_open district",  # a district that is not there yet is made
        ),
        "qualifications": Pair(
            QualificationDetails,
            opened(lambda rows: importing.import_qualifications(rows, by=None, now=NOW)),
            {"code": "C99", "name": "Luisteren", "kind": "check", "valid_months": "24"},
            {"code": "C99", "name": "Luisteren", "kind": "check", "valid_months": "24"},
            only_here="includes",
            also={"name": [CLIENT], "code": ["C 7/8", "Ç"]},
        ),
        "qualifications of courses": Pair(
            QualificationDetails,
            of_courses,
            {"code": "C99", "name": "Luisteren", "kind": "certificate", "valid_months": "24"},
            {**course, "form": "e-learning", "valid_months": "24", "requires": ""},
            called={"name": "title"},
            only_here="kind includes",
            also={"name": [CLIENT], "code": ["C 7/8", "Ç"]},
        ),
        "courses": Pair(
            COURSE,
            of_courses,
            {**course, "form": "e_learning", "audience": "team", "summary": "Kort."},
            {**course, "form": "e-learning", "audience": "team", "valid_months": "", "requires": "",
             "summary": "Kort."},
            also={"hours": ["1.25", "NaN"]},
            by_default="summary audience",
        ),
        "kinds of task": Pair(
            KindDetails,
            opened(files.read_task_kinds),
            {**kind, "minimum_months": "0", "load": "2"},
            {**kind, "minimum_months_experience": "0", "load": "middel", "requires": ""},
            called={"minimum_months": "minimum_months_experience"},
            only_here="needs_approval on_holidays",
            also={"name": [CLIENT], "description": [CLIENT], "code": ["C 7/8", "Ç"], "requires": ["Nergens"]},
        ),
        "demand": Pair(
            DEMAND,
            opened(files.read_demand),
            {"task_kind": telephone.pk, "weekday": "0", "start": "08:00", "end": "12:00", "seats": "2",
             "scope": "national"},
            {"task_kind": "T01", "weekday": "mon", "start": "08:00", "end": "12:00", "seats": "2",
             "scope": "national"},
            also={"end": ["25:00"], "start": ["8 uur"]},
        ),
    }  # fmt: skip


def slips(asked: forms.Field) -> list[str]:
    """Return what somebody could type by mistake in a field of this kind."""
    found = [""]
    if most := getattr(asked, "max_length", None):
        found.append("x" * (most + 1))
    for validator in asked.validators:
        limit = getattr(validator, "limit_value", None)
        if isinstance(validator, MaxValueValidator | MinValueValidator):
            found.append(str(limit + (1 if isinstance(validator, MaxValueValidator) else -1)))
    if isinstance(asked, forms.IntegerField | forms.DecimalField):
        found += ["veel", "-1", "9" * 20, "9" * 5000, "nan", "inf"]
    if isinstance(asked, forms.DateField):
        found += ["morgen", "9999-12-31", "0001-01-01", "2206-01-01", "31-02-2026"]
    if isinstance(asked, forms.EmailField):
        found += ["jan", "jan@", "jan@büch..example", "ja\u200bn@x.nl", "jän@x.nl"]
    if isinstance(asked, forms.ChoiceField | forms.ModelChoiceField):
        found.append("zomaar")
    return found


def field_errors(pair: Pair, name: str, slip: str) -> bool:
    return name in pair.form({**pair.typed, name: slip}).errors


@pytest.fixture
def world(telephone, utrecht):
    Person.objects.create(email="anouk@paraat.example", first_name="Anouk", last_name="Vos")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "what",
    [
        "people", "roles", "grants", "locations", "qualifications", "qualifications of courses", "courses",
        "kinds of task", "demand",
    ],
)  # fmt: skip
def test_what_the_screen_refuses_the_file_refuses(world, what, tmp_path):
    pair, let_in, untried = pairs()[what], [], []
    for name, asked in pair.form(pair.typed).fields.items():
        column = pair.called.get(name, name)
        if name == "seen" or name in pair.only_here.split():
            continue
        tried = [slip for slip in slips(asked) + pair.also.get(name, []) if field_errors(pair, name, slip)]
        if not tried and not isinstance(asked, forms.BooleanField):
            untried.append(f"no slip for {name}")
        for slip in tried:
            if not slip and name in pair.by_default.split():
                continue
            try:
                pair.read(tmp_path, {**pair.line, column: slip})
            except sheets.Unreadable:
                continue
            let_in.append(f"{column}: {slip[:60]!r}")
    nothing(untried + let_in)


@pytest.mark.django_db
def test_the_lines_without_a_slip_are_taken(world, tmp_path):
    for what, pair in pairs().items():
        typed = pair.typed | ({"code": "C98"} if "code" in pair.typed else {})
        assert (what, dict(pair.form(typed).errors)) == (what, {})
        pair.read(tmp_path, pair.line)


@pytest.mark.django_db
def test_who_includes_whom_makes_no_circle_in_a_file_either(world, tmp_path):
    line = {**pairs()["courses"].line, "includes": "VOG"}
    of_courses(tmp_path, line)
    before = list(Qualification.objects.values_list("code", "includes"))
    back = {**line, "code": "VOG", "title": "VOG", "includes": "C99"}
    with pytest.raises(sheets.Unreadable):
        of_courses(tmp_path, back)
    assert list(Qualification.objects.values_list("code", "includes")) == before


@pytest.mark.django_db
def test_a_kind_that_is_done_together_is_asked_for_by_as_many_in_a_file(world, tmp_path):
    TaskKind.objects.update(minimum_people=3)
    with pytest.raises(sheets.Unreadable):
        pairs()["demand"].read(tmp_path, pairs()["demand"].line)
