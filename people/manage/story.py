"""What does the journal say, in sentences? Each room registers a sentence for every verb that it writes.

`%(who)s` is who did it, `%(what)s` what it was done to; the facts of the line can be named too.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.apps import apps
from django.db.models import Q, QuerySet
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people import days, journal, roles, search
from people.models import JournalEntry, Person

CLOCK = "clock"
MOST = 50  # people that one name may stand for
SENTENCES: dict[str, Promise] = {}  # per verb; registered by each room when it starts
FROM_FILES: set[str] = set()  # verbs of what only a file makes when nobody did it
ABOUT_PEOPLE: set[str] = set()  # tables whose rows are about one person
LINKS: dict[str, "Links"] = {}  # per table: what its rows are, in words, and where they are read
BY_TEST = Q(actor=CLOCK, facts__source="test")
_DAY = re.compile(r"\d{4}-\d\d-\d\d$")
_REF = re.compile(r"[a-z_]+\.[a-z_]+:\d+$")


@dataclass(frozen=True)
class Link:
    """What a line is about, in words, and the address where it is read."""

    said: str
    href: str


Links = Callable[[Iterable[int]], dict[int, Link]]


@dataclass(frozen=True)
class Line:
    at: datetime
    sentence: str
    entry: JournalEntry
    link: Link | None = None


def register(
    sentences: dict[str, Promise],
    *,
    from_files: Iterable[str] = (),
    about_people: Iterable[str] = (),
    links: dict[str, Links] | None = None,
) -> None:
    """Say how the verbs of a room are told. Rooms do this when they start (apps.py).

    `about_people` and the keys of `links` are labels of tables, "rostering.booking". A verb has one sentence: a
    second one is a ValueError.
    """
    if twice := SENTENCES.keys() & sentences.keys():
        raise ValueError(f"told twice: {', '.join(sorted(twice))}")
    SENTENCES.update(sentences)
    FROM_FILES.update(from_files)
    ABOUT_PEOPLE.update(about_people)
    LINKS.update(links or {})


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
    known, links = _names(entries), _links(entries)
    return [Line(entry.at, _sentence(entry, known), entry, links.get(entry.subject)) for entry in entries]


def _by_import() -> Q:
    return Q(actor=CLOCK) & (Q(verb__in=FROM_FILES) | Q(facts__source="import"))


def _done_by(actor: str) -> Q:
    """Return what somebody did whose name holds these words; or the clock, an import, the tests."""
    said, others = actor.strip().lower(), JournalEntry.objects.filter(_by_import() | BY_TEST)
    for which, names in (
        (_by_import(), {"import", _("An import")}),
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


def _links(entries: list[JournalEntry]) -> dict[str, Link]:
    """Return, per subject, what it is about and where that is read; a query or two per table that has links."""
    wanted = defaultdict(list)
    for label, _colon, pk in (entry.subject.partition(":") for entry in entries):
        if label in LINKS and pk:
            wanted[label].append(int(pk))
    return {f"{label}:{pk}": link for label, pks in wanted.items() for pk, link in LINKS[label](pks).items()}


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
    for label in sorted(ABOUT_PEOPLE):
        model = apps.get_model(label)
        pks = model.objects.filter(person__in=people).values_list("pk", flat=True)
        refs += [f"{model._meta.label_lower}:{pk}" for pk in pks]
    return refs
