"""Who may see which course? Outside professionals see the courses made for them, everybody else sees all."""

from django.http import Http404

from academy.models import CoursePage
from people import roles
from people.models import Person


def is_outside(person: Person) -> bool:
    """Return whether `person` comes from another organisation."""
    codes = {post.role for post in person.posts}
    return person.engagement == Person.Engagement.EXTERNAL or codes == {roles.External.code}


def audiences(person: Person) -> list[str]:
    """Return the audiences whose courses `person` may follow."""
    if not roles.may(person, roles.FOLLOW_COURSES):
        return []
    everything = [CoursePage.Audience.TEAM, CoursePage.Audience.PROFESSIONAL]
    return everything[1:] if is_outside(person) else everything


def courses(person: Person):
    """Return the published courses that `person` may follow."""
    return CoursePage.objects.live().for_audience(audiences(person))


def course_or_404(person: Person, **lookup) -> CoursePage:
    """Return a course for `person`; one that is not for them looks as if it is not there."""
    course = courses(person).select_related("awards").filter(**lookup).first()
    if course is None:
        raise Http404
    return course


def part_or_404(person: Person, pages, pk: int) -> tuple:
    """Return a published module or lesson out of `pages`, and its course, for `person`."""
    page = pages.live().filter(pk=pk).first()
    if page is None or not all(parent.live for parent in page.get_ancestors()):
        raise Http404
    return page, course_or_404(person, pk=page.course.pk)
