"""How much mail does one person get? So much in an hour and a day; what is more goes together in one mail.

What somebody must know, such as a shift that is cancelled, goes at once and alone whatever went before. Nothing is
lost: what is held waits until there is room, and is still looked at then (is it still true?).
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from people import house_rules
from people.house_rules import Rule
from people.models import Notice
from people.notices.kinds import KINDS

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
_MUCH = _(
    "Who gets much mail reads none of it. What is more goes together in one mail. "
    "What somebody must know, such as a cancelled shift, always goes at once."
)
RULES = (
    Rule("mails_an_hour", _("Mail to one person in an hour: at most"), _("mails"), 6, 1, 100, _MUCH),
    Rule(
        "mails_a_day", _("Mail to one person in a day: at most"), _("mails"), 20, 1, 500, _MUCH,
        at_least="mails_an_hour",
    ),
)  # fmt: skip


@dataclass
class Round:
    """What goes out now, a list of notices for each mail; and what waits, with the moment until when."""

    mails: list[list[Notice]] = field(default_factory=list)
    held: list[tuple[list[Notice], datetime]] = field(default_factory=list)


def register() -> None:
    house_rules.register(RULES)


def divide(notices: list[Notice], *, now: datetime) -> Round:
    """Divide what is due over mails, oldest first. Two queries; none without notices."""
    if not notices:
        return Round()
    agreed = house_rules.values()
    most = {HOUR: agreed["mails_an_hour"], DAY: agreed["mails_a_day"]}
    had = _had({notice.person_id for notice in notices}, now)
    found = Round()
    for person, owed in _by_person(notices).items():
        must, rest = _envelopes(owed)
        found.mails += must
        sent = [*had[person], *[now] * len(must)]
        room = len(rest) if person is None else min(n - _within(sent, now, span) for span, n in most.items())
        if len(rest) <= room:
            found.mails += rest
        elif room > 0:
            found.mails += [*rest[: room - 1], [notice for one in rest[room - 1 :] for notice in one]]
        else:
            found.held.append(([notice for one in rest for notice in one], _free_at(sent, now, most)))
    found.mails.sort(key=lambda envelope: (envelope[0].due_at, envelope[0].pk))
    return found


def _by_person(notices: list[Notice]) -> dict[int | None, list[Notice]]:
    found = defaultdict(list)
    for notice in notices:
        found[notice.person_id].append(notice)
    return found


def _envelopes(owed: list[Notice]) -> tuple[list[list[Notice]], list[list[Notice]]]:
    """Return the mails of what somebody must know, and the rest, of which the digest of the day is one mail."""
    must, rest, digest = [], [], []
    of_kind: dict[str, list[Notice]] = {}
    for notice in owed:
        kind = KINDS.get(notice.kind)
        if kind and kind.together:
            rest += [] if digest else [digest]
            digest.append(notice)
        elif notice.kind in of_kind:
            of_kind[notice.kind].append(notice)
        else:
            mail = [notice]
            (must if kind and kind.must_know(notice) else rest).append(mail)
            if kind and kind.several:
                of_kind[notice.kind] = mail
    return must, rest


def _had(people: set[int | None], now: datetime) -> dict[int | None, list[datetime]]:
    """Return when each of them got a mail in the last day."""
    sent = Notice.objects.filter(person__in=people - {None}, sent_at__gt=now - DAY, sent_at__lte=now)
    mails = {(person, mail or pk): at for person, mail, pk, at in
             sent.values_list("person", "sent_in", "pk", "sent_at")}  # fmt: skip
    found = defaultdict(list)
    for (person, _mail), at in mails.items():
        found[person].append(at)
    return found


def _within(sent: list[datetime], now: datetime, span: timedelta) -> int:
    return sum(at > now - span for at in sent)


def _free_at(sent: list[datetime], now: datetime, most: dict[timedelta, int]) -> datetime:
    """Return the first moment that one more mail is within every limit."""
    ends = [now]
    for span, number in most.items():
        lately = sorted(at for at in sent if at > now - span)
        if len(lately) >= number:
            ends.append(lately[len(lately) - number] + span)
    return max(ends)
