"""May somebody start this course? `enrol` writes that they did."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from academy.models import CoursePage, Enrolment
from people import days, journal, qualifications
from people.models import Person


class NotOpen(Exception):
    """Carries the sentences that say why somebody cannot start."""

    def __init__(self, reasons: list[str]):
        super().__init__(" ".join(reasons))
        self.reasons = reasons


def reasons_against(person: Person, course: CoursePage, *, on: date) -> list[str]:
    """Return why `person` cannot start `course` on day `on`; empty means welcome, or started already."""
    if course.is_path or Enrolment.objects.filter(person=person, course=course).exists():
        return []  # what a path asks first are its parts
    return [
        _("First complete %(name)s.") % {"name": one.name}
        for one in qualifications.missing(person, course.requires.all(), on=on)
    ]


@transaction.atomic
def enrol(person: Person, course: CoursePage, *, by: Person, now: datetime) -> Enrolment:
    """Let `person` start `course`; whoever started already keeps that start. Raises NotOpen."""
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    started = Enrolment.objects.filter(person=person, course=course).first()
    if started:
        return started
    if reasons := reasons_against(person, course, on=days.day_of(now)):
        raise NotOpen(reasons)
    enrolment = Enrolment.objects.create(person=person, course=course, enrolled_at=now)
    journal.record("enrolment.opened", enrolment, by=by, now=now, course=course.code)
    return enrolment
