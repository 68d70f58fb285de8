"""What is taught: courses, modules, lessons and questions, as Wagtail pages."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import (
    AbstractGroupApprovalTask,
    Orderable,
    Page,
    PageManager,
    PagePermissionTester,
    RevisionMixin,
)
from wagtail.query import PageQuerySet
from wagtail.search import index

from academy import outlines, publishing
from academy.blocks import KINDS, LessonBody, LineBlock
from academy.editing_forms import CheckedPageForm, QuestionForm
from people import days
from people.models import Qualification


class CatalogueIndex(Page):
    """The root of all courses; what visitors see at its address is academy.courses.views.catalogue."""

    subpage_types = ["academy.CoursePage"]
    is_creatable = False  # cms.tree plants it
    preview_modes = []

    class Meta:
        verbose_name = _("course catalogue")

    def get_admin_default_ordering(self):
        return "ord"  # as they stand in the catalogue, not by what was touched last


class HistoryKept(PagePermissionTester):
    """What people followed is evidence: it can go offline, but not away."""

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and not self.page.specific.has_history


class LearnerPage(publishing.Checked):
    """A page that academy.courses.pages shows to learners; without that guard it does not exist."""

    def serve(self, request, *args, **kwargs):
        raise Http404

    def permissions_for_user(self, user):
        return HistoryKept(user, self)

    @property
    def has_history(self):
        """Return whether somebody enrolled, read or answered something here or below."""
        inside = {"path__startswith": self.path}
        return (
            CoursePage.objects.filter(enrolments__isnull=False, **inside).exists()
            or LessonPage.objects.filter(completions__isnull=False, **inside).exists()
            or ModulePage.objects.filter(attempts__isnull=False, **inside).exists()
        )


class CourseQuerySet(PageQuerySet):
    def for_audience(self, audiences):
        return self.filter(audience__in=audiences)


class CoursePage(LearnerPage, Page):
    """A course, a learning path or a training. It awards one qualification, or none."""

    class Form(models.TextChoices):
        E_LEARNING = "e_learning", _("E-learning")
        BLENDED = "blended", _("Online and together")
        TRAINING = "training", _("Training on location")
        MEETINGS = "meetings", _("Series of meetings")
        WEBINAR = "webinar", _("Webinar")
        OPEN_PAGE = "open_page", _("Short online training")
        PATH = "path", _("Learning path")

    class Audience(models.TextChoices):
        TEAM = "team", _("Volunteers and employees")
        PROFESSIONAL = "professional", _("Outside professionals")

    ON_LOCATION = (Form.BLENDED, Form.TRAINING, Form.MEETINGS, Form.WEBINAR)

    code = models.CharField(_("code"), max_length=12, unique=True)
    awards = models.ForeignKey(
        Qualification,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("awards"),
        help_text=_("The certificate of somebody who completes this course."),
    )
    summary = models.TextField(_("summary"), max_length=600)
    topics = models.CharField(_("topics"), max_length=300, blank=True)
    goals = StreamField(
        [("goal", LineBlock(label=_("Goal"), max_length=250))], blank=True, verbose_name=_("goals")
    )
    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.E_LEARNING)
    form_note = models.CharField(_("form, in words"), max_length=60, blank=True)  # "2 dagen"
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience, default=Audience.TEAM)
    hours = models.DecimalField(
        _("hours"),
        max_digits=4,
        decimal_places=1,
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(400)],
    )
    requires = ParentalManyToManyField(
        Qualification,
        blank=True,
        related_name="+",
        verbose_name=_("asks first"),
        help_text=_("What somebody holds before starting. For a learning path: its parts."),
    )
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (percent)"), default=80, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    review_on = models.DateField(
        _("review before"), null=True, blank=True, help_text=_("The day on which somebody reads it again.")
    )

    objects = PageManager.from_queryset(CourseQuerySet)()

    parent_page_types = ["academy.CatalogueIndex"]
    subpage_types = ["academy.ModulePage"]
    template = "academy/courses/course.html"
    base_form_class = CheckedPageForm
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("code")]
    content_panels = [
        *Page.content_panels,
        FieldPanel("code"),
        FieldPanel("summary"),
        FieldPanel("goals"),
        FieldPanel("topics"),
        MultiFieldPanel(
            [FieldPanel("form"), FieldPanel("form_note"), FieldPanel("hours"), FieldPanel("audience")],
            heading=_("Form"),
        ),
        MultiFieldPanel(
            [FieldPanel("awards"), FieldPanel("requires"), FieldPanel("pass_mark")], heading=_("Certificate")
        ),
        FieldPanel("review_on"),
    ]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    @property
    def minutes(self):
        return int(self.hours * 60)

    @property
    def is_path(self):
        return self.form == self.Form.PATH

    @property
    def is_e_learning(self):
        return self.form == self.Form.E_LEARNING

    @property
    def is_for_professionals(self):
        """Made for people outside the organisation."""
        return self.audience == self.Audience.PROFESSIONAL

    @property
    def is_on_location(self):
        return self.form in self.ON_LOCATION

    def get_admin_display_title(self):
        return f"{self.code} {super().get_admin_display_title()}"

    @property
    def course(self):
        return self

    def outline(self):
        """Return the published parts and lessons, in order."""
        modules = ModulePage.objects.child_of(self).live().order_by("path").with_question_count()
        lessons = LessonPage.objects.descendant_of(self).live().order_by("path").defer("body")
        return outlines.build([self], modules, lessons)[self.pk]

    def lacks(self, *, on):
        lessons = LessonPage.objects.descendant_of(self).live() if self.path else ()
        return publishing.course_lacks(
            self,
            on=on,
            bodies=[lesson.body for lesson in lessons],
            has_test=bool(self.path) and Question.objects.filter(module__path__startswith=self.path).exists(),
        )

    def get_context(self, request, *args, **kwargs):
        outline = self.outline()
        return super().get_context(request, *args, **kwargs) | {
            "outline": outline,
            "progress": outlines.Progress(outline),
            "section": "academy",
        }


class ModuleQuerySet(PageQuerySet):
    def with_question_count(self):
        return self.annotate(question_count=Count("questions"))


class ModulePage(LearnerPage, Page):
    """A part of a course: lessons, and the test that closes them if it has questions."""

    summary = models.TextField(_("summary"), max_length=400, blank=True)
    test_intro = models.TextField(_("introduction of the test"), max_length=600, blank=True)
    test_minutes = models.PositiveSmallIntegerField(
        _("length of the test (minutes)"), default=10, validators=[MinValueValidator(1)]
    )

    objects = PageManager.from_queryset(ModuleQuerySet)()

    parent_page_types = ["academy.CoursePage"]
    subpage_types = ["academy.LessonPage"]
    template = "academy/courses/module.html"
    base_form_class = CheckedPageForm
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        MultiFieldPanel([FieldPanel("test_intro"), FieldPanel("test_minutes")], heading=_("Test")),
    ]

    class Meta:
        verbose_name = _("part of a course")
        verbose_name_plural = _("parts of a course")

    @property
    def course(self):
        return CoursePage.objects.parent_of(self).get()

    def lacks(self, *, on):
        return publishing.module_lacks(self.questions.prefetch_related("answers") if self.pk else ())

    def get_admin_display_title(self):
        course, own = self.course.title, super().get_admin_display_title()
        return own if own == course else f"{course}: {own}"

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "questions": self.questions.prefetch_related("answers"),
            "section": "academy",
        }


class LessonPage(LearnerPage, Page):
    minutes = models.PositiveSmallIntegerField(
        _("length (minutes)"), default=10, validators=[MinValueValidator(1), MaxValueValidator(240)]
    )
    body = StreamField(LessonBody(), blank=True, verbose_name=_("content"))

    parent_page_types = ["academy.ModulePage"]
    subpage_types = []
    template = "academy/courses/lesson.html"
    base_form_class = CheckedPageForm
    search_fields = [*Page.search_fields, index.SearchField("body")]
    content_panels = [*Page.content_panels, FieldPanel("minutes"), FieldPanel("body")]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def course(self):
        return CoursePage.objects.ancestor_of(self).get()

    def lacks(self, *, on):
        return publishing.lesson_lacks(self)

    def get_context(self, request, *args, **kwargs):
        return super().get_context(request, *args, **kwargs) | {
            "pieces": [(piece, None) for piece in self.body],
            "course": self.course,
            "section": "academy",
        }


class Question(RevisionMixin, Orderable, ClusterableModel):
    """A question of the test of a module. Attempts keep a copy of what was asked, so it may change freely."""

    module = models.ForeignKey(
        ModulePage, models.CASCADE, related_name="questions", verbose_name=_("part of a course")
    )
    prompt = models.TextField(_("question"), max_length=600)
    kind = models.CharField(_("kind"), max_length=10, choices=KINDS, default="single")
    explanation = models.TextField(
        _("explanation"), max_length=600, blank=True, help_text=_("Shown after the test, right or not.")
    )

    base_form_class = QuestionForm
    panels = [
        FieldPanel("module"),
        FieldPanel("prompt"),
        FieldPanel("kind"),
        InlinePanel("answers", heading=_("Answers"), label=_("Answer"), min_num=2, max_num=8),
        FieldPanel("explanation"),
    ]

    class Meta(Orderable.Meta):
        ordering = ["module", "sort_order", "pk"]
        verbose_name = _("question")
        verbose_name_plural = _("questions")

    def __str__(self):
        return self.prompt


class Answer(Orderable):
    question = ParentalKey(Question, on_delete=models.CASCADE, related_name="answers")
    text = models.CharField(_("answer"), max_length=300)
    is_right = models.BooleanField(_("right"), default=False)
    feedback = models.CharField(_("feedback"), max_length=400, blank=True)

    panels = [FieldPanel("text"), FieldPanel("is_right"), FieldPanel("feedback")]

    class Meta(Orderable.Meta):
        verbose_name = _("answer")


class SecondTrainerTask(AbstractGroupApprovalTask):
    """A colleague reads along: nobody approves what they asked for themselves."""

    class Meta:
        verbose_name = _("reading by a second trainer")

    @classmethod
    def get_description(cls):
        return _("Another member of the group reads it before it is published.")

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        state = obj.current_workflow_state
        if state and state.requested_by_id == user.pk:
            return []
        if obj.specific.lacks(on=days.today()):  # Wagtail asks with the bare page too
            return [action for action in actions if action[0] != "approve"]
        return actions
