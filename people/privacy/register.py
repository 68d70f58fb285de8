"""What do we keep about people, why, for how long, and how does it go away?

Each room declares its own tables in its privacy_fields.py, column by column: personal, with the use we have for
it, or not personal, with the reason. The register of processing (AVG article 30), what somebody downloads
(articles 15 and 20) and what erasure wipes (article 17) all follow from these declarations.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models import Model, Q, QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from people import days, journal
from people.models import Person

GONE = "verwijderd.invalid"  # a domain that can never receive mail (RFC 2606)
MASK = "█"  # where a text must stand
KEPT, EMPTY = object(), object()  # what erasure does with a column: nothing, or what a new row has there
ALL = "*"


@dataclass(frozen=True)
class Use:
    """Why we keep something about people: one line of the register."""

    category: Promise
    purpose: Promise
    basis: Promise
    retention: Promise

    def holds(self, names: str, **how: Any) -> "Part":
        """Say that these columns (names with spaces between) are kept for this use."""
        return Part(tuple(names.split()), use=self, **how)


@dataclass(frozen=True)
class Part:
    """Columns of one table that are treated alike."""

    names: tuple[str, ...]
    use: Use | None = None
    because: Promise | str = ""  # not personal, for this reason
    is_exported: bool = True  # False: a secret, or about somebody else as well
    wiped: object = KEPT  # KEPT, EMPTY, a value, or a function of the person that gives one
    names_nobody: Promise | str = ""  # a text that erasure keeps: why no name stands in it


@dataclass(frozen=True)
class Declared:
    """What is known of one table."""

    model: type[Model]
    parts: tuple[Part, ...]
    whose: str | Callable[[Person], Q] | None = None  # the path to the person whose rows these are
    is_removed: bool = False  # erasure deletes the rows
    not_yet: Callable[[Person, datetime], str] | None = None  # a sentence when erasure has to wait
    forget: Callable[[Person], None] | None = None  # what else erasure does, before names are gone

    def rows(self, person: Person) -> QuerySet:
        if self.whose is None:
            return self.model._base_manager.none()
        asked = Q(**{self.whose: person.pk}) if isinstance(self.whose, str) else self.whose(person)
        return self.model._base_manager.filter(asked)

    def personal(self) -> list[Part]:
        return [part for part in self.parts if part.use]

    def columns(self, part: Part) -> list[str]:
        if part.names != (ALL,):
            return list(part.names)
        named = {name for other in self.parts for name in other.names}
        return [column.name for column in columns_of(self.model) if column.name not in named]


TABLES: dict[type[Model], Declared] = {}


class NotErasable(Exception):
    """Carries the sentence that says why."""


def declare(model: type[Model], *parts: Part, **how: Any) -> None:
    """Say what stands in a table; see Declared for `how`. Rooms do this when they start (apps.py)."""
    TABLES[model] = Declared(model, parts, **how)


def declarations() -> list[Declared]:
    """Return what was declared: people first, then by name, so that each page reads the same."""
    return sorted(TABLES.values(), key=lambda one: (one.model is not Person, one.model._meta.label))


def impersonal(because: Promise | str, names: str = ALL) -> Part:
    """Say that these columns tell nothing about a person. Without names: the rest of the table."""
    return Part(tuple(names.split()), because=because)


def columns_of(model: type[Model]) -> list[models.Field]:
    """Return what is to be declared: the columns of the table itself, but not its bare row number."""
    return [
        column
        for column in model._meta.local_fields
        if not isinstance(column, models.AutoField)
        if not (column.remote_field and getattr(column.remote_field, "parent_link", False))
    ]


def gaps() -> list[str]:
    """Return what is wrong with the register, in words; an empty list means that it is complete."""
    tables = {
        model
        for model in apps.get_models(include_auto_created=True)
        if not (model._meta.proxy or _bare(model))
    }
    wrong = [f"{model._meta.label} is not declared" for model in tables - set(TABLES)]
    wrong += [f"{model._meta.label} no longer exists" for model in set(TABLES) - tables]
    for declared in declarations():
        wrong += [f"{declared.model._meta.label}{problem}" for problem in _problems(declared)]
    return sorted(wrong)


def export(person: Person) -> dict:
    """Return everything that we keep about `person`, with the why; plain values in the person's language.

    Secrets (passwords, tokens) and columns that name somebody else are left out.
    """
    with translation.override(person.language):
        found = [_exported(declared, person) for declared in declarations() if declared.whose]
        pages = {
            "name": str(person),
            "explanation": _("This is what Paraat keeps about you, and why."),
            "tables": [page for page in found if page["rows"]],
        }
        return json.loads(json.dumps(pages, cls=DjangoJSONEncoder))


@transaction.atomic
def hand_over(person: Person, *, by: Person | None, now: datetime) -> dict:
    """Give the export of `person` (see export), and note in the journal that it was given."""
    journal.record("person.exported", person, by=by, now=now)
    return export(person)


def is_erased(person: Person) -> bool:
    return person.email.endswith(f"@{GONE}")


def not_yet(person: Person, *, now: datetime) -> str:
    """Return the sentence that says why `person` cannot be erased at `now`; empty means that it can be done."""
    if person.is_active:
        return _("This account is still open. Close it first, then you can erase the details.")
    sentences = (declared.not_yet(person, now) for declared in declarations() if declared.not_yet)
    return next(filter(None, sentences), "")


@transaction.atomic
def erase(person: Person, *, by: Person | None, now: datetime) -> Person:
    """Wipe who somebody was; shifts, certificates and the journal stay, without a name. Twice is no harm.

    Raises NotErasable while the account is open, or while something about it is still going on.
    """
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    if is_erased(person):
        return person
    if sentence := not_yet(person, now=now):
        raise NotErasable(sentence)
    for declared in declarations():
        if declared.forget:
            declared.forget(person)
    # people come first in the register, but other tables look for the old mail address
    for declared in reversed(declarations()):
        _remove(declared, person) if declared.is_removed else _wipe(declared, person)
    journal.record("person.erased", person, by=by, now=now)
    return Person.objects.get(pk=person.pk)


def nameless(person: Person) -> str:
    """Return what stands where a name was, in the language of the site."""
    with translation.override(settings.LANGUAGE_CODE):
        return _("Erased person")


def masked_email(person: Person) -> str:
    return f"weg-{person.pk}@{GONE}"


def exported(declared: Declared, part: Part) -> list[str]:
    """Return the columns that somebody downloads: not what points at people, which are that or others."""
    if not (declared.whose and part.is_exported):
        return []
    fields = {name: declared.model._meta.get_field(name) for name in declared.columns(part)}
    return [name for name, column in fields.items() if column.related_model is not Person]


def _bare(model: type[Model]) -> bool:
    """Return whether there is no table behind a model, or only its row numbers."""
    return not columns_of(model)


def _problems(declared: Declared) -> list[str]:
    columns = {column.name: column for column in columns_of(declared.model)}
    named = [name for part in declared.parts for name in declared.columns(part)]
    problems = [f".{name} is not declared" for name in columns.keys() - set(named)]
    problems += [f".{name} no longer exists" for name in set(named) - columns.keys()]
    problems += [f".{name} is declared twice" for name in set(named) if named.count(name) > 1]
    for part in declared.parts:
        for column in (columns[name] for name in declared.columns(part) if name in columns):
            if part.use is None and column.related_model is Person:
                problems.append(f".{column.name} points at a person, so it is personal")
            if part.use and not _is_settled(declared, part, column):
                problems.append(f".{column.name} stays after erasure: say why it names nobody")
    return problems


def _is_settled(declared: Declared, part: Part, column: Any) -> bool:
    gone = declared.is_removed or part.wiped is not KEPT or bool(part.names_nobody)
    return gone or not is_text(column)


def is_text(column: Any) -> bool:
    """Return whether anything at all can be written in a column."""
    kinds = (models.CharField, models.TextField, models.JSONField, models.FileField)
    kinds += (models.GenericIPAddressField,)
    return isinstance(column, kinds) and not column.choices


def _exported(declared: Declared, person: Person) -> dict:
    shown = [(part, names) for part in declared.personal() if (names := exported(declared, part))]
    names = [name for _part, some in shown for name in some]
    rows = declared.rows(person).select_related().order_by("pk") if names else []
    return {
        "table": declared.model._meta.label_lower,
        "why": [{"fields": some, **_why(part.use)} for part, some in shown],
        "rows": [{name: _said(row, name) for name in names} for row in rows],
    }


def _why(use: Use) -> dict[str, str]:
    return {name: str(getattr(use, name)) for name in ("category", "purpose", "basis", "retention")}


def _said(row: Model, name: str) -> Any:
    column, value = row._meta.get_field(name), getattr(row, name)
    if column.choices:
        return str(getattr(row, f"get_{name}_display")())
    if isinstance(value, Model | models.fields.files.FieldFile):
        return str(value)
    return value.astimezone(days.AMSTERDAM) if isinstance(value, datetime) else value


def _remove(declared: Declared, person: Person) -> None:
    rows = declared.rows(person)
    for column in (c for c in columns_of(declared.model) if isinstance(c, models.FileField)):
        for name in rows.exclude(**{column.name: ""}).values_list(column.name, flat=True):
            transaction.on_commit(partial(column.storage.delete, name))
    rows.delete()


def _wipe(declared: Declared, person: Person) -> None:
    for part in declared.personal():
        for name in declared.columns(part) if part.wiped is not KEPT else []:
            column, rows = declared.model._meta.get_field(name), declared.rows(person)
            if isinstance(column, models.CharField | models.TextField):
                rows = rows.exclude(**{name: ""})
            rows.update(**{name: _emptied(column, part.wiped, person)})


def _emptied(column: Any, wiped: Any, person: Person) -> Any:
    if wiped is EMPTY:
        return column.get_default()
    return wiped(person) if callable(wiped) else wiped
