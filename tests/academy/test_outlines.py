from types import SimpleNamespace as Page

from academy.outlines import Outline, Part, Progress


def lesson(pk, minutes=10):
    return Page(pk=pk, minutes=minutes)


def module(pk, questions=1):
    return Page(pk=pk, question_count=questions, test_minutes=15)


OUTLINE = Outline(
    Page(minutes=180), (Part(module(1, 0), (lesson(11), lesson(12, 20))), Part(module(2), (lesson(21),)))
)


def test_the_steps_are_the_lessons_of_each_part_and_then_its_test():
    steps = Progress(OUTLINE).steps
    assert [(step.page.pk, step.is_test) for step in steps] == [
        (11, False),
        (12, False),
        (21, False),
        (2, True),
    ]


def test_minutes_left_are_those_of_what_is_not_done():
    assert Progress(OUTLINE).minutes_left == 55
    assert Progress(OUTLINE, frozenset({12}), frozenset({2})).minutes_left == 20


def test_the_next_step_is_the_first_that_is_open_also_when_a_later_one_is_done():
    assert Progress(OUTLINE, frozenset({11, 21})).next.page.pk == 12
    assert Progress(OUTLINE, frozenset({11, 12, 21})).next.is_test is True
    assert Progress(OUTLINE, frozenset({11, 12, 21}), frozenset({2})).next is None


def test_a_lesson_that_is_gone_leaves_nobody_stuck():
    progress = Progress(OUTLINE, frozenset({11, 12, 21, 999}), frozenset({2, 998}))
    assert (progress.done, progress.total, progress.is_complete, progress.percent) == (4, 4, True, 100)


def test_after_the_last_lesson_of_a_part_comes_its_test():
    assert Progress(OUTLINE).after(lesson(21)).is_test is True
    assert Progress(OUTLINE).after(lesson(12)).page.pk == 21
    assert Progress(OUTLINE).after(lesson(999)) is None


def test_a_course_without_lessons_takes_as_long_as_it_says():
    empty = Outline(Page(minutes=180), ())
    assert (empty.minutes, empty.hours, Progress(empty).percent, Progress(empty).is_complete) == (
        180,
        3,
        0,
        False,
    )
