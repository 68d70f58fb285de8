"""In which order does somebody meet the courses? What is going on, then what can begin, then the rest."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from academy.courses.standing import Standing
from academy.models import CoursePage

CHOICES: dict[str, Callable[[Standing], bool]] = {
    "": lambda row: True,
    "voor-mij": lambda row: row.is_busy or row.is_open,
    "heb-ik": lambda row: row.is_done or row.award is not None,
    "online": lambda row: not row.course.is_on_location and not row.course.is_path,
    "op-locatie": lambda row: row.course.is_on_location,
}


def filters() -> list[tuple[str, str]]:
    """Return the filters as (value, label)."""
    labels = [
        pgettext("courses", "All"),
        _("For me"),
        _("What I have"),
        _("Online"),
        _("On location"),
    ]
    return list(zip(CHOICES, labels, strict=True))


def sorted_out(rows: Iterable[Standing], chosen: str, *, is_outside: bool) -> dict:
    """Return the shelves with the courses that pass the filter `chosen`; an unknown filter passes all.

    What is made for outside professionals stands apart at the end for everybody else, until they start it.
    """
    passes = CHOICES.get(chosen, CHOICES[""])
    rows = [row for row in rows if passes(row)]
    guests = [] if is_outside else [row for row in rows if _is_for_others(row)]
    rows = [row for row in rows if row not in guests]
    shelves = [
        (_("Go on with"), [row for row in rows if row.is_busy]),
        (_("You can start now"), [row for row in rows if _can_begin(row) and row.is_here]),
        (_("Learning paths: several courses together"), [row for row in rows if _is_path_ahead(row)]),
        (_("Together with others: the page says how you join"), [row for row in rows if _is_together(row)]),
        (_("Still to come"), [row for row in rows if _is_to_come(row)]),
        (_("Something else comes first"), [row for row in rows if _waits(row)]),
        (_("You have this"), [row for row in rows if row.is_done]),
        (_("For professionals outside the organisation"), [] if chosen == "voor-mij" else guests),
    ]
    return {
        "shelves": [(title, on_it) for title, on_it in shelves if on_it],
        "filters": filters(),
        "chosen": chosen if chosen in CHOICES else "",
        "section": "academy",
    }


def _is_for_others(row: Standing) -> bool:
    is_theirs = row.course.audience == CoursePage.Audience.PROFESSIONAL
    return is_theirs and not (row.is_busy or row.is_done)


def _can_begin(row: Standing) -> bool:
    return row.is_open and not row.is_busy


def _is_path_ahead(row: Standing) -> bool:
    return _can_begin(row) and not row.is_here and row.course.is_path


def _is_together(row: Standing) -> bool:
    return _can_begin(row) and not row.is_here and row.course.is_on_location


def _is_to_come(row: Standing) -> bool:
    return _can_begin(row) and not (row.is_here or row.course.is_path or row.course.is_on_location)


def _waits(row: Standing) -> bool:
    return not (row.is_busy or row.is_open or row.is_done)
