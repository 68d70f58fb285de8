"""What does the journal say, in sentences? Every verb that is written anywhere has its sentence here.

The other rooms are known by the words they write, not by their code: the journal is one book.
`%(who)s` is who did it, `%(what)s` what it was done to; the facts of the line can be named too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from people import days, journal, roles, search
from people.models import JournalEntry, Person

SENTENCES: dict[str, Promise] = {
    "attempt.finished": gettext_lazy("%(who)s finished the test of %(course)s (score %(score)s)"),
    "availability.exception_added": gettext_lazy("%(who)s noted an exception to the availability"),
    "availability.exception_removed": gettext_lazy("%(who)s removed an exception to the availability"),
    "availability.pattern_set": gettext_lazy("%(who)s noted the availability of %(what)s"),
    "booking.absent": gettext_lazy("%(who)s noted that %(what)s was not there"),
    "booking.attended": gettext_lazy("%(who)s noted that %(what)s was there"),
    "booking.booked": gettext_lazy("%(who)s booked a shift for %(what)s"),
    "booking.cancelled": gettext_lazy("%(who)s cancelled a shift of %(what)s"),
    "booking.declined": gettext_lazy("%(who)s declined a shift for %(what)s"),
    "booking.fit_again": gettext_lazy("%(who)s saw that a booked shift fits %(what)s again"),
    "booking.offered": gettext_lazy("%(who)s offered %(what)s a shift"),
    "booking.requested": gettext_lazy("%(who)s asked for a shift for %(what)s"),
    "booking.unfit": gettext_lazy("%(who)s saw that a booked shift no longer fits %(what)s"),
    "booking.waiting": gettext_lazy("%(who)s put %(what)s on a waiting list"),
    "calendar.subscribed": gettext_lazy("%(who)s made a calendar subscription"),
    "calendar.unsubscribed": gettext_lazy("%(who)s stopped a calendar subscription"),
    "course.published": gettext_lazy("%(who)s published the course %(title)s"),
    "course.withdrawn": gettext_lazy("%(who)s withdrew the course %(title)s"),
    "demand.taken_over": gettext_lazy(
        "%(who)s took over weekly demand (%(new)s new, %(changed)s changed, %(removed)s removed)"
    ),
    "district.added": gettext_lazy("%(who)s added %(what)s"),
    "district.changed": gettext_lazy("%(who)s changed %(what)s"),
    "enrolment.opened": gettext_lazy("%(who)s opened the course %(course)s for %(what)s"),
    "grant.imported": gettext_lazy("%(who)s took over %(added)s grants from %(file)s"),
    "invitation.accepted": gettext_lazy("%(who)s accepted an invitation"),
    "invitation.sent": gettext_lazy("%(who)s sent an invitation (%(role)s)"),
    "invitation.withdrawn": gettext_lazy("%(who)s withdrew an invitation"),
    "learning.invited": gettext_lazy("%(who)s invited %(what)s to learn %(code)s"),
    "lesson.completed": gettext_lazy("%(who)s completed the lesson %(lesson)s of %(course)s"),
    "lesson.published": gettext_lazy("%(who)s published the lesson %(title)s"),
    "lesson.withdrawn": gettext_lazy("%(who)s withdrew the lesson %(title)s"),
    "limits.set": gettext_lazy("%(who)s noted how much %(what)s can take on"),
    "location.added": gettext_lazy("%(who)s added %(what)s"),
    "location.changed": gettext_lazy("%(who)s changed %(what)s"),
    "location.imported": gettext_lazy("%(who)s took over %(added)s locations from %(file)s"),
    "module.published": gettext_lazy("%(who)s published the module %(title)s"),
    "module.withdrawn": gettext_lazy("%(who)s withdrew the module %(title)s"),
    "notice.retried": gettext_lazy("%(who)s had a message sent again (%(kind)s)"),
    "page.held_back": gettext_lazy("%(who)s held back %(title)s"),
    "person.added": gettext_lazy("%(who)s added %(what)s"),
    "person.changed": gettext_lazy("%(who)s changed the details of %(what)s"),
    "person.erased": gettext_lazy("%(who)s erased the details of somebody who left (%(what)s)"),
    "person.exported": gettext_lazy("%(who)s downloaded what we keep about %(what)s"),
    "person.imported": gettext_lazy("%(who)s took over %(added)s people from %(file)s"),
    "person.left": gettext_lazy("%(who)s closed the account of %(what)s"),
    "proposal.asked": gettext_lazy("%(who)s asked for a proposal for the roster (%(first)s to %(last)s)"),
    "proposal.discarded": gettext_lazy("%(who)s put a proposal for the roster aside"),
    "proposal.draft": gettext_lazy("%(who)s finished a proposal for the roster"),
    "proposal.expired": gettext_lazy("%(who)s saw that a proposal for the roster is out of date"),
    "proposal.failed": gettext_lazy("%(who)s could not make a proposal for the roster"),
    "proposal.line_changed": gettext_lazy("%(who)s changed what a proposal says about %(what)s"),
    "proposal.sent": gettext_lazy("%(who)s sent a proposal for the roster"),
    "proposal.stopped": gettext_lazy("%(who)s stopped the calculation of a proposal for the roster"),
    "qualification.changed": gettext_lazy("%(who)s changed %(what)s"),
    "qualification.granted": gettext_lazy("%(who)s granted %(code)s (%(what)s)"),
    "qualification.imported": gettext_lazy("%(who)s took over %(what)s"),
    "qualification.revoked": gettext_lazy("%(who)s revoked %(code)s (%(what)s)"),
    "role.assigned": gettext_lazy("%(who)s made %(person)s %(role)s"),
    "role.ended": gettext_lazy("%(who)s ended a role (%(role)s)"),
    "shift.cancelled": gettext_lazy("%(who)s cancelled %(what)s"),
    "shift.changed": gettext_lazy("%(who)s changed %(what)s"),
    "shift.made": gettext_lazy("%(who)s made %(what)s (%(kind)s)"),
    "shift.published": gettext_lazy("%(who)s published %(what)s"),
    "shifts.planned": gettext_lazy("%(who)s planned %(number)s shifts, from %(first)s to %(last)s"),
    "task_kind.changed": gettext_lazy("%(who)s changed the kind of task %(code)s"),
    "task_kind.made": gettext_lazy("%(who)s made the kind of task %(code)s"),
    "willingness.set": gettext_lazy("%(who)s noted what %(what)s is willing to do"),
}
CLOCK = "clock"
FROM_FILES = (  # what only a file makes when nobody did it
    "demand.taken_over",
    "grant.imported",
    "location.imported",
    "person.imported",
    "qualification.imported",
    "task_kind.changed",
    "task_kind.made",
)
BY_IMPORT = Q(actor=CLOCK) & (Q(verb__in=FROM_FILES) | Q(facts__source="import"))
BY_TEST = Q(actor=CLOCK, facts__source="test")
MOST = 50  # people that one name may stand for
THEIRS = (
    "academy.attempt",
    "academy.enrolment",
    "people.grant",
    "people.roleassignment",
    "rostering.booking",
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_REF = re.compile(r"[a-z_]+\.[a-z_]+:\d+$")


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
        entries = entries.filter(_done_by(actor))
    if about:
        entries = entries.filter(subject__in=_refs_about(search.by_words(about)[:MOST]))
    if since:
        entries = entries.filter(at__gte=days.moment(since, time()))
    if until:
        entries = entries.filter(at__lt=days.moment(until + timedelta(days=1), time()))
    return entries


def tell(entries: Iterable[JournalEntry]) -> list[Line]:
    """Return the lines as sentences, with people by name; one query for each table they speak of."""
    entries = list(entries)
    known = _names(entries)
    return [Line(entry.at, _sentence(entry, known), entry) for entry in entries]


def _done_by(actor: str) -> Q:
    """Return what somebody did whose name holds these words; or the clock, an import, the tests."""
    said, others = actor.strip().lower(), JournalEntry.objects.filter(BY_IMPORT | BY_TEST)
    for which, names in (
        (BY_IMPORT, {"import", _("An import")}),
        (BY_TEST, {_("A test that was passed")}),
        (Q(actor=CLOCK) & ~Q(pk__in=others.values("pk")), {CLOCK, _("The clock")}),
    ):
        if said in {name.lower() for name in names}:
            return which
    return Q(actor__in=list(map(journal.ref, search.by_words(actor)[:MOST])))


def verbs() -> list[tuple[str, str]]:
    """Return what one can look for: each verb that has a sentence, by that sentence."""
    blank = {"who": _("Somebody"), "what": "…"}
    return sorted(
        ((verb, _fill(str(said), blank)) for verb, said in SENTENCES.items()), key=lambda pair: pair[1]
    )


def _sentence(entry: JournalEntry, known: dict[str, str]) -> str:
    said = SENTENCES.get(entry.verb)
    words = {key: _word(value, known) for key, value in entry.facts.items()}
    if isinstance(words.get("role"), str) and words["role"] in roles.ROLES:
        words["role"] = str(roles.ROLES[words["role"]].name).lower()
    words |= {"who": _who(entry, known), "what": _thing(entry.subject, known)}
    if said is None:
        return f"{words['who']}: {entry.verb}, {words['what']}"
    return _fill(str(said), words)


def _who(entry: JournalEntry, known: dict[str, str]) -> str:
    """Return who did it; without a person it was an import, a test that was passed, or the clock."""
    if entry.actor != CLOCK:
        return _thing(entry.actor, known)
    source = entry.facts.get("source")
    if entry.verb in FROM_FILES or source == "import":
        return _("An import")
    return _("A test that was passed") if source == "test" else _("The clock")


def _word(value, known: dict[str, str]):
    """Return a fact as it is read in a sentence: a row by its name, a day written out."""
    if not isinstance(value, str):
        return value
    if _DAY.match(value):
        with suppress(ValueError):
            return formats.date_format(date.fromisoformat(value), "j F Y")
    return known.get(value, value)


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
    """Return in words what the entries mention: whose row, or what it is called. One query per table."""
    mentioned = {
        text
        for entry in entries
        for text in (entry.actor, entry.subject, *entry.facts.values())
        if isinstance(text, str) and _REF.match(text)
    }
    wanted = defaultdict(list)
    for label, pk in (ref.split(":") for ref in mentioned):
        wanted[label].append(pk)
    known = {}
    for label, pks in wanted.items():
        with suppress(LookupError):  # a table that no longer exists
            known |= {f"{label}:{pk}": name for pk, name in _called(apps.get_model(label), pks)}
    return known


def _called(model, pks: list[str]) -> list[tuple[int, str]]:
    fields = {field.name for field in model._meta.get_fields()}
    if model is Person:
        return [(person.pk, str(person)) for person in Person.objects.filter(pk__in=pks)]
    if "person" in fields:
        rows = model.objects.filter(pk__in=pks).select_related("person")
        return [(row.pk, str(row.person)) for row in rows]
    naming = next((name for name in ("name", "title", "email") if name in fields), None)
    return list(model.objects.filter(pk__in=pks).values_list("pk", naming)) if naming else []


def _refs_about(people: Iterable[Person]) -> list[str]:
    """Return the refs of people and of every row that is about them."""
    people = list(people)
    refs = [journal.ref(person) for person in people]
    for label in THEIRS:
        model = apps.get_model(label)
        pks = model.objects.filter(person__in=people).values_list("pk", flat=True)
        refs += [f"{model._meta.label_lower}:{pk}" for pk in pks]
    return refs
