"""What is owed to whom? Written in the transaction of what it reports, sent by the worker."""

from people.notices.delivery import Delivery, delivery
from people.notices.kinds import KINDS, reader_of, register
from people.notices.owing import DIGEST_AT, owe, subject_pk, withdraw
from people.notices.sending import BACK_OFF, LEASE, Counts, NotRetryable, hurry, late, retry, send_due

__all__ = [
    "BACK_OFF",
    "DIGEST_AT",
    "KINDS",
    "LEASE",
    "Counts",
    "Delivery",
    "NotRetryable",
    "delivery",
    "hurry",
    "late",
    "owe",
    "reader_of",
    "register",
    "retry",
    "send_due",
    "subject_pk",
    "withdraw",
]
