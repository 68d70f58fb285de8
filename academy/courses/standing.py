"""How does this person stand towards these courses? The same number of queries for one course or for all."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from academy import certificates, outlines
from academy.certificates import certification
from academy.certificates.certification import EXPIRED, HELD, RENEWABLE, REVOKED, state_of
from academy.models import Attempt, CoursePage, LessonCompletion, LessonPage, ModulePage
from academy.outlines import Progress
from people import days, qualifications
from people.models import Person, Qualification
from people.words import Chip, duration

INCLUDED, BUSY, NEW = "included", "busy", "new"


@dataclass(frozen=True)
class Standing:
    course: CoursePage
    progress: Progress
    awards: tuple[certification.Award, ...]
    missing: tuple[Qualification, ...]  # what the course asks first and is not held
    on: date
    within: Qualification | None = None  # something valid today that includes what this course awards

    @property
    def award(self) -> certification.Award | None:
        """The valid award that lasts longest."""
        return certification.standing(self.awards, on=self.on)

    @property
    def renewable_from(self) -> date | None:
        return certification.renewable_from(self.award) if self.award else None

    @property
    def state(self) -> str:
        own = state_of(self.awards, on=self.on)
        if self.within and own != HELD and (own or not self.progress.is_started):
            return INCLUDED  # whoever is halfway for the first time may go on
        return own or (BUSY if self.progress.is_started else NEW)

    @property
    def is_held(self) -> bool:
        return self.state == HELD

    @property
    def is_included(self) -> bool:
        return self.state == INCLUDED

    @property
    def chips(self) -> list[Chip]:
        """What its row says: the certificate, how far, and what comes first."""
        found = [STATES[self.state](self)] if self.state in STATES else []
        if self.is_busy and self.progress.total:
            done, total = self.progress.done, self.progress.total
            said = {"done": done, "total": total, "minutes": duration(self.progress.minutes_left)}
            found.append(Chip(_("%(done)s of %(total)s parts done, %(minutes)s left") % said))
        if not self.course.is_path:
            found += [Chip(_("First %(name)s") % {"name": one.name}) for one in self.missing]
        return found

    @property
    def above(self) -> str:
        """What is said above the next step of a course that has been earned before, or counts already."""
        return ABOVE[self.state](self) if self.state in ABOVE else ""

    @property
    def is_done(self) -> bool:
        return self.state in (HELD, INCLUDED) or (self.course.awards_id is None and self.progress.is_complete)

    @property
    def is_busy(self) -> bool:
        """Something is going on that asks to be finished: lessons, or a certificate that runs out."""
        return self.state in (RENEWABLE, EXPIRED) or (self.progress.is_started and not self.is_done)

    @property
    def is_here(self) -> bool:
        """There is something to read here; else it is a path, is done together, or is still to come."""
        return self.progress.total > 0

    @property
    def is_open(self) -> bool:
        """Nothing stands in the way of starting."""
        return not self.is_done and (self.course.is_path or not self.missing)


def _held(row: Standing) -> Chip:
    if not row.award.valid_until:
        return Chip(_("Valid, does not expire"), "good")
    return Chip(_("Valid until %(until)s") % {"until": _until(row)}, "good")


def _until(row: Standing) -> str:
    return formats.date_format(row.award.valid_until)


STATES = {
    HELD: _held,
    INCLUDED: lambda row: Chip(_("Part of your %(name)s") % {"name": row.within.name}, "good"),
    RENEWABLE: lambda row: Chip(
        _("Runs out on %(until)s, you can renew it now") % {"until": _until(row)}, "warn"
    ),
    EXPIRED: lambda row: Chip(pgettext("certificate", "Expired"), "warn"),
    REVOKED: lambda row: Chip(pgettext("certificate", "Revoked"), "stop"),
}
ABOVE = {
    INCLUDED: lambda row: _("This is part of your %(name)s") % {"name": row.within.name},
    RENEWABLE: lambda row: _("Your certificate runs out on %(until)s") % {"until": _until(row)},
    EXPIRED: lambda row: _("Your certificate has expired"),
    REVOKED: lambda row: _("Your certificate was revoked"),
}


def standings(person: Person, courses: Iterable[CoursePage], *, on: date) -> list[Standing]:
    """Return how `person` stands towards each of `courses` on day `on`, in their order."""
    courses = list(courses)
    lessons = LessonPage.objects.live().order_by("path").defer("body")
    modules = ModulePage.objects.live().order_by("path").with_question_count()
    outline = outlines.build(courses, modules, lessons)
    read = frozenset(LessonCompletion.objects.filter(person=person).values_list("lesson", flat=True))
    held, names = defaultdict(list), {}
    for row in person.grants.select_related("qualification").order_by("qualification__code"):
        names[row.qualification_id] = row.qualification
        held[row.qualification_id].append(row.validity)
    own = {pk for pk, rows in held.items() if certification.standing(rows, on=on)}
    wider = qualifications.wider()
    passes = _passes(person)
    return [
        Standing(
            course=course,
            progress=certificates.read_progress(
                outline[course.pk], read, passes, tuple(held[course.awards_id]), on=on
            ),
            awards=tuple(held[course.awards_id]),
            missing=tuple(one for one in course.requires.all() if not wider.get(one.pk, {one.pk}) & own),
            on=on,
            within=_within(course.awards_id, [names[pk] for pk in names if pk in own], wider),
        )
        for course in courses
    ]


def _within(award: int | None, held: list[Qualification], wider: dict[int, set[int]]) -> Qualification | None:
    """Return the first of `held` that includes `award`, other than itself."""
    holders = wider.get(award, set()) - {award}
    return next((one for one in held if one.pk in holders), None)


def _passes(person: Person) -> dict[int, date]:
    rows = Attempt.objects.filter(person=person, is_passed=True).order_by("finished_at")
    return {module: days.day_of(at) for module, at in rows.values_list("module", "finished_at")}


def standing(person: Person, course: CoursePage, *, on: date) -> Standing:
    """Return how `person` stands towards one course."""
    return standings(person, [course], on=on)[0]
