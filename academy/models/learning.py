"""How a learner gets on: enrolments, finished lessons and attempts."""

from django.db import models
from django.db.models import Q

from academy.models.pages import CoursePage, LessonPage, ModulePage
from people.models import Grant, Person


class Enrolment(models.Model):
    """Somebody who started a course. How far they are follows from completions and attempts."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="enrolments")
    course = models.ForeignKey(CoursePage, models.PROTECT, related_name="enrolments")
    enrolled_at = models.DateTimeField()

    class Meta:
        ordering = ["-enrolled_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["person", "course"], name="one_enrolment_per_course")]


class LessonCompletion(models.Model):
    """Somebody said to have read a lesson, as it stood in `revision`. Append only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="lesson_completions")
    lesson = models.ForeignKey(LessonPage, models.PROTECT, related_name="completions")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, null=True, related_name="+")
    completed_at = models.DateTimeField()

    class Meta:
        ordering = ["completed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "lesson", "revision"], name="one_completion_per_revision"
            ),
            models.UniqueConstraint(
                fields=["person", "lesson"],
                condition=Q(revision=None),
                name="one_completion_without_revision",
            ),
        ]


class Paper(models.Model):
    """A test as it was shown, kept once for each wording: what somebody answers is graded on it. Append only."""

    module = models.ForeignKey(ModulePage, models.CASCADE, related_name="papers")
    revision = models.ForeignKey("wagtailcore.Revision", models.SET_NULL, null=True, related_name="+")
    pass_mark = models.PositiveSmallIntegerField()  # percent
    questions = models.JSONField()  # academy.testing.grading.Question as plain values
    mark = models.CharField(max_length=64)  # a hash over all of the above
    first_shown_at = models.DateTimeField()

    class Meta:
        ordering = ["-first_shown_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["module", "mark"], name="one_paper_per_wording")]


class Attempt(models.Model):
    """One finished test, with a copy of what was asked and answered. Append only."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="attempts")
    module = models.ForeignKey(ModulePage, models.PROTECT, related_name="attempts")
    revision = models.ForeignKey("wagtailcore.Revision", models.PROTECT, null=True, related_name="+")
    answers = models.JSONField()  # academy.testing.grading.Marked as plain values, one per question
    score = models.PositiveSmallIntegerField()  # percent
    pass_mark = models.PositiveSmallIntegerField()  # percent, as it was
    is_passed = models.BooleanField()
    award = models.OneToOneField(Grant, models.RESTRICT, null=True, related_name="attempt")
    remark = models.TextField(blank=True)  # passed without a new certificate: why
    finished_at = models.DateTimeField()

    class Meta:
        ordering = ["-finished_at", "-pk"]
        indexes = [models.Index(fields=["person", "module"])]
        constraints = [
            models.CheckConstraint(condition=Q(score__lte=100), name="attempt_score_is_a_percentage"),
            models.CheckConstraint(
                condition=Q(is_passed=True) | Q(award=None), name="attempt_award_needs_a_pass"
            ),
        ]
