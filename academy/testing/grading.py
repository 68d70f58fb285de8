"""How good are these answers? Pure. A question counts when exactly the right answers were chosen."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Option:
    key: int
    text: str
    is_right: bool
    feedback: str = ""


@dataclass(frozen=True)
class Question:
    """`kind` is single, multiple or true_false."""

    key: int
    kind: str
    prompt: str
    options: tuple[Option, ...]
    explanation: str = ""

    @classmethod
    def from_plain(cls, plain: Mapping) -> "Question":
        """Return the question of which `asdict` gave these plain values."""
        return cls(**{**plain, "options": tuple(Option(**option) for option in plain["options"])})

    @property
    def is_multiple(self) -> bool:
        return self.kind == "multiple"

    @property
    def right(self) -> frozenset[int]:
        return frozenset(option.key for option in self.options if option.is_right)


@dataclass(frozen=True)
class Marked:
    """A question with what was chosen; `chosen` holds keys of its options."""

    question: Question
    chosen: frozenset[int]

    @property
    def is_right(self) -> bool:
        return bool(self.question.right) and self.chosen == self.question.right

    @property
    def rows(self) -> list[dict]:
        """Return each option with whether it was chosen: what the result shows, and what an attempt keeps."""
        return [asdict(option) | {"is_chosen": option.key in self.chosen} for option in self.question.options]

    def as_kept(self) -> dict:
        """Return plain values that explain this answer for ever, also when the question changes."""
        return {
            "question": self.question.key,
            "kind": self.question.kind,
            "prompt": self.question.prompt,
            "explanation": self.question.explanation,
            "is_right": self.is_right,
            "options": self.rows,
        }


@dataclass(frozen=True)
class Result:
    marked: tuple[Marked, ...]

    @property
    def score(self) -> int:
        """Whole percents, rounded down: who has the pass mark has earned it."""
        return 100 * sum(one.is_right for one in self.marked) // len(self.marked)


class NothingToGrade(ValueError):
    """A test without questions."""


def mark(question: Question, chosen: Collection[int]) -> Marked:
    """Return `question` marked; keys that are not among its options are left out."""
    return Marked(question, frozenset(chosen) & {option.key for option in question.options})


def grade(questions: Sequence[Question], chosen: Mapping[int, Collection[int]]) -> Result:
    """Return the result of a test; `chosen` maps the key of a question to the keys of the chosen options.

    Raises NothingToGrade without questions. A question that is not answered is not right.
    """
    if not questions:
        raise NothingToGrade
    return Result(tuple(mark(question, chosen.get(question.key, ())) for question in questions))
