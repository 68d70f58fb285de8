"""What does a line of the log look like? One event, one line of JSON, and nothing in it that anybody typed.

Only what is on a list comes through, whoever writes the line: our own events with their codes, the pattern of
a message of somebody else without what was filled in, and of an error its kind and the lines of code it came
through. So a name, a mail address, a form or a link that opens something cannot end up here by accident.
Used by Django (LOGGING), by the worker and by gunicorn; it needs neither settings nor database.
"""

import json
import logging
import re
import smtplib
import sys
import traceback
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.template import TemplateDoesNotExist

from people.log.current import REQUEST

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"[A-Za-z0-9_.:/+-]{1,100}")  # a value that can only have been made by code
CODE_ERRORS = (  # these speak of code, of the database as a whole or of a file of ours
    AttributeError, ImportError, NameError, InterfaceError, OperationalError, TemplateDoesNotExist,
)  # fmt: skip
MOST_FRAMES, MOST_ERRORS, LONGEST, LAST_WORDS = 40, 5, 200, 2000
REQUESTS = ("django.request", "django.security")
WORKER = "django-q"  # fills in its messages itself; after the dash comes the text of the error
CSRF = "django.security.csrf"
NO_PEOPLE = "rostering.matching"  # numbers only go in there, so its words can be told whole


class Line(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            **_event(record),
            **_request(record),
            **{key: _plain(value) for key, value in getattr(record, "facts", {}).items()},
            "process": record.process,
        }
        if errors := _errors(record):
            line["errors"] = errors
        return json.dumps({key: value for key, value in line.items() if value not in (None, "", {})})


def _event(record: logging.LogRecord) -> dict:
    """Return what happened: by its name when it is one of ours, else by who says it and the bare pattern."""
    if event := getattr(record, "event", None):
        return {"event": event}
    if record.name.startswith(REQUESTS) and hasattr(record, "request"):
        return {"event": _what_became(record), "because": _because(record)}
    return {
        "event": record.name,
        "said": _pattern(record),
        "where": f"{_short(record.pathname)}:{record.lineno}",
    }


def _what_became(record: logging.LogRecord) -> str:
    if record.name == CSRF:
        return "request.forged"
    if record.name.startswith("django.security"):
        return "request.suspect"
    status = getattr(record, "status_code", 500)
    return "request.failed" if status >= 500 else "request.limited" if status == 429 else "request.refused"


def _because(record: logging.LogRecord) -> str | None:
    """Return the kind of suspicion, such as DisallowedHost."""
    return record.name.rpartition(".")[2] if record.name.startswith("django.security.") else None


def _pattern(record: logging.LogRecord) -> str | None:
    if record.name.startswith(NO_PEOPLE):
        return record.getMessage()[-LAST_WORDS:]
    message = str(record.msg)
    if record.name == WORKER:
        message = message.partition(" - ")[0].partition("\n")[0]
    elif not record.args:  # the values may be in it already
        return None
    return message[:LONGEST]


def _request(record: logging.LogRecord) -> dict:
    request = getattr(record, "request", None) or REQUEST.get()
    if request is None or not hasattr(request, "META"):
        return {}
    asked, match = getattr(request, "asked", None), getattr(request, "resolver_match", None)
    user = getattr(request, "_cached_user", None)  # whoever is known by now: to ask the database may fail too
    return {
        "request": asked and asked.number,
        "source": asked and asked.source,
        "sent_by": request.method if CODE.fullmatch(request.method or "") else None,
        "page": match and match.view_name,
        "of": {
            key: str(value)
            for key, value in (match.kwargs if match else {}).items()
            if isinstance(value, int | UUID | date)
        },
        "status": getattr(record, "status_code", None),
        "person": f"people.person:{user.pk}" if user is not None and user.pk else None,
    }


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(one) for one in value]
    return text if CODE.fullmatch(text := str(value)) else "…"


def _errors(record: logging.LogRecord) -> list[dict]:
    """Return the error and what it came from, the last first; no values of variables, no words of others."""
    error = record.exc_info and record.exc_info[1]
    told = []
    while error and len(told) < MOST_ERRORS:
        told.append({"kind": _kind(error), "said": _said(error), "through": _through(error)})
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return [{key: value for key, value in one.items() if value} for one in told]


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _said(error: BaseException) -> str | None:
    """Return the words of an error where these cannot hold what a person typed; of mail servers the number."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return " ".join(str(code) for code, _words in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return str(error.smtp_code)
    if isinstance(error, CODE_ERRORS):
        return str(error).partition("\n")[0][:LONGEST]
    return error.strerror if isinstance(error, OSError) and error.errno else None


def _through(error: BaseException) -> list[str]:
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    return [f"{_short(f.filename)}:{f.lineno} {f.name}: {f.line or ''}"[:LONGEST] for f in frames]


def _short(path: str) -> str:
    """Return a path within the project or a library, without where those lie on this machine."""
    if "site-packages/" in path:
        return path.rpartition("site-packages/")[2]
    return path.removeprefix(f"{ROOT}/").removeprefix(f"{sys.base_prefix}/")
