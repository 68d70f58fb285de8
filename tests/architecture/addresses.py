"""Every address of the site with an example path, read from the URL resolver itself."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from django.urls import URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

SAMPLES = {
    "day": "2026-11-26",
    "int": "1",
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}

GROUP = re.compile(r"\((?:\?P<\w+>|\?:)?([^()]*)\)\??")


@dataclass(frozen=True)
class Address:
    name: str  # with its namespace; empty if it has none
    path: str  # with a sample in the place of each argument
    view: Callable = field(compare=False, repr=False)


def sample(pattern) -> str:
    """Return a piece of path that `pattern` matches."""
    if isinstance(pattern, RoutePattern):
        return re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES[found[1] or "str"], str(pattern))
    text = str(pattern).lstrip("^").rstrip("$").replace(r"\Z", "").replace("\\", "")
    text = text.replace(".*", "x")
    while "(" in text:
        text = GROUP.sub(lambda found: found[1].split("|")[0] if "|" in found[1] else "1", text)
    return text


def addresses(resolver=None, prefix="", path="/"):
    """Yield an Address for everything that can be asked for."""
    for pattern in (resolver or get_resolver()).url_patterns:
        here = path + sample(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern, inner, here)
        else:
            yield Address(prefix + pattern.name if pattern.name else "", here, pattern.callback)


def names() -> set[str]:
    return {address.name for address in addresses() if address.name}
