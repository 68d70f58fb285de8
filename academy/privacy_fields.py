"""What do the tables of the academy hold about people? See people.privacy."""

from django.utils.translation import gettext_lazy as _

from academy import models
from people import privacy
from people.privacy import EMPTY, Use, impersonal
from people.privacy.fields import AGREEMENT, LEARNING, TECHNICAL

RESULTS = Use(
    _("Test results"),
    _("Showing on what a certificate rests"),
    AGREEMENT,
    _("Answers: until the details are erased. Result and day stay as history, without a name after erasure"),
)
ENROLLED = Use(
    _("Courses followed"),
    _("Opening a course for somebody, and seeing how a course is followed"),
    AGREEMENT,
    _("Stays as history; without a name after erasure"),
)
TEACHING = _("Teaching material, the same for everybody")


def register() -> None:
    for model, names in (
        (
            models.CoursePage,
            "code awards summary topics goals form form_note audience hours pass_mark review_on",
        ),
        (models.CoursePage.requires.through, "coursepage qualification"),
        (models.ModulePage, "summary test_intro test_minutes"),
        (models.LessonPage, "minutes body"),
        (models.Question, "latest_revision sort_order module prompt kind explanation"),
        (models.Paper, "module revision pass_mark questions mark first_shown_at"),
        (models.Answer, "sort_order question text is_right feedback"),
        (models.SecondTrainerTask.groups.through, "secondtrainertask group"),
    ):
        privacy.declare(model, impersonal(TEACHING, names))
    privacy.declare(models.Enrolment, ENROLLED.holds("person course enrolled_at"), whose="person")
    privacy.declare(
        models.LessonCompletion,
        LEARNING.holds("person lesson completed_at"),
        impersonal(TECHNICAL, "revision"),
        whose="person",
        is_removed=True,
    )
    privacy.declare(
        models.Attempt,
        RESULTS.holds("person module score pass_mark is_passed finished_at"),
        RESULTS.holds("answers", wiped=[]),
        RESULTS.holds("remark", wiped=EMPTY),
        impersonal(TECHNICAL, "revision award"),
        whose="person",
    )
