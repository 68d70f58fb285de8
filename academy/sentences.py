"""What is said in the journal of courses, and of who follows them?"""

from django.utils.translation import gettext_lazy as _

from people.manage import story

SENTENCES = {
    "attempt.finished": _("%(who)s finished the test of %(course)s (score %(score)s)"),
    "course.published": _("%(who)s published the course %(title)s"),
    "course.withdrawn": _("%(who)s withdrew the course %(title)s"),
    "enrolment.opened": _("%(who)s opened the course %(course)s for %(what)s"),
    "lesson.completed": _("%(who)s completed the lesson %(lesson)s of %(course)s"),
    "lesson.published": _("%(who)s published the lesson %(title)s"),
    "lesson.withdrawn": _("%(who)s withdrew the lesson %(title)s"),
    "module.published": _("%(who)s published the module %(title)s"),
    "module.withdrawn": _("%(who)s withdrew the module %(title)s"),
    "page.held_back": _("%(who)s held back %(title)s"),
}


def register() -> None:
    story.register(SENTENCES, about_people=("academy.attempt", "academy.enrolment"))
