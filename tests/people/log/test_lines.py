"""What a line of the log may hold, whoever writes it."""

import json
import logging
import smtplib

import pytest
from django.db import IntegrityError, OperationalError

from people import log
from people.log.lines import Line
from tests.conftest import make_person

CANARY = "Kanarievogel"
ADDRESS = "kanarie@paraat.example"


def failing(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_line_is_json_on_one_line_with_the_time_in_utc(log_lines):
    log.note("clock.step_failed", step="expiry.warn", rows=[3, 4])
    assert log_lines.text.count("\n") == 1
    line = log_lines.of("clock.step_failed")
    assert line["at"].endswith("+00:00")
    assert (line["level"], line["step"], line["rows"]) == ("info", "expiry.warn", [3, 4])


def test_a_person_is_a_number(log_lines, db):
    person = make_person("Anouk", "volunteer")
    log.note("login", person=person)
    assert log_lines.of("login")["person"] == f"people.person:{person.pk}"
    assert "nouk" not in log_lines.text


def test_a_text_does_not_come_through_as_a_fact(log_lines):
    log.note("login.failed", method=f"{CANARY} en zijn vrouw", kind="a\nb")
    assert (log_lines.of("login.failed")["method"], log_lines.of("login.failed")["kind"]) == ("…", "…")


def test_a_fact_that_is_not_on_the_list_is_a_mistake_in_the_code():
    with pytest.raises(TypeError, match="name"):
        log.note("login", name=CANARY)


@pytest.mark.parametrize(
    "write",
    [
        lambda other: other.error("Could not mail %s", ADDRESS),
        lambda other: other.error(f"Could not mail {ADDRESS}"),
        lambda other: other.error("Broken", exc_info=failing(ValueError(CANARY))),
        lambda other: other.error("Broken", exc_info=failing(IntegrityError(f"Key (email)=({CANARY})"))),
        lambda other: other.error("Broken", extra={"somebody": CANARY}),
        lambda other: logging.getLogger("django-q").error(f"Failed 'a.b' (x) - {CANARY}\n{CANARY}"),
        lambda other: log.note("broken", error=failing(RuntimeError(CANARY))),
    ],
)
def test_no_door_of_the_log_lets_a_canary_through(write, log_lines):
    write(logging.getLogger("some.library"))
    assert len(log_lines.all()) == 1
    assert "anarie" not in log_lines.text


def test_the_pattern_of_a_library_is_kept(log_lines):
    logging.getLogger("some.library").error("Could not mail %s", ADDRESS)
    assert log_lines.of("some.library")["said"] == "Could not mail %s"


def test_an_error_keeps_its_kind_and_the_code_it_came_through(log_lines):
    def deep(name):
        raise ValueError(name)

    try:
        try:
            deep(CANARY)
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError as error:
        log.note("broken", error=error)
    last, first = log_lines.of("broken")["errors"]
    assert (last["kind"], first["kind"]) == ("KeyError", "ValueError")
    assert first["through"][-1].startswith("tests/people/log/test_lines.py:")
    assert first["through"][-1].endswith("deep: raise ValueError(name)")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OperationalError("database is locked"), "database is locked"),
        (OperationalError("database or disk is full"), "database or disk is full"),
        (OSError(28, "No space left on device", "/srv/Kanarie.pdf"), "No space left on device"),
        (smtplib.SMTPRecipientsRefused({ADDRESS: (550, b"kanarie unknown")}), "550"),
        (smtplib.SMTPDataError(554, b"kanarie refused"), "554"),
        (
            AttributeError("'NoneType' object has no attribute 'pk'"),
            "'NoneType' object has no attribute 'pk'",
        ),
    ],
)
def test_an_error_about_the_machine_keeps_its_words(error, said, log_lines):
    log.note("broken", error=failing(error))
    assert log_lines.of("broken")["errors"][0]["said"] == said
    assert "anarie" not in log_lines.text


def test_a_line_break_does_not_make_a_second_line():
    record = logging.LogRecord("x", logging.ERROR, "f.py", 1, "a %s\nb", ("c",), None)
    assert json.loads(Line().format(record))["said"] == "a %s\nb"
    assert "\n" not in Line().format(record)


def test_what_is_made_up_is_no_event_and_trouble_is(log_lines):
    with log.only_trouble():
        log.note("role.assigned")
        log.note("notice.failed", level=logging.ERROR)
    log.note("role.assigned")
    assert log_lines.events() == ["notice.failed", "role.assigned"]
