"""What do people get in their mail? The demo writes mails to files and sends none; here they are read.

Only in the demo: anywhere else these pages do not exist.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import lru_cache, wraps
from pathlib import Path

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp, csp_update
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

PER_PAGE = 25
END = re.compile(rb"\n-{79}\n(?=Content-Type:|\Z)")  # how Django's file backend ends each mail
CLOSED_IN = {  # a mail may look as it likes, and do nothing but follow its links
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": ["data:"],
    "frame-ancestors": [SELF],
    "sandbox": ["allow-top-navigation-by-user-activation", "allow-popups"],
}


@dataclass(frozen=True)
class Enclosed:
    name: str
    kind: str
    content: bytes


@dataclass(frozen=True)
class Letter:
    """One mail: the number-th of the file `name`."""

    name: str
    number: int
    message: EmailMessage

    @property
    def sent_at(self) -> datetime:
        return self.message["Date"].datetime.replace(tzinfo=UTC)  # Django writes it in UTC, as "-0000"

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def to(self) -> str:
        return str(self.message["To"] or "")

    @property
    def plain(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    @property
    def attachments(self) -> list[Enclosed]:
        return [
            Enclosed(part.get_filename() or "mail", part.get_content_type(), part.get_payload(decode=True))
            for part in self.message.iter_attachments()
        ]

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return part.get_content() if part else ""


def demo_only(view):
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return require_safe(guarded)


@demo_only
def mails(request):
    numbered = [(path, n) for path in _files() for n in reversed(range(_number_in(path)))]
    page = Paginator(numbered, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "cms/demo/mail.html", {"page": page, "letters": [_read(path, n) for path, n in page]}
    )


@demo_only
@csp_update({"frame-src": [SELF]})
def mail(request, name, number):
    return render(request, "cms/demo/mail_one.html", {"letter": _find(name, number)})


@demo_only
@csp(CLOSED_IN)
def page(request, name, number):
    """The HTML of a mail, as a mail program would show it; its links open in the whole window."""
    html = _find(name, number).html
    if not html:
        raise Http404
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


@demo_only
@csp(CLOSED_IN)
def attachment(request, name, number, part):
    enclosed = _find(name, number).attachments
    if part >= len(enclosed):
        raise Http404
    found = enclosed[part]
    return HttpResponse(
        found.content,
        content_type=found.kind,
        headers={"Content-Disposition": f'attachment; filename="{Path(found.name).name}"'},
    )


def _files() -> list[Path]:
    """Return the files with mail, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    return sorted(folder.glob("*.log"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _number_in(path: Path) -> int:
    return _count(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=4096)
def _count(path: Path, _changed: int) -> int:
    return len(END.findall(path.read_bytes()))


def _find(name: str, number: int) -> Letter:
    """Return a mail by the name of its file, which is looked up and never made into a path."""
    for path in _files():
        if path.stem == name and number < _number_in(path):
            return _read(path, number)
    raise Http404


def _read(path: Path, number: int) -> Letter:
    return Letter(
        path.stem, number, message_from_bytes(END.split(path.read_bytes())[number], policy=policy.default)
    )
