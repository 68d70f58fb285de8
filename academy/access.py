"""Who may see which course? Outside professionals see the courses made for them, everybody else sees all."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404
from wagtail.documents.models import Document
from wagtail.models import Page, ReferenceIndex

from academy.models import CoursePage, LearnerPage
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


def courses(person: Person) -> Any:
    """Return the published courses that `person` may follow."""
    return CoursePage.objects.live().for_audience(audiences(person))


def course_or_404(person: Person, **lookup: Any) -> CoursePage:
    """Return a course for `person`; one that is not for them looks as if it is not there."""
    course = courses(person).select_related("awards").filter(**lookup).first()
    if course is None:
        raise Http404
    return course


def part_or_404(person: Person, pages: Any, pk: int) -> tuple:
    """Return a published module or lesson out of `pages`, and its course, for `person`."""
    page = pages.live().filter(pk=pk).first()
    if page is None or not all(parent.live for parent in page.get_ancestors()):
        raise Http404
    return page, course_or_404(person, pk=page.course.pk)


def may_read(person: Person, document: Document) -> bool:
    """Return whether `person` (a visitor too) may read a document: whoever may see a page on which it stands.

    What stands on no page that is published, is there for who writes courses.
    """
    if roles.may(person, roles.WRITE_COURSES):
        return True
    uses = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    pages = Page.objects.live().filter(pk__in=[int(use.object_id) for use in uses]).specific()
    return any(_may_see(person, page) for page in pages)


def _may_see(person: Person, page: Page) -> bool:
    """A page of the site is everybody's; that of a course is of who may follow it."""
    if not isinstance(page, LearnerPage):
        return True
    return (
        all(parent.live for parent in page.get_ancestors())
        and courses(person).filter(pk=page.course.pk).exists()
    )
