"""Who holds what, on which day?"""

from people.qualifications.grants import (
    NotGrantable,
    circles,
    describe_way,
    grant,
    held,
    missing,
    note_step,
    revoke,
    wider,
)

__all__ = [
    "NotGrantable", "circles", "describe_way", "grant", "held", "missing", "note_step", "revoke", "wider",
]  # fmt: skip
