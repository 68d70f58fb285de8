"""How does a mail of ours look? Plain words and the same in HTML; nothing in it comes from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from email.utils import formataddr
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from people.models import Person

Link = tuple[str, str]  # what it says, and the whole address


@dataclass(frozen=True)
class Attachment:
    """A file. One of the type text/calendar with a method is shown by mail programs as an invitation."""

    name: str
    content: bytes
    mimetype: str


@dataclass(frozen=True)
class Message:
    """What one notice says, in the language of the reader."""

    subject: str
    lines: Sequence[str]
    details: Sequence[tuple[str, str]] = ()  # what, when, where
    action: Link | None = None  # the one thing to do
    actions: Sequence[Link] = ()  # what else there is to do
    attachments: Sequence[Attachment] = ()
    because: str = ""  # why you get this mail
    change: Link | None = None  # where you change that

    @property
    def buttons(self) -> list[Link]:
        return [*([self.action] if self.action else []), *self.actions]


def absolute(path: str) -> str:
    """Return the whole address of a path; from the settings, never from the request."""
    return path if path.startswith(("https://", "http://")) else f"{settings.PARAAT_URL}{path}"


def host() -> str:
    """Return the host name of this installation, for message ids and calendar events."""
    return urlsplit(settings.PARAAT_URL).hostname


def build(
    person: Person,
    messages: Sequence[Message],
    *,
    message_id: UUID,
    subject: str | None = None,
    connection: Any = None,
) -> EmailMultiAlternatives:
    """Return one mail with all `messages`, in the active language; the same id gives the same Message-ID."""
    subject = subject or _subject(messages)
    context = {
        "name": person.first_name or person.email,
        "subject": subject,
        "messages": messages,
        "reasons": _reasons(messages),
        "is_demo": settings.DEMO,
        "help_number": settings.PARAAT_HELP,
        "home": absolute("/"),
    }
    email = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string("mail/notice.txt", context).strip() + "\n",
        to=[formataddr((_one_line(person.get_full_name()), person.email))],
        headers={"Message-ID": f"<{message_id}@{host()}>", "Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    email.attach_alternative(render_to_string("mail/notice.html", context), "text/html")
    for number, attachment in enumerate(a for message in messages for a in message.attachments):
        _attach(email, attachment, number)
    return email


def _attach(email: EmailMultiAlternatives, attachment: Attachment, number: int) -> None:
    """Attach a file. The first for a calendar stands in the mail itself too: some programs look there."""
    stem, dot, ending = attachment.name.partition(".")
    name = f"{stem}-{number + 1}{dot}{ending}" if number else attachment.name
    if "method=" not in attachment.mimetype:
        email.attach(name, attachment.content, attachment.mimetype)
        return
    if not number:
        email.attach_alternative(attachment.content.decode(), attachment.mimetype)
    email.attach(name, attachment.content, "application/ics")


def _subject(messages: Sequence[Message]) -> str:
    if len(messages) == 1:
        return _one_line(messages[0].subject)
    return ngettext("%(n)s message from Paraat", "%(n)s messages from Paraat", len(messages)) % {
        "n": len(messages)
    }


def _one_line(text: str) -> str:
    """A line break in a header stops a mail, whatever name or title it came from."""
    return " ".join(text.split())


def _reasons(messages: Sequence[Message]) -> list[tuple[str, Link]]:
    """Return why the person gets this and where that is changed, each once."""
    usual = (_("You get this mail because you have an account with Paraat."), _usual_change())
    return list(dict.fromkeys((m.because or usual[0], m.change or usual[1]) for m in messages))


def _usual_change() -> Link:
    return _("Look at what we keep of you, or change it"), absolute(reverse("people:profile"))
