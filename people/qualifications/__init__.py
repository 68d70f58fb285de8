"""Who holds what, on which day?"""

from people.qualifications.grants import (
    LONGEST_TERM,
    NotGrantable,
    circles,
    describe_ways,
    grant,
    held,
    missing,
    note_step,
    revoke,
    wider,
)

__all__ = [
    "LONGEST_TERM", "NotGrantable", "circles", "describe_ways", "grant", "held", "missing", "note_step", "revoke",
    "wider",
]  # fmt: skip
