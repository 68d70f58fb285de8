"""Who is let in? An invitation is a way in for one mail address."""

from people.invitations.invitations import (
    ACCEPTED,
    EXPIRED,
    NOTICE,
    OPEN,
    WITHDRAWN,
    NotAcceptable,
    NotInvitable,
    accept,
    find,
    invite,
    invite_again,
    sent,
    state,
    token,
    withdraw,
)

__all__ = [
    "ACCEPTED",
    "EXPIRED",
    "NOTICE",
    "OPEN",
    "WITHDRAWN",
    "NotAcceptable",
    "NotInvitable",
    "accept",
    "find",
    "invite",
    "invite_again",
    "sent",
    "state",
    "token",
    "withdraw",
]
