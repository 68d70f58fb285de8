"""How does a content file become pages? One TOML file is one course: lessons, checks, sources and test."""

import tomllib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import TextField
from django.utils import formats
from django.utils.translation import gettext as _
from wagtail.models import Page

from academy.models import Answer, CatalogueIndex, CoursePage, LessonPage, ModulePage, Question
from people.files.sheets import Problem
from people.models import Qualification


def _headed(html: str) -> str:
    """Return the text with headings right below the title of the lesson; files begin at the third level."""
    if "<h2" in html:
        return html
    for low, high in (("h3", "h2"), ("h4", "h3")):
        html = html.replace(f"<{low}>", f"<{high}>").replace(f"</{low}>", f"</{high}>")
    return html


PIECES = {
    "text": lambda one: _headed(one["html"]),
    "tip": lambda one: {"title": one["title"], "text": one["html"]},
    "quote": lambda one: {"text": one["text"], "attribution": one.get("attribution", "")},
    "check": lambda one: {"prompt": one["prompt"], "type": one["type"], "answers": one["answers"]},
    "sources": lambda one: {"items": one["items"]},
}
KINDS = ("single", "multiple", "true_false")
REVIEW_DAYS = 365  # of a course whose content names no day, or one that has passed


def read_folder(folder: Path | None) -> tuple[dict[str, dict], list[Problem]]:
    """Return the content files of a folder by the code of their course, and what is wrong with them."""
    found, problems = {}, []
    if folder is None:
        return found, problems
    if not Path(folder).is_dir():
        return found, [Problem(None, _("There is no folder %(path)s.") % {"path": folder})]
    for path in sorted(Path(folder).glob("*.toml")):
        try:
            lessons = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as trouble:
            problems.append(Problem(None, f"{path.name}: {trouble}"))
            continue
        lacks = list(_lacks(lessons))
        problems += [Problem(None, f"{path.name}: {lack}") for lack in lacks]
        if not lacks:
            found[lessons["code"]] = lessons
    return found, problems


def _lacks(lessons: dict) -> Iterator[str]:
    if not isinstance(lessons.get("code"), str):
        yield _("the code of the course is missing.")
    if type(lessons.get("review_on")) is not date:
        yield _("review_on is not a day such as 2028-01-10.")
    if not lessons.get("lessons"):
        yield _("there are no lessons.")
    for lesson in lessons.get("lessons", []):
        for name in ("title", "slug", "minutes", "blocks"):
            if not lesson.get(name):
                yield _("lesson “%(title)s”: %(name)s is missing.") % {
                    "title": lesson.get("title", ""),
                    "name": name,
                }
        for piece in lesson.get("blocks", []):
            yield from _piece_lacks(lesson.get("title", ""), piece)
    for question in lessons.get("test", []):
        if question.get("type") not in KINDS or not question.get("prompt") or not question.get("answers"):
            yield _("question “%(prompt)s” needs a prompt, a type and answers.") % {
                "prompt": question.get("prompt", "")
            }


def _piece_lacks(title: str, piece: dict) -> Iterator[str]:
    try:
        PIECES[piece.get("kind")](piece)
    except KeyError as missing:
        yield _("lesson “%(title)s”: a block of kind “%(kind)s” cannot be read (%(missing)s).") % {
            "title": title,
            "kind": piece.get("kind", ""),
            "missing": missing.args[0],
        }


def plant_course(
    catalogue: CatalogueIndex,
    award: Qualification,
    fields: dict,
    lessons: dict | None,
    remarks: list[str],
    *,
    on: date,
) -> CoursePage | None:
    """Make or change a course with its lessons and publish it; None if it was so already.

    What a trainer changed since stays as the trainer left it. Nothing goes live after its review day: one
    that has passed on day `on` is moved, and a sentence about it is added to `remarks`.
    """
    wanted = Qualification.objects.filter(code__in=fields.pop("requires")).order_by("code")
    course = CoursePage.objects.filter(code=fields["code"]).first()
    is_new = course is None
    if is_new:
        course = catalogue.add_child(instance=CoursePage(**fields, awards=award, live=False))
    has_changed = _plant_lessons(course, lessons) if lessons else False
    if not is_new and _is_edited(course):
        return course if has_changed else None
    differs = is_new or set(wanted) != set(course.requires.all())
    if not is_new:
        kept = {"slug"}  # an address stays, and so does a day that was chosen here
        if fields["review_on"] is None or fields["review_on"] <= on:
            kept.add("review_on")
        differs |= _assign(course, {name: value for name, value in fields.items() if name not in kept})
    if not (differs or has_changed or not course.live):
        return None
    _judge(course.goals)
    _judge_lengths(course)
    course.requires.set(wanted)
    _see_to_review(course, remarks, on=on)
    _publish(course)
    return course


def _see_to_review(course: CoursePage, remarks: list[str], *, on: date) -> None:
    """Give a course that is about to go live a review day ahead; say so where that moves another day."""
    passed = course.review_on
    if passed and passed > on:
        return
    course.review_on = on + timedelta(days=REVIEW_DAYS)
    if passed:
        said = _("%(code)s: the review day %(passed)s has passed; it is now %(day)s.")
        remarks.append(said % {"code": course.code, "passed": _said(passed), "day": _said(course.review_on)})


def _said(day: date) -> str:
    return formats.date_format(day, "j F Y")


def _plant_lessons(course: CoursePage, lessons: dict) -> bool:
    module = ModulePage.objects.child_of(course).first()
    if module is None:
        module = course.add_child(instance=ModulePage(title=course.title, slug="lessen", live=False))
    changes = [_plant_lesson(module, lesson) for lesson in lessons["lessons"]]
    changes += [_plant_question(module, one, number) for number, one in enumerate(lessons.get("test", []))]
    if not module.live:
        _publish(module)
    return any(changes)


def _plant_lesson(module: ModulePage, lesson: dict) -> bool:
    page = LessonPage.objects.child_of(module).filter(slug=lesson["slug"]).first()
    if page is None:
        page = module.add_child(instance=LessonPage(title=lesson["title"], slug=lesson["slug"], live=False))
    elif _is_edited(page):
        return False
    differs = _assign(page, {"title": lesson["title"], "minutes": lesson["minutes"]})
    block = page.body.stream_block
    body = block.to_python(
        [{"type": piece["kind"], "value": PIECES[piece["kind"]](piece)} for piece in lesson["blocks"]]
    )
    _judge(body)
    if _bare(block.get_prep_value(body)) != _bare(block.get_prep_value(page.body)):
        page.body, differs = body, True
    if differs or not page.live:
        _publish(page)
        return True
    return False


def _judge(pieces: Any) -> None:
    """Raise ValidationError with what the editor would say of these pieces."""
    try:
        pieces.stream_block.clean(pieces)
    except ValidationError as wrong:
        raise ValidationError(sorted(set(_sentences(wrong.as_json_data())))) from None


def _judge_lengths(row: Any) -> None:
    """Raise ValidationError for a text that is too long: of a text of many lines Django asks it of a form only."""
    wrong = {}
    for field in row._meta.local_fields:
        if isinstance(field, TextField) and field.max_length:
            try:
                MaxLengthValidator(field.max_length)(getattr(row, field.name))
            except ValidationError as too_long:
                wrong[field.name] = [f"{field.verbose_name}: {' '.join(too_long.messages)}"]
    if wrong:
        raise ValidationError(wrong)


def _sentences(found: Any) -> list[str]:
    """Return the sentences out of Wagtail's tree of errors."""
    if isinstance(found, str):
        return [found]
    inside = found.values() if isinstance(found, dict) else found or ()
    return [sentence for one in inside for sentence in _sentences(one)]


def _bare(stored: Any) -> Any:
    """Return stored blocks without their ids, to compare what they say."""
    if isinstance(stored, dict):
        return {name: _bare(value) for name, value in stored.items() if name != "id"}
    return [_bare(one) for one in stored] if isinstance(stored, list) else stored


def _plant_question(module: ModulePage, question: dict, number: int) -> bool:
    row = module.questions.filter(prompt=question["prompt"]).first() or Question(
        module=module, prompt=question["prompt"]
    )
    if row.pk and _is_edited(row):
        return False
    wanted = [
        (one["text"], one.get("is_right", False), one.get("feedback", "")) for one in question["answers"]
    ]
    standing = list(row.answers.values_list("text", "is_right", "feedback")) if row.pk else []
    fields = {"kind": question["type"], "explanation": question.get("explanation", ""), "sort_order": number}
    if not _assign(row, fields) and standing == wanted:
        return False
    answers = [
        Answer(text=text, is_right=is_right, feedback=feedback, sort_order=place)
        for place, (text, is_right, feedback) in enumerate(wanted)
    ]
    for answer in answers:
        answer.full_clean(exclude=["question"])
    row.full_clean()
    _judge_lengths(row)
    row.answers.set(answers)
    row.save()
    row.save_revision()
    return True


def _is_edited(row: Any) -> bool:
    """Return whether a person ever changed this; what the import writes is written by nobody."""
    return row.revisions.filter(user__isnull=False).exists()


def _assign(row: Any, fields: dict) -> bool:
    """Set what differs; return whether anything did."""
    has_changed = False
    for name, value in fields.items():
        standing = getattr(row, name)
        if name == "goals":
            if [(piece.block_type, piece.value) for piece in standing] == value:
                continue
        elif standing == value:
            continue
        setattr(row, name, value)
        has_changed = True
    return has_changed


def _publish(page: Page) -> None:
    """Publish through the same door as a trainer does."""
    page.save_revision().publish()
