"""Is nothing lost when the worker is killed (kill -9) at the worst moments? At most one mail goes twice."""

import os
import signal
from datetime import datetime, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from django.db import connection

from people import days, notices
from people.models import Notice, Person
from people.notices import sending
from people.notices.mail import Message

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=days.AMSTERDAM)


@pytest.fixture
def work(tmp_path, settings):
    """Let a worker of its own send what is due; it kills itself at the `turn`th call of `point`.

    The worker is a copy of this process with a connection of its own: it can be killed as hard as any other,
    without first loading the whole of Django again.
    """
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path

    def work(now, point="nowhere", turn=1) -> int:
        connection.close()
        worker = os.fork()
        if not worker:
            try:
                send_and_die(now, point, turn)
            finally:
                os._exit(1)
        return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])

    return work


def send_and_die(now, point, turn):
    calls, real = [], getattr(sending, point, None)

    def die(*arguments):
        calls.append(1)
        if len(calls) < turn:
            return real(*arguments)
        if point == "_lease":
            real(*arguments)
        return os.kill(os.getpid(), signal.SIGKILL)

    if real:
        setattr(sending, point, die)
    notices.register("plain", lambda notice: Message(subject="Plain", lines=[]))
    notices.send_due(now=now)
    os._exit(0)


def message_ids(folder: Path) -> list[str]:
    mails = [part for file in folder.iterdir() for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n")]
    return sorted(message_from_bytes(mail)["Message-ID"] for mail in mails if mail.strip())


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("point", "turn", "sent_before", "doubles"),
    [
        ("_lease", 1, 0, 0),  # taken, nothing sent
        ("_open", 1, 0, 0),  # written, not yet handed over
        ("_mark_sent", 1, 0, 1),  # handed over, not yet marked: the one window in which a mail goes twice
        ("_open", 2, 1, 0),  # the first is marked, the second not yet handed over
        ("_release", 1, 3, 0),  # everything done
    ],
)
def test_killed_at_any_point_nothing_is_lost(point, turn, sent_before, doubles, work, tmp_path):
    person = Person.objects.create_user("anouk@paraat.example", "x", first_name="Anouk")
    owed = [
        notices.owe(person, "plain", person, now=NOW, due_at=NOW + timedelta(seconds=n)) for n in range(3)
    ]
    ids = [f"<{notice.message_id}@paraat.example>" for notice in owed]
    assert work(NOW + timedelta(minutes=1), point, turn) == -signal.SIGKILL
    assert Notice.objects.exclude(sent_at=None).count() == sent_before
    assert work(NOW + timedelta(minutes=5)) == 0
    assert Notice.objects.waiting().count() == 0
    assert message_ids(tmp_path) == sorted(ids + ids[:doubles])
