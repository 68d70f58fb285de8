"""Which kinds of notice are there, and how is each written? Rooms register theirs when they start (apps.py)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from people.models import Notice, Person
from people.notices.mail import Message

Compose = Callable[[Notice], Message | None]
Reader = Callable[[Notice], Person | None]
Judge = Callable[[Notice], bool]
Name = Callable[[int], str]

KINDS: dict[str, "Kind"] = {}


@dataclass(frozen=True)
class Kind:
    compose: Compose
    together: bool
    must_know: Judge
    reader: Reader | None
    forgets: bool
    several: Name | None


def register(
    kind: str,
    compose: Compose,
    *,
    together: bool = False,
    must_know: bool | Judge = False,
    reader: Reader | None = None,
    forgets: bool = False,
    several: Name | None = None,
) -> None:
    """Say how a kind of notice is written.

    `compose(notice)` runs in the language of the reader, with the moment of sending in `notice.sending_at`;
    None means that the notice is no longer true and is dropped. A kind that goes `together` waits for the
    digest of the day. Of a kind with `several` all that is due to a person goes in one mail, without waiting;
    `several(n)` is the subject of that mail. What people `must_know` (always, or by the notice) goes out at once,
    however much mail they had. `reader(notice)` gives who reads it, an unsaved Person with a name, address and
    language, when that is nobody with an account. A kind that `forgets` keeps none of its facts after it was sent
    or dropped.
    """
    judge = must_know if callable(must_know) else lambda _notice: must_know
    KINDS[kind] = Kind(compose, together, judge, reader, forgets, several)


def reader_of(notice: Notice) -> Person | None:
    """Return who reads a notice; None when there is nobody left who does."""
    kind = KINDS.get(notice.kind)
    return kind.reader(notice) if kind and kind.reader else notice.person


def together() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.together]


def in_one_mail() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.together or kind.several]


def name_of(notices: Sequence[Notice]) -> str | None:
    """Return what a mail with these notices is called; None: what they say themselves."""
    names = {notice.kind for notice in notices}
    several = KINDS[notices[0].kind].several
    return several(len(notices)) if several and len(names) == 1 < len(notices) else None


def forgetting() -> list[str]:
    return [name for name, kind in KINDS.items() if kind.forgets]
