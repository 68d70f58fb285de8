"""Which request is being answered? The lines of the log that are written meanwhile name it."""

from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Asked:
    """What a request is called in the log."""

    number: str  # on the page of an error too, so that who tells about it can name it
    source: str  # the same for the same network address, which cannot be read back from it


REQUEST: ContextVar[Any] = ContextVar("request", default=None)
