"""What is owed to whom? Written in the transaction of what it reports, sent by the worker."""

from people.notices.sending import (
    BACK_OFF,
    DIGEST_AT,
    KINDS,
    LEASE,
    Counts,
    NotRetryable,
    late,
    owe,
    register,
    retry,
    send_due,
    subject_pk,
    withdraw,
)

__all__ = [
    "BACK_OFF",
    "DIGEST_AT",
    "KINDS",
    "LEASE",
    "Counts",
    "NotRetryable",
    "late",
    "owe",
    "register",
    "retry",
    "send_due",
    "subject_pk",
    "withdraw",
]
