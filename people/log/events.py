"""Which event is this, and about whom? A line is a name and a few codes; never a text that somebody typed."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_log = logging.getLogger("paraat")
KEYS = frozenset(
    {"codes", "code", "kind", "method", "mode", "notices", "row", "rows", "seconds", "step", "task"}
)


def note(
    event: str,
    *,
    level: int = logging.INFO,
    error: BaseException | None = None,
    person: Any = None,
    **facts: Any,
) -> None:
    """Write one line of the log: `log.note("login.failed", person=anouk, method="password")`.

    `person` is written as its number. `facts` are codes, numbers and lists of them, under one of KEYS; a name
    or a sentence does not come through (people.log.lines). `error` adds where it came from.
    """
    if unknown := facts.keys() - KEYS:
        raise TypeError(f"Not a fact of the log: {', '.join(sorted(unknown))}.")
    if person is not None and person.pk:
        facts["person"] = f"people.person:{person.pk}"
    _log.log(level, event, extra={"event": event, "facts": facts}, exc_info=error)


@contextmanager
def only_trouble() -> Iterator[None]:
    """Tell what goes wrong and nothing else meanwhile: what a demo makes up is no event."""
    before = _log.level
    _log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        _log.setLevel(before)
