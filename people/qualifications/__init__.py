"""Who holds what, on which day?"""

from people.qualifications.grants import (
    NotGrantable,
    describe_way,
    grant,
    held,
    missing,
    note_step,
    revoke,
    wider,
)

__all__ = ["NotGrantable", "describe_way", "grant", "held", "missing", "note_step", "revoke", "wider"]
