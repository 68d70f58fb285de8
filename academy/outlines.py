"""What does a course consist of, and how far is somebody? Pure: pages and sets of ids in, answers out."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class Part:
    """A module with its lessons in order; `module` has `question_count` and `test_minutes`."""

    module: object
    lessons: tuple

    @property
    def has_test(self) -> bool:
        return self.module.question_count > 0


@dataclass(frozen=True)
class Outline:
    course: object
    parts: tuple[Part, ...]

    @cached_property
    def lessons(self) -> tuple:
        return tuple(lesson for part in self.parts for lesson in part.lessons)

    @cached_property
    def tests(self) -> tuple:
        return tuple(part.module for part in self.parts if part.has_test)

    @property
    def minutes(self) -> int:
        """Minutes of reading and testing; what the course states if there is nothing to read yet."""
        own = sum(lesson.minutes for lesson in self.lessons) + sum(test.test_minutes for test in self.tests)
        return own or self.course.minutes

    @property
    def hours(self) -> float:
        """The same in hours, to the half hour, and never nothing."""
        return max(1, round(self.minutes / 30)) / 2


@dataclass(frozen=True)
class Step:
    """A lesson or a test, in the order in which they come."""

    page: object
    is_test: bool
    minutes: int
    is_done: bool


@dataclass(frozen=True)
class Progress:
    """How far somebody is: `seen` holds ids of lessons, `passed` of modules whose test counts now."""

    outline: Outline
    seen: frozenset[int] = field(default=frozenset())
    passed: frozenset[int] = field(default=frozenset())

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        found = []
        for part in self.outline.parts:
            found += [Step(one, False, one.minutes, one.pk in self.seen) for one in part.lessons]
            if part.has_test:
                found.append(Step(part.module, True, part.module.test_minutes, part.module.pk in self.passed))
        return tuple(found)

    @cached_property
    def next(self) -> Step | None:
        return next((step for step in self.steps if not step.is_done), None)

    @property
    def done(self) -> int:
        return sum(step.is_done for step in self.steps)

    @property
    def total(self) -> int:
        return len(self.steps)

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 0

    @property
    def minutes_left(self) -> int:
        return sum(step.minutes for step in self.steps if not step.is_done)

    @property
    def is_started(self) -> bool:
        return self.done > 0

    @property
    def is_complete(self) -> bool:
        return self.total > 0 and self.done == self.total

    def after(self, lesson: Any) -> Step | None:
        """Return what stands after `lesson`: the next lesson or the test; None at the end."""
        places = [n for n, step in enumerate(self.steps) if step.page.pk == lesson.pk and not step.is_test]
        return next(iter(self.steps[places[0] + 1 :]), None) if places else None

    def unread(self, module_pk: int) -> list:
        """Return the lessons of a module that are not read yet."""
        part = next((part for part in self.outline.parts if part.module.pk == module_pk), None)
        return [lesson for lesson in part.lessons if lesson.pk not in self.seen] if part else []


def build(courses: Iterable, modules: Iterable, lessons: Iterable) -> dict[int, Outline]:
    """Return the outline of each course by its id; the pages are matched by their place in the tree."""
    below_module, below_course = defaultdict(list), defaultdict(list)
    for lesson in lessons:
        below_module[lesson.path[: -lesson.steplen]].append(lesson)
    for module in modules:
        part = Part(module, tuple(below_module[module.path]))
        below_course[module.path[: -module.steplen]].append(part)
    return {course.pk: Outline(course, tuple(below_course[course.path])) for course in courses}
