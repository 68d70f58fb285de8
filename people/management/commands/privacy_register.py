"""Write the register of processing, docs/privacy.md, from what the rooms declare about their tables."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from people import privacy
from people.privacy import Declared, Use

TARGET = Path("docs") / "privacy.md"
PAGE = """\
# {title}

{made}

{proposal}

## {why}

| {category} | {purpose} | {basis} | {retention} |
| --- | --- | --- | --- |
{uses}

## {where}

| {table} | {columns} | {category} | {download} | {erasure} |
| --- | --- | --- | --- | --- |
{personal}

{by_hand}

## {not_personal}

| {table} | {because} |
| --- | --- |
{impersonal}

## {outside}

{kept_outside}
"""


def uses() -> list[Use]:
    """Return every use once, in the order in which the tables show them."""
    return list(
        dict.fromkeys(part.use for declared in privacy.declarations() for part in declared.personal())
    )


def use_rows() -> str:
    return "\n".join(f"| {use.category} | {use.purpose} | {use.basis} | {use.retention} |" for use in uses())


def personal_rows() -> str:
    return "\n".join(
        f"| {declared.model._meta.label} | {', '.join(declared.columns(part))} | {part.use.category} "
        f"| {', '.join(privacy.exported(declared, part))} | {fate(declared, part)} |"
        for declared in privacy.declarations()
        for part in declared.personal()
    )


def fate(declared: Declared, part: privacy.Part) -> str:
    """Say in a word what erasure does."""
    if declared.is_removed:
        return _("row removed")
    return _("stays, without a name") if part.wiped is privacy.KEPT else _("overwritten")


def impersonal_rows() -> str:
    """Tables of which nothing is personal, by the reason why; the index for searching differs by database."""
    reasons: dict[str, list[str]] = {}
    for declared in privacy.declarations():
        if declared.personal() or declared.model._meta.app_label == "wagtailsearch":
            continue
        for because in dict.fromkeys(str(part.because) for part in declared.parts):
            reasons.setdefault(because, []).append(declared.model._meta.label)
    return "\n".join(f"| {', '.join(labels)} | {because} |" for because, labels in reasons.items())


def kept_outside() -> str:
    """What is kept beside the declared tables, which an erasure does not reach at once."""
    return "\n".join(
        f"- {said}"
        for said in (
            _("Attempts to log in (the cache): the mail address or the network address, for some hours."),
            _("Backups: until they run out. After a restore, erase again who the journal says was erased."),
            _("Mail that was sent: with the reader and on the mail server."),
            _("Logs of the web server and the worker: the organisation sets the term."),
        )
    )


def page() -> str:
    """Return the whole page, in Dutch: whoever answers for privacy reads it."""
    with translation.override("nl"):
        return PAGE.format(
            title=_("Register of processing"),
            made=_(
                "Made by `manage.py privacy_register` from `privacy_fields.py`; `make check` compares it."
            ),
            proposal=_("Bases and terms are a proposal: the organisation decides, with its privacy officer."),
            why=_("Why we keep what"),
            where=_("Where it stands"),
            by_hand=_(
                "Nothing is erased by itself: an administrator does it on the page of a person who left."
            ),
            outside=_("Beside the tables"),
            kept_outside=kept_outside(),
            not_personal=_("Tables without personal details"),
            table=_("table"),
            columns=_("columns"),
            category=_("category"),
            purpose=_("purpose"),
            basis=_("basis"),
            retention=_("how long"),
            download=_("in the download"),
            erasure=_("at erasure"),
            because=_("because"),
            uses=use_rows(),
            personal=personal_rows(),
            impersonal=impersonal_rows(),
        )


class Command(BaseCommand):
    help = "Write docs/privacy.md from the declared tables; --check only compares, and looks for gaps."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail when the page is out of date"
        )

    def handle(self, *, check, **options):
        if gaps := privacy.gaps():
            raise CommandError("\n".join(gaps))
        target = settings.ROOT / TARGET
        if not check:
            target.write_text(page())
        elif not target.exists() or target.read_text() != page():
            raise CommandError(f"{TARGET} is out of date: run `manage.py privacy_register`.")
