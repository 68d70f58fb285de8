"""At which address is a qualification learned? It is made when it is shown: what is kept in a row dies with a slug.

The room that teaches says so; people knows no room above it.
"""

from collections.abc import Callable

_ADDRESSES: dict[str, Callable[[str], str]] = {}
LEARN = "learn"


def register(address: Callable[[str], str]) -> None:
    """Let `address` give the path that leads to where the qualification with a code is learned."""
    _ADDRESSES[LEARN] = address


def address(code: str) -> str:
    return _ADDRESSES[LEARN](code)
