"""What does the journal say, in sentences? Every verb that is written anywhere has its sentence here.

`%(who)s` is who did it, `%(what)s` what it was done to; the facts of the line can be named too.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import days, directory, journal, roles
from people.models import Grant, JournalEntry, Person, RoleAssignment

SENTENCES: dict[str, Promise] = {
    "availability.exception_added": gettext_lazy("%(who)s noted an exception to the availability"),
    "availability.exception_removed": gettext_lazy("%(who)s removed an exception to the availability"),
    "availability.pattern_set": gettext_lazy("%(who)s noted the availability of %(what)s"),
    "calendar.subscribed": gettext_lazy("%(who)s made a calendar subscription"),
    "calendar.unsubscribed": gettext_lazy("%(who)s stopped a calendar subscription"),
    "district.added": gettext_lazy("%(who)s added %(what)s"),
    "district.changed": gettext_lazy("%(who)s changed %(what)s"),
    "grant.imported": gettext_lazy("%(who)s took over %(added)s grants from %(file)s"),
    "invitation.accepted": gettext_lazy("%(who)s accepted an invitation"),
    "invitation.sent": gettext_lazy("%(who)s sent an invitation (%(role)s)"),
    "invitation.withdrawn": gettext_lazy("%(who)s withdrew an invitation"),
    "limits.set": gettext_lazy("%(who)s noted how much %(what)s can take on"),
    "location.added": gettext_lazy("%(who)s added %(what)s"),
    "location.changed": gettext_lazy("%(who)s changed %(what)s"),
    "location.imported": gettext_lazy("%(who)s took over %(added)s locations from %(file)s"),
    "notice.retried": gettext_lazy("%(who)s had a message sent again (%(kind)s)"),
    "person.added": gettext_lazy("%(who)s added %(what)s"),
    "person.changed": gettext_lazy("%(who)s changed the details of %(what)s"),
    "person.imported": gettext_lazy("%(who)s took over %(added)s people from %(file)s"),
    "person.left": gettext_lazy("%(who)s closed the account of %(what)s"),
    "qualification.changed": gettext_lazy("%(who)s changed %(what)s"),
    "qualification.granted": gettext_lazy("%(who)s granted %(code)s (%(what)s)"),
    "qualification.imported": gettext_lazy("%(who)s took over %(what)s"),
    "qualification.revoked": gettext_lazy("%(who)s revoked %(code)s (%(what)s)"),
    "role.assigned": gettext_lazy("%(who)s made %(person)s %(role)s"),
    "role.ended": gettext_lazy("%(who)s ended a role (%(role)s)"),
    "willingness.set": gettext_lazy("%(who)s noted what %(what)s is willing to do"),
}
CLOCK = "clock"
MOST = 50  # people that one name may stand for
_PERSON = re.compile(r"people\.person:(\d+)$")


@dataclass(frozen=True)
class Line:
    at: datetime
    sentence: str
    entry: JournalEntry


def lines(
    *,
    verb: str = "",
    actor: str = "",
    about: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[JournalEntry]:
    """Return what the journal holds, newest first; days are Amsterdam days, `until` is included."""
    entries = JournalEntry.objects.all()
    if verb:
        entries = entries.filter(verb=verb)
    if actor:
        clock = [CLOCK] if actor.strip().lower() in {CLOCK, str(_("The clock")).lower()} else []
        entries = entries.filter(actor__in=[*clock, *map(journal.ref, directory.by_words(actor)[:MOST])])
    if about:
        entries = entries.filter(subject__in=_refs_about(directory.by_words(about)[:MOST]))
    if since:
        entries = entries.filter(at__gte=days.moment(since, time()))
    if until:
        entries = entries.filter(at__lt=days.moment(until + timedelta(days=1), time()))
    return entries


def tell(entries: Iterable[JournalEntry]) -> list[Line]:
    """Return the lines as sentences, with people by name; two queries for any number of them."""
    entries = list(entries)
    known = _names(entries)
    return [Line(entry.at, _sentence(entry, known), entry) for entry in entries]


def verbs() -> list[tuple[str, str]]:
    """Return what one can look for: each verb that has a sentence, by that sentence."""
    blank = {"who": _("Somebody"), "what": "…"}
    return sorted(
        ((verb, _fill(str(said), blank)) for verb, said in SENTENCES.items()), key=lambda pair: pair[1]
    )


def _sentence(entry: JournalEntry, known: dict[str, str]) -> str:
    said = SENTENCES.get(entry.verb)
    words = {
        key: known.get(value, value) if isinstance(value, str) else value
        for key, value in entry.facts.items()
    }
    if isinstance(words.get("role"), str) and words["role"] in roles.ROLES:
        words["role"] = str(roles.ROLES[words["role"]].name).lower()
    who = _("The clock") if entry.actor == CLOCK else _thing(entry.actor, known)
    words |= {"who": who, "what": _thing(entry.subject, known)}
    if said is None:
        return f"{words['who']}: {entry.verb}, {words['what']}"
    return _fill(str(said), words)


def _fill(sentence: str, words: dict) -> str:
    """Fill in what is known; a fact that an older line lacks shows as dots."""
    return re.sub(r"%\((\w+)\)s", lambda place: str(words.get(place.group(1), "…")), sentence)


def _thing(ref: str, known: dict[str, str]) -> str:
    if ref in known:
        return known[ref]
    label, _colon, pk = ref.partition(":")
    try:
        name = str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return ref
    return f"{name} {pk}".strip()


def _names(entries: list[JournalEntry]) -> dict[str, str]:
    """Return the names of the people that the entries mention, by themselves or through a grant."""
    mentioned = {
        text
        for entry in entries
        for text in (entry.actor, entry.subject, *entry.facts.values())
        if isinstance(text, str)
    }
    ids = [match.group(1) for text in mentioned if (match := _PERSON.match(text))]
    known = {journal.ref(person): str(person) for person in Person.objects.filter(pk__in=ids)}
    grants = [text.partition(":")[2] for text in mentioned if text.startswith("people.grant:")]
    for grant in Grant.objects.filter(pk__in=grants).select_related("person"):
        known[journal.ref(grant)] = str(grant.person)
    return known


def _refs_about(people: Iterable[Person]) -> list[str]:
    """Return the refs of people and of what is theirs in this room."""
    people = list(people)
    theirs = [
        *Grant.objects.filter(person__in=people),
        *RoleAssignment.objects.filter(person__in=people),
    ]
    return [journal.ref(row) for row in (*people, *theirs)]
