"""What do the files say about qualifications and courses? All or nothing, and twice changes nothing."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from academy import publishing
from academy.importing import course_files
from academy.models import CatalogueIndex, CoursePage
from people import days, journal, qualifications
from people.files import sheets
from people.files.cells import Cells, stop_if
from people.files.sheets import Problem, Row
from people.models import Person, Qualification

FORMS = {
    "e-learning": CoursePage.Form.E_LEARNING,
    "blended": CoursePage.Form.BLENDED,
    "training": CoursePage.Form.TRAINING,
    "bijeenkomsten": CoursePage.Form.MEETINGS,
    "webinar": CoursePage.Form.WEBINAR,
    "open pagina": CoursePage.Form.OPEN_PAGE,
    "leerpad": CoursePage.Form.PATH,
}
LONGEST_NAME = 120
MOST_HOURS = 400


@dataclass(frozen=True)
class Course:
    """One line of a file of courses."""

    code: str
    title: str
    topics: str
    summary: str
    valid_months: int | None
    hours: Decimal
    form: tuple[str, str]  # the form, and what is said about it
    audience: str
    requires: tuple[str, ...]
    includes: tuple[str, ...]


@dataclass(frozen=True)
class Taken:
    """The courses that are new or changed, and in sentences what was decided on the way."""

    changed: list[CoursePage]
    remarks: list[str]


@transaction.atomic
def import_qualifications(source: Any, *, by: Person | None, now: datetime) -> list[Qualification]:
    """Take over checks, statements and practice out of a CSV file; return what is new or changed.

    Columns: code, name, kind, valid_months. Raises people.files.sheets.Unreadable.
    """
    found, problems, seen = [], [], {}
    for row in sheets.read(source, required=["code", "name", "kind", "valid_months"]):
        cells = Cells(row, problems)
        code = cells.code("code")
        cells.once(code, code, seen)
        fields = {
            "name": cells.free_text("name", LONGEST_NAME, required=True),
            "kind": cells.one_of("kind", Qualification.Kind.values),
            "valid_months": _months(cells),
        }
        found.append((code, fields))
    stop_if(problems)
    changed = [_keep(code, by=by, now=now, **fields) for code, fields in found]
    return [one for one in changed if one]


@transaction.atomic
def import_courses(
    source: Any, catalogue: CatalogueIndex, *, folder: Path | None = None, by: Person | None, now: datetime
) -> Taken:
    """Take over courses, what they award and, out of `folder`, their lessons.

    Columns: code, title, topics, form, hours, valid_months, requires; and if there: summary, includes,
    audience. Codes stand with spaces between them. A review day that has passed becomes a day a year from
    now, with a remark. Raises people.files.sheets.Unreadable.
    """
    rows = sheets.read(
        source, required=["code", "title", "topics", "form", "hours", "valid_months", "requires"]
    )
    contents, problems_of_files = course_files.read_folder(folder)
    courses, problems = _read_courses(rows)
    problems += problems_of_files
    known = {row["code"] for row in rows}
    problems += [
        Problem(None, _("%(code)s.toml: there is no course with this code.") % {"code": code})
        for code in contents
        if code not in known
    ]
    stop_if(problems)
    awards = _import_awards(rows, courses, by=by, now=now)
    found, remarks = [], []
    for row, course in zip(rows, courses, strict=True):
        lessons = contents.get(course.code)
        try:
            fields, award = _course_fields(course, lessons), awards[course.code]
            found.append(
                course_files.plant_course(catalogue, award, fields, lessons, remarks, on=days.day_of(now))
            )
        except publishing.NotPublishable as trouble:
            problems += [row.problem(reason) for reason in trouble.reasons]
        except ValidationError as trouble:
            problems += [row.problem(sentence) for sentence in trouble.messages]
    stop_if(problems)
    return Taken([one for one in found if one], remarks)


def _read_courses(rows: list[Row]) -> tuple[list[Course], list[Problem]]:
    """Return what each line says, and what is wrong with them."""
    known = {row["code"] for row in rows} | set(Qualification.objects.values_list("code", flat=True))
    found, problems, seen = [], [], {}
    for row in rows:
        cells = Cells(row, problems)
        course = Course(
            code=cells.code("code"),
            title=cells.free_text("title", LONGEST_NAME, required=True),
            topics=row["topics"],
            summary=row.get("summary"),
            valid_months=_months(cells),
            hours=cells.number("hours", 0, MOST_HOURS, Decimal),
            form=_form(cells),
            audience=cells.one_of("audience", CoursePage.Audience.values, CoursePage.Audience.TEAM),
            requires=cells.codes("requires", known),
            includes=cells.codes("includes", known),
        )
        cells.once(course.code, course.code, seen)
        found.append(course)
    return found, problems


def _months(cells: Cells) -> int | None:
    return cells.number("valid_months", 1, qualifications.LONGEST_TERM, required=False)


def _form(cells: Cells) -> tuple[str, str]:
    """Return the form and what is said about it: "training (2 dagen)", "8 bijeenkomsten"."""
    said = cells.row["form"]
    bare, _bracket, note = said.partition("(")
    counted = re.fullmatch(r"\d+ (\w+)", bare.strip())
    name = counted[1] if counted else bare.strip()
    return cells.one_of("form", FORMS, said=name), note.rstrip(") ") or (said.strip() if counted else "")


def _import_awards(
    rows: list[Row], courses: list[Course], *, by: Person | None, now: datetime
) -> dict[str, Qualification]:
    for course in courses:
        _keep(course.code, by=by, now=now, name=course.title, valid_months=course.valid_months)
    awards = {one.code: one for one in Qualification.objects.all()}
    for course in courses:  # first what goes, so that two can change places
        award = awards[course.code]
        award.includes.remove(*award.includes.exclude(code__in=course.includes))
    problems = []
    for row, course in zip(rows, courses, strict=True):
        includes = [awards[code] for code in course.includes]
        if circles := qualifications.circles(awards[course.code], includes):
            said = _("%(names)s already includes this one. Then each would include the other.")
            problems.append(row.problem(said % {"names": ", ".join(map(str, circles))}))
        awards[course.code].includes.add(*includes)
    stop_if(problems)
    return awards


def _keep(code: str, *, by: Person | None, now: datetime, **fields: Any) -> Qualification | None:
    """Create or change one qualification; None if it was so already."""
    row = Qualification.objects.filter(code=code).first() or Qualification(code=code)
    changes = {name: value for name, value in fields.items() if row.pk is None or getattr(row, name) != value}
    if not changes:
        return None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    journal.record("qualification.imported", row, by=by, now=now, code=code)
    return row


def _course_fields(course: Course, lessons: dict | None) -> dict:
    form, note = course.form
    lessons = lessons or {}
    return {
        "code": course.code,
        "title": course.title,
        "slug": slugify(course.title),
        "summary": lessons.get("summary") or course.summary or course.topics or course.title,
        "topics": course.topics,
        "form": form,
        "form_note": note,
        "audience": course.audience,
        "hours": course.hours,
        "requires": list(course.requires),
        "goals": [("goal", goal) for goal in lessons.get("goals", [])],
        "pass_mark": lessons.get("pass_mark", 80),
        "review_on": lessons.get("review_on"),
    }
