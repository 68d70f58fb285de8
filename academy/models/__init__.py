"""What is taught, and what people did with it. Rows change through the verbs beside this file, never here."""

from academy.models.learning import Attempt, Enrolment, LessonCompletion, Paper
from academy.models.pages import (
    Answer,
    CatalogueIndex,
    CoursePage,
    CourseQuerySet,
    HistoryKept,
    LearnerPage,
    LessonPage,
    ModulePage,
    ModuleQuerySet,
    Question,
    SecondTrainerTask,
)

__all__ = [
    "Answer",
    "Attempt",
    "CatalogueIndex",
    "CoursePage",
    "CourseQuerySet",
    "Enrolment",
    "HistoryKept",
    "LearnerPage",
    "LessonCompletion",
    "LessonPage",
    "ModulePage",
    "ModuleQuerySet",
    "Paper",
    "Question",
    "SecondTrainerTask",
]
