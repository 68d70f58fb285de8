"""What do the files say about qualifications and courses? All or nothing, and twice changes nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from academy import publishing
from academy.importing import course_files
from academy.models import CatalogueIndex, CoursePage
from people import codes, days, freetext, journal, qualifications
from people import text as plain
from people.files import sheets
from people.files.sheets import Problem, Row, Unreadable
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
KINDS = {choice.value for choice in Qualification.Kind}


@dataclass(frozen=True)
class Taken:
    """The courses that are new or changed, and in sentences what was decided on the way."""

    changed: list[CoursePage]
    remarks: list[str]


@transaction.atomic
def import_qualifications(source, *, by: Person | None, now: datetime) -> list[Qualification]:
    """Take over checks, statements and practice out of a CSV file; return what is new or changed.

    Columns: code, name, kind, valid_months. Raises people.files.sheets.Unreadable.
    """
    rows = sheets.read(source, required=["code", "name", "kind", "valid_months"])
    problems = _common_problems(rows, name="name")
    for row in rows:
        if row["kind"] not in KINDS:
            said = _("kind is “%(kind)s”; choose one of %(kinds)s.")
            problems.append(row.problem(said % {"kind": row["kind"], "kinds": ", ".join(sorted(KINDS))}))
        problems += _number_problems(row, "valid_months")
    if problems:
        raise Unreadable(problems)
    changed = [
        _keep(
            row["code"],
            by=by,
            now=now,
            name=plain.line(row["name"]),
            kind=row["kind"],
            valid_months=_whole(row["valid_months"]),
        )
        for row in rows
    ]
    return [one for one in changed if one]


@transaction.atomic
def import_courses(
    source, catalogue: CatalogueIndex, *, folder: Path | None = None, by: Person | None, now: datetime
) -> Taken:
    """Take over courses, what they award and, out of `folder`, their lessons.

    Columns: code, title, topics, form, hours, valid_months, requires; and if there: summary, includes,
    audience. Codes stand with spaces between them. A review day that has passed becomes a day a year from
    now, with a remark. Raises people.files.sheets.Unreadable.
    """
    rows = sheets.read(
        source, required=["code", "title", "topics", "form", "hours", "valid_months", "requires"]
    )
    contents, problems = course_files.read_folder(folder)
    problems = [*_course_problems(rows), *problems]
    known = {row["code"] for row in rows}
    problems += [
        Problem(None, _("%(code)s.toml: there is no course with this code.") % {"code": code})
        for code in contents
        if code not in known
    ]
    if problems:
        raise Unreadable(problems)
    awards = _import_awards(rows, by=by, now=now)
    found, problems, remarks = [], [], []
    for row in rows:
        lessons = contents.get(row["code"])
        try:
            fields, award = _course_fields(row, lessons), awards[row["code"]]
            found.append(
                course_files.plant_course(catalogue, award, fields, lessons, remarks, on=days.day_of(now))
            )
        except publishing.NotPublishable as trouble:
            problems += [row.problem(reason) for reason in trouble.reasons]
        except ValidationError as trouble:
            problems += [row.problem(sentence) for sentence in trouble.messages]
    if problems:
        raise Unreadable(problems)
    return Taken([one for one in found if one], remarks)


def _import_awards(rows: list[Row], *, by, now) -> dict[str, Qualification]:
    for row in rows:
        name = plain.line(row["title"])
        _keep(row["code"], by=by, now=now, name=name, valid_months=_whole(row["valid_months"]))
    awards = {one.code: one for one in Qualification.objects.all()}
    wanted = [(row, [awards[code] for code in row.get("includes").split()]) for row in rows]
    for row, includes in wanted:  # first what goes, so that two can change places
        awards[row["code"]].includes.remove(*awards[row["code"]].includes.exclude(pk__in=_keys(includes)))
    problems = []
    for row, includes in wanted:
        if circles := qualifications.circles(awards[row["code"]], includes):
            said = _("%(names)s already includes this one. Then each would include the other.")
            problems.append(row.problem(said % {"names": ", ".join(map(str, circles))}))
        awards[row["code"]].includes.add(*includes)
    if problems:
        raise Unreadable(problems)
    return awards


def _keys(rows: Iterable[Qualification]) -> list[int]:
    return [row.pk for row in rows]


def _keep(code: str, *, by, now, **fields) -> Qualification | None:
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


def _course_fields(row: Row, lessons: dict | None) -> dict:
    form, note = _form(row["form"])
    lessons = lessons or {}
    return {
        "code": row["code"],
        "title": row["title"],
        "slug": slugify(row["title"]),
        "summary": lessons.get("summary") or row.get("summary") or row["topics"] or row["title"],
        "topics": row["topics"],
        "form": form,
        "form_note": note,
        "audience": row.get("audience", CoursePage.Audience.TEAM),
        "hours": Decimal(row["hours"].replace(",", ".")),
        "requires": row["requires"].split(),
        "goals": [("goal", goal) for goal in lessons.get("goals", [])],
        "pass_mark": lessons.get("pass_mark", 80),
        "review_on": lessons.get("review_on"),
    }


def _form(text: str) -> tuple[str, str]:
    """Return the form and what is said about it: "training (2 dagen)", "8 bijeenkomsten"."""
    bare, _bracket, note = text.partition("(")
    counted = re.fullmatch(r"\d+ (\w+)", bare.strip())
    name = counted[1] if counted else bare.strip()
    return FORMS[name.lower()], note.rstrip(") ") or (text.strip() if counted else "")


def _course_problems(rows: list[Row]) -> list[Problem]:
    known = {row["code"] for row in rows} | set(Qualification.objects.values_list("code", flat=True))
    found = _common_problems(rows, name="title")
    for row in rows:
        found += _number_problems(row, "valid_months")
        if not _is_hours(row["hours"]):
            said = _("hours is “%(value)s”; write a number such as 1.5.")
            found.append(row.problem(said % {"value": row["hours"]}))
        try:
            _form(row["form"])
        except KeyError:
            said = _("form is “%(value)s”; choose one of %(forms)s.")
            found.append(row.problem(said % {"value": row["form"], "forms": ", ".join(FORMS)}))
        if row.get("audience", "team") not in CoursePage.Audience.values:
            said = _("audience is “%(value)s”; choose team or professional.")
            found.append(row.problem(said % {"value": row["audience"]}))
        for column in ("requires", "includes"):
            found += _code_problems(row, column, known)
    return found


def _common_problems(rows: list[Row], *, name: str) -> list[Problem]:
    found, seen = [], {}
    for row in rows:
        code = row["code"]
        if wrong := _code_lacks(code):
            found.append(row.problem(wrong))
        elif code in seen:
            said = _("code %(code)s is also on line %(line)s.")
            found.append(row.problem(said % {"code": code, "line": seen[code]}))
        seen.setdefault(code, row.line)
        if not row[name] or len(row[name]) > 120:
            found.append(
                row.problem(_("%(column)s is empty or longer than 120 characters.") % {"column": name})
            )
        elif objection := freetext.objection(row[name]):
            found.append(row.problem(objection))
    return found


def _code_lacks(code: str) -> str:
    try:
        codes.refuse(code)
    except ValidationError as refused:
        return f"“{code}”: {' '.join(refused.messages)}"
    return ""


def _code_problems(row: Row, column: str, known: Iterable[str]) -> list[Problem]:
    said = _("%(column)s names %(code)s, which does not exist.")
    return [
        row.problem(said % {"column": column, "code": code})
        for code in row.get(column).split()
        if code not in known
    ]


def _number_problems(row: Row, column: str) -> list[Problem]:
    text = row[column]
    is_number = text.isascii() and text.isdecimal() and len(text) < 5
    if not text or (is_number and 0 < int(text) <= qualifications.LONGEST_TERM):
        return []
    said = _("%(column)s is “%(value)s”; write a whole number, or leave it empty.")
    return [row.problem(said % {"column": column, "value": text})]


def _is_hours(text: str) -> bool:
    try:
        return 0 <= Decimal(text.replace(",", ".")) <= 400
    except InvalidOperation:
        return False


def _whole(text: str) -> int | None:
    return int(text) if text else None
