import pytest
from hypothesis import given
from hypothesis import strategies as st

from academy.testing import grading
from academy.testing.grading import Option, Question


def question(key, kind, right, wrong):
    options = [Option(n, f"goed {n}", True) for n in range(right)]
    options += [Option(100 + n, f"fout {n}", False) for n in range(wrong)]
    return Question(key, kind, "Wat?", tuple(options))


questions = st.builds(
    question,
    key=st.integers(1, 10_000),
    kind=st.sampled_from(["single", "multiple", "true_false"]),
    right=st.integers(1, 3),
    wrong=st.integers(1, 3),
)
papers = st.lists(questions, min_size=1, max_size=8, unique_by=lambda one: one.key)


@given(papers)
def test_everything_right_is_a_hundred(paper):
    assert grading.grade(paper, {one.key: one.right for one in paper}).score == 100


@given(papers)
def test_nothing_answered_is_nothing(paper):
    assert grading.grade(paper, {}).score == 0


@given(papers, st.data())
def test_one_more_right_answer_never_lowers_the_score(paper, data):
    chosen = {one.key: data.draw(st.sets(st.sampled_from([0, 1, 2, 100, 101, 102]))) for one in paper}
    mended = data.draw(st.sampled_from(paper))
    assert (
        grading.grade(paper, chosen | {mended.key: mended.right}).score >= grading.grade(paper, chosen).score
    )


@given(papers)
def test_ticking_everything_is_not_right(paper):
    everything = {one.key: {option.key for option in one.options} for one in paper}
    assert grading.grade(paper, everything).score == 0


@given(papers, st.data())
def test_the_score_is_the_share_of_right_questions_rounded_down(paper, data):
    right = data.draw(st.sets(st.sampled_from([one.key for one in paper])))
    score = grading.grade(paper, {one.key: one.right for one in paper if one.key in right}).score
    assert score == 100 * len(right) // len(paper)


def test_seven_of_nine_is_not_rounded_up():
    paper = [question(key, "single", 1, 1) for key in range(9)]
    assert grading.grade(paper, {key: {0} for key in range(7)}).score == 77


def test_an_option_of_another_question_does_not_count():
    assert grading.mark(question(1, "multiple", 2, 1), {0, 1, 999}).is_right is True


def test_what_is_kept_explains_itself():
    paper = Question(
        7, "single", "Wat?", (Option(1, "Dit", True, "Ja."), Option(2, "Dat", False, "Nee.")), "Uitleg."
    )
    assert grading.mark(paper, [2]).as_kept() == {
        "question": 7,
        "kind": "single",
        "prompt": "Wat?",
        "explanation": "Uitleg.",
        "is_right": False,
        "options": [
            {"key": 1, "text": "Dit", "is_right": True, "feedback": "Ja.", "is_chosen": False},
            {"key": 2, "text": "Dat", "is_right": False, "feedback": "Nee.", "is_chosen": True},
        ],
    }


def test_a_test_without_questions_cannot_be_graded():
    with pytest.raises(grading.NothingToGrade):
        grading.grade([], {})
